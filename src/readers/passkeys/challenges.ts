import type { Transaction } from '../../platform/database/database.ts';
import { hashOf, newSecret } from '../sessions/session.ts';

/** What a challenge is for: neither can be answered with the other. */
export type ChallengeKind = 'add' | 'sign-in';

/** How long it may take to answer, milliseconds. */
export const challengeLife = 10 * 60_000;

/**
 * Something new to sign, for one browser and one time (Web Authentication Level 3, section 13.4.3).
 * @param input.browser a secret of the browser
 * @returns base64url
 */
export async function giveChallenge(
  tx: Transaction,
  input: { readonly kind: ChallengeKind; readonly browser: string },
): Promise<string> {
  await tx.db.deleteFrom('passkey_challenge').where('ends_at', '<=', tx.now).execute();
  const challenge = newSecret();
  await tx.db
    .insertInto('passkey_challenge')
    .values({
      challenge_hash: hashOf(challenge),
      browser: hashOf(input.browser),
      kind: input.kind,
      ends_at: tx.now + challengeLife,
    })
    .execute();
  return challenge;
}

/** Use a challenge up. @returns false when it was not given to this browser for this, was used, or is too old */
export async function takeChallenge(
  tx: Transaction,
  input: { readonly kind: ChallengeKind; readonly browser: string | undefined; readonly challenge: string },
): Promise<boolean> {
  if (input.browser === undefined) return false;
  const { numDeletedRows } = await tx.db
    .deleteFrom('passkey_challenge')
    .where('challenge_hash', '=', hashOf(input.challenge))
    .where('browser', '=', hashOf(input.browser))
    .where('kind', '=', input.kind)
    .where('ends_at', '>', tx.now)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
