import type { Kysely } from 'kysely';
import type { Transaction } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { newId } from '../../platform/ids.ts';
import { enqueue } from '../../platform/jobs/jobs.ts';

/** A download of all that is kept of a reader. */
export interface ReaderExport {
  readonly id: string;
  /** Milliseconds UTC. */
  readonly createdAt: number;
  /** Milliseconds UTC; undefined until its files can be fetched. */
  readonly readyAt: number | undefined;
  /** Milliseconds UTC at which the files go; undefined until they are there. */
  readonly endsAt: number | undefined;
}

export const exportJob = 'readers.export';
/** How long the files can be fetched, milliseconds. */
export const exportLife = 7 * 86_400_000;
/** What a download consists of. */
export const exportFiles = {
  'data.html': 'text/html; charset=utf-8',
  'data.json': 'application/json',
} as const;

const day = 86_400_000;
const mostInDay = 3;

/** The downloads of a reader that are being made or can be fetched, newest first. @param now milliseconds UTC */
export async function listExports(db: Kysely<Tables>, reader: string, now: number): Promise<ReaderExport[]> {
  const rows = await db
    .selectFrom('reader_export')
    .selectAll()
    .where('reader_id', '=', reader)
    .where((is) => is.or([is('ends_at', 'is', null), is('ends_at', '>', now)]))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(20)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    createdAt: row.created_at,
    readyAt: row.ready_at ?? undefined,
    endsAt: row.ends_at ?? undefined,
  }));
}

/**
 * Have a download made. While one is being made there is no second.
 * @returns false when it was asked for too often today
 */
export async function askForExport(tx: Transaction, reader: string): Promise<boolean> {
  const today = await tx.db
    .selectFrom('reader_export')
    .select('ready_at')
    .where('reader_id', '=', reader)
    .where('created_at', '>', tx.now - day)
    .limit(mostInDay)
    .execute();
  if (today.some(({ ready_at }) => ready_at === null)) return true;
  if (today.length >= mostInDay) return false;
  const id = newId(tx.now);
  await tx.db
    .insertInto('reader_export')
    .values({ id, reader_id: reader, created_at: tx.now, ready_at: null, ends_at: null })
    .execute();
  await enqueue(tx, exportJob, { id });
  return true;
}
