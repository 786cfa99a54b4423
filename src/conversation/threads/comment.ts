import type { Selectable } from 'kysely';
import type { CommentFacts } from './events.ts';
import type { CommentTable } from './migrations.ts';

/**
 * `held` waits for moderators and is seen by its author alone; `hidden` was reported and waits to be looked at;
 * `removed` was taken away by moderators, `deleted` by its author.
 */
export type CommentState = 'visible' | 'held' | 'hidden' | 'removed' | 'deleted';

export type CommentSort = 'newest' | 'oldest' | 'best';
export const commentSorts: readonly CommentSort[] = ['newest', 'oldest', 'best'];

/** A comment as queries find it; columns are told of in migrations.ts. */
export type CommentRow = Selectable<CommentTable>;

/** Comments nest in paths down to this depth; what answers deeper ones stands behind them in the order of arrival. */
export const mostPathDepth = 12;
const stepLength = 6;

/** Replies that one branch can hold: a path has six digits for each. */
export const mostReplies = 10 ** stepLength - 2;

/**
 * The place of a reply: sorted by it, a branch stands in the order in which it is read, every comment followed by
 * all that answers it. Digits alone, so that every database sorts it alike.
 * @param seq the how many-th reply of the branch it is, from 1
 */
export function replyPath(parentPath: string, seq: number): string {
  const under = parentPath.slice(0, (mostPathDepth - 1) * stepLength);
  return under + String(seq).padStart(stepLength, '0');
}

/** The first path, in their order, that is neither this one nor below it. */
export function pathAfter(path: string): string {
  const at = path.length - stepLength;
  return path.slice(0, at) + String(Number(path.slice(at)) + 1).padStart(stepLength, '0');
}

/** Paths of those above, from the root ('') down; none for the root. */
export function pathsAbove(path: string): string[] {
  return Array.from({ length: path.length / stepLength }, (_, at) => path.slice(0, at * stepLength));
}

/** Quantile of the normal distribution for 95 % (two-sided). */
const z = 1.959964;

/**
 * Wilson's lower bound (95 %) of the share of those who recommend a comment among those who took a stand on it: readers
 * can recommend or answer, and what many answer and few recommend is not among the best.
 * @returns millionths, so that both databases sort it alike
 */
export function bestOf(recommends: number, replies: number): number {
  const n = recommends + replies;
  if (recommends <= 0) return 0;
  const z2 = z ** 2;
  const share = recommends / n;
  const spread = z * Math.sqrt((share * (1 - share) + z2 / (4 * n)) / n);
  return Math.max(0, Math.round(((share + z2 / (2 * n) - spread) / (1 + z2 / n)) * 1_000_000));
}

/** Whether readers see a comment or a tombstone in its place. */
export function isShown(comment: Pick<CommentRow, 'state' | 'replies' | 'branch'>): boolean {
  return comment.state === 'visible' || comment.branch > 0 || comment.replies > 0;
}

/** What events tell of a comment. */
export function factsOf(
  comment: Pick<CommentRow, 'id' | 'story_id' | 'root_id' | 'parent_id' | 'author_id'>,
  parentAuthor?: string | null,
): CommentFacts {
  return {
    comment: comment.id,
    story: comment.story_id,
    root: comment.root_id,
    parent: comment.parent_id,
    author: comment.author_id,
    ...(parentAuthor !== undefined && { parentAuthor }),
  };
}

/** The address of a comment, on a page of its own with what it answers and what answers it. */
export function commentPath(storyPath: string, code: string): string {
  return `${storyPath}/comments/${code}#comment-${code}`;
}
