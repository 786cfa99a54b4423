import type { Kysely } from 'kysely';
import type { Database, Transaction } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { bestOf, isShown, pathsAbove, type CommentRow } from './comment.ts';
import { noThread } from './counters.ts';
import { threadChanged } from './events.ts';

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
export async function recountStory(tx: Transaction, story: string): Promise<number> {
  const { db } = tx;
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
  wrong += await recountThread(db, story, comments, recommends);
  if (wrong > 0) tx.emit(threadChanged(story));
  return wrong;
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

/** Mend the counters of every story with a conversation, one after the other. @returns how many rows were wrong */
export async function recountAll(database: Database): Promise<number> {
  let wrong = 0;
  for (let after = ''; ;) {
    const stories = await database.read
      .selectFrom('comment')
      .select('story_id')
      .distinct()
      .where('story_id', '>', after)
      .orderBy('story_id')
      .limit(200)
      .execute();
    for (const { story_id } of stories) wrong += await database.write((tx) => recountStory(tx, story_id));
    if (stories.length < 200) return wrong;
    after = stories.at(-1)!.story_id;
  }
}
