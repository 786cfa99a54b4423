import { sql, type Kysely } from 'kysely';
import { list, statement } from '../../platform/database/statement.ts';
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
    const { rows: above } = await statement<CountedAbove>`
      update comment set branch = branch + ${by},
        replies = replies + case when id = ${comment.parent_id} then ${by} else 0 end
      where root_id = ${comment.root_id} and path in (${list(pathsAbove(comment.path))})
      returning id, recommends, replies, branch, shown, state`.execute(db);
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

type CountedAbove = Pick<CommentRow, (typeof counted)[number]>;
const counted = ['id', 'recommends', 'replies', 'branch', 'shown', 'state'] as const;

/** What follows from counts. Written only where it is another, as every index that knows of it is written too. */
async function settle(db: Kysely<Tables>, row: CountedAbove, isParent: boolean): Promise<void> {
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
  const { story_id, created_at } = comment;
  // Who takes one away changes nothing about when somebody last wrote.
  await statement`insert into story_thread (story_id, note, comments, recommends, last_at)
    values (${story_id}, '', ${Math.max(0, by)}, 0, ${created_at})
    on conflict (story_id) do update set comments = story_thread.comments + ${by},
      last_at = case when ${by} < 0 or story_thread.last_at >= ${created_at} then story_thread.last_at else excluded.last_at end`.execute(
    db,
  );
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
