import { sql, type Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { pageOf, readCursor, type Place } from '../cursor.ts';

/** What stands in one place of the Following page. */
export interface FollowingItem extends Place {
  readonly kind: 'comment' | 'story';
}

const day = 86_400_000;
/**
 * How far back is looked, one after the other, until a page is full: whoever follows much fills it within a day, and what
 * is older is not read for it.
 */
const spans = [day, 8 * day, 64 * day, 512 * day, Number.POSITIVE_INFINITY];
const mostOnPage = 50;

/**
 * Comments of readers that one follows and in what one follows, and stories of followed authors and topics: ids, the
 * newest first, a page at a time by (time, id). Own comments, and those of muted and blocked readers, are left out.
 * @param list.before `next` of the page before
 * @throws AppError `list.bad-cursor`
 */
export async function listFollowing(
  db: Kysely<Tables>,
  list: { readonly reader: string; readonly before?: string; readonly limit: number; readonly now: number },
): Promise<{ items: readonly FollowingItem[]; next: string | undefined }> {
  const limit = Math.max(1, Math.min(list.limit, mostOnPage));
  // A day to come, for times that an import or another clock set ahead.
  const start = list.before === undefined ? { at: list.now + day, id: '' } : readCursor(list.before);
  const rows: FollowingItem[] = [];
  let end: Place = start;
  for (const span of spans) {
    const from = span === Number.POSITIVE_INFINITY ? undefined : start.at - span;
    const wanted = { reader: list.reader, end, from, limit: limit + 1 - rows.length };
    const found = [...(await commentsWithin(db, wanted)), ...(await storiesWithin(db, wanted))];
    rows.push(...found.toSorted(newestFirst).slice(0, wanted.limit));
    if (rows.length > limit || from === undefined) break;
    end = { at: from, id: '' };
  }
  return pageOf(rows, limit);
}

function newestFirst(one: Place, other: Place): number {
  return other.at - one.at || (one.id < other.id ? 1 : one.id > other.id ? -1 : 0);
}

interface Wanted {
  readonly reader: string;
  /** Not included. */
  readonly end: Place;
  /** Included; milliseconds UTC. */
  readonly from: number | undefined;
  readonly limit: number;
}

const columns = {
  reader: 'comment.author_id',
  story: 'comment.story_id',
  thread: 'comment.root_id',
} as const;

async function commentsWithin(db: Kysely<Tables>, wanted: Wanted): Promise<FollowingItem[]> {
  const [first, ...others] = (Object.keys(columns) as (keyof typeof columns)[]).map((kind) =>
    commentsOf(db, kind, wanted),
  );
  // What is followed in two ways stands once.
  const union = others.reduce((all, other) => all.union(other), first!);
  const rows = await db
    .selectFrom(union.as('found'))
    .select(['found.id', 'found.at'])
    .orderBy('found.at', 'desc')
    .orderBy('found.id', 'desc')
    .limit(wanted.limit)
    .execute();
  return rows.map(({ id, at }) => ({ kind: 'comment', id, at }));
}

function commentsOf(db: Kysely<Tables>, kind: keyof typeof columns, { reader, end, from }: Wanted) {
  return (
    db
      .selectFrom('follow')
      // From what is followed to its comments, never the other way, whatever the planner believes of tables it does not know.
      .crossJoin('comment')
      .innerJoin('story', 'story.id', 'comment.story_id')
      .select(['comment.id as id', 'comment.created_at as at'])
      .where('follow.reader_id', '=', reader)
      .where('follow.kind', '=', kind)
      .whereRef(columns[kind], '=', 'follow.target')
      .where('comment.state', '=', 'visible')
      .where('story.state', '=', 'published')
      .where('comment.author_id', '<>', reader)
      .where('comment.author_id', 'not in', (inner) =>
        inner.selectFrom('reader_mute').select('target_id').where('reader_id', '=', reader),
      )
      .where('comment.author_id', 'not in', (inner) =>
        inner.selectFrom('reader_block').select('target_id').where('reader_id', '=', reader),
      )
      .where(sql<boolean>`(comment.created_at, comment.id) < (${end.at}, ${end.id})`)
      .$if(from !== undefined, (query) => query.where('comment.created_at', '>=', from!))
  );
}

async function storiesWithin(
  db: Kysely<Tables>,
  { reader, end, from, limit }: Wanted,
): Promise<FollowingItem[]> {
  const rows = await db
    .selectFrom('follow')
    .crossJoin('story_listing as listing')
    .select(['listing.story_id as id', 'listing.published_at as at'])
    .distinct()
    .where('follow.reader_id', '=', reader)
    .where('follow.kind', 'in', ['author', 'topic'])
    .where(sql<boolean>`listing.list = follow.kind || ':' || follow.target`)
    .where(sql<boolean>`(listing.published_at, listing.story_id) < (${end.at}, ${end.id})`)
    .$if(from !== undefined, (query) => query.where('listing.published_at', '>=', from!))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ id, at }) => ({ kind: 'story', id, at }));
}
