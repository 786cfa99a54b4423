import type { Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { AppError } from '../../platform/errors.ts';
import type { CommentRow } from './comment.ts';
import { threadsText as words } from './text.ts';

/** How long its author can edit a comment, in milliseconds. */
export const editTime = 5 * 60_000;

/** Its author sees it still: it is visible, or waits for moderators. */
export function isOwn(comment: Pick<CommentRow, 'author_id' | 'state'>, reader: string | undefined): boolean {
  return (
    reader !== undefined &&
    comment.author_id === reader &&
    (comment.state === 'visible' || comment.state === 'held')
  );
}

/** Whether its author can edit it at a moment. */
export function isEditable(
  comment: Pick<CommentRow, 'author_id' | 'state' | 'created_at'>,
  reader: string | undefined,
  now: number,
): boolean {
  return isOwn(comment, reader) && now - comment.created_at < editTime;
}

/**
 * A comment for its author to change. Another's and one that is gone are the same to whoever asks.
 * @throws AppError `comment.not-found`
 */
export async function ownComment(db: Kysely<Tables>, code: string, reader: string): Promise<CommentRow> {
  const comment = await db.selectFrom('comment').selectAll().where('code', '=', code).executeTakeFirst();
  if (!comment || !isOwn(comment, reader)) throw noComment();
  return comment;
}

export function noComment(): AppError {
  return new AppError('comment.not-found', words.problem.notFound, { status: 404 });
}
