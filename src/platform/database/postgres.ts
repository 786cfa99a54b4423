import { Kysely, PostgresDialect, sql } from 'kysely';
import type { Pool } from 'pg';
import { AppError } from '../errors.ts';
import type { Clock } from '../clock.ts';
import type { Command, Database, DomainEvent } from './database.ts';
import { CommitListeners, recordEvents } from './outbox-rows.ts';
import type { Tables } from './tables.ts';

const bigintType = 20;
/** Serialization failure, deadlock, unique violation: another transaction was faster. */
const overtaken = new Set(['40001', '40P01', '23505']);
const attempts = 5;

/** PostgreSQL 15 or newer: one pool for reads and commands. */
export class PostgresDatabase implements Database {
  readonly dialect = 'postgres';
  readonly read: Kysely<Tables>;
  readonly #clock: Clock;
  readonly #listeners = new CommitListeners();

  private constructor(pool: Pool, clock: Clock) {
    this.#clock = clock;
    this.read = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  }

  static async open(url: string, clock: Clock): Promise<PostgresDatabase> {
    const { Pool, types } = (await import('pg')).default;
    const pool = new Pool({
      connectionString: url,
      max: 12,
      types: {
        // Times and counters fit into a double; text would compare wrongly.
        getTypeParser: (oid: number, format?: 'text' | 'binary') =>
          oid === bigintType ? (value: string) => Number(value) : types.getTypeParser(oid, format as 'text'),
      },
    });
    pool.on('error', () => {
      // An idle connection was cut; the pool makes another, and a query in flight gets its own error.
    });
    try {
      const { rows } = await pool.query<{ version: number }>(
        "SELECT current_setting('server_version_num')::int AS version",
      );
      if (rows[0]!.version < 150_000)
        throw new AppError('database.too-old', 'PostgreSQL 15 or newer is needed.');
    } catch (cause) {
      await pool.end();
      if (cause instanceof AppError) throw cause;
      throw new AppError(
        'database.unreachable',
        'PostgreSQL does not answer at DATABASE_URL. Check the address, the password and that it runs.',
        { cause },
      );
    }
    return new PostgresDatabase(pool, clock);
  }

  /** Commands run side by side here; one that was overtaken is run again, and sees what the other did. */
  async write<T>(command: Command<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#write(command);
      } catch (error) {
        const { code } = error as { code?: unknown };
        if (attempt === attempts || typeof code !== 'string' || !overtaken.has(code)) throw error;
      }
    }
  }

  async #write<T>(command: Command<T>): Promise<T> {
    const events: DomainEvent[] = [];
    const value = await this.read.transaction().execute(async (db) => {
      const now = this.#clock.now();
      const result = await command({ db, now, emit: (event) => void events.push(event) });
      await recordEvents(db, events, now);
      return result;
    });
    this.#listeners.tell(events);
    return value;
  }

  snapshot<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
    return this.read
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((db) => work(db));
  }

  /** What an old copy of a row held is freed now; the server's own files and archives are its operator's. */
  async scrub(): Promise<void> {
    await sql`vacuum`.execute(this.read);
  }

  onCommit(listener: (events: readonly DomainEvent[]) => void): void {
    this.#listeners.add(listener);
  }

  async close(): Promise<void> {
    await this.read.destroy();
  }
}
