import type { Transaction } from '../../platform/database/database.ts';
import { commentsData, followsData, noticesData, unindexComment } from '../../conversation/index.ts';
import { moderationData } from '../../moderation/index.ts';
import { eraseReader } from '../../readers/index.ts';
import { sampleMail } from './forum/readers.ts';

const data = [commentsData, followsData, noticesData, moderationData];

/**
 * Take the readers of the sample out, with all that they wrote anywhere. Their accounts are erased as any account is,
 * and what then stays of one goes too.
 * @returns how many there were
 */
export async function removeReaders(tx: Transaction): Promise<number> {
  const rows = await tx.db
    .selectFrom('reader')
    .select('id')
    .where('email', 'like', `%${sampleMail}`)
    .execute();
  for (const { id } of rows) await eraseReader(tx, { id, comments: 'delete', data });
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) {
    await tx.db.deleteFrom('moderation_hold').where('reader_id', 'in', ids).execute();
    await tx.db.deleteFrom('reader').where('id', 'in', ids).execute();
  }
  return ids.length;
}

/**
 * Take out what is kept of conversations beside their comments, which go with their stories: what finds them, what
 * follows them, what tells of them.
 * @param stories ids
 */
export async function removeTraces({ db }: Transaction, stories: readonly string[]): Promise<void> {
  if (stories.length === 0) return;
  const comments = await db.selectFrom('comment').select('id').where('story_id', 'in', stories).execute();
  for (const { id } of comments) await unindexComment(db, id);
  const gone = db.selectFrom('comment').select('id').where('story_id', 'in', stories);
  await db.deleteFrom('follow').where('kind', '=', 'story').where('target', 'in', stories).execute();
  await db.deleteFrom('follow').where('kind', '=', 'thread').where('target', 'in', gone).execute();
  await db.deleteFrom('notice').where('story_id', 'in', stories).execute();
  await db.deleteFrom('moderation_hold').where('story_id', 'in', stories).execute();
  await db.deleteFrom('moderation_post').where('story_id', 'in', stories).execute();
  await db
    .deleteFrom('moderation_report')
    .where('target_kind', '=', 'comment')
    .where('target_id', 'in', gone)
    .execute();
}
