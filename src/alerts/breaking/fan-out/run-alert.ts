import type { Transaction } from '../../../platform/database/database.ts';
import { messageOf } from '../../../platform/errors.ts';
import { enqueue } from '../../../platform/jobs/jobs.ts';
import { findStory } from '../../../stories/index.ts';
import { pushOptionsOf, pushPayload } from '../../push-message.ts';
import { findAlert, alertToChange, type RunKind } from '../alerts.ts';
import { alertBegan } from '../events.ts';
import { cursorEnd, endOfRun, laterJob } from '../runs.ts';
import { breakingText as words } from '../text.ts';
import { imageOf, notificationOf, tagOf } from '../wide-alert.ts';
import { cancelAlert } from '../withdraw-alert.ts';
import { paceOf } from './pace.ts';
import type { FanOutParts } from './parts.ts';
import { recordBatch, type Batch } from './record-batch.ts';
import { alertOnItsWay, duePages, reachedPages, sendPages, type Pages } from './pages-of-run.ts';

/** A run as it stands in its row. */
export interface RunRow {
  readonly id: string;
  readonly alert: string;
  readonly kind: RunKind;
  readonly isByClock: boolean;
  readonly at: number;
  readonly cursor: string;
}

/**
 * Go on with a run through an alert's audience, from where it stands to its end. A crash between sending and recording
 * sends a batch again, which replaces itself where it was shown: nobody is passed by.
 * @param signal ends it after what is being sent
 */
export async function runAlert(parts: FanOutParts, id: string, signal: AbortSignal): Promise<void> {
  const { database } = parts;
  const run = await database.write((tx) => beginRun(tx, id));
  if (!run) return;
  if (run.kind === 'send' && run.cursor === '') await makeReady(parts, run.alert);
  for (;;) {
    const from = (await database.write((tx) => beginRun(tx, id)))?.cursor;
    if (from === undefined) return;
    if (from !== cursorEnd) {
      const pages = run.kind === 'send' ? sendPages(parts, run) : reachedPages(parts, run);
      if (!(await go(parts, run, pages, from, signal))) return;
    }
    if (await database.write((tx) => endWalk(tx, run))) return;
  }
}

/** Try those of a run again who wait and whose time has come. */
export async function runLater(parts: FanOutParts, id: string, signal: AbortSignal): Promise<void> {
  const { database } = parts;
  const run = await database.write((tx) => beginRun(tx, id));
  if (!run) return;
  await go(parts, run, duePages(parts, run), '', signal);
  await database.write((tx) => endWaiting(tx, run));
}

/** @returns undefined for a run that has ended, or whose alert must not go on */
async function beginRun(tx: Transaction, id: string): Promise<RunRow | undefined> {
  const row = await tx.db
    .selectFrom('alert_run')
    .selectAll()
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirst();
  if (!row) return undefined;
  const alert = await alertToChange(tx, row.alert_id);
  if (row.kind === 'send') {
    const story = alert.story === undefined ? undefined : await findStory(tx.db, alert.story);
    if (story?.state !== 'published') {
      // One that has begun is withdrawn by whatever became of its story.
      if (row.started_at === null) await cancelAlert(tx, { alert: alert.id, reason: words.storyNotThere });
      return undefined;
    }
  }
  if (row.started_at === null) {
    await tx.db.updateTable('alert_run').set({ started_at: tx.now }).where('id', '=', id).execute();
    if (row.kind === 'send') {
      await tx.db
        .updateTable('alert')
        .set({ state: 'sending', changed_at: tx.now })
        .where('id', '=', alert.id)
        .where('state', 'in', ['scheduled', 'sending', 'sent'])
        .execute();
      tx.emit(alertBegan(alert));
    }
  }
  await tx.db.updateTable('alert_run').set({ state: 'running' }).where('id', '=', id).execute();
  return {
    id,
    alert: alert.id,
    kind: row.kind as RunKind,
    isByClock: row.zone !== '',
    at: row.at,
    cursor: row.cursor,
  };
}

/** The story's page and its picture stand in the store before the first who hears of it can ask. */
async function makeReady(parts: FanOutParts, id: string): Promise<void> {
  const { database, log, warm } = parts;
  const alert = await findAlert(database.read, id);
  const story = alert?.story && (await findStory(database.read, alert.story));
  if (!alert || !story) return;
  const paths = [story.path, imageOf(alert, story, '')].filter((path) => path !== undefined);
  for (const path of paths)
    await warm(path).catch((error: unknown) =>
      log.warn({ path, error: messageOf(error) }, 'a page could not be made before an alert left'),
    );
}

/**
 * Tell page after page. While one is on its way the next is looked up, and the one before is written down.
 * @returns whether it came to the end of the pages
 */
async function go(
  parts: FanOutParts,
  run: RunRow,
  pages: Pages,
  from: string,
  signal: AbortSignal,
): Promise<boolean> {
  const { database, log } = parts;
  const pace = await paceOf(parts, run);
  let recording: Promise<boolean> = Promise.resolve(true);
  let upcoming = quiet(pages(from));
  try {
    for (;;) {
      let batch = await upcoming;
      if (batch && !(await isCurrent(parts, run, batch))) batch = await pages(batch.from);
      if (!batch) break;
      signal.throwIfAborted();
      const until = endOfRun(batch.alert, run.at);
      const sending = quiet(send(parts, run, batch, signal));
      upcoming = quiet(pages(batch.to));
      const results = await sending;
      const goesOn = await recording;
      recording = quiet(database.write((tx) => recordBatch(tx, { run, batch, results, until, log })));
      if (!goesOn) return false;
      await pace(batch.ring.length, signal);
    }
  } finally {
    // What was sent is written down, whatever came.
    await recording.catch(() => undefined);
  }
  return recording;
}

/** A promise that is awaited later, or never: its failure is no stray one. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

async function send(parts: FanOutParts, run: RunRow, batch: Batch, signal: AbortSignal) {
  if (batch.ring.length === 0) return [];
  const { alert } = batch;
  const { read } = parts.database;
  const story = alert.story === undefined ? undefined : await findStory(read, alert.story);
  const options = pushOptionsOf(alert.urgency, tagOf(alert, story));
  const payload = pushPayload(
    notificationOf(alert, story, parts.paper, run.kind !== 'send'),
    parts.paper.origin,
  );
  const targets = batch.ring.map(({ browser: { id, endpoint, p256dh, auth, keyId } }) => ({
    id,
    endpoint,
    p256dh,
    auth,
    keyId,
  }));
  return parts.sender.sendToMany(targets, payload, options, signal);
}

/** Whether an alert still stands as it did when a batch was looked up. */
async function isCurrent(parts: FanOutParts, run: RunRow, { alert }: Batch): Promise<boolean> {
  const now = await alertOnItsWay(parts, run);
  return now?.version === alert.version && now.state === alert.state;
}

/** @returns whether the run has come to the end of its way, or was ended; false where there is more by now */
async function endWalk(tx: Transaction, run: RunRow): Promise<boolean> {
  // The row of the alert first, as `recordBatch` does: no batch is written down between looking and ending.
  const alert = await tx.db
    .updateTable('alert')
    .set({ changed_at: tx.now })
    .where('id', '=', run.alert)
    .returning(['version', 'state'])
    .executeTakeFirstOrThrow();
  const row = await tx.db
    .selectFrom('alert_run')
    .select(['state', 'cursor', 'version'])
    .where('id', '=', run.id)
    .executeTakeFirstOrThrow();
  if (row.state !== 'running') return true;
  if (run.kind === 'send') {
    await tx.db.updateTable('alert_run').set({ cursor: cursorEnd }).where('id', '=', run.id).execute();
    await endAlert(tx, run);
  } else {
    const more = await tx.db
      .selectFrom('alert_reached')
      .select('seq')
      .where('alert_id', '=', run.alert)
      .where('seq', '>', Number(row.cursor))
      .where('version', '<', row.version)
      .limit(1)
      .executeTakeFirst();
    if (more && row.version === alert.version) return false;
  }
  await endWaiting(tx, run);
  return true;
}

/** An alert is sent when all its ways are gone; some may wait for the end of their quiet hours. */
async function endAlert(tx: Transaction, run: RunRow): Promise<void> {
  const open = await tx.db
    .selectFrom('alert_run')
    .select('id')
    .where('alert_id', '=', run.alert)
    .where('kind', '=', 'send')
    .where('cursor', '<>', cursorEnd)
    .where('state', 'in', ['waiting', 'running'])
    .limit(1)
    .executeTakeFirst();
  if (open) return;
  await tx.db
    .updateTable('alert')
    .set({ state: 'sent' })
    .where('id', '=', run.alert)
    .where('state', '=', 'sending')
    .execute();
}

/** How exactly those who wait are told, milliseconds. */
const step = 10_000;

/** End a run for which nobody waits any more; else have it looked at when the next is due. */
async function endWaiting(tx: Transaction, run: RunRow): Promise<void> {
  const next = await tx.db
    .selectFrom('alert_waiting')
    .select('at')
    .where('run_id', '=', run.id)
    .orderBy('at')
    .limit(1)
    .executeTakeFirst();
  if (next) {
    // In steps, and never this one: one job for all of them, however often this is done.
    const at = (Math.floor(Math.max(next.at, tx.now) / step) + 1) * step;
    await enqueue(tx, laterJob, { run: run.id }, { at, key: `${run.id}:${at}` });
    return;
  }
  await tx.db
    .updateTable('alert_run')
    .set({ state: 'done', ended_at: tx.now })
    .where('id', '=', run.id)
    .where('state', '=', 'running')
    .execute();
}
