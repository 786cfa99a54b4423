import { startScript } from './child.ts';
import type { LiveHeard, LiveJob } from './live-process.ts';

/** Readers who follow a live stream, in a process of their own. */
export interface LiveReaders {
  /** Begin to follow. @returns how many do. @throws Error when the server takes no more */
  follow(job: LiveJob): Promise<number>;
  /**
   * Write something, and wait until every reader has been told of it.
   * @returns for each reader the milliseconds from the moment that writing began
   */
  hear(write: () => Promise<void>): Promise<readonly number[]>;
  stop(): Promise<void>;
}

export async function startLiveReaders(): Promise<LiveReaders> {
  const child = startScript('live-process.ts');
  await child.next('ready');
  return {
    async follow(job) {
      const answer = child.next<number>('following');
      child.send({ follow: job });
      const following = await answer;
      if (following < job.readers)
        throw new Error(`Only ${following} of ${job.readers} readers could follow.`);
      return following;
    },
    async hear(write) {
      const listening = child.next('listening');
      child.send({ listen: { since: Date.now() } });
      await listening;
      const heard = child.next<LiveHeard>('heard');
      await write();
      return (await heard).delays;
    },
    stop: () => child.stop(),
  };
}
