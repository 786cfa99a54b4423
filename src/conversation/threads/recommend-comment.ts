import type { Transaction } from '../../platform/database/database.ts';
import { AppError } from '../../platform/errors.ts';
import { barOf } from '../../moderation/index.ts';
import type { Reader } from '../../readers/index.ts';
import { bestOf, factsOf, type CommentRow } from './comment.ts';
import { countRecommend } from './counters.ts';
import { commentRecommended } from './events.ts';
import { noComment } from './own-comment.ts';
import { blockersOf } from './prepare-comment.ts';
import { threadsText as words } from './text.ts';

/**
 * Recommend a comment, or no longer; once for each account. Saying it twice changes nothing.
 * @throws AppError `comment.not-found`, `comment.own` for one's own, `account.barred` for who may not write
 */
export async function recommendComment(
  tx: Transaction,
  wanted: { readonly code: string; readonly reader: Reader; readonly isOn: boolean },
): Promise<CommentRow> {
  const { db } = tx;
  const { reader, isOn } = wanted;
  const comment = await db
    .selectFrom('comment')
    .selectAll()
    .where('code', '=', wanted.code)
    .executeTakeFirst();
  if (!comment || comment.state !== 'visible') throw noComment();
  if (comment.author_id === reader.id) throw new AppError('comment.own', words.problem.own, { status: 409 });
  if (isOn && barOf(reader, tx.now))
    throw new AppError('account.barred', words.problem.barred, { status: 403 });
  // Whom somebody blocked is not to be heard of by them, in this way either.
  if (isOn && comment.author_id !== null && (await blockersOf(db, reader.id, [comment.author_id])).size > 0)
    return comment;
  const changed = isOn
    ? await db
        .insertInto('comment_recommend')
        .values({ comment_id: comment.id, reader_id: reader.id, at: tx.now })
        .onConflict((conflict) => conflict.doNothing())
        .returning('comment_id')
        .execute()
    : await db
        .deleteFrom('comment_recommend')
        .where('comment_id', '=', comment.id)
        .where('reader_id', '=', reader.id)
        .returning('comment_id')
        .execute();
  if (changed.length === 0) return comment;
  const after = await countOne(tx, comment, isOn ? 1 : -1);
  tx.emit(commentRecommended(factsOf(comment), reader.id, !isOn));
  return after;
}

/** Count one recommendation more or less of a visible comment. */
export async function countOne(tx: Transaction, comment: CommentRow, by: 1 | -1): Promise<CommentRow> {
  const counts = await tx.db
    .updateTable('comment')
    .set((row) => ({ recommends: row('recommends', '+', by) }))
    .where('id', '=', comment.id)
    .returning(['recommends', 'replies'])
    .executeTakeFirstOrThrow();
  const best = bestOf(counts.recommends, counts.replies);
  await tx.db.updateTable('comment').set({ best }).where('id', '=', comment.id).execute();
  if (comment.state === 'visible') await countRecommend(tx.db, comment.story_id, by);
  return { ...comment, ...counts, best };
}
