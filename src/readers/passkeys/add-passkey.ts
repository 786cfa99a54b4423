import type { Transaction } from '../../platform/database/database.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { mostPasskeys, type Passkey } from './passkey.ts';
import { findPasskeys } from './passkeys.ts';
import { passkeysText } from './text.ts';

const words = passkeysText.account;

/**
 * Add a passkey that was checked.
 * @throws AppError `passkey.known`, `passkey.too-many`
 */
export async function addPasskey(
  tx: Transaction,
  passkey: Omit<Passkey, 'id' | 'createdAt' | 'usedAt'>,
): Promise<void> {
  if ((await findPasskeys(tx.db, passkey.readerId)).length >= mostPasskeys)
    throw new AppError('passkey.too-many', words.tooMany(mostPasskeys), { status: 409 });
  const kept = await tx.db
    .insertInto('passkey')
    .values({
      id: newId(tx.now),
      reader_id: passkey.readerId,
      credential_id: passkey.credentialId,
      public_key: passkey.publicKey,
      algorithm: passkey.algorithm,
      transports: JSON.stringify(passkey.transports),
      counter: passkey.counter,
      is_synced: passkey.isSynced ? 1 : 0,
      name: passkey.name,
      created_at: tx.now,
      used_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (kept.numInsertedOrUpdatedRows !== 1n) throw new AppError('passkey.known', words.known, { status: 409 });
}
