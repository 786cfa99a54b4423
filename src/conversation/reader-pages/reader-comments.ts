import { sql, type Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { pageOf, readCursor, type Place } from '../cursor.ts';

const mostOnPage = 50;

/**
 * Ids of what everyone can see of a reader's comments, the newest first, a page at a time by (time, id).
 * @param list.before `next` of the page before
 * @throws AppError `list.bad-cursor`
 */
export async function listReaderComments(
  db: Kysely<Tables>,
  list: { readonly author: string; readonly before?: string; readonly limit: number },
): Promise<{ items: readonly Place[]; next: string | undefined }> {
  const limit = Math.max(1, Math.min(list.limit, mostOnPage));
  const rows = await db
    .selectFrom('comment')
    .innerJoin('story', 'story.id', 'comment.story_id')
    .select(['comment.id', 'comment.created_at as at'])
    .where('comment.author_id', '=', list.author)
    .where('comment.state', '=', 'visible')
    .where('story.state', '=', 'published')
    .$if(list.before !== undefined, (query) => {
      const { at, id } = readCursor(list.before!);
      return query.where(sql<boolean>`(comment.created_at, comment.id) < (${at}, ${id})`);
    })
    .orderBy('comment.created_at', 'desc')
    .orderBy('comment.id', 'desc')
    .limit(limit + 1)
    .execute();
  return pageOf(rows, limit);
}

/** What a reader's page says in numbers of the comments that everyone can see. */
export interface ReaderSums {
  readonly comments: number;
  readonly recommends: number;
  readonly picks: number;
}

/** In one query over the reader's comments. */
export async function sumReader(db: Kysely<Tables>, author: string): Promise<ReaderSums> {
  const row = await db
    .selectFrom('comment')
    .innerJoin('story', 'story.id', 'comment.story_id')
    .select((is) => [
      is.fn.countAll<number>().as('comments'),
      is.fn.sum<number | null>('comment.recommends').as('recommends'),
      is.fn.count<number>('comment.picked_at').as('picks'),
    ])
    .where('comment.author_id', '=', author)
    .where('comment.state', '=', 'visible')
    .where('story.state', '=', 'published')
    .executeTakeFirstOrThrow();
  return {
    comments: Number(row.comments),
    recommends: Number(row.recommends ?? 0),
    picks: Number(row.picks),
  };
}
