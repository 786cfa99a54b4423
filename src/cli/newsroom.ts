import { openDatabase } from '../platform/database/open.ts';
import { migrate } from '../platform/database/migrate.ts';
import { systemClock, type Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/database/database.ts';
import { waitUntilSeen } from '../platform/events/event-log.ts';
import { allMigrations } from '../migrations.ts';

/** An open, migrated database for one command. */
export interface Newsroom {
  readonly config: Config;
  readonly database: Database;
  readonly clock: Clock;
  /** Waits until every server that runs on this database has seen what the command wrote, then closes. */
  close(): Promise<void>;
}

/**
 * Open the newsroom that the settings name, for a command that runs beside a server or without one.
 * @throws AppError as `openDatabase` and `migrate`
 */
export async function openNewsroom(config: Config): Promise<Newsroom> {
  const clock = systemClock;
  const database = await openDatabase(config, clock);
  try {
    await migrate(database, allMigrations, { beforeUpgrade: () => backUpFirst(config, database, clock) });
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    config,
    database,
    clock,
    async close() {
      await waitUntilSeen(database, clock);
      await database.close();
    },
  };
}

async function backUpFirst(config: Config, database: Database, clock: Clock): Promise<void> {
  const [{ backupBeforeUpgrade }, { mediaStoreOf }] = await Promise.all([
    import('./backup/nightly.ts'),
    import('./backup/command-parts.ts'),
  ]);
  const parts = { config, database, clock, media: mediaStoreOf(config) };
  await backupBeforeUpgrade(parts, (line) => process.stderr.write(`${line}\n`));
}

/** Run a command's work in the newsroom that the settings name. */
export async function inNewsroom<T>(config: Config, work: (newsroom: Newsroom) => Promise<T>): Promise<T> {
  const newsroom = await openNewsroom(config);
  try {
    return await work(newsroom);
  } finally {
    await newsroom.close();
  }
}
