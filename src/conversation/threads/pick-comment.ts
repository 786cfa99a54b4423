import type { Transaction } from '../../platform/database/database.ts';
import { factsOf } from './comment.ts';
import { commentPicked } from './events.ts';
import { noComment } from './own-comment.ts';

/**
 * Mark a comment as one that the newsroom holds worth reading, or no longer.
 * @throws AppError `comment.not-found`
 */
export async function pickComment(
  tx: Transaction,
  wanted: { readonly code: string; readonly isPicked: boolean },
): Promise<void> {
  const comment = await tx.db
    .selectFrom('comment')
    .selectAll()
    .where('code', '=', wanted.code)
    .executeTakeFirst();
  if (!comment || comment.state !== 'visible') throw noComment();
  if ((comment.picked_at !== null) === wanted.isPicked) return;
  await tx.db
    .updateTable('comment')
    .set({ picked_at: wanted.isPicked ? tx.now : null })
    .where('id', '=', comment.id)
    .execute();
  tx.emit(commentPicked(factsOf(comment), wanted.isPicked));
}
