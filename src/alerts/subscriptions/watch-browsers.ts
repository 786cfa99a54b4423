import type { Database } from '../../platform/database/database.ts';
import type { EventLog } from '../../platform/events/event-log.ts';
import type { JobRunner } from '../../platform/jobs/job-runner.ts';
import { forgetSessions, pruneBrowsers } from './remove-browser.ts';

/** Take personal alerts off browsers that are signed out, and forget those that never come back. */
export function watchBrowsers(parts: {
  readonly database: Database;
  readonly events: Pick<EventLog, 'subscribe'>;
  readonly jobs: Pick<JobRunner, 'define' | 'schedule'>;
}): void {
  const { database, events, jobs } = parts;
  events.subscribe(
    'alert-browsers',
    async (recorded) => {
      const ended = recorded.flatMap(({ payload }) => payload.sessions as readonly string[]);
      await database.write((tx) => forgetSessions(tx, ended));
    },
    { types: ['session.ended'] },
  );
  jobs.define('alerts.prune-browsers', { handle: () => database.write(pruneBrowsers) });
  jobs.schedule('alerts.prune-browsers', '31 4 * * *', 'UTC');
}
