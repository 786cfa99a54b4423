import type { Transaction } from '../../platform/database/database.ts';
import { AppError } from '../../platform/errors.ts';
import { findReader } from '../../readers/index.ts';
import { readersParted, relationChanged } from './events.ts';
import { isUnseen, mostBlocked, mostMuted } from './follow.ts';
import { isThere } from './policy.ts';
import { relationsOf } from './relations.ts';
import { followsText as words } from './text.ts';

export interface ReaderPair {
  /** Id of whoever decides. */
  readonly reader: string;
  /** Id of the other. */
  readonly target: string;
}

/**
 * See no more of a reader. Nothing that anyone else sees changes by it, and nobody else is told.
 * @throws AppError `reader.not-found`, `reader.own`, `reader.too-many`
 */
export async function muteReader(tx: Transaction, pair: ReaderPair): Promise<void> {
  await checkPair(tx, pair, 'reader_mute', mostMuted);
  await tx.db
    .insertInto('reader_mute')
    .values({ reader_id: pair.reader, target_id: pair.target, since: tx.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  tx.emit(relationChanged(pair.reader, pair.target, true));
}

export async function unmuteReader(tx: Transaction, pair: ReaderPair): Promise<void> {
  await endRelation(tx, pair, 'reader_mute');
}

/**
 * Have a reader no longer reply to, mention or follow one, and see no more of that reader. Neither follows the other
 * any more.
 * @throws AppError `reader.not-found`, `reader.own`, `reader.too-many`
 */
export async function blockReader(tx: Transaction, pair: ReaderPair): Promise<void> {
  await checkPair(tx, pair, 'reader_block', mostBlocked);
  await tx.db
    .insertInto('reader_block')
    .values({ reader_id: pair.reader, target_id: pair.target, since: tx.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  tx.emit(relationChanged(pair.reader, pair.target, true));
  const { numDeletedRows } = await tx.db
    .deleteFrom('follow')
    .where('kind', '=', 'reader')
    .where((is) =>
      is.or([
        is.and([is('reader_id', '=', pair.reader), is('target', '=', pair.target)]),
        is.and([is('reader_id', '=', pair.target), is('target', '=', pair.reader)]),
      ]),
    )
    .executeTakeFirstOrThrow();
  if (numDeletedRows > 0n) tx.emit(readersParted(pair.reader, pair.target));
}

/** Nothing of what the block ended comes back by itself. */
export async function unblockReader(tx: Transaction, pair: ReaderPair): Promise<void> {
  await endRelation(tx, pair, 'reader_block');
}

async function endRelation(
  tx: Transaction,
  { reader, target }: ReaderPair,
  table: 'reader_mute' | 'reader_block',
): Promise<void> {
  await tx.db.deleteFrom(table).where('reader_id', '=', reader).where('target_id', '=', target).execute();
  // Whoever is both muted and blocked stays unseen.
  tx.emit(relationChanged(reader, target, isUnseen(await relationsOf(tx.db, reader), target)));
}

async function checkPair(
  { db }: Transaction,
  { reader, target }: ReaderPair,
  table: 'reader_mute' | 'reader_block',
  most: number,
): Promise<void> {
  if (reader === target) throw new AppError('reader.own', words.ownMute, { status: 409 });
  const other = await findReader(db, target);
  if (!other || !isThere(other)) throw new AppError('reader.not-found', words.noReader, { status: 404 });
  const known = await db
    .selectFrom(table)
    .select((is) => is.fn.countAll<number>().as('count'))
    .where('reader_id', '=', reader)
    .executeTakeFirstOrThrow();
  if (Number(known.count) >= most)
    throw new AppError('reader.too-many', words.tooMany(most), { status: 409 });
}
