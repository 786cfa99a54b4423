import type { Database } from '../../platform/database/database.ts';
import type { EventLog } from '../../platform/events/event-log.ts';
import type { JobRunner } from '../../platform/jobs/job-runner.ts';
import { makeNotices, noticedEvents, type Unwanted } from './make-notices.ts';
import { pruneNotices } from './read-notices.ts';

/**
 * Make notices of what happens, and forget those whose time is over.
 * @param parts.unwanted what readers do not want to be told of, as the domain above that keeps their choices knows it
 */
export function watchNotices(parts: {
  readonly database: Database;
  readonly events: Pick<EventLog, 'subscribe'>;
  readonly jobs: Pick<JobRunner, 'define' | 'schedule'>;
  readonly unwanted?: Unwanted;
}): void {
  const { database, events, jobs, unwanted } = parts;
  events.subscribe(
    'notices',
    async (recorded) => {
      await database.write((tx) => makeNotices(tx, recorded, unwanted));
    },
    { types: noticedEvents },
  );
  jobs.define('notices.prune', { handle: () => database.write(pruneNotices) });
  jobs.schedule('notices.prune', '11 4 * * *', 'UTC');
}
