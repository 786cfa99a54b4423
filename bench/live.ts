import { findTalkStory } from '../src/conversation/index.ts';
import { signedInReader, type SignedInReader } from '../src/readers/testing.ts';
import type { BenchPart } from './rig/bench.ts';
import { sizeOf } from './rig/bench.ts';
import { startLiveReaders } from './rig/live-readers.ts';
import { spreadCells } from './rig/report.ts';
import { openSite, startSite } from './rig/site.ts';
import { quantile, spreadOf } from './rig/statistics.ts';
import { makeTalkStory } from './rig/thread.ts';
import { canTellUsage, usageOf } from './rig/usage.ts';

/** What a process may open of files and connections, less what the server needs for itself. */
const mostReaders = 19_500;
/** A stream that has begun costs nothing more until something is told. */
const bySteps = [1000, mostReaders];

export const part: BenchPart = {
  summary:
    'readers who follow one conversation live on one server: how late each hears of a comment, and what it takes',
  async run(bench) {
    const folder = bench.folder('data');
    const newsroom = await openSite(folder);
    const { database, config } = newsroom.site;
    const story = await findTalkStory(database.read, 'id', await makeTalkStory(database, 0));
    const comments = sizeOf(bench, 20, 3);
    const steps = sizeOf(bench, bySteps, [200]);
    const writers: SignedInReader[] = [];
    for (let index = 0; index < comments * steps.length; index += 1)
      writers.push(await signedInReader(database, { origin: config.origin, handle: `writer-${index}` }));
    await newsroom.site.close();
    const rows: (string | number)[][] = [];
    const memory: (string | number)[][] = [];
    const site = await startSite(folder);
    const followers = await startLiveReaders();
    try {
      const before = canTellUsage ? usageOf(site.pid).rss : 0;
      let following = 0;
      for (const readers of steps) {
        bench.say(`${readers} readers ...`);
        const job = { port: site.port, topics: `thread:${story.id}`, event: 'comment' };
        following += await followers.follow({ ...job, readers: readers - following });
        const kept = canTellUsage ? (usageOf(site.pid).rss - before) / following / 1024 : Number.NaN;
        const delays: number[] = [];
        const cpu: number[] = [];
        for (let count = 0; count < comments; count += 1) {
          const used = canTellUsage ? usageOf(site.pid).cpu : 0;
          delays.push(...(await followers.hear(() => post(site.port, writers.pop()!, story.code))));
          if (canTellUsage) cpu.push((usageOf(site.pid).cpu - used) / following);
        }
        delays.sort((a, b) => a - b);
        const name = `${following.toLocaleString('en-GB')} readers`;
        rows.push([name, delays[0]!, quantile(delays, 0.5), quantile(delays, 0.99), delays.at(-1)!]);
        memory.push([name, kept, ...(cpu.length > 0 ? spreadCells(spreadOf(cpu)) : [])]);
      }
    } finally {
      await followers.stop();
      await site.stop();
    }
    bench.report.table(['ms from sending the form', 'min', 'p50', 'p99', 'max'], rows);
    bench.report.table(
      ['of the server, for each reader', 'KiB', 'us of a core an event: min', 'median', 'max'],
      memory,
    );
    bench.report.line(
      `${comments} comments each; every reader heard of every one. Readers and server share this machine's cores.`,
    );
  },
};

/** Send the form; what is told of it may reach everybody before its answer is read. */
async function post(port: number, { headers }: SignedInReader, story: string): Promise<void> {
  const text = 'The ferry was late again, and nobody on the quay said why.';
  const response = await fetch(`http://127.0.0.1:${port}/comments`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({ story, text: `${text} ${performance.now()}`, key: crypto.randomUUID() }),
    redirect: 'manual',
  });
  await response.arrayBuffer();
  if (response.status !== 303) throw new Error(`A comment was answered with ${response.status}.`);
}
