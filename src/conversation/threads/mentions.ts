import { sql, type Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { statesListed } from '../follows/policy.ts';

/** A reader who may be named. */
export interface Mentionable {
  readonly handle: string;
  readonly name: string;
}

const mostShown = 8;

/**
 * Readers whose handle or name begins with what was typed, those whom one follows first. Who has blocked whoever asks, or
 * is blocked by them, is not among them.
 * @param find.typed what stands after the @
 */
export async function listMentionable(
  db: Kysely<Tables>,
  reader: string,
  find: { readonly typed: string; readonly story?: string | undefined },
): Promise<Mentionable[]> {
  const typed = find.typed.normalize('NFKC').replace(/^@/, '').trim().toLowerCase().slice(0, 30);
  if (!/^[a-z0-9][a-z0-9_-]*$/.test(typed)) return [];
  const rows = await db
    .selectFrom('reader')
    .leftJoin('follow', (join) =>
      join
        .onRef('follow.target', '=', 'reader.id')
        .on('follow.kind', '=', 'reader')
        .on('follow.reader_id', '=', reader),
    )
    .select(['reader.handle', 'reader.name'])
    .where('reader.handle', '>=', typed)
    // Handles hold small letters, digits, - and _ alone, and all of these sort before this one.
    .where('reader.handle', '<', `${typed}\u{10ffff}`)
    .where('reader.state', 'in', [...statesListed])
    .where('reader.id', '<>', reader)
    .where('reader.id', 'not in', (inner) =>
      inner.selectFrom('reader_block').select('reader_id').where('target_id', '=', reader),
    )
    .where('reader.id', 'not in', (inner) =>
      inner.selectFrom('reader_block').select('target_id').where('reader_id', '=', reader),
    )
    .orderBy(sql`case when follow.since is null then 1 else 0 end`)
    .orderBy('reader.handle')
    .limit(mostShown)
    .execute();
  return rows.map(({ handle, name }) => ({ handle: handle!, name }));
}
