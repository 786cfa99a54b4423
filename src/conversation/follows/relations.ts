import { sql, type Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { noRelations, type FollowKind, type Relations } from './follow.ts';

/**
 * How a reader stands to all others, in one query. Once for a page: it tells of every name on it.
 * @param reader id; whoever is not signed in has no relations
 */
export async function relationsOf(db: Kysely<Tables>, reader: string | undefined): Promise<Relations> {
  if (reader === undefined) return noRelations;
  const rows = await db
    .selectFrom('follow')
    .select(['kind as what', 'target as whom'])
    .where('reader_id', '=', reader)
    .unionAll(
      db
        .selectFrom('reader_mute')
        .select([sql<string>`'muted'`.as('what'), 'target_id as whom'])
        .where('reader_id', '=', reader),
    )
    .unionAll(
      db
        .selectFrom('reader_block')
        .select([sql<string>`'blocked'`.as('what'), 'target_id as whom'])
        .where('reader_id', '=', reader),
    )
    .unionAll(
      db
        .selectFrom('reader_block')
        .select([sql<string>`'blockedBy'`.as('what'), 'reader_id as whom'])
        .where('target_id', '=', reader),
    )
    .execute();
  const sets: Record<FollowKind | 'muted' | 'blocked' | 'blockedBy', Set<string>> = {
    reader: new Set(),
    author: new Set(),
    topic: new Set(),
    story: new Set(),
    thread: new Set(),
    muted: new Set(),
    blocked: new Set(),
    blockedBy: new Set(),
  };
  for (const { what, whom } of rows) sets[what as keyof typeof sets].add(whom);
  const { muted, blocked, blockedBy, ...following } = sets;
  return { following, muted, blocked, blockedBy };
}
