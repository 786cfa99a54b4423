import { setTimeout as wait } from 'node:timers/promises';
import type { Bench, BenchPart } from './rig/bench.ts';
import { sizeOf } from './rig/bench.ts';
import { browserHeaders, startLoad, type Load } from './rig/load.ts';
import { openNewsroom, pathsOf } from './rig/newsroom.ts';
import { knownWords, sections } from './rig/paper.ts';
import { spreadCells } from './rig/report.ts';
import { startSite, type ServedSite } from './rig/site.ts';
import { spreadOf } from './rig/statistics.ts';
import { canTellUsage, usageOf } from './rig/usage.ts';

const connections = 32;
const lookEvery = 100;
const mebibyte = 2 ** 20;

export const part: BenchPart = {
  summary: 'what the server process holds after the start, and while it is asked for pages without rest',
  async run(bench) {
    if (!canTellUsage) return bench.report.line('Left out: this system does not tell what a process uses.');
    // More pages than the page store holds, so that it fills and clears itself out.
    const stories = sizeOf(bench, 3000, 400);
    const newsroom = await openNewsroom(bench, 'data', stories);
    const paths = await pathsOf(newsroom, stories);
    await newsroom.site.close();
    const load = await startLoad();
    const rounds = sizeOf(bench, 3, 1);
    const idle: number[] = [];
    const peaks: number[] = [];
    try {
      for (let round = 0; round < rounds; round += 1) {
        const site = await startSite(newsroom.dataDir);
        try {
          await measure(bench, { site, load, paths, isTold: round === 0, idle, peaks });
        } finally {
          await site.stop();
        }
      }
    } finally {
      await load.stop();
    }
    bench.report.budget({
      what: 'idle after the start',
      measured: idle,
      limit: 140,
      is: 'at most',
      unit: ' MiB',
    });
    bench.report.budget({
      what: 'most that was ever held, under load',
      measured: peaks,
      limit: 220,
      is: 'at most',
      unit: ' MiB',
    });
    bench.report.line(`Each of ${rounds} servers, started anew, is one measurement: they are the noise.`);
  },
};

interface Round {
  readonly site: ServedSite;
  readonly load: Load;
  readonly paths: readonly string[];
  /** Whether the phases are printed. */
  readonly isTold: boolean;
  readonly idle: number[];
  readonly peaks: number[];
}

async function measure(bench: Bench, { site, load, paths, isTold, idle, peaks }: Round): Promise<void> {
  const seconds = sizeOf(bench, 10, 2);
  const job = { port: site.port, headers: browserHeaders, connections };
  const made = [...paths, '/', ...sections.map((name) => `/${name}`), '/archive'];
  const words = Object.values(knownWords).flat();
  const searches = words.map((word) => `/search?q=${word}`);
  const phases: (readonly [string, () => Promise<unknown>])[] = [
    ['idle', () => wait(sizeOf(bench, 3000, 500))],
    ['every page for the first time', () => load.run({ ...job, paths: made })],
    ['one page from the store', () => load.run({ ...job, paths: paths.slice(0, 1), seconds })],
    ['all pages in turn', () => load.run({ ...job, paths: made, seconds })],
    ['searches, made anew each time', () => load.run({ ...job, paths: searches, seconds })],
    ['idle again', () => wait(sizeOf(bench, 3000, 500))],
  ];
  const rows: (string | number)[][] = [];
  for (const [name, work] of phases) {
    bench.say(name);
    const held = await watch(site, work());
    if (name === 'idle') idle.push(spreadOf(held).max);
    rows.push([name, ...spreadCells(spreadOf(held)), usageOf(site.pid).peak / mebibyte]);
  }
  peaks.push(usageOf(site.pid).peak / mebibyte);
  if (isTold) bench.report.table(['MiB', 'min', 'median', 'max', 'most so far'], rows);
}

/** What a process holds while something goes on, in MiB. */
async function watch(site: ServedSite, work: Promise<unknown>): Promise<number[]> {
  const held: number[] = [];
  const over = new AbortController();
  const whole = work.finally(() => over.abort());
  while (!over.signal.aborted) {
    held.push(usageOf(site.pid).rss / mebibyte);
    await Promise.race([whole, wait(lookEvery)]);
  }
  await whole;
  return held;
}
