import type { Kysely } from 'kysely';
import type { Transaction } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { Reader } from '../reader.ts';

/** What becomes of the comments of one who leaves: tombstones, or left standing as those of a 'former reader'. */
export type CommentsAfter = 'delete' | 'keep';

/** A reader whose account is being erased. */
export interface Leaver extends Reader {
  /** Every mail address that the account had, in lower case. */
  readonly addresses: readonly string[];
}

/**
 * What one domain holds of a reader. `main.ts` gives one of each domain (and each room that keeps such tables) to the
 * routes and jobs of readers.
 */
export interface ReaderData {
  /** Names the part in the download, such as `comments`. Letters and dashes. */
  readonly name: string;
  /**
   * All that is kept of the reader and is the reader's to know: plain JSON with words as keys, times as milliseconds UTC
   * under names that end in `At`. Nothing that other people wrote or decided in confidence (reports, notes of
   * moderators). Undefined where there is nothing.
   */
  collect(db: Kysely<Tables>, reader: Reader): Promise<unknown>;
  /**
   * Take the reader out of the domain's rows: what stays bears no words, name, handle or address of the reader. Runs once,
   * in the transaction that erases the account, before the account's own row is emptied. Domains tell caches by events
   * with tags of their own for what they change.
   */
  erase(tx: Transaction, reader: Leaver, comments: CommentsAfter): Promise<void>;
}
