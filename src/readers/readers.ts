import type { Kysely, Selectable } from 'kysely';
import { statement } from '../platform/database/statement.ts';
import type { Tables } from '../platform/database/tables.ts';
import { cardColumns, cardFromRow, readerFromRow, type Reader, type ReaderCard } from './reader.ts';

/** One reader, also one who has left. */
export async function findReader(db: Kysely<Tables>, id: string): Promise<Reader | undefined> {
  const { rows } = await statement<
    Selectable<Tables['reader']>
  >`select * from reader where id = ${id}`.execute(db);
  return rows[0] && readerFromRow(rows[0]);
}

/** The names that belong to ids, in one query. */
export async function findReaderCards(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<Map<string, ReaderCard>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('reader')
    .select(cardColumns)
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, cardFromRow(row)]));
}

/**
 * Who has a handle, in whatever case it is written.
 * @returns the reader, whose `handle` is another where this one was given up: the address has moved
 */
export async function findReaderByHandle(db: Kysely<Tables>, handle: string): Promise<Reader | undefined> {
  const known = await db
    .selectFrom('reader_handle')
    .select('reader_id')
    .where('handle', '=', handle.toLowerCase())
    .executeTakeFirst();
  return known && findReader(db, known.reader_id);
}
