import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '../src/platform/ids.ts';
import type { Command, Database, Transaction } from '../src/platform/database/database.ts';
import { createStory, publishStory } from '../src/stories/index.ts';
import type { Bench, BenchPart } from './rig/bench.ts';
import { sizeOf } from './rig/bench.ts';
import { fill } from './rig/newsroom.ts';
import { makeStory } from './rig/paper.ts';
import { spreadCells } from './rig/report.ts';
import { openSite } from './rig/site.ts';
import { ratios, spreadOf } from './rig/statistics.ts';

declare module '../src/platform/database/tables.ts' {
  interface Tables {
    bench_note: {
      id: string;
      thread: string;
      path: string;
      author: string;
      words: string;
      markup: string;
      at: number;
    };
    bench_thread: { id: string; notes: number };
  }
}

const writers = 8;
const threads = 20;
/** What one of the smallest commits writes to the log at least. */
const block = Buffer.alloc(4096, 1);

/** One way of writing, and what it took: commands a second and milliseconds of a core for each, by round. */
interface Way {
  readonly name: string;
  /** Writes so many times. */
  run(times: number): Promise<void> | void;
  readonly times: number;
  readonly rates: number[];
  readonly costs: number[];
}

export const part: BenchPart = {
  summary: 'commands that are on disk when they are answered, one at a time and from eight writers at once',
  async run(bench) {
    const folder = bench.folder('data');
    const { site } = await openSite(folder);
    const { database } = site;
    await fill(database, 200);
    await makeNoteTables(database);
    const rounds = sizeOf(bench, 7, 3);
    const log = openSync(join(folder, 'bare.log'), 'w');
    const syncs = sizeOf(bench, 300, 50);
    const notes = sizeOf(bench, 3000, 400);
    const stories = sizeOf(bench, 400, 60);
    // One more round than counts, to warm up, and each story once alone and once grouped.
    const drafts = await makeDrafts(bench, database, (rounds + 1) * stories * 2);
    const next: Command<unknown> = (tx) =>
      publishStory(tx, { id: drafts.pop()!, actor: 'bench', zone: 'Europe/London' });
    const ways = [
      wayOf('bare write and fsync', syncs, (times) => bareWrites(log, times)),
      wayOf('note, one writer', Math.ceil(notes / 4), (times) => write(database, saveNote, times, 1)),
      wayOf(`note, ${writers} writers`, notes, (times) => write(database, saveNote, times, writers)),
      wayOf('publish a story, one writer', stories, (times) => write(database, next, times, 1)),
      wayOf(`publish a story, ${writers} writers`, stories, (times) => write(database, next, times, writers)),
    ];
    for (const way of ways) await way.run(way.times);
    for (let round = 0; round < rounds; round += 1) {
      bench.say(`Round ${round + 1} of ${rounds}`);
      for (const way of round % 2 === 0 ? ways : ways.toReversed()) await measure(way);
    }
    closeSync(log);
    await site.close();
    tell(bench, ways);
  },
};

function wayOf(name: string, times: number, run: Way['run']): Way {
  return { name, times, run, rates: [], costs: [] };
}

async function measure({ run, times, rates, costs }: Way): Promise<void> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  await run(times);
  rates.push((times / (performance.now() - started)) * 1000);
  const { user, system } = process.cpuUsage(cpu);
  costs.push((user + system) / 1000 / times);
}

function tell({ report }: Bench, ways: readonly Way[]): void {
  const [bare, alone, grouped] = ways as [Way, Way, Way];
  report.table(
    ['', 'a second: min', 'median', 'max', 'ms CPU each: min', 'median', 'max', 'to bare fsync'],
    ways.map(({ name, rates, costs }) => [
      name,
      ...spreadCells(spreadOf(rates)),
      ...spreadCells(spreadOf(costs)),
      spreadOf(ratios(rates, bare.rates)).median,
    ]),
  );
  report.line('A note is a row of some 600 characters, a counter and an event, as a comment will be.');
  report.line(
    `Eight writers are ${spreadOf(ratios(grouped.rates, alone.rates)).median.toFixed(1)} times as fast as one.`,
  );
  report.budget({
    what: 'note from eight writers',
    measured: grouped.rates,
    limit: 3000,
    is: 'at least',
    unit: '/s',
  });
  report.budget({
    what: 'CPU of a note from eight writers',
    measured: grouped.costs,
    limit: 0.3,
    is: 'at most',
    unit: ' ms',
  });
  if (spreadOf(bare.rates).median > 20_000)
    report.line('An fsync costs nothing here, so the folder is not on a disk that is waited for.');
  report.noise('bare write and fsync', bare.rates, '/s');
}

function bareWrites(file: number, times: number): void {
  for (let index = 0; index < times; index += 1) {
    writeSync(file, block);
    fdatasyncSync(file);
  }
}

/** So many commands from so many writers, each of whom waits for its answer before it goes on. */
async function write(
  database: Database,
  command: Command<unknown>,
  times: number,
  writersAtOnce: number,
): Promise<void> {
  let left = times;
  const writer = async () => {
    while (left > 0) {
      left -= 1;
      await database.write(command);
    }
  };
  await Promise.all(Array.from({ length: writersAtOnce }, writer));
}

async function makeNoteTables(database: Database): Promise<void> {
  await database.write(async ({ db }) => {
    await db.schema
      .createTable('bench_note')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('thread', 'text', (column) => column.notNull())
      .addColumn('path', 'text', (column) => column.notNull())
      .addColumn('author', 'text', (column) => column.notNull())
      .addColumn('words', 'text', (column) => column.notNull())
      .addColumn('markup', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('bench_note_thread').on('bench_note').columns(['thread', 'path']).execute();
    await db.schema.createIndex('bench_note_author').on('bench_note').columns(['author', 'at']).execute();
    await db.schema
      .createTable('bench_thread')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('notes', 'integer', (column) => column.notNull())
      .execute();
    const rows = Array.from({ length: threads }, (_, index) => ({ id: `thread-${index}`, notes: 0 }));
    await db.insertInto('bench_thread').values(rows).execute();
  });
}

const [words] = makeStory(0, 1, 0).paragraphs;
let saved = 0;

async function saveNote({ db, now, emit }: Transaction): Promise<void> {
  const id = newId(now);
  const thread = `thread-${(saved += 1) % threads}`;
  await db
    .insertInto('bench_note')
    .values({
      id,
      thread,
      path: id,
      author: `reader-${saved % 1000}`,
      words: words!,
      markup: `<p>${words}</p>`,
      at: now,
    })
    .execute();
  await db
    .updateTable('bench_thread')
    .set((expression) => ({ notes: expression('notes', '+', 1) }))
    .where('id', '=', thread)
    .execute();
  emit({ type: 'bench.noted', payload: { id, thread }, tags: [`bench:${thread}`] });
}

/** Stories that only wait to be published. @returns their ids */
async function makeDrafts(bench: Bench, database: Database, count: number): Promise<string[]> {
  bench.say(`Writing ${count} drafts ...`);
  const ids: string[] = [];
  while (ids.length < count) {
    await database.write(async (tx) => {
      for (let index = 0; index < 200 && ids.length < count; index += 1) {
        const { content } = makeStory(ids.length, count, tx.now);
        ids.push((await createStory(tx, { content, actor: 'bench' })).id);
      }
    });
  }
  return ids;
}
