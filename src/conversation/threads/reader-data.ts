import type { Kysely } from 'kysely';
import type { Transaction } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { Reader, ReaderData } from '../../readers/index.ts';
import { commentPath, factsOf, type CommentRow } from './comment.ts';
import { indexComments } from './comment-search.ts';
import { emptyComment } from './delete-comment.ts';
import { commentEdited } from './events.ts';
import { renderComment } from './markup.ts';
import { countOne } from './recommend-comment.ts';
import { setCommentState } from './set-comment-state.ts';
import { threadsText as words } from './text.ts';

/** What conversations hold of a reader: comments with what they said before, and what was recommended. */
export const commentsData: ReaderData = { name: 'comments', collect, erase };

async function collect(db: Kysely<Tables>, { id }: Reader): Promise<unknown> {
  const comments = await db
    .selectFrom('comment')
    .innerJoin('story', 'story.id', 'comment.story_id')
    .select(['comment.id', 'comment.code', 'comment.state', 'comment.source', 'comment.created_at'])
    .select(['comment.edited_at', 'comment.recommends', 'story.headline', 'story.path'])
    .where('comment.author_id', '=', id)
    .orderBy('comment.created_at')
    .orderBy('comment.id')
    .execute();
  const versions = await db
    .selectFrom('comment_version')
    .innerJoin('comment', 'comment.id', 'comment_version.comment_id')
    .select(['comment_id', 'comment_version.at', 'comment_version.source'])
    .where('comment.author_id', '=', id)
    .orderBy('comment_version.version')
    .execute();
  const recommended = await db
    .selectFrom('comment_recommend')
    .innerJoin('comment', 'comment.id', 'comment_recommend.comment_id')
    .innerJoin('story', 'story.id', 'comment.story_id')
    .select(['comment.code', 'comment_recommend.at', 'story.headline', 'story.path'])
    .where('comment_recommend.reader_id', '=', id)
    .orderBy('comment_recommend.at')
    .execute();
  if (comments.length === 0 && recommended.length === 0) return undefined;
  const before = Map.groupBy(versions, ({ comment_id }) => comment_id);
  const placeOf = ({ path, code }: { path: string | null; code: string }) =>
    path === null ? undefined : commentPath(path, code);
  return {
    written: comments.map((comment) => ({
      story: comment.headline,
      address: placeOf(comment),
      text: comment.source,
      state: comment.state,
      writtenAt: comment.created_at,
      editedAt: comment.edited_at ?? undefined,
      recommends: comment.recommends,
      before: before.get(comment.id)?.map(({ at, source }) => ({ text: source, writtenAt: at })),
    })),
    recommended: recommended.map((row) => ({
      story: row.headline,
      address: placeOf(row),
      recommendedAt: row.at,
    })),
  };
}

async function erase(tx: Transaction, reader: Reader, comments: 'delete' | 'keep'): Promise<void> {
  const own = await tx.db.selectFrom('comment').selectAll().where('author_id', '=', reader.id).execute();
  for (const comment of own) {
    // What nobody could see is not left behind, whatever was chosen.
    if (comments === 'delete' || comment.state !== 'visible') {
      await setCommentState(tx, comment, 'deleted');
      await emptyComment(tx, comment.id);
    } else {
      await tx.db.deleteFrom('comment_version').where('comment_id', '=', comment.id).execute();
      tx.emit(commentEdited({ ...factsOf(comment), author: null }));
    }
  }
  await tx.db
    .updateTable('comment')
    .set({ author_id: null, key: null })
    .where('author_id', '=', reader.id)
    .execute();
  await withdrawAll(tx, reader.id);
  await unname(tx, reader);
}

async function withdrawAll(tx: Transaction, reader: string): Promise<void> {
  const recommended = await tx.db
    .selectFrom('comment')
    .selectAll('comment')
    .innerJoin('comment_recommend', 'comment_recommend.comment_id', 'comment.id')
    .where('comment_recommend.reader_id', '=', reader)
    .execute();
  await tx.db.deleteFrom('comment_recommend').where('reader_id', '=', reader).execute();
  for (const comment of recommended) await countOne(tx, comment, -1);
}

/** Take the reader's handle out of what others wrote, now and before they edited it. */
async function unname(tx: Transaction, { id, handle }: Reader): Promise<void> {
  const named = await tx.db
    .selectFrom('comment')
    .selectAll('comment')
    .innerJoin('comment_mention', 'comment_mention.comment_id', 'comment.id')
    .where('comment_mention.reader_id', '=', id)
    .execute();
  await tx.db.deleteFrom('comment_mention').where('reader_id', '=', id).execute();
  const handles = await handlesOf(tx, id, handle);
  if (named.length === 0 || handles.length === 0) return;
  const mention = new RegExp(`@(?:${handles.join('|')})(?![\\p{L}\\p{N}_@-])`, 'giu');
  for (const comment of named)
    await rewrite(tx, comment, (text) => text.replace(mention, words.formerReader));
}

async function handlesOf(tx: Transaction, id: string, handle: string | undefined): Promise<string[]> {
  const rows = await tx.db.selectFrom('reader_handle').select('handle').where('reader_id', '=', id).execute();
  return [...new Set([...rows.map((row) => row.handle), ...(handle === undefined ? [] : [handle])])];
}

async function rewrite(
  tx: Transaction,
  comment: CommentRow,
  change: (source: string) => string,
): Promise<void> {
  const others = await tx.db
    .selectFrom('comment_mention')
    .innerJoin('reader', 'reader.id', 'comment_mention.reader_id')
    .select('reader.handle')
    .where('comment_id', '=', comment.id)
    .execute();
  const handles = new Set(others.flatMap(({ handle }) => handle ?? []));
  const source = change(comment.source);
  const { html, open: text } = renderComment(source, handles, words.spoiler);
  await tx.db.updateTable('comment').set({ source, html, text }).where('id', '=', comment.id).execute();
  const versions = await tx.db
    .selectFrom('comment_version')
    .select(['version', 'source'])
    .where('comment_id', '=', comment.id)
    .execute();
  for (const version of versions) {
    const before = change(version.source);
    await tx.db
      .updateTable('comment_version')
      .set({ source: before, html: renderComment(before, handles, words.spoiler).html })
      .where('comment_id', '=', comment.id)
      .where('version', '=', version.version)
      .execute();
  }
  if (comment.state === 'visible') await indexComments(tx.db, [comment.id]);
  tx.emit(commentEdited(factsOf(comment)));
}
