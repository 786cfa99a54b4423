import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/database.ts';
import type { Log } from '../../../platform/log.ts';
import type { PushResult } from '../../sending/sender.ts';
import { removeGone } from '../../subscriptions/remove-browser.ts';
import { enqueue } from '../../../platform/jobs/jobs.ts';
import type { RunKind } from '../alerts.ts';
import { countUnsubscribed } from '../count-alerts.ts';
import { runJobs } from '../runs.ts';
import type { WideAlert } from '../wide-alert.ts';
import type { Ringing } from './decide.ts';

/** Some of a run's browsers, on their way or told. */
export interface Batch {
  readonly alert: WideAlert;
  readonly ring: readonly Ringing[];
  readonly later: readonly { readonly browser: string; readonly at: number }[];
  /** Those of them that waited, with how often they were tried. */
  readonly waited: ReadonlyMap<string, number>;
  /** Where it begins and ends on the way through the audience; the same for those that waited. */
  readonly from: string;
  readonly to: string;
}

export interface Recording {
  readonly run: { readonly id: string; readonly kind: RunKind };
  readonly batch: Batch;
  readonly results: readonly PushResult[];
  /** Milliseconds UTC after which it is no news any more. */
  readonly until: number;
  readonly log: Log;
}

/** How often a browser is tried at most. */
const mostTries = 20;
/** How often where the service does not know us: somebody may be mending it. */
const mostRefusals = 4;
const afterRefusal = 15 * 60_000;
const afterSilence = 60_000;

/**
 * Write down what became of a batch, whatever became of its alert meanwhile: whoever was told is to hear of a withdrawal.
 * @returns whether the run goes on
 */
export async function recordBatch(tx: Transaction, recording: Recording): Promise<boolean> {
  const { run, batch, results } = recording;
  const byOutcome = Map.groupBy(results, ({ outcome }) => outcome);
  const taken = byOutcome.get('taken') ?? [];
  const gone = byOutcome.get('gone') ?? [];
  // The alert's row first: its batches are written one after the other, so that no correction passes one by.
  const now = await tx.db
    .updateTable('alert')
    .set({ delivered: sql<number>`delivered + ${run.kind === 'send' ? taken.length : 0}` })
    .where('id', '=', batch.alert.id)
    .returning(['version', 'state'])
    .executeTakeFirstOrThrow();
  const isOver = now.state === 'cancelled' || (run.kind === 'send' && now.state === 'withdrawn');
  const { failed, retry } = sortOut(tx, recording);
  // A service that did not answer may have taken it.
  const unsure = results.filter(({ outcome, status }) => outcome === 'later' && status === undefined);
  const reached = [...taken, ...unsure].map(({ id }) => id);
  if (run.kind === 'send' && reached.length > 0) await noteReached(tx, batch.alert, reached, now.version);
  await noteDelivered(tx, batch, taken);
  await removeGone(tx, batch.ring.map(({ browser }) => browser).filter(isOneOf(gone)));
  for (const { browser } of batch.ring)
    if (gone.some(({ id }) => id === browser.id)) await countUnsubscribed(tx, browser.deliveredAt);
  await noteWaiting(tx, recording, isOver ? [] : retry);
  const { numUpdatedRows } = await tx.db
    .updateTable('alert_run')
    .set({
      taken: sql<number>`taken + ${taken.length}`,
      gone: sql<number>`gone + ${gone.length}`,
      failed: sql<number>`failed + ${failed}`,
      ...(batch.from !== batch.to && { cursor: batch.to }),
    })
    .where('id', '=', run.id)
    .where('state', '=', 'running')
    .$if(batch.from !== batch.to, (query) => query.where('cursor', '=', batch.from))
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n && !isOver;
}

interface Retry {
  readonly browser: string;
  readonly at: number;
  readonly tries: number;
}

/** What is tried again, and how many are given up. */
function sortOut(tx: Transaction, { batch, results, until }: Recording): { failed: number; retry: Retry[] } {
  const retry: Retry[] = batch.later
    .filter(({ at }) => at < until)
    .map(({ browser, at }) => ({ browser, at, tries: batch.waited.get(browser) ?? 0 }));
  let failed = batch.later.length - retry.length;
  for (const { id, outcome, retryAt } of results) {
    if (outcome === 'failed') failed += 1;
    if (outcome !== 'later' && outcome !== 'refused') continue;
    const tries = (batch.waited.get(id) ?? 0) + 1;
    const wait = outcome === 'refused' ? afterRefusal : afterSilence;
    const at = Math.max(retryAt ?? tx.now + Math.round(wait * (1 + Math.random() / 4)), tx.now + 1);
    if (at < until && tries < (outcome === 'refused' ? mostRefusals : mostTries))
      retry.push({ browser: id, at, tries });
    else failed += 1;
  }
  return { failed, retry };
}

async function noteReached(
  tx: Transaction,
  alert: WideAlert,
  browsers: readonly string[],
  version: number,
): Promise<void> {
  const last = await tx.db
    .selectFrom('alert_reached')
    .select((row) => row.fn.max('seq').as('seq'))
    .where('alert_id', '=', alert.id)
    .executeTakeFirst();
  const seq = (last?.seq ?? 0) + 1;
  await tx.db
    .insertInto('alert_reached')
    .values({
      alert_id: alert.id,
      seq,
      version: alert.version,
      browsers: JSON.stringify(browsers),
      at: tx.now,
    })
    .execute();
  if (alert.version < version) await revive(tx, alert, version, seq);
}

/** Have a correction, which may be through already, go to those as well who were just being told the old words. */
async function revive(tx: Transaction, alert: WideAlert, version: number, seq: number): Promise<void> {
  const run = await tx.db
    .updateTable('alert_run')
    .set({ state: 'waiting', ended_at: null })
    .where('alert_id', '=', alert.id)
    .where('version', '=', version)
    .where('kind', '<>', 'send')
    .where('state', '=', 'done')
    .returning('id')
    .executeTakeFirst();
  if (run) await enqueue(tx, runJobs[alert.kind], { run: run.id }, { key: `${run.id}:${seq}` });
}

async function noteDelivered(tx: Transaction, batch: Batch, taken: readonly PushResult[]): Promise<void> {
  const ids = new Set(taken.map(({ id }) => id));
  const byDay = Map.groupBy(
    batch.ring.filter(({ browser }) => ids.has(browser.id)),
    ({ day }) => day,
  );
  for (const [day, ringing] of byDay) {
    const count = sql<number>`case when day = ${day ?? 0} then day_count + 1 else 1 end`;
    await tx.db
      .updateTable('alert_browser')
      .set({ delivered_at: tx.now, ...(day !== undefined && { day, day_count: count }) })
      .where(
        'id',
        'in',
        ringing.map(({ browser }) => browser.id),
      )
      .execute();
  }
}

async function noteWaiting(
  tx: Transaction,
  { run, batch }: Recording,
  retry: readonly Retry[],
): Promise<void> {
  const again = new Set(retry.map(({ browser }) => browser));
  const settled = [...batch.waited.keys()].filter((browser) => !again.has(browser));
  if (settled.length > 0)
    await tx.db
      .deleteFrom('alert_waiting')
      .where('run_id', '=', run.id)
      .where('browser_id', 'in', settled)
      .execute();
  if (retry.length === 0) return;
  await tx.db
    .insertInto('alert_waiting')
    .values(retry.map(({ browser, at, tries }) => ({ run_id: run.id, browser_id: browser, at, tries })))
    .onConflict((conflict) =>
      conflict.columns(['run_id', 'browser_id']).doUpdateSet((row) => ({
        at: row.ref('excluded.at'),
        tries: row.ref('excluded.tries'),
      })),
    )
    .execute();
}

function isOneOf(results: readonly PushResult[]): (browser: { readonly id: string }) => boolean {
  const ids = new Set(results.map(({ id }) => id));
  return ({ id }) => ids.has(id);
}
