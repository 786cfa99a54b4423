import { AppError } from '../../platform/errors.ts';
import { isSuspended, type Reader, type ReaderCard } from '../../readers/index.ts';
import { followsText as words } from './text.ts';

/** Whether an account can do what others see: not while it is suspended or banned, nor on its way out. */
export function mayAct(reader: Reader, now: number): boolean {
  return reader.state === 'active' || (reader.state === 'suspended' && !isSuspended(reader, now));
}

/** @throws AppError `follow.suspended` */
export function checkMayAct(reader: Reader, now: number): void {
  if (!mayAct(reader, now)) throw new AppError('follow.suspended', words.suspended, { status: 403 });
}

/** Whether there is somebody to look at: one who has a handle, has not left and is not leaving. */
export function isThere({ handle, state }: ReaderCard): boolean {
  return handle !== undefined && state !== 'former' && state !== 'leaving';
}

/** The states of `isThere`, for queries. */
export const statesThere = ['active', 'suspended', 'banned'] as const;

/** States of those who count as followers and stand in lists. */
export const statesListed = ['active', 'suspended'] as const;
