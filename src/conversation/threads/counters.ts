import { sql, type Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { bestOf, pathsAbove, type CommentRow } from './comment.ts';

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
 * the replies of its parent, its story. Locks the top of its branch on PostgreSQL, so that two who answer at
 * once come one after the other. The comment's own row is its caller's.
 */
export async function countAbove(db: Kysely<Tables>, comment: Counted, by: 1 | -1): Promise<void> {
  if (comment.parent_id !== null) {
    // The branch alone decides what stands in a place whose comment is gone, down to where paths end.
    const above = await db
      .updateTable('comment')
      .set((row) => ({
        branch: sql<number>`branch + ${by}`,
        replies: sql<number>`replies + case when id = ${comment.parent_id} then ${by} else 0 end`,
        shown: row
          .case()
          .when('state', '=', 'visible')
          .then(1)
          .when(sql<number>`branch + ${by}`, '>', 0)
          .then(1)
          .else(0)
          .end(),
      }))
      .where('root_id', '=', comment.root_id)
      .where('path', 'in', pathsAbove(comment.path))
      .returning(['id', 'parent_id', 'recommends', 'replies', 'shown', 'state'])
      .execute();
    let parent = above.find(({ id }) => id === comment.parent_id);
    parent ??= await countDeepReply(db, comment.parent_id, by);
    if (parent && parent.recommends > 0)
      await db
        .updateTable('comment')
        .set({ best: bestOf(parent.recommends, parent.replies) })
        .where('id', '=', parent.id)
        .execute();
  }
  await countInStory(db, comment, by);
}

/** A parent beyond the depth of paths is counted by its direct replies alone. */
async function countDeepReply(db: Kysely<Tables>, parent: string, by: 1 | -1) {
  return db
    .updateTable('comment')
    .set({
      replies: sql<number>`replies + ${by}`,
      shown: sql<number>`case when state = 'visible' or replies + ${by} > 0 or branch > 0 then 1 else 0 end`,
    })
    .where('id', '=', parent)
    .returning(['id', 'parent_id', 'recommends', 'replies', 'shown', 'state'])
    .executeTakeFirst();
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
