import type { Transaction } from '../../platform/database/database.ts';
import { enqueueMail } from '../../platform/mail/mail-jobs.ts';
import { hashOf, newSecret } from '../sessions/session.ts';
import { codeHash, codeLife, codeOf } from './code.ts';
import { note, waitFor } from './limits.ts';
import { codeMail, type MailPaper } from './mail.ts';
import { findPending, keepPending, pendingLife } from './pending.ts';

/**
 * Send a code to an address, and bind it to the browser that asks. Nothing is looked up: it is the same work, and the
 * same mail, whether the address has an account or not.
 * @param input.email in lower case
 * @param input.network as `networkOf` tells it
 * @param input.to path to come back to; of no account where the browser has something waiting
 * @returns the secret for the browser's cookie, or the milliseconds until a code may be asked for
 */
export async function sendCode(
  tx: Transaction,
  input: {
    readonly secret: string | undefined;
    readonly email: string;
    readonly network: string;
    readonly to: string;
    readonly paper: MailPaper;
  },
): Promise<{ readonly secret: string } | { readonly wait: number }> {
  const wait = await waitFor(tx, 'mail', input);
  if (wait > 0) return { wait };
  await note(tx, 'mail', input);
  const before = await findPending(tx.db, input.secret, tx.now);
  const secret = await keepPending(tx, {
    secret: input.secret,
    to: before?.intent === undefined ? input.to : before.to,
  });
  const token = newSecret();
  const code = codeOf(token);
  const endsAt = tx.now + codeLife;
  await tx.db
    .updateTable('sign_in')
    .set({
      email: input.email,
      code_hash: codeHash(secret, code),
      link_hash: hashOf(token),
      code_ends_at: endsAt,
      extensions: 0,
      tries: 0,
      ends_at: tx.now + pendingLife,
    })
    .where('secret_hash', '=', hashOf(secret))
    .execute();
  await enqueueMail(tx, codeMail({ to: input.email, code, token, at: tx.now, paper: input.paper }), {
    until: endsAt,
  });
  return { secret };
}
