import type { Transaction } from '../platform/database/database.ts';
import { AppError } from '../platform/errors.ts';
import { readerChanged } from './events.ts';
import { profileText } from './profile/text.ts';
import type { Reader, Role } from './reader.ts';
import { findReader } from './readers.ts';

/** Whether a suspension holds. One that is over needs nobody to end it. @param now milliseconds UTC */
export function isSuspended(
  reader: Pick<Reader, 'state' | 'suspendedUntil'>,
  now: number,
): reader is Pick<Reader, 'state'> & { readonly suspendedUntil: number } {
  return reader.state === 'suspended' && reader.suspendedUntil !== undefined && now < reader.suspendedUntil;
}

/** Whether a reader may put words or a picture before others now. @throws AppError `account.barred` */
export function checkMayShow(reader: Pick<Reader, 'state' | 'suspendedUntil'>, now: number): void {
  if (reader.state === 'banned' || isSuspended(reader, now))
    throw new AppError('account.barred', profileText.barred, { status: 403 });
}

/**
 * Keep a reader from writing, for a time or for good, or let the reader write again. Who is about to leave still leaves.
 * @param input.until milliseconds UTC, of a suspension
 * @returns the reader as it was before
 * @throws AppError `reader.not-found`, also for one who has left
 */
export async function setReaderState(
  tx: Transaction,
  input: {
    readonly id: string;
    readonly state: 'active' | 'suspended' | 'banned';
    readonly until?: number | undefined;
  },
): Promise<Reader> {
  const before = await readerHere(tx, input.id);
  const isLeaving = before.leavingAt !== undefined && input.state === 'active';
  await tx.db
    .updateTable('reader')
    .set({
      state: isLeaving ? 'leaving' : input.state,
      suspended_until: input.state === 'suspended' ? (input.until ?? null) : null,
    })
    .where('id', '=', input.id)
    .execute();
  tx.emit(readerChanged(input.id));
  return before;
}

/** What a reader's page shows in the reader's own words. */
export interface ProfileWords {
  readonly name: string;
  readonly bio: string;
  /** Id of a picture. */
  readonly picture: string | undefined;
}

/**
 * Put other words, or none, into a reader's profile, against the reader's will. '' as a name becomes the handle.
 * @returns what stood there before
 * @throws AppError `reader.not-found`
 */
export async function replaceProfile(
  tx: Transaction,
  input: { readonly id: string } & ProfileWords,
): Promise<ProfileWords> {
  const before = await readerHere(tx, input.id);
  await tx.db
    .updateTable('reader')
    .set({ name: input.name || (before.handle ?? ''), bio: input.bio, picture: input.picture ?? null })
    .where('id', '=', input.id)
    .execute();
  tx.emit(readerChanged(input.id));
  const { name, bio, picture } = before;
  return { name, bio, picture };
}

/** Say what somebody is to the paper. @throws AppError `reader.not-found` */
export async function setReaderRoles(
  tx: Transaction,
  input: { readonly id: string; readonly roles: readonly Role[] },
): Promise<void> {
  await readerHere(tx, input.id);
  await tx.db
    .updateTable('reader')
    .set({ roles: JSON.stringify([...new Set(input.roles)]) })
    .where('id', '=', input.id)
    .execute();
  tx.emit(readerChanged(input.id));
}

async function readerHere(tx: Transaction, id: string): Promise<Reader> {
  const reader = await findReader(tx.db, id);
  if (reader && reader.state !== 'former') return reader;
  throw new AppError('reader.not-found', 'There is no such reader.', { status: 404 });
}
