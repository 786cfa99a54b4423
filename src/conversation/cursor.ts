import { AppError } from '../platform/errors.ts';

/** A place in a list ordered by (time, id), the newest first. */
export interface Place {
  /** Milliseconds UTC. */
  readonly at: number;
  readonly id: string;
}

/** As it stands in an address. */
export function cursorOf({ at, id }: Place): string {
  return `${at}.${id}`;
}

/** @throws AppError `list.bad-cursor` */
export function readCursor(cursor: string): Place {
  const match = /^(-?\d{1,16})\.([\w-]{1,120})$/.exec(cursor);
  if (!match)
    throw new AppError('list.bad-cursor', 'This page of the list does not exist. Start at its top.');
  return { at: Number(match[1]), id: match[2]! };
}

/** A page of what was read with one more than it holds. */
export function pageOf<T extends Place>(
  rows: readonly T[],
  limit: number,
): { items: readonly T[]; next: string | undefined } {
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? cursorOf(items.at(-1)!) : undefined };
}
