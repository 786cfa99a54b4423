import type { Kysely } from 'kysely';
import { countUnread } from '../../conversation/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Transaction } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { JobRunner } from '../../platform/jobs/job-runner.ts';
import { enqueue } from '../../platform/jobs/jobs.ts';
import { directionOf } from '../../site/language.ts';
import type { Site } from '../../site/site.ts';
import { startOfDay } from '../../stories/index.ts';
import type { AlertOwner } from '../alert.ts';
import { ringsAt } from '../preferences/setting.ts';
import { settingOf } from '../preferences/settings.ts';
import { pushOptionsOf, pushPayload } from '../push-message.ts';
import type { PushResult, PushSender, PushTarget } from '../sending/sender.ts';
import { personalTargets } from '../subscriptions/browsers.ts';
import { removeGone } from '../subscriptions/remove-browser.ts';
import { personalAlert, type PersonalAlert } from './personal-alert.ts';
import { personalPushJob } from './tell-personal.ts';

/** How long one who could not be rung is rung again for the same, milliseconds. */
const triedFor = 86_400_000;
const leastPause = 30_000;

interface PushTask {
  readonly notice: string;
  readonly reader: string;
  /** Browsers that it did not reach yet; all where it is left out. */
  readonly only?: readonly string[];
}

export interface PersonalPushParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly site: Pick<Site, 'origin' | 'language' | 'zone'>;
  readonly sender: () => Promise<Pick<PushSender, 'sendToOne'>>;
}

/** Say how one reader's own alerts are sent to that reader's browsers. */
export function definePersonalPush(runner: Pick<JobRunner, 'define'>, parts: PersonalPushParts): void {
  runner.define(personalPushJob, {
    concurrency: 4,
    handle: (payload) => pushPersonal(parts, payload as unknown as PushTask),
  });
}

/**
 * Tell one reader of one thing, in every browser in which that reader is signed in at this moment. What was taken back,
 * read or hidden meanwhile is not told; quiet hours put it off, a pause or a full day leave it to the inbox.
 */
export async function pushPersonal(parts: PersonalPushParts, task: PushTask): Promise<void> {
  const { database, clock, site } = parts;
  const { read } = database;
  const now = clock.now();
  const { reader, notice } = task;
  const alert = await personalAlert(read, { reader, notice, now });
  if (alert?.channel !== 'push') return;
  const key = `push:${notice}`;
  if (!task.only && (await isTold(read, key))) return;
  const owner: AlertOwner = `reader:${reader}`;
  const setting = await settingOf(read, owner, site.zone);
  const count = task.only
    ? 0
    : await countTold(read, { reader, channel: 'push', from: startOfDay(now, setting.zone) });
  const rings = ringsAt({ setting, urgency: 'normal', now, count });
  if (rings === undefined) return;
  if (rings > now) {
    await database.write((tx) => again(tx, task, rings));
    return;
  }
  const payload = await payloadOf(parts, reader, alert);
  const sender = await parts.sender();
  const options = pushOptionsOf('important', alert.tag);
  // Asked for last of all: whoever signs out while this runs is told nothing.
  const targets = (await personalTargets(read, reader, now)).filter(
    ({ id }) => task.only === undefined || task.only.includes(id),
  );
  if (targets.length === 0) return;
  const results = await Promise.all(targets.map((target) => sender.sendToOne(target, payload, options)));
  await database.write((tx) => noteResults(tx, { task, key, targets, results, until: alert.at + triedFor }));
}

async function payloadOf(
  { database, site }: PersonalPushParts,
  reader: string,
  { title, body, path, tag }: PersonalAlert,
): Promise<string> {
  const badge = await countUnread(database.read, reader);
  const { language } = site;
  const direction = directionOf(language);
  return pushPayload({ title, body, path, tag, language, direction, badge }, site.origin);
}

async function noteResults(
  tx: Transaction,
  sent: {
    readonly task: PushTask;
    readonly key: string;
    readonly targets: readonly PushTarget[];
    readonly results: readonly PushResult[];
    readonly until: number;
  },
): Promise<void> {
  const { task, results } = sent;
  const byOutcome = (outcome: PushResult['outcome']) => results.filter((each) => each.outcome === outcome);
  const gone = new Set(byOutcome('gone').map(({ id }) => id));
  await removeGone(
    tx,
    sent.targets.filter(({ id }) => gone.has(id)),
  );
  const taken = byOutcome('taken').map(({ id }) => id);
  if (taken.length > 0) {
    await tx.db.updateTable('alert_browser').set({ delivered_at: tx.now }).where('id', 'in', taken).execute();
    await tx.db
      .insertInto('alert_told')
      .values({
        key: sent.key,
        reader_id: task.reader,
        issue_id: null,
        channel: 'push',
        state: 'told',
        at: tx.now,
      })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute();
  }
  const later = byOutcome('later');
  if (later.length === 0) return;
  const at = Math.max(tx.now + leastPause, ...later.map(({ retryAt }) => retryAt ?? 0));
  if (at < sent.until) await again(tx, { ...task, only: later.map(({ id }) => id) }, at);
}

function again(tx: Transaction, task: PushTask, at: number): Promise<void> {
  return enqueue(tx, personalPushJob, { ...task }, { key: `${task.notice}:${at}`, at });
}

async function isTold(db: Kysely<Tables>, key: string): Promise<boolean> {
  const row = await db.selectFrom('alert_told').select('key').where('key', '=', key).executeTakeFirst();
  return row !== undefined;
}

/** How often a reader was told of something by a channel since a moment. @param asked.from milliseconds UTC */
export async function countTold(
  db: Kysely<Tables>,
  asked: { readonly reader: string; readonly channel: 'push' | 'mail'; readonly from: number },
): Promise<number> {
  const { count } = await db
    .selectFrom('alert_told')
    .select((is) => is.fn.countAll<number>().as('count'))
    .where('reader_id', '=', asked.reader)
    .where('channel', '=', asked.channel)
    .where('at', '>=', asked.from)
    .executeTakeFirstOrThrow();
  return Number(count);
}
