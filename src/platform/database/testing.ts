import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { FixedClock, type Clock } from '../clock.ts';
import type { Database } from './database.ts';
import { migrate, platformMigrations, type Migration } from './migrate.ts';
import { openDatabase } from './open.ts';

export interface TestDatabase {
  readonly database: Database;
  readonly clock: FixedClock;
  /** Opens the same database once more, as another process would. */
  reopen(clock?: Clock): Promise<Database>;
  readonly dataDir: string;
  /** DATABASE_URL of it, on PostgreSQL. */
  readonly url: string | undefined;
}

/** 24 November 2026, 12:00 UTC. */
export const testNow = 1_795_521_600_000;

/** A fresh, migrated database for one test file; `close` leaves nothing behind. */
export async function openTestDatabase(
  dialect: Database['dialect'],
  migrations: readonly Migration[] = [],
  clock: FixedClock = new FixedClock(testNow),
): Promise<TestDatabase & { close(): Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'freesheet-test-'));
  const admin = process.env.TEST_DATABASE_URL;
  const name = `test_${randomBytes(6).toString('hex')}`;
  let url: string | undefined;
  if (dialect === 'postgres') {
    if (!admin) throw new Error('TEST_DATABASE_URL is not set.');
    await administer(
      admin,
      `create database ${name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'`,
    );
    const address = new URL(admin);
    address.pathname = `/${name}`;
    url = address.href;
  }
  const reopen = (other: Clock = clock) => openDatabase({ DATABASE_URL: url, dataDir }, other);
  const database = await reopen();
  await migrate(database, [...platformMigrations, ...migrations]);
  return {
    database,
    clock,
    dataDir,
    url,
    reopen,
    async close() {
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
      if (url) await administer(admin!, `drop database ${name} with (force)`);
    },
  };
}

/**
 * Run the same tests on both databases. PostgreSQL is left out, by name, where TEST_DATABASE_URL is not set.
 * @param define is given a getter, as the database opens only when the tests run
 */
export function forEachDatabase(
  title: string,
  migrations: readonly Migration[],
  define: (get: () => TestDatabase, dialect: Database['dialect']) => void,
): void {
  for (const dialect of ['sqlite', 'postgres'] as const) {
    const skip = dialect === 'postgres' && !process.env.TEST_DATABASE_URL ? 'no PostgreSQL' : false;
    describe(`${title} on ${dialect}`, { skip }, () => {
      let opened: Awaited<ReturnType<typeof openTestDatabase>> | undefined;
      before(async () => {
        if (!skip) opened = await openTestDatabase(dialect, migrations);
      });
      after(() => opened?.close());
      define(() => opened!, dialect);
    });
  }
}

async function administer(url: string, statement: string): Promise<void> {
  const { Client } = (await import('pg')).default;
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
