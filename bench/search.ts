import { rmSync } from 'node:fs';
import { allMigrations } from '../src/migrations.ts';
import { systemClock } from '../src/platform/clock.ts';
import type { Database } from '../src/platform/database/database.ts';
import { migrate } from '../src/platform/database/migrate.ts';
import { openDatabase } from '../src/platform/database/open.ts';
import { openTestDatabase } from '../src/platform/database/testing.ts';
import { findDocuments, putDocument } from '../src/platform/search/search.ts';
import type { Bench, BenchPart } from './rig/bench.ts';
import { sizeOf } from './rig/bench.ts';
import { Noise } from './rig/noise.ts';
import { knownWords, makeStory } from './rig/paper.ts';
import { quantile } from './rig/statistics.ts';

const searches: readonly (readonly [name: string, words: string])[] = [
  ['rare word', knownWords.rare],
  ['common word', `${knownWords.common} `],
  ['two words', `${knownWords.two.join(' ')} `],
  ['prefix', knownWords.prefix],
];
/** Documents in one transaction, and transactions at once where the database can. */
const together = 200;
const writersOn = { sqlite: 1, postgres: 4 } as const;

/** A database with documents, which can be opened anew. */
interface Index {
  readonly dialect: Database['dialect'];
  open(): Promise<Database>;
  remove(): Promise<void>;
}

/** Milliseconds, ascending, and what was found. */
interface Timed {
  readonly cold: readonly number[];
  readonly warm: readonly number[];
  readonly total: number;
}

export const part: BenchPart = {
  summary:
    'milliseconds of a search among few and many stories, first on a fresh handle and then again and again',
  async run(bench) {
    const sizes = sizeOf(bench, [1000, 100_000], [1000, 10_000]);
    const noise = new Noise();
    for (const dialect of ['sqlite', 'postgres'] as const) {
      if (dialect === 'postgres' && !process.env.TEST_DATABASE_URL) {
        bench.report.line('PostgreSQL is left out, as TEST_DATABASE_URL is not set.');
        continue;
      }
      const bySize: Timed[][] = [];
      for (const size of sizes) {
        const index = await makeIndex(bench, dialect, size);
        try {
          bySize.push(await timeSearches(bench, index, noise));
        } finally {
          await index.remove();
        }
      }
      tell(bench, dialect, sizes, bySize);
    }
    noise.tell(bench.report);
  },
};

async function makeIndex(bench: Bench, dialect: Database['dialect'], size: number): Promise<Index> {
  bench.say(`${dialect}: putting ${size.toLocaleString('en-GB')} stories into the search ...`);
  const index = dialect === 'sqlite' ? sqliteIndex(bench, size) : await postgresIndex();
  const database = await index.open();
  await migrate(database, allMigrations);
  const started = performance.now();
  let next = 0;
  const writer = async () => {
    while (next < size) {
      const from = next;
      next += together;
      await database.write(async ({ db }) => {
        for (let number = from; number < Math.min(from + together, size); number += 1)
          await putDocument(db, documentOf(number, size));
      });
    }
  };
  await Promise.all(Array.from({ length: writersOn[dialect] }, writer));
  bench.say(`${Math.round((size / (performance.now() - started)) * 1000)} a second`);
  await database.close();
  return index;
}

function sqliteIndex(bench: Bench, size: number): Index {
  const dataDir = bench.folder(`index-${size}`);
  return {
    dialect: 'sqlite',
    open: () => openDatabase({ dataDir, DATABASE_URL: undefined }, systemClock),
    remove: async () => rmSync(dataDir, { recursive: true }),
  };
}

async function postgresIndex(): Promise<Index> {
  const made = await openTestDatabase('postgres');
  return { dialect: 'postgres', open: () => made.reopen(systemClock), remove: () => made.close() };
}

function documentOf(number: number, size: number) {
  const { content, paragraphs, at } = makeStory(number, size, Date.now());
  return {
    id: `story-${number}`,
    path: `/2026/01/01/story-${number}`,
    title: content.headline,
    summary: content.standfirst,
    text: paragraphs.join('\n'),
    section: content.section,
    authors: [],
    topics: [],
    language: 'en',
    at,
  };
}

async function timeSearches(bench: Bench, index: Index, noise: Noise): Promise<Timed[]> {
  const colds = sizeOf(bench, 15, 4);
  const warms = sizeOf(bench, 300, 30);
  const times = searches.map(() => ({ cold: [] as number[], warm: [] as number[], total: 0 }));
  for (let round = 0; round < colds; round += 1) {
    for (const [at, [, words]] of searches.entries()) {
      const database = await index.open();
      // What is measured is the first search, not the making of a connection.
      if (index.dialect === 'postgres') await database.read.selectFrom('migration').select('id').execute();
      times[at]!.cold.push(await timed(database, words));
      await database.close();
    }
  }
  const database = await index.open();
  for (let round = 0; round < warms; round += 1) {
    if (round % Math.ceil(warms / 5) === 0) noise.sample();
    for (const [at, [, words]] of searches.entries()) times[at]!.warm.push(await timed(database, words));
  }
  for (const [at, [, words]] of searches.entries())
    times[at]!.total = (await findDocuments(database.read, { words, limit: 20 })).total;
  await database.close();
  const sorted = (values: number[]) => values.toSorted((a, b) => a - b);
  return times.map(({ cold, warm, total }) => ({ cold: sorted(cold), warm: sorted(warm), total }));
}

async function timed(database: Database, words: string): Promise<number> {
  const started = performance.now();
  await findDocuments(database.read, { words, limit: 20 });
  return performance.now() - started;
}

function tell(bench: Bench, dialect: string, sizes: readonly number[], bySize: readonly Timed[][]): void {
  const rows = searches.flatMap(([name], at) =>
    sizes.map((size, which) => {
      const { cold, warm, total } = bySize[which]![at]!;
      const growth = quantile(warm, 0.5) / quantile(bySize[0]![at]!.warm, 0.5);
      const found = total >= 10_000 ? '10,000 or more' : String(total);
      return [
        which === 0 ? name : '',
        size,
        found,
        quantile(cold, 0.5),
        cold.at(-1)!,
        quantile(warm, 0.5),
        quantile(warm, 0.99),
        growth,
      ];
    }),
  );
  bench.report.line(dialect === 'sqlite' ? 'SQLite' : 'PostgreSQL');
  bench.report.table(
    ['', 'stories', 'found', 'cold ms: median', 'max', 'warm ms: median', 'p99', 'warm, to the first'],
    rows,
  );
}
