import type { Transaction } from '../../platform/database/database.ts';
import { hashOf } from '../sessions/session.ts';
import { codeHash, codeLife, mostExtensions, mostTries } from './code.ts';
import { note, waitFor } from './limits.ts';
import { findPending, pendingFromRow, pendingLife, type PendingSignIn } from './pending.ts';

/** Why a code did not let anybody in. */
export type CodeProblem =
  | { readonly code: 'sign-in.none' | 'sign-in.ended' | 'sign-in.used-up' | 'sign-in.too-many' }
  | { readonly code: 'sign-in.wrong'; readonly left: number };

/**
 * Try a code in the browser that asked for it. A wrong one is counted, so this never throws for it: what is counted
 * must be kept.
 * @param input.code six digits
 * @returns whose address is shown to be; the code is used up then
 */
export async function checkCode(
  tx: Transaction,
  input: { readonly secret: string | undefined; readonly code: string; readonly network: string },
): Promise<PendingSignIn | CodeProblem> {
  const pending = await findPending(tx.db, input.secret, tx.now);
  const problem = problemOf(pending, tx.now);
  if (problem) return { code: problem };
  const attempt = { email: pending!.email!, network: input.network };
  if ((await waitFor(tx, 'wrong', attempt)) > 0) return { code: 'sign-in.too-many' };
  // Counted before it is looked at: of many sent at once, no more than five are.
  const counted = await tx.db
    .updateTable('sign_in')
    .set((is) => ({ tries: is('tries', '+', 1) }))
    .where('id', '=', pending!.id)
    .where('tries', '<', mostTries)
    .returning(['tries', 'code_hash'])
    .executeTakeFirst();
  if (!counted) return { code: 'sign-in.used-up' };
  if (counted.code_hash !== codeHash(input.secret!, input.code)) {
    await note(tx, 'wrong', attempt);
    const left = mostTries - counted.tries;
    return left > 0 ? { code: 'sign-in.wrong', left } : { code: 'sign-in.used-up' };
  }
  return (await useUp(tx, pending!.id, counted.code_hash)) ?? { code: 'sign-in.ended' };
}

/**
 * Use a mailed link, in the browser that asked for it alone.
 * @returns undefined when it holds no longer, or belongs to another browser
 */
export async function useLink(
  tx: Transaction,
  input: { readonly secret: string | undefined; readonly token: string },
): Promise<PendingSignIn | undefined> {
  const pending = await findPending(tx.db, input.secret, tx.now);
  if (!pending?.codeHash || problemOf({ ...pending, tries: 0 }, tx.now)) return undefined;
  const linked = await findLink(tx, input.token);
  return linked?.id === pending.id ? useUp(tx, pending.id, pending.codeHash) : undefined;
}

/** The sign-in that a mailed link belongs to, whichever browser it is opened in; none when it holds no longer. */
export async function findLink(
  tx: Pick<Transaction, 'db' | 'now'>,
  token: string,
): Promise<PendingSignIn | undefined> {
  const row = await tx.db
    .selectFrom('sign_in')
    .selectAll()
    .where('link_hash', '=', hashOf(token))
    .where('code_ends_at', '>', tx.now)
    .executeTakeFirst();
  return row && pendingFromRow(row);
}

/** Give ten more minutes. @returns false when there is no code, or it was asked for too often */
export async function extendCode(tx: Transaction, secret: string | undefined): Promise<boolean> {
  const pending = await findPending(tx.db, secret, tx.now);
  if (problemOf(pending, tx.now)) return false;
  const { numUpdatedRows } = await tx.db
    .updateTable('sign_in')
    .set((is) => ({
      code_ends_at: pending!.codeEndsAt! + codeLife,
      extensions: is('extensions', '+', 1),
      ends_at: tx.now + pendingLife,
    }))
    .where('id', '=', pending!.id)
    .where('extensions', '<', mostExtensions)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** What stands in the way of a code; undefined when it may be tried. @param now milliseconds UTC */
export function problemOf(
  pending: PendingSignIn | undefined,
  now: number,
): 'sign-in.none' | 'sign-in.ended' | 'sign-in.used-up' | undefined {
  if (pending?.email === undefined || pending.codeHash === undefined) return 'sign-in.none';
  if (pending.codeEndsAt! <= now) return 'sign-in.ended';
  return pending.tries >= mostTries ? 'sign-in.used-up' : undefined;
}

async function useUp(tx: Transaction, id: string, hash: string): Promise<PendingSignIn | undefined> {
  const row = await tx.db
    .updateTable('sign_in')
    .set({ code_hash: null, link_hash: null, code_ends_at: null })
    .where('id', '=', id)
    .where('code_hash', '=', hash)
    .returningAll()
    .executeTakeFirst();
  return row && pendingFromRow(row);
}
