import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { sql } from 'kysely';
import { root } from '../../src/cli/root.ts';
import { allMigrations } from '../../src/migrations.ts';
import type { Database } from '../../src/platform/database/database.ts';
import { openTestDatabase, type TestDatabase } from '../../src/platform/database/testing.ts';
import { silentLog } from '../../src/platform/log.ts';
import { MediaStore } from '../../src/platform/media/media-store.ts';
import { findDocuments } from '../../src/platform/search/search.ts';
import { fillFromDump, takeUpFilled, writeDumpFile } from '../../src/wire/index.ts';

/** How often each fault is made to happen; `npm run faults` says 200. */
export const rounds = Number(process.env.FAULT_ROUNDS ?? 10);

/** A process that a test started and may kill. */
export interface Victim {
  /** What it said on standard output, each line whole. */
  readonly lines: readonly string[];
  /** Resolves when the lines are as wanted. @throws Error when the process ends before, with what it complained of */
  until(isWanted: (lines: readonly string[]) => boolean): Promise<void>;
  /** Give it a line on standard input. */
  tell(line: string): void;
  /** End it as a power cut would; resolves when it is gone. */
  kill(): Promise<void>;
  /** Its exit code; null when it was killed. */
  readonly ended: Promise<number | null>;
}

/** Start a TypeScript file of the checkout with nothing of this process's settings but those given. */
export function startVictim(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Victim {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, script), ...args],
    {
      cwd: root,
      env: { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE: join(root, '.cache', 'compile'), ...env },
      stdio: 'pipe',
    },
  );
  const lines: string[] = [];
  let [rest, complaint] = ['', ''];
  let notice: () => void = () => {};
  let isGone = false;
  child.stdout.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n');
    rest = parts.pop()!;
    lines.push(...parts);
    notice();
  });
  // Who is killed hears nothing more.
  child.stdin.on('error', () => undefined);
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const ended = new Promise<number | null>((resolve) =>
    child.on('close', (code) => {
      isGone = true;
      notice();
      resolve(code);
    }),
  );
  return {
    lines,
    ended,
    async until(isWanted) {
      while (!isWanted(lines)) {
        if (isGone) throw new Error(`${script} ended early: ${complaint}`);
        await new Promise<void>((resolve) => (notice = resolve));
      }
    },
    tell(line) {
      child.stdin.write(`${line}\n`);
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Settings with which another process works on the same newsroom. */
export function settingsOf({ dataDir, url }: Pick<TestDatabase, 'dataDir' | 'url'>): Record<string, string> {
  return { DATA_DIR: dataDir, LOG_LEVEL: 'warn', AVIF: 'off', ...(url && { DATABASE_URL: url }) };
}

/** Run a test with a newsroom of its own, gone after it. */
export async function withNewsroom(
  dialect: Database['dialect'],
  work: (newsroom: TestDatabase) => Promise<void>,
): Promise<void> {
  const newsroom = await openTestDatabase(dialect, allMigrations);
  try {
    await work(newsroom);
  } finally {
    await newsroom.close();
  }
}

/** Run the same tests for both databases; PostgreSQL is left out, by name, where TEST_DATABASE_URL is not set. */
export function forEachDialect(title: string, define: (dialect: Database['dialect']) => void): void {
  for (const dialect of ['sqlite', 'postgres'] as const) {
    const skip = dialect === 'postgres' && !process.env.TEST_DATABASE_URL ? 'no PostgreSQL' : false;
    describe(`${title} on ${dialect}`, { skip }, () => define(dialect));
  }
}

/** A folder for the tests of a file. */
export function folderForTests(): () => string {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'freesheet-faults-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  return () => folder;
}

/** Everything that follows from the stories: lists, numbers, what can be found. */
export async function derived({ read, dialect }: Database): Promise<Record<string, unknown[]>> {
  const byC = dialect === 'postgres' ? ' collate "C"' : '';
  const rows = async (query: string) =>
    (await sql.raw<object>(query).execute(read)).rows.map((row) => ({ ...row }));
  return {
    listing: await rows(`select * from story_listing order by list${byC}, published_at, story_id${byC}`),
    days: await rows(`select day, stories from archive_day where stories > 0 order by day${byC}`),
    documents: await rows(
      `select id, at, section, authors, title, summary, text from search_document order by id${byC}`,
    ),
  };
}

/**
 * See that all that follows from the stories is as it comes out when it is made from them anew, and that the index
 * finds what it holds.
 * @param word stands in each story
 */
export async function assertConsistent(database: Database, word: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'freesheet-anew-'));
  const anew = await openTestDatabase('sqlite', allMigrations);
  try {
    const file = join(folder, 'dump.jsonl');
    await writeDumpFile(file, { database, mediaFolder: 'media', createdAt: '' });
    await fillFromDump(anew.database, file);
    await takeUpFilled(anew.database, new MediaStore({ dataDir: anew.dataDir, log: silentLog }));
    const is = await derived(database);
    assert.deepEqual(is, await derived(anew.database));
    assert.equal((await findDocuments(database.read, { words: word, limit: 1 })).total, is.documents!.length);
    const { rows: strays } = await sql`select 1 from front_slot join story on story.id = front_slot.story_id
      where story.state <> 'published'`.execute(database.read);
    assert.deepEqual(strays, []);
  } finally {
    await anew.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A whole number from `from` up to and without `to`. */
export function anyOf(from: number, to: number): number {
  return from + Math.floor(Math.random() * (to - from));
}
