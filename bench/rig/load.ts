import { startScript, type Child } from './child.ts';
import type { LoadJob, LoadResult } from './load-process.ts';

/** The load generator, in a process of its own. */
export interface Load {
  /** @throws Error when an answer is not 200 */
  run(job: LoadJob): Promise<LoadResult>;
  stop(): Promise<void>;
}

export async function startLoad(): Promise<Load> {
  const child: Child = startScript('load-process.ts');
  await child.next('ready');
  return {
    async run(job) {
      const answer = child.next<LoadResult>('result');
      child.send({ job });
      const result = await answer;
      if (result.failures > 0)
        throw new Error(`${result.failures} answers were not 200; the first: ${result.failure}`);
      return result;
    },
    stop: () => child.stop(),
  };
}

/** What a browser says of itself, as far as it changes the answer. */
export const browserHeaders = {
  'Accept-Encoding': 'gzip, deflate, br',
  Accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8',
  'User-Agent': 'freesheet-bench',
} as const;
