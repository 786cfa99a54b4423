import type { Database, Transaction } from '../../platform/database/database.ts';
import type { JobRunner } from '../../platform/jobs/job-runner.ts';
import { notesKept } from './limits.ts';

const pruneJob = 'sign-in.prune';

/** Forget sign-ins that nobody came back to, what was counted for limits, and sessions of browsers not seen again. */
export async function pruneSignIns({ db, now }: Transaction): Promise<void> {
  await db.deleteFrom('sign_in').where('ends_at', '<=', now).execute();
  await db
    .deleteFrom('sign_in_note')
    .where('at', '<=', now - notesKept)
    .execute();
  await db.deleteFrom('reader_session').where('expires_at', '<=', now).execute();
}

/** Have it done every hour. */
export function defineSignInJobs(runner: Pick<JobRunner, 'define' | 'schedule'>, database: Database): void {
  runner.define(pruneJob, { handle: () => database.write(pruneSignIns) });
  runner.schedule(pruneJob, '8 * * * *', 'UTC');
}
