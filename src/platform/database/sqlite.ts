import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { AppError, messageOf } from '../errors.ts';
import type { Clock } from '../clock.ts';
import { CommitListeners, recordEvents } from './outbox-rows.ts';
import type { Command, Database, DomainEvent, Transaction } from './database.ts';
import { sqliteBuilder } from './sqlite-driver.ts';
import { scrubFile } from './sqlite-scrub.ts';
import type { Tables } from './tables.ts';

/** Commands that share one commit at most: bounds how long the first of them waits. */
const groupLimit = 64;
/** How long a writer waits for another process to finish its transaction. */
const busyDeadline = 15_000;
/** How long a handle that opens or reads waits, in milliseconds; this process waits with it. */
const openDeadline = 10_000;
/** An older SQLite may lose data in WAL mode after a checkpoint race. */
const oldestSafe = [3, 51, 3];

interface Waiting {
  readonly run: (tx: Transaction) => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** SQLite in WAL mode: one writer handle with group commit, and a read handle of its own. */
export class SqliteDatabase implements Database {
  readonly dialect = 'sqlite';
  readonly read: Kysely<Tables>;
  readonly path: string;
  readonly #writer: DatabaseSync;
  readonly #reader: DatabaseSync;
  readonly #write: Kysely<Tables>;
  readonly #clock: Clock;
  readonly #listeners = new CommitListeners();
  readonly #queue: Waiting[] = [];
  #draining: Promise<void> | undefined;
  #inCommand = false;
  #closed = false;

  constructor(path: string, clock: Clock) {
    this.path = path;
    this.#clock = clock;
    this.#writer = openHandle(path, false);
    this.#reader = openHandle(path, true);
    this.read = sqliteBuilder(this.#reader);
    this.#write = sqliteBuilder(this.#writer, () => {
      if (!this.#inCommand) throw new Error('A transaction was used after its command had ended.');
    });
  }

  write<T>(command: Command<T>): Promise<T> {
    if (this.#closed)
      return Promise.reject(new AppError('database.closed', 'The database is closed.', { status: 503 }));
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ run: command, resolve: resolve as (value: unknown) => void, reject });
      this.#draining ??= this.#drain();
    });
  }

  async snapshot<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
    const handle = openHandle(this.path, true);
    const db = sqliteBuilder(handle);
    try {
      // A plain `begin` waits for the first read to choose its moment.
      handle.exec('BEGIN; SELECT 1 FROM sqlite_schema');
      return await work(db);
    } finally {
      await db.destroy();
      handle.close();
    }
  }

  async scrub(): Promise<void> {
    await this.#draining;
    try {
      await scrubFile(this.path);
    } catch (error) {
      throw isBusy(error) ? databaseBusy(error) : error;
    }
  }

  onCommit(listener: (events: readonly DomainEvent[]) => void): void {
    this.#listeners.add(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#draining;
    await this.read.destroy();
    await this.#write.destroy();
    this.#reader.close();
    try {
      this.#writer.exec('PRAGMA optimize');
    } catch (error) {
      // Another process writes just now; the next one to close sees to it.
      if (!isBusy(error)) throw error;
    }
    this.#writer.close();
  }

  async #drain(): Promise<void> {
    do {
      // All that arrives in one turn of the loop shares a commit, and one who writes without rest leaves others theirs.
      await new Promise<void>((done) => setImmediate(done));
      try {
        await this.#begin();
      } catch (error) {
        for (const waiting of this.#queue.splice(0)) waiting.reject(error);
        continue;
      }
      await this.#commitGroup();
    } while (this.#queue.length > 0);
    // Cleared in the same step that saw the queue empty: a command queued any later starts a new round.
    this.#draining = undefined;
  }

  /** `begin immediate`: a plain `begin` lets two writers deadlock when both upgrade. */
  async #begin(): Promise<void> {
    const deadline = performance.now() + busyDeadline;
    for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
      try {
        this.#writer.exec('BEGIN IMMEDIATE');
        return;
      } catch (error) {
        if (!isBusy(error)) throw error;
        if (performance.now() > deadline) throw databaseBusy(error);
        await wait(pause);
      }
    }
  }

  async #commitGroup(): Promise<void> {
    const answers: ((failure?: AppError) => void)[] = [];
    const emitted: DomainEvent[] = [];
    let done = 0;
    try {
      for (; done < groupLimit && this.#queue.length > 0; done += 1) {
        const waiting = this.#queue.shift()!;
        try {
          const { value, events } = await this.#runInSavepoint(waiting.run);
          emitted.push(...events);
          answers.push((failure) => (failure ? waiting.reject(failure) : waiting.resolve(value)));
        } catch (error) {
          answers.push((failure) => waiting.reject(failure ?? error));
          // A full disk rolls the whole transaction back by itself: nothing of this group may be acknowledged.
          if (!this.#writer.isTransaction) throw error;
        }
      }
      this.#writer.exec('COMMIT');
    } catch (error) {
      if (this.#writer.isTransaction) this.#writer.exec('ROLLBACK');
      const failure = new AppError(
        'database.write-failed',
        'The change could not be saved. Nothing was lost; try again.',
        {
          status: 503,
          cause: error,
        },
      );
      for (const answer of answers) answer(failure);
      return;
    }
    this.#listeners.tell(emitted);
    for (const answer of answers) answer();
  }

  async #runInSavepoint(run: Waiting['run']): Promise<{ value: unknown; events: DomainEvent[] }> {
    const events: DomainEvent[] = [];
    const now = this.#clock.now();
    this.#writer.exec('SAVEPOINT command');
    let watch: NodeJS.Immediate | undefined;
    // All database work ends in microtasks: a command still running in the next turn waits for something else.
    const strayed = new Promise<never>((_, refuse) => {
      watch = setImmediate(() => refuse(new Error('A command awaited something other than the database.')));
    });
    this.#inCommand = true;
    try {
      const running = run({ db: this.#write, now, emit: (event) => void events.push(event) });
      const value = await Promise.race([running, strayed]);
      await recordEvents(this.#write, events, now);
      this.#writer.exec('RELEASE command');
      return { value, events };
    } catch (error) {
      if (this.#writer.isTransaction) this.#writer.exec('ROLLBACK TO command; RELEASE command');
      throw error;
    } finally {
      clearImmediate(watch);
      this.#inCommand = false;
    }
  }
}

/** Open one handle with the settings that make an acknowledged write survive a power cut. */
export function openHandle(path: string, readOnly: boolean): DatabaseSync {
  if (!readOnly) mkdirSync(dirname(path), { recursive: true });
  // From the first statement on: another process may just close the database as its last, or open it after a crash.
  const handle = new DatabaseSync(path, {
    readOnly,
    enableForeignKeyConstraints: true,
    timeout: openDeadline,
  });
  const { version } = handle.prepare('SELECT sqlite_version() AS version').get() as { version: string };
  if (isOlder(version.split('.').map(Number), oldestSafe)) {
    throw new AppError(
      'database.too-old',
      `SQLite ${version} is older than ${oldestSafe.join('.')} and may lose data. Run: npm start, which brings its own.`,
    );
  }
  // A small cache for each handle: what lies in the system's own is nearly as fast, and is not counted twice.
  handle.exec('PRAGMA temp_store = MEMORY; PRAGMA cache_size = -4000; PRAGMA mmap_size = 0;');
  if (!readOnly)
    // From here on the writer waits without keeping this process from its other work. What is deleted is written over,
    // but for copies that were left where a page was split: `scrub` sees to those. The log grows to 32 MB before it is
    // copied into the file: pages that every write touches are copied once for many, which is half the cost of a write.
    handle.exec(
      'PRAGMA secure_delete = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8000; PRAGMA busy_timeout = 20;',
    );
  return handle;
}

export function databaseBusy(cause: unknown): AppError {
  return new AppError('database.busy', 'Another process holds the database. Try again in a moment.', {
    status: 503,
    cause,
  });
}

/** True for an error that says that another process holds a lock. */
export function isBusy(error: unknown): boolean {
  return /locked|busy/i.test(messageOf(error));
}

function isOlder(version: number[], than: number[]): boolean {
  for (let index = 0; index < than.length; index += 1) {
    const difference = (version[index] ?? 0) - than[index]!;
    if (difference !== 0) return difference < 0;
  }
  return false;
}
