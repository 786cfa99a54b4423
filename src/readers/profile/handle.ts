import type { Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { newShortCode } from '../../platform/ids.ts';
import { handleLook } from './look.ts';
import { isReservedHandle } from './reserved.ts';
import { profileText as words } from './text.ts';

/** How a handle is written: 3 to 30 small letters and digits, with single - or _ between them. */
export const handlePattern = /^(?=.{3,30}$)[a-z0-9]+(?:[-_][a-z0-9]+)*$/;

/** A handle as it is kept, from what was typed. */
export function tidyHandle(given: string): string {
  return given.normalize('NFKC').trim().replace(/^@/, '').toLowerCase();
}

/**
 * What is wrong with a handle by itself; undefined when nothing is.
 * @param handle as `tidyHandle` gives it
 * @param paper name of the paper
 */
export function handleProblem(handle: string, paper: string): string | undefined {
  if (handle.length < 3 || handle.length > 30) return words.handleLength;
  if (!handlePattern.test(handle) || /^\d+$/.test(handle)) return words.handleSigns;
  return isReservedHandle(handle, paper) ? words.handleTaken : undefined;
}

/** Whether a handle is another reader's, or was, or looks like one. */
export async function isHandleTaken(db: Kysely<Tables>, handle: string, reader: string): Promise<boolean> {
  const owner = await db
    .selectFrom('reader_handle')
    .select('reader_id')
    .where('handle', '=', handle)
    .executeTakeFirst();
  if (owner) return owner.reader_id !== reader;
  const alike = await db
    .selectFrom('reader')
    .select('id')
    .where('handle_look', '=', handleLook(handle))
    .where('id', '<>', reader)
    .executeTakeFirst();
  return alike !== undefined;
}

/** A free handle made from a name, for whoever chooses none; '' and names in other scripts get one without meaning. */
export async function freeHandle(
  db: Kysely<Tables>,
  wish: { readonly name: string; readonly reader: string; readonly paper: string },
): Promise<string> {
  const plain = wish.name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 24)
    .replaceAll(/^-+|-+$/g, '');
  const base = handleProblem(plain, wish.paper) === undefined ? plain : 'reader';
  const first = base === 'reader' ? [] : [base];
  for (const tried of [...first, ...[2, 3, 4].map((number) => `${base}-${number}`)]) {
    const isFree = handleProblem(tried, wish.paper) === undefined;
    if (isFree && !(await isHandleTaken(db, tried, wish.reader))) return tried;
  }
  for (;;) {
    const tried = `${base.slice(0, 20)}-${newShortCode(6)}`;
    if (!(await isHandleTaken(db, tried, wish.reader))) return tried;
  }
}
