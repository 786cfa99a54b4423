import { sql, type Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { bestOf, isShown, pathsAbove, type CommentRow } from './comment.ts';

/** Columns by which a comment is counted above it. */
export type Counted = Pick<
  CommentRow,
  | 'id'
  | 'story_id'
  | 'root_id'
  | 'parent_id'
  | 'path'
  | 'state'
  | 'created_at'
  | 'replies'
  | 'branch'
  | 'shown'
>;

/**
 * Count a comment above it when it begins to be visible (`by` 1) or no longer is (-1): the branches that it stands in,
 * the replies of its parent, its story. The comment's own row is its caller's.
 */
export async function countAbove(db: Kysely<Tables>, comment: Counted, by: 1 | -1): Promise<void> {
  if (comment.parent_id !== null) {
    const above = await db
      .updateTable('comment')
      .set({
        branch: sql<number>`branch + ${by}`,
        replies: sql<number>`replies + case when id = ${comment.parent_id} then ${by} else 0 end`,
      })
      .where('root_id', '=', comment.root_id)
      .where('path', 'in', pathsAbove(comment.path))
      .returning(counted)
      .execute();
    // A parent beyond the depth of paths is counted by its direct replies alone.
    if (!above.some(({ id }) => id === comment.parent_id))
      above.push(
        ...(await db
          .updateTable('comment')
          .set({ replies: sql<number>`replies + ${by}` })
          .where('id', '=', comment.parent_id)
          .returning(counted)
          .execute()),
      );
    for (const row of above) await settle(db, row, row.id === comment.parent_id);
  }
  await countInStory(db, comment, by);
}

const counted = ['id', 'recommends', 'replies', 'branch', 'shown', 'state'] as const;

/** What follows from counts. Written only where it is another, as every index that knows of it is written too. */
async function settle(
  db: Kysely<Tables>,
  row: Pick<CommentRow, (typeof counted)[number]>,
  isParent: boolean,
): Promise<void> {
  const shown = isShown(row) ? 1 : 0;
  const isRanked = isParent && row.recommends > 0;
  if (shown === row.shown && !isRanked) return;
  await db
    .updateTable('comment')
    .set({ shown, ...(isRanked && { best: bestOf(row.recommends, row.replies) }) })
    .where('id', '=', row.id)
    .execute();
}

async function countInStory(db: Kysely<Tables>, comment: Counted, by: 1 | -1): Promise<void> {
  await db
    .insertInto('story_thread')
    .values({ ...noThread(comment.story_id), comments: Math.max(0, by), last_at: comment.created_at })
    .onConflict((conflict) =>
      conflict.column('story_id').doUpdateSet({
        comments: sql<number>`story_thread.comments + ${by}`,
        ...(by > 0 && {
          last_at: sql<number>`case when story_thread.last_at > ${comment.created_at}
            then story_thread.last_at else ${comment.created_at} end`,
        }),
      }),
    )
    .execute();
}

/** Change how often readers recommended what stands under a story. */
export async function countRecommend(db: Kysely<Tables>, story: string, by: 1 | -1): Promise<void> {
  await db
    .updateTable('story_thread')
    .set({ recommends: sql<number>`recommends + ${by}` })
    .where('story_id', '=', story)
    .execute();
}

/** The row of a story without comments and without settings of its own. */
export function noThread(story: string) {
  return {
    story_id: story,
    state: null,
    closes_at: null,
    slow_seconds: null,
    note: '',
    comments: 0,
    recommends: 0,
    last_at: null,
  };
}
