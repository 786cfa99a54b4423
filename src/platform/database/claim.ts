import type { Kysely, Selectable } from 'kysely';
import type { JobTable } from '../jobs/migrations.ts';
import { dialectOf } from './dialect.ts';
import type { Tables } from './tables.ts';

/**
 * Take the job that is due first, among those that wait and those whose worker fell silent. On PostgreSQL two
 * workers pass each other by; on SQLite there is one writer at a time anyway.
 * @param claim.names jobs that this worker knows
 * @param claim.until milliseconds UTC to which it is kept from others
 */
export async function claimJob(
  db: Kysely<Tables>,
  claim: { names: readonly string[]; owner: string; now: number; until: number },
): Promise<Selectable<JobTable> | undefined> {
  let due = db
    .selectFrom('job')
    .selectAll()
    .where('name', 'in', claim.names)
    .where((is) =>
      is.or([
        is.and([is('state', '=', 'waiting'), is('run_at', '<=', claim.now)]),
        is.and([is('state', '=', 'running'), is('lease_until', '<=', claim.now)]),
      ]),
    )
    .orderBy('run_at')
    .orderBy('id')
    .limit(1);
  if (dialectOf(db) === 'postgres') due = due.forUpdate().skipLocked();
  const job = await due.executeTakeFirst();
  if (!job) return undefined;
  const claimed = {
    state: 'running' as const,
    owner: claim.owner,
    lease_until: claim.until,
    attempts: job.attempts + 1,
  };
  await db.updateTable('job').set(claimed).where('id', '=', job.id).execute();
  return { ...job, ...claimed };
}
