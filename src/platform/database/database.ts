import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Something that happened, told after the commit and at least once. Domains give it its types in their events.ts. */
export interface DomainEvent {
  /** `{domain}.{what}`, such as `story.published`. */
  readonly type: string;
  /** JSON-safe facts: ids, never whole rows. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** Page-store tags that no longer hold; dropped before the write is acknowledged. */
  readonly tags?: readonly string[];
  /** True for kills and corrections: the tags must never be served stale. */
  readonly urgent?: boolean;
  /** Told to the listeners of this process and kept nowhere: who misses it finds out by looking, a little later. */
  readonly isHint?: true;
}

/** What a command works with: one open transaction. Never await anything but the database inside it. */
export interface Transaction {
  readonly db: Kysely<Tables>;
  /** The instant of the command, in milliseconds UTC. */
  readonly now: number;
  /** Record that something happened, in this same transaction. */
  emit(event: DomainEvent): void;
}

export type Command<T> = (tx: Transaction) => Promise<T>;

/** An open database. Only this folder knows which dialect it is. */
export interface Database {
  readonly dialect: 'sqlite' | 'postgres';
  /** For queries outside commands; sees what is committed. */
  readonly read: Kysely<Tables>;
  /**
   * Run a command in a transaction. When the promise resolves, its rows and events are durable (fsynced)
   * and this process's `onCommit` listeners have run. On SQLite, commands that wait together share one commit; on
   * PostgreSQL, one that another overtook is run again: it keeps nothing outside from a run that came to nothing.
   */
  write<T>(command: Command<T>): Promise<T>;
  /** Read many things as they stood at one moment, whatever is written meanwhile. */
  snapshot<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
  /**
   * Leave nothing on disk of rows that were removed or changed, as far as files of the database go. Takes a second for each
   * hundred megabytes, in which writers wait; pages are read on. For a quiet hour.
   * @throws AppError `database.busy` when somebody reads or writes without end: try again
   */
  scrub(): Promise<void>;
  /** Called in order, after each commit and before its writers are answered, with what was emitted. */
  onCommit(listener: (events: readonly DomainEvent[]) => void): void;
  /** Resolves when somebody (another process too) may have committed since the last call, or after the time-out. */
  close(): Promise<void>;
}
