import type { Database } from '../../platform/database/database.ts';
import type { EventLog } from '../../platform/events/event-log.ts';
import type { JobRunner } from '../../platform/jobs/job-runner.ts';
import { enqueue } from '../../platform/jobs/jobs.ts';
import { putAlert, takeOut } from './put-alert.ts';
import { putComments, seenEvents } from './put-comments.ts';

const putJob = 'alerts.inbox';
const takeOutJob = 'alerts.inbox-out';

/** Put what accounts asked to hear of into their inboxes: alerts as they go out, and comments of those they follow. */
export function watchInbox(parts: {
  readonly database: Database;
  readonly events: Pick<EventLog, 'subscribe'>;
  readonly jobs: Pick<JobRunner, 'define'>;
}): void {
  const { database, events, jobs } = parts;
  jobs.define(putJob, {
    async handle({ alert }, { signal }) {
      await putAlert(database, String(alert), signal);
    },
  });
  jobs.define(takeOutJob, { handle: ({ alert }, { signal }) => takeOut(database, String(alert), signal) });
  events.subscribe(
    'alerts-inbox',
    async (recorded) => {
      await database.write(async (tx) => {
        for (const { type, payload, position } of recorded) {
          const { alert, state } = payload as { alert: string; state?: string };
          if (type === 'alert.began') await enqueue(tx, putJob, { alert }, { key: alert });
          else if (state === 'withdrawn' || state === 'cancelled')
            await enqueue(tx, takeOutJob, { alert }, { key: String(position) });
        }
      });
    },
    { types: ['alert.began', 'alert.changed'] },
  );
  events.subscribe('alerts-inbox-comments', (recorded) => putComments(database, recorded), {
    types: seenEvents,
  });
}
