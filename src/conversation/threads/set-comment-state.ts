import { sql } from 'kysely';
import type { Transaction } from '../../platform/database/database.ts';
import { factsOf, type CommentRow, type CommentState } from './comment.ts';
import { unindexComment } from './comment-search.ts';
import { countAbove } from './counters.ts';
import { commentRemoved, commentShown } from './events.ts';

/**
 * Show a comment or take it away, with all that counts it. Does nothing where it stands so already.
 * @param comment its row as it is in this transaction
 */
export async function setCommentState(
  tx: Transaction,
  comment: CommentRow,
  state: CommentState,
): Promise<void> {
  const was = comment.state as CommentState;
  if (was === state) return;
  const after = { ...comment, state };
  await tx.db
    .updateTable('comment')
    // By the row's own counts: what stands below may have changed since it was read.
    .set({
      state,
      shown: state === 'visible' ? 1 : sql<number>`case when branch > 0 or replies > 0 then 1 else 0 end`,
    })
    .where('id', '=', comment.id)
    .execute();
  if (state !== 'visible') await unindexComment(tx.db, comment.id);
  if (was === 'visible') await count(tx, after, -1);
  else if (state === 'visible') await count(tx, after, 1);
  const facts = factsOf(comment);
  if (state === 'visible') {
    const mentions = await tx.db
      .selectFrom('comment_mention')
      .select('reader_id')
      .where('comment_id', '=', comment.id)
      .execute();
    tx.emit(
      commentShown(
        { ...facts, parentAuthor: await authorOf(tx, comment.parent_id) },
        {
          isFirst: was === 'held' && comment.edited_at === null,
          mentions: mentions.map(({ reader_id }) => reader_id),
        },
      ),
    );
  } else if (was === 'visible') tx.emit(commentRemoved(facts, state));
}

async function count(tx: Transaction, comment: CommentRow, by: 1 | -1): Promise<void> {
  await countAbove(tx.db, comment, by);
  if (comment.recommends > 0)
    await tx.db
      .updateTable('story_thread')
      .set({ recommends: sql<number>`recommends + ${by * comment.recommends}` })
      .where('story_id', '=', comment.story_id)
      .execute();
}

async function authorOf(tx: Transaction, id: string | null): Promise<string | null> {
  if (id === null) return null;
  const row = await tx.db.selectFrom('comment').select('author_id').where('id', '=', id).executeTakeFirst();
  return row?.author_id ?? null;
}
