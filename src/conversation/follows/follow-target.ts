import { sql } from 'kysely';
import type { Transaction } from '../../platform/database/database.ts';
import { AppError } from '../../platform/errors.ts';
import { findReader, type Reader } from '../../readers/index.ts';
import { findAuthor, findTopic } from '../../stories/index.ts';
import { followBegan, followEnded } from './events.ts';
import { mostFollows, type FollowTarget } from './follow.ts';
import { checkMayAct, isThere } from './policy.ts';
import { followsText as words } from './text.ts';

/**
 * Follow something. What is followed already stays as it is.
 * @throws AppError `follow.not-found`, `follow.own`, `follow.refused`, `follow.suspended`, `follow.too-many`
 */
export async function followTarget(tx: Transaction, reader: Reader, what: FollowTarget): Promise<void> {
  checkMayAct(reader, tx.now);
  await checkTarget(tx, reader, what);
  const known = await tx.db
    .selectFrom('follow')
    .select((is) => is.fn.countAll<number>().as('count'))
    .where('reader_id', '=', reader.id)
    .executeTakeFirstOrThrow();
  if (Number(known.count) >= mostFollows) {
    throw new AppError('follow.too-many', words.tooMany(mostFollows), { status: 409 });
  }
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('follow')
    .values({ reader_id: reader.id, kind: what.kind, target: what.target, since: tx.now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 1n) tx.emit(followBegan(reader.id, what));
}

/** Follow something no longer; says nothing where it was not followed. @param reader id */
export async function unfollowTarget(tx: Transaction, reader: string, what: FollowTarget): Promise<void> {
  const { numDeletedRows } = await tx.db
    .deleteFrom('follow')
    .where('reader_id', '=', reader)
    .where('kind', '=', what.kind)
    .where('target', '=', what.target)
    .executeTakeFirstOrThrow();
  if (numDeletedRows > 0n) tx.emit(followEnded(reader, what));
}

async function checkTarget(
  { db }: Transaction,
  reader: Reader,
  { kind, target }: FollowTarget,
): Promise<void> {
  if (kind === 'reader') {
    if (target === reader.id) throw new AppError('follow.own', words.own, { status: 409 });
    const other = await findReader(db, target);
    if (!other || !isThere(other)) throw notFound();
    const barred = await db
      .selectFrom('reader_block')
      .select(sql<number>`1`.as('is'))
      .where((is) =>
        is.or([
          is.and([is('reader_id', '=', target), is('target_id', '=', reader.id)]),
          is.and([is('reader_id', '=', reader.id), is('target_id', '=', target)]),
        ]),
      )
      .executeTakeFirst();
    if (barred) throw new AppError('follow.refused', words.refused, { status: 403 });
    return;
  }
  const isKnown = {
    author: () => findAuthor(db, target),
    topic: () => findTopic(db, target),
    story: () =>
      db
        .selectFrom('story')
        .select('id')
        .where('id', '=', target)
        .where('state', '=', 'published')
        .executeTakeFirst(),
    thread: () =>
      db
        .selectFrom('comment')
        .innerJoin('story', 'story.id', 'comment.story_id')
        .select('comment.id')
        .where('comment.id', '=', target)
        .where('comment.root_id', '=', target)
        .where('comment.state', '=', 'visible')
        .where('story.state', '=', 'published')
        .executeTakeFirst(),
  };
  if (!(await isKnown[kind]())) throw notFound();
}

function notFound(): AppError {
  return new AppError('follow.not-found', words.notFound, { status: 404 });
}
