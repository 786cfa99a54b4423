import { statSync } from 'node:fs';
import { join } from 'node:path';
import { sqliteFileName } from '../src/platform/database/open.ts';
import { toLocal } from '../src/stories/index.ts';
import type { Bench, BenchPart } from './rig/bench.ts';
import { sizeOf } from './rig/bench.ts';
import { openNewsroom, pathsOf } from './rig/newsroom.ts';
import { Noise } from './rig/noise.ts';
import { knownWords, sections } from './rig/paper.ts';
import type { OpenSite } from './rig/site.ts';
import { quantile } from './rig/statistics.ts';

/** A page that is made again and again. @param times counts from 0 */
interface Page {
  readonly name: string;
  make(times: number): Promise<unknown>;
}

/** What one size of paper came to. */
interface Measured {
  readonly stories: number;
  readonly rate: number;
  readonly bytes: number;
  /** By page: milliseconds, ascending. */
  readonly times: ReadonlyMap<string, readonly number[]>;
}

export const part: BenchPart = {
  summary: 'pages made without the page store in papers of every size',
  async run(bench) {
    const sizes = sizeOf(bench, [1000, 100_000], [500, 5000]);
    if (bench.withMillion) sizes.push(1_000_000);
    const noise = new Noise();
    const measured: Measured[] = [];
    for (const size of sizes) measured.push(await measure(bench, size, noise));
    tell(bench, measured);
    noise.tell(bench.report);
  },
};

async function measure(bench: Bench, stories: number, noise: Noise): Promise<Measured> {
  const newsroom = await openNewsroom(bench, `data-${stories}`, stories);
  const { site, dataDir, rate } = newsroom;
  bench.say(`${Math.round(rate)} a second`);
  const pages = await pagesOf(newsroom);
  const times = new Map(pages.map(({ name }) => [name, [] as number[]]));
  const often = sizeOf(bench, 60, 12);
  for (const { make } of pages) await make(0);
  for (let round = 1; round <= often; round += 1) {
    if (round % Math.ceil(often / 6) === 0) noise.sample();
    for (const { name, make } of pages) {
      const started = performance.now();
      await make(round);
      times.get(name)!.push(performance.now() - started);
    }
  }
  await site.close();
  const bytes = statSync(join(dataDir, sqliteFileName)).size;
  const sorted = new Map([...times].map(([name, values]) => [name, values.toSorted((a, b) => a - b)]));
  return { stories, rate, bytes, times: sorted };
}

async function pagesOf(newsroom: OpenSite): Promise<Page[]> {
  const { ask } = newsroom;
  const paths = await pathsOf(newsroom, 500);
  const section = (times: number) => sections[times % sections.length]!;
  const search = (words: string) => () => ask('search', `/search?${new URLSearchParams({ q: words })}`);
  const past = toLocal(Date.now() - 400 * 24 * 3_600_000, 'UTC');
  const year = String(past.year);
  const month = String(past.month).padStart(2, '0');
  return [
    { name: 'front', make: () => ask('front', '/') },
    { name: 'section', make: (times) => ask('section', `/${section(times)}`, { section: section(times) }) },
    { name: 'archive, a month', make: () => ask('archive-month', `/${year}/${month}`, { year, month }) },
    { name: 'story', make: (times) => ask('story', paths[times % paths.length]!) },
    { name: 'search, rare word', make: search(knownWords.rare) },
    { name: 'search, common word', make: search(`${knownWords.common} `) },
    { name: 'search, two words', make: search(`${knownWords.two.join(' ')} `) },
    { name: 'sitemap index', make: () => ask('sitemap-index', '/sitemap.xml') },
    {
      name: 'sitemap, a month',
      make: () => ask('sitemap', `/sitemaps/${year}-${month}.xml`, { file: `${year}-${month}.xml` }),
    },
  ];
}

function tell({ report }: Bench, measured: readonly Measured[]): void {
  const [first, ...others] = measured as [Measured, ...Measured[]];
  const count = (stories: number) => stories.toLocaleString('en-GB');
  const median = ({ times }: Measured, name: string) => quantile(times.get(name)!, 0.5);
  report.table(
    [
      'milliseconds: median (p90)',
      ...measured.map(({ stories }) => count(stories)),
      ...others.map(({ stories }) => `${count(stories)} / ${count(first.stories)}`),
    ],
    [...first.times.keys()].map((name) => [
      name,
      ...measured.map(
        (one) => `${median(one, name).toFixed(2)} (${quantile(one.times.get(name)!, 0.9).toFixed(2)})`,
      ),
      ...others.map((one) => `${(median(one, name) / median(first, name)).toFixed(2)} x`),
    ]),
  );
  for (const { stories, rate, bytes } of measured)
    report.line(
      `${count(stories)} stories: written at ${Math.round(rate)} a second; the database is ${Math.round(bytes / 2 ** 20)} MiB, ${(bytes / stories / 1024).toFixed(1)} KiB a story`,
    );
}
