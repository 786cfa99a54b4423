import type { Transaction } from '../../platform/database/database.ts';
import { withdrawComment } from '../../moderation/index.ts';
import type { CommentRow } from './comment.ts';
import { ownComment } from './own-comment.ts';
import { setCommentState } from './set-comment-state.ts';

/**
 * Take one's own comment back, for good: its words are gone, those of others who answered it stay under a line that
 * says so.
 * @throws AppError `comment.not-found`
 */
export async function deleteComment(
  tx: Transaction,
  wanted: { readonly code: string; readonly reader: string },
): Promise<CommentRow> {
  const comment = await ownComment(tx.db, wanted.code, wanted.reader);
  await setCommentState(tx, comment, 'deleted');
  await emptyComment(tx, comment.id);
  await withdrawComment(tx, comment.id);
  return comment;
}

/** Leave nothing of what a comment said, nor of what it said before it was edited. */
export async function emptyComment(tx: Transaction, id: string): Promise<void> {
  await tx.db
    .updateTable('comment')
    .set({ source: '', html: '', text: '', key: null, picked_at: null })
    .where('id', '=', id)
    .execute();
  await tx.db.deleteFrom('comment_version').where('comment_id', '=', id).execute();
  await tx.db.deleteFrom('comment_mention').where('comment_id', '=', id).execute();
}
