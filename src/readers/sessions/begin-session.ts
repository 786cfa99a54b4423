import type { Transaction } from '../../platform/database/database.ts';
import { newId } from '../../platform/ids.ts';
import { sessionBegan } from '../events.ts';
import { hashOf, newSecret, sessionLife } from './session.ts';

/**
 * Sign a browser in. It always gets a new token, and the one that it held before ends: who planted that one has nothing.
 * @param input.method how it was shown who it is: `code`, `link`, `passkey`, or the name of a provider
 * @param input.device what the browser is, in words
 * @param input.before id of the session that the browser held
 * @returns the secret for the cookie; only its hash is kept
 */
export async function beginSession(
  tx: Transaction,
  input: {
    readonly reader: string;
    readonly method: string;
    readonly device: string;
    readonly before?: string | undefined;
  },
): Promise<{ id: string; token: string }> {
  if (input.before !== undefined)
    await tx.db.deleteFrom('reader_session').where('id', '=', input.before).execute();
  const token = newSecret();
  const id = newId(tx.now);
  await tx.db
    .insertInto('reader_session')
    .values({
      id,
      token_hash: hashOf(token),
      reader_id: input.reader,
      method: input.method,
      device: input.device,
      created_at: tx.now,
      seen_at: tx.now,
      expires_at: tx.now + sessionLife,
    })
    .execute();
  tx.emit(sessionBegan(input.reader, id));
  return { id, token };
}
