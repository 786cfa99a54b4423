import type { Transaction } from '../../platform/database/database.ts';
import { hashOf } from '../sessions/session.ts';

/** Setting out to somebody who says who one is, and coming back. */
export interface Attempt {
  readonly provider: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Who connects the provider to an account that is signed in. */
  readonly readerId: string | undefined;
}

/** How long one may be away, milliseconds. */
export const attemptLife = 20 * 60_000;

/**
 * Keep that a browser sets out.
 * @param attempt.state what the way back must bear
 * @param attempt.browser a secret of the browser
 */
export async function keepAttempt(
  tx: Transaction,
  attempt: Attempt & { readonly state: string; readonly browser: string },
): Promise<void> {
  await tx.db.deleteFrom('sign_in_attempt').where('ends_at', '<=', tx.now).execute();
  await tx.db
    .insertInto('sign_in_attempt')
    .values({
      state_hash: hashOf(attempt.state),
      provider: attempt.provider,
      browser: hashOf(attempt.browser),
      nonce: attempt.nonce,
      verifier: attempt.verifier,
      reader_id: attempt.readerId ?? null,
      ends_at: tx.now + attemptLife,
    })
    .execute();
}

/**
 * Come back, once. Another browser than the one that set out finds nothing, and uses nothing up.
 * @param back.browsers secrets that the browser holds
 */
export async function takeAttempt(
  tx: Transaction,
  back: {
    readonly provider: string;
    readonly state: string;
    readonly browsers: readonly (string | undefined)[];
  },
): Promise<Attempt | undefined> {
  const browsers = back.browsers.filter((each) => each !== undefined);
  if (browsers.length === 0) return undefined;
  const row = await tx.db
    .deleteFrom('sign_in_attempt')
    .where('state_hash', '=', hashOf(back.state))
    .where('provider', '=', back.provider)
    .where('browser', 'in', browsers.map(hashOf))
    .where('ends_at', '>', tx.now)
    .returningAll()
    .executeTakeFirst();
  return (
    row && {
      provider: row.provider,
      nonce: row.nonce,
      verifier: row.verifier,
      readerId: row.reader_id ?? undefined,
    }
  );
}

/** Whether somebody has set out with this, in whatever browser. */
export async function isAttempt(tx: Pick<Transaction, 'db' | 'now'>, state: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('sign_in_attempt')
    .select('provider')
    .where('state_hash', '=', hashOf(state))
    .where('ends_at', '>', tx.now)
    .executeTakeFirst();
  return row !== undefined;
}
