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

type Own = Pick<
  CommentRow,
  | 'id'
  | 'root_id'
  | 'parent_id'
  | 'path'
  | 'state'
  | 'created_at'
  | 'replies'
  | 'branch'
  | 'recommends'
  | 'best'
  | 'shown'
>;

/**
 * Reckon all counters of one story's comments anew from the comments and recommends themselves, and mend what differs.
 * @returns how many rows were wrong
 */
export async function recountStory(db: Kysely<Tables>, story: string): Promise<number> {
  const comments: Own[] = await db
    .selectFrom('comment')
    .select(['id', 'root_id', 'parent_id', 'path', 'state', 'created_at'])
    .select(['replies', 'branch', 'recommends', 'best', 'shown'])
    .where('story_id', '=', story)
    .execute();
  const given = await db
    .selectFrom('comment_recommend')
    .innerJoin('comment', 'comment.id', 'comment_recommend.comment_id')
    .select(['comment_id', (row) => row.fn.countAll<number>().as('count')])
    .where('comment.story_id', '=', story)
    .groupBy('comment_id')
    .execute();
  const recommends = new Map(given.map(({ comment_id, count }) => [comment_id, Number(count)]));
  const wanted = reckon(comments, recommends);
  let wrong = 0;
  for (const comment of comments) {
    const right = wanted.get(comment.id)!;
    if ((Object.keys(right) as (keyof typeof right)[]).every((key) => right[key] === comment[key])) continue;
    wrong += 1;
    await db.updateTable('comment').set(right).where('id', '=', comment.id).execute();
  }
  return wrong + (await recountThread(db, story, comments, recommends));
}

async function recountThread(
  db: Kysely<Tables>,
  story: string,
  comments: readonly Own[],
  recommends: ReadonlyMap<string, number>,
): Promise<number> {
  const visible = comments.filter(({ state }) => state === 'visible');
  const right = {
    comments: visible.length,
    recommends: visible.reduce((sum, { id }) => sum + (recommends.get(id) ?? 0), 0),
    last_at: visible.reduce<number | null>(
      (last, { created_at }) => (last !== null && last > created_at ? last : created_at),
      null,
    ),
  };
  const thread = await db
    .selectFrom('story_thread')
    .select(['comments', 'recommends', 'last_at'])
    .where('story_id', '=', story)
    .executeTakeFirst();
  if (!thread && comments.length === 0) return 0;
  // The time of the newest one stays when that one goes: it says when somebody last wrote.
  const isRight =
    thread !== undefined &&
    thread.comments === right.comments &&
    thread.recommends === right.recommends &&
    (right.last_at === null || (thread.last_at !== null && thread.last_at >= right.last_at));
  if (isRight) return 0;
  await db
    .insertInto('story_thread')
    .values({ ...noThread(story), ...right })
    .onConflict((conflict) => conflict.column('story_id').doUpdateSet(right))
    .execute();
  return 1;
}

interface Counts {
  readonly replies: number;
  readonly branch: number;
  readonly recommends: number;
  readonly best: number;
  readonly shown: number;
}

/** What counters must be, by the comments alone. */
export function reckon(
  comments: readonly Pick<CommentRow, 'id' | 'root_id' | 'parent_id' | 'path' | 'state'>[],
  recommends: ReadonlyMap<string, number>,
): Map<string, Counts> {
  const byPlace = new Map(comments.map((comment) => [`${comment.root_id}.${comment.path}`, comment.id]));
  const counts = new Map(comments.map(({ id }) => [id, { replies: 0, branch: 0 }]));
  for (const comment of comments) {
    if (comment.state !== 'visible' || comment.parent_id === null) continue;
    for (const path of pathsAbove(comment.path))
      counts.get(byPlace.get(`${comment.root_id}.${path}`) ?? '')!.branch += 1;
    counts.get(comment.parent_id)!.replies += 1;
  }
  return new Map(
    comments.map((comment) => {
      const { replies, branch } = counts.get(comment.id)!;
      const times = recommends.get(comment.id) ?? 0;
      return [
        comment.id,
        {
          replies,
          branch,
          recommends: times,
          best: bestOf(times, replies),
          shown: isShown({ state: comment.state, replies, branch }) ? 1 : 0,
        },
      ];
    }),
  );
}
