import type { Database } from '../../platform/database/database.ts';
import type { EventLog } from '../../platform/events/event-log.ts';
import type { JobRunner } from '../../platform/jobs/job-runner.ts';
import type { FanOutParts } from './fan-out/parts.ts';
import { runAlert, runLater } from './fan-out/run-alert.ts';
import { laterJob, runJobs } from './runs.ts';
import { queueStories, tellStory, tellStoryJob, toldStoryEvents } from './tell-story.ts';
import { withdrawAlertsOf } from './withdraw-alert.ts';

const pruneJob = 'alerts.prune';
/** How long is kept whom an alert reached: longer no notification stands, milliseconds. */
const reachedKept = 4 * 86_400_000;
/** A run may be taken up again and again, such as after each restart of a server. */
const attempts = 500;

export interface WideAlertParts extends FanOutParts {
  readonly events: Pick<EventLog, 'subscribe' | 'onRecorded'>;
  readonly jobs: Pick<JobRunner, 'define' | 'schedule'>;
}

/** Tell many: run what the newsroom sends, tell of new stories, and take back what is told of those that are taken down. */
export function watchWideAlerts(parts: WideAlertParts): void {
  const { database, events, jobs, paper } = parts;
  events.subscribe(
    'alerts',
    async (recorded) => {
      await database.write(async (tx) => {
        await queueStories(tx, recorded);
        for (const { type, payload } of recorded) {
          if (type === 'story.killed' || type === 'story.unpublished')
            await withdrawAlertsOf(tx, {
              story: String(payload.story),
              state: type === 'story.killed' ? 'killed' : 'unpublished',
              paper: paper.name,
            });
        }
      });
    },
    { types: [...toldStoryEvents, 'story.killed', 'story.unpublished'] },
  );
  events.onRecorded((recorded) => warmStories(parts, recorded));
  jobs.define(runJobs.breaking, {
    attempts,
    concurrency: 3,
    handle: ({ run }, { signal }) => runAlert(parts, String(run), signal),
  });
  jobs.define(runJobs.story, {
    attempts,
    handle: ({ run }, { signal }) => runAlert(parts, String(run), signal),
  });
  jobs.define(laterJob, {
    attempts,
    concurrency: 2,
    handle: ({ run }, { signal }) => runLater(parts, String(run), signal),
  });
  jobs.define(tellStoryJob, {
    async handle({ story, version, isNew }) {
      const told = { story: String(story), version: Number(version), isNew: isNew === true };
      await database.write((tx) => tellStory(tx, { ...told, zone: paper.zone }));
    },
  });
  jobs.define(pruneJob, { handle: () => pruneReached(database) });
  jobs.schedule(pruneJob, '41 4 * * *', 'UTC');
}

/** Servers that do not send an alert themselves make its story's page ready too, as soon as they hear of it. */
function warmStories(
  { database, warm }: Pick<FanOutParts, 'database' | 'warm'>,
  events: readonly { readonly type: string; readonly payload: Readonly<Record<string, unknown>> }[],
): void {
  for (const { type, payload } of events) {
    if (type !== 'alert.began' || typeof payload.story !== 'string') continue;
    void database.read
      .selectFrom('story')
      .select('path')
      .where('id', '=', payload.story)
      .where('state', '=', 'published')
      .executeTakeFirst()
      .then(async (story) => story?.path && (await warm(story.path)))
      // It is made when it is asked for.
      .catch(() => undefined);
  }
}

/** Forget whom alerts of some days ago reached. */
async function pruneReached(database: Database): Promise<void> {
  await database.write(({ db, now }) =>
    db
      .deleteFrom('alert_reached')
      .where('at', '<', now - reachedKept)
      .execute(),
  );
}
