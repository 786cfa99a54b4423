import type { Transaction } from '../../platform/database/database.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { readerChanged } from '../events.ts';
import type { Reader } from '../reader.ts';
import { findReader } from '../readers.ts';
import { checkMayShow } from '../set-state.ts';
import { freeHandle, handleProblem, isHandleTaken, tidyHandle } from './handle.ts';
import { handleLook, lookOf } from './look.ts';
import { bioProblem, nameProblem, tidyBio, tidyName } from './name.ts';
import { profileText as words } from './text.ts';

/** How often a handle may be changed, and within what time in milliseconds. */
export const handleChanges = { most: 2, within: 30 * 86_400_000 };

export interface ProfileInput {
  /** Id. */
  readonly reader: string;
  readonly name: string;
  /** '' is made from the name where the reader has none, and leaves it where there is one. */
  readonly handle: string;
  /** Stays as it is when left out. */
  readonly bio?: string;
  /** Whether the forum's guidelines were shown with it. */
  readonly hasSeenGuidelines?: boolean;
}

export interface ProfileRules {
  /** Name of the paper. */
  readonly paper: string;
  /** Names of others that no reader may look like. */
  readonly takenNames: readonly string[];
  /** A day as the site writes it. */
  readonly dayOf: (at: number) => string;
}

/**
 * Say who one is: name, handle, a line about oneself. A handle that is given up leads to the new one.
 * @throws AppError `reader.invalid`, status 422, with a message for each field that is wrong; `account.barred`
 */
export async function saveProfile(
  tx: Transaction,
  input: ProfileInput,
  rules: ProfileRules,
): Promise<Reader> {
  const before = (await findReader(tx.db, input.reader))!;
  checkMayShow(before, tx.now);
  const name = tidyName(input.name);
  const bio = input.bio === undefined ? before.bio : tidyBio(input.bio);
  const handle = await handleOf(tx, before, { name, typed: input.handle, paper: rules.paper });
  const isMoved = handle !== before.handle;
  const problems = {
    name: nameProblem(name, rules.paper) ?? (await likeness(tx, before, name, rules)),
    handle: isMoved ? await handleTrouble(tx, before, handle, rules) : undefined,
    bio: bioProblem(bio),
  };
  const fields = Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem !== undefined));
  if (Object.keys(fields).length > 0)
    throw new AppError('reader.invalid', words.invalid, {
      status: 422,
      fields: fields as Record<string, string>,
    });
  if (isMoved) await moveHandle(tx, before, handle);
  await tx.db
    .updateTable('reader')
    .set({
      name,
      bio,
      handle,
      handle_look: handleLook(handle),
      ...(input.hasSeenGuidelines && { guidelines_at: before.guidelinesAt ?? tx.now }),
    })
    .where('id', '=', before.id)
    .execute();
  tx.emit(readerChanged(before.id));
  return (await findReader(tx.db, before.id))!;
}

async function handleOf(
  tx: Transaction,
  before: Reader,
  wish: { readonly name: string; readonly typed: string; readonly paper: string },
): Promise<string> {
  const typed = tidyHandle(wish.typed);
  if (typed !== '') return typed;
  if (before.handle !== undefined) return before.handle;
  return freeHandle(tx.db, { name: wish.name, reader: before.id, paper: wish.paper });
}

/** Nobody looks like who speaks for the paper. They themselves may. */
async function likeness(
  tx: Transaction,
  before: Reader,
  name: string,
  { takenNames }: ProfileRules,
): Promise<string | undefined> {
  if (before.roles.some((role) => role !== 'supporter')) return undefined;
  const look = lookOf(name);
  const people = await tx.db
    .selectFrom('reader')
    .select(['name', 'roles'])
    .where('roles', '<>', '[]')
    .where('id', '<>', before.id)
    .limit(2000)
    .execute();
  const theirs = people.filter(({ roles }) => roles !== '["supporter"]').map((each) => each.name);
  return [...theirs, ...takenNames].some((each) => lookOf(each) === look) ? words.nameTaken : undefined;
}

async function handleTrouble(
  tx: Transaction,
  before: Reader,
  handle: string,
  { paper, dayOf }: ProfileRules,
): Promise<string | undefined> {
  const problem = handleProblem(handle, paper);
  if (problem) return problem;
  if (await isHandleTaken(tx.db, handle, before.id)) return words.handleTaken;
  const changes = await tx.db
    .selectFrom('reader_handle_change')
    .select('at')
    .where('reader_id', '=', before.id)
    .where('at', '>', tx.now - handleChanges.within)
    .orderBy('at', 'desc')
    .limit(handleChanges.most)
    .execute();
  const first = changes[handleChanges.most - 1];
  return first && words.handleOften(dayOf(first.at + handleChanges.within));
}

async function moveHandle(tx: Transaction, before: Reader, handle: string): Promise<void> {
  if (before.handle !== undefined) {
    await tx.db
      .updateTable('reader_handle')
      .set({ until: tx.now })
      .where('handle', '=', before.handle)
      .execute();
    await tx.db
      .insertInto('reader_handle_change')
      .values({ id: newId(tx.now), reader_id: before.id, at: tx.now })
      .execute();
  }
  await tx.db
    .insertInto('reader_handle')
    .values({ handle, reader_id: before.id, since: tx.now, until: null })
    .onConflict((conflict) => conflict.column('handle').doUpdateSet({ since: tx.now, until: null }))
    .execute();
}
