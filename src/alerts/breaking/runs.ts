import type { Transaction } from '../../platform/database/database.ts';
import { newId } from '../../platform/ids.ts';
import { enqueue } from '../../platform/jobs/jobs.ts';
import { fromLocal, isZone, toLocal } from '../../stories/index.ts';
import { pushOptionsOf } from '../push-message.ts';
import type { RunKind } from './alerts.ts';
import { tagOf, type WideAlert } from './wide-alert.ts';

/** News does not wait for stories that are told by themselves. */
export const runJobs = { breaking: 'alerts.breaking', story: 'alerts.story' } as const;
export const laterJob = 'alerts.later';

/** Where a way through the audience ends: what is left waits its turn in `alert_waiting`. */
export const cursorEnd = 'end';

/** Have a way through the audience begin. @param run.at milliseconds UTC */
export async function addRun(
  tx: Transaction,
  alert: WideAlert,
  run: { readonly kind: RunKind; readonly at: number; readonly isByClock?: boolean },
): Promise<void> {
  const id = newId(tx.now);
  await tx.db
    .insertInto('alert_run')
    .values({
      id,
      alert_id: alert.id,
      version: alert.version,
      kind: run.kind,
      zone: run.isByClock ? 'by-clock' : '',
      at: run.at,
      cursor: '',
      state: 'waiting',
      taken: 0,
      gone: 0,
      failed: 0,
      started_at: null,
      ended_at: null,
    })
    .execute();
  await enqueue(tx, runJobs[alert.kind], { run: id }, { at: run.at, key: id });
}

/** End what has not ended yet of an alert, with those who wait. @param kinds which ways */
export async function cancelRuns(tx: Transaction, alert: string, kinds: readonly RunKind[]): Promise<void> {
  const runs = await tx.db
    .selectFrom('alert_run')
    .select('id')
    .where('alert_id', '=', alert)
    .where('kind', 'in', kinds)
    .where('state', 'in', ['waiting', 'running'])
    .execute();
  const ids = runs.map(({ id }) => id);
  if (ids.length === 0) return;
  await tx.db
    .updateTable('alert_run')
    .set({ state: 'cancelled', ended_at: tx.now })
    .where('id', 'in', ids)
    .execute();
  await tx.db.deleteFrom('alert_waiting').where('run_id', 'in', ids).execute();
}

/** Until when a run's browsers are tried, milliseconds UTC: later it is no news. */
export function endOfRun(alert: WideAlert, at: number): number {
  return at + pushOptionsOf(alert.urgency, tagOf(alert, undefined)).ttl * 1000;
}

/**
 * The moments at which clocks on the wall stand as they do in `zone` at a moment, in all zones of the world that differ.
 * @param at milliseconds UTC @returns milliseconds UTC, earliest first
 */
export function momentsByZone(at: number, zone: string): number[] {
  const moments = ['UTC', ...Intl.supportedValuesOf('timeZone')].map((each) => momentIn(each, at, zone));
  return [...new Set(moments)].sort((a, b) => a - b);
}

/** When clocks on the wall of `there` stand as they do in `zone` at a moment. What is no zone is taken for UTC. */
export function momentIn(there: string, at: number, zone: string): number {
  return fromLocal(toLocal(at, zone), isZone(there) ? there : 'UTC').at;
}
