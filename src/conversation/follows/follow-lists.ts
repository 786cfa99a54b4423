import { sql, type Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { cardFromRow, type Audience, type Reader, type ReaderCard } from '../../readers/index.ts';
import { pageOf, readCursor, type Place } from '../cursor.ts';
import type { FollowKind, Relations } from './follow.ts';
import { statesListed } from './policy.ts';

/** As far as followers are counted; beyond it a page says that there are more. */
export const mostCounted = 1000;
const mostOnPage = 100;

export interface Follower extends Place {
  readonly reader: ReaderCard;
}

export type FollowSide = 'followers' | 'following';

/**
 * Whether a list may be seen: by its owner always, by others as the owner has decided.
 * @param viewer.isFollowing whether the viewer follows the owner
 */
export function maySeeList(
  owner: Pick<Reader, 'id' | 'settings'>,
  side: FollowSide,
  viewer: { readonly id: string | undefined; readonly isFollowing: boolean },
): boolean {
  const audience: Audience = owner.settings[side];
  if (viewer.id === owner.id || audience === 'public') return true;
  return audience === 'followers' && viewer.isFollowing;
}

/**
 * Readers who follow one, or whom one follows; who began last comes first. Those who are banned or gone are left out, and
 * those whom the viewer does not see.
 * @param list.before `next` of the page before
 * @throws AppError `list.bad-cursor`
 */
export async function listFollows(
  db: Kysely<Tables>,
  list: {
    readonly owner: string;
    readonly side: FollowSide;
    readonly relations: Pick<Relations, 'muted' | 'blocked'>;
    readonly before?: string;
    readonly limit: number;
  },
): Promise<{ items: readonly Follower[]; next: string | undefined }> {
  const limit = Math.max(1, Math.min(list.limit, mostOnPage));
  const { mine, other } = sidesOf(list.side);
  const unseen = [...list.relations.muted, ...list.relations.blocked];
  const rows = await db
    .selectFrom('follow')
    .innerJoin('reader', 'reader.id', other)
    .select([
      'reader.id',
      'reader.handle',
      'reader.name',
      'reader.picture',
      'reader.roles',
      'reader.state',
      'reader.created_at',
      'follow.since as at',
    ])
    .where('follow.kind', '=', 'reader')
    .where(mine, '=', list.owner)
    .where('reader.state', 'in', statesListed)
    .where('reader.handle', 'is not', null)
    .$if(unseen.length > 0, (query) => query.where('reader.id', 'not in', unseen))
    .$if(list.before !== undefined, (query) => {
      const { at, id } = readCursor(list.before!);
      return query.where(sql<boolean>`(follow.since, ${sql.ref(other)}) < (${at}, ${id})`);
    })
    .orderBy('follow.since', 'desc')
    .orderBy(other, 'desc')
    .limit(limit + 1)
    .execute();
  return pageOf(
    rows.map((row) => ({ at: row.at, id: row.id, reader: cardFromRow(row) })),
    limit,
  );
}

/** How many stand in both lists of a reader, each counted to one more than `mostCounted`. */
export async function countFollows(
  db: Kysely<Tables>,
  owner: string,
): Promise<{ followers: number; following: number }> {
  const [followers, following] = await Promise.all(
    (['followers', 'following'] as const).map(async (side) => {
      const { mine, other } = sidesOf(side);
      const counted = db
        .selectFrom('follow')
        .innerJoin('reader', 'reader.id', other)
        .select('reader.id')
        .where('follow.kind', '=', 'reader')
        .where(mine, '=', owner)
        .where('reader.state', 'in', statesListed)
        .where('reader.handle', 'is not', null)
        .limit(mostCounted + 1);
      const { count } = await db
        .selectFrom(counted.as('counted'))
        .select((is) => is.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    }),
  );
  return { followers: followers!, following: following! };
}

function sidesOf(side: FollowSide) {
  return side === 'followers'
    ? ({ mine: 'follow.target', other: 'follow.reader_id' } as const)
    : ({ mine: 'follow.reader_id', other: 'follow.target' } as const);
}

/** Whether one reader follows something; one look into an index. */
export async function isFollowing(
  db: Kysely<Tables>,
  reader: string | undefined,
  what: { readonly kind: FollowKind; readonly target: string },
): Promise<boolean> {
  if (reader === undefined) return false;
  const row = await db
    .selectFrom('follow')
    .select('since')
    .where('reader_id', '=', reader)
    .where('kind', '=', what.kind)
    .where('target', '=', what.target)
    .executeTakeFirst();
  return row !== undefined;
}
