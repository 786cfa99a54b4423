import { Cron } from 'croner';
import type { JobRunner } from '../../platform/jobs/job-runner.ts';
import { enqueue } from '../../platform/jobs/jobs.ts';
import { pruneMails, removeMailsTo } from '../../platform/mail/mail-folder.ts';
import type { Context } from '../../site/context.ts';
import { pruneEmailChanges } from '../email/email-change.ts';
import { removeFilesJob } from './account-data.ts';
import { pruneBarred } from './barred.ts';
import { noteErased } from './erased-list.ts';
import { exportJob } from './exports.ts';
import { eraseJob, eraseLeaving } from './leave.ts';
import { makeExport, pruneExports, removeExports } from './make-export.ts';
import { ownData } from './own-data.ts';
import type { CommentsAfter, ReaderData } from './reader-data.ts';

export const scrubJob = 'database.scrub';
const pruneJob = 'readers.prune';

/** Half past three is the backup's, which then holds nothing of those who have left. */
const quietHour = '5 3 * * *';

/**
 * Say how readers are given their data and erased, and how what is kept for a while only goes every night.
 * @param data of every domain above readers
 */
export function definePrivacyJobs(
  runner: Pick<JobRunner, 'define' | 'schedule'>,
  context: Context,
  data: readonly ReaderData[],
): void {
  const { database, clock, config, site } = context;
  const { dataDir } = config;
  const quiet = new Cron(quietHour, { timezone: site.zone, paused: true });
  runner.define(exportJob, {
    handle: ({ id }) => makeExport(context, [...ownData, ...data], String(id)),
  });
  runner.define(eraseJob, {
    async handle({ id, askedAt }, { log }) {
      const asked = { id: String(id), askedAt: Number(askedAt), data };
      const isErased = await database.write(async (tx) => {
        if (!(await eraseLeaving(tx, asked))) return false;
        const at = quiet.nextRun(new Date(tx.now))!.getTime();
        await enqueue(tx, scrubJob, {}, { at, key: String(at) });
        return true;
      });
      if (isErased) log.info({ reader: asked.id }, 'a reader has left and is erased');
    },
  });
  runner.define(removeFilesJob, {
    isPrivate: true,
    async handle(payload) {
      const { id, comments, addresses, exports } = payload as {
        id: string;
        comments: CommentsAfter;
        addresses: string[];
        exports: string[];
      };
      await noteErased(dataDir, { id, comments });
      await removeExports(dataDir, exports);
      await removeMailsTo(dataDir, addresses);
    },
  });
  runner.define(scrubJob, { handle: () => database.scrub() });
  runner.define(pruneJob, {
    async handle() {
      const now = clock.now();
      await pruneExports(context);
      await pruneMails(dataDir, now);
      await database.write(async (tx) => {
        await pruneEmailChanges(tx);
        await pruneBarred(tx);
      });
    },
  });
  runner.schedule(pruneJob, '25 2 * * *', site.zone);
}
