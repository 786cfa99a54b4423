import type { Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';

/** The id of a comment, in any state, by its id, its code, or an address that ends with its code. */
export async function findCommentId(db: Kysely<Tables>, name: string): Promise<string | undefined> {
  const code = /(?:^|\/comments\/)([a-z0-9]{4,20})(?:[#?].*)?$/.exec(name)?.[1];
  const row = await db
    .selectFrom('comment')
    .select('id')
    .where((is) => is.or([is('id', '=', name), is('code', '=', code ?? name)]))
    .executeTakeFirst();
  return row?.id;
}
