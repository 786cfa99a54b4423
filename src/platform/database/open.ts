import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { systemClock } from '../clock.ts';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import type { Database } from './database.ts';
import { databaseBusy, isBusy, SqliteDatabase } from './sqlite.ts';

export const sqliteFileName = 'freesheet.sqlite';

/**
 * Open the database that the settings name: PostgreSQL at DATABASE_URL, else SQLite under DATA_DIR.
 * @throws AppError `database.folder-unwritable`, `database.busy`, `database.unreachable`, `database.too-old`
 */
export async function openDatabase(
  config: Pick<Config, 'DATABASE_URL' | 'dataDir'>,
  clock: Clock = systemClock,
): Promise<Database> {
  if (config.DATABASE_URL) {
    const { PostgresDatabase } = await import('./postgres.ts');
    return PostgresDatabase.open(config.DATABASE_URL, clock);
  }
  try {
    mkdirSync(config.dataDir, { recursive: true });
    accessSync(config.dataDir, constants.W_OK);
    return new SqliteDatabase(join(config.dataDir, sqliteFileName), clock);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (isBusy(cause)) throw databaseBusy(cause);
    throw new AppError(
      'database.folder-unwritable',
      `Cannot write to ${config.dataDir}. Make it writable, or set DATA_DIR to another folder.`,
      { cause },
    );
  }
}
