import type { Kysely } from 'kysely';
import { list, statement } from '../../platform/database/statement.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { handlesIn, renderComment, tidy, type RenderedComment } from './markup.ts';
import { threadsText } from './text.ts';

/** A comment ready to be judged and saved: all that takes time is done before the transaction. */
export interface PreparedComment extends RenderedComment {
  /** As typed, tidied. */
  readonly source: string;
  /** Ids of readers whom it names. */
  readonly mentions: readonly string[];
}

/** Nothing longer is even looked at; the rule of moderation on length says what may be posted, and is below it. */
export const mostTyped = 20_000;

/**
 * Render what somebody has typed. Who blocks the writer cannot be named by them: their handle stays plain text.
 * @param author id of the writer; undefined for a preview of whoever is not signed in
 */
export async function prepareComment(
  db: Kysely<Tables>,
  typed: string,
  author: string | undefined,
): Promise<PreparedComment> {
  const source = tidy(typed.slice(0, mostTyped));
  const named = await namedBy(db, handlesIn(source), author);
  const rendered = renderComment(source, new Set(named.keys()), threadsText.spoiler);
  return { source, mentions: [...new Set(named.values())], ...rendered };
}

async function namedBy(
  db: Kysely<Tables>,
  handles: readonly string[],
  author: string | undefined,
): Promise<Map<string, string>> {
  if (handles.length === 0) return new Map();
  const rows = await db
    .selectFrom('reader')
    .select(['handle', 'id'])
    .where('handle', 'in', handles)
    .where('state', '<>', 'former')
    .execute();
  const blocking = await blockersOf(
    db,
    author,
    rows.map(({ id }) => id),
  );
  return new Map(
    rows.flatMap(({ handle, id }) => (handle === null || blocking.has(id) ? [] : [[handle, id]])),
  );
}

/** Which of some readers have blocked one. */
export async function blockersOf(
  db: Kysely<Tables>,
  reader: string | undefined,
  among: readonly string[],
): Promise<ReadonlySet<string>> {
  if (reader === undefined || among.length === 0) return new Set();
  const { rows } = await statement<{ reader_id: string }>`
    select reader_id from reader_block where target_id = ${reader} and reader_id in (${list(among)})`.execute(
    db,
  );
  return new Set(rows.map(({ reader_id }) => reader_id));
}
