import type { Transaction } from '../../platform/database/database.ts';
import type { Passkey } from './passkey.ts';

/** One passkey, of one reader. */
interface Which {
  readonly id: string;
  readonly reader: string;
}

/** @param name as `passkeyName` reads it. @returns false when the reader has no such passkey */
export async function renamePasskey(tx: Transaction, which: Which, name: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('passkey')
    .set({ name })
    .where('id', '=', which.id)
    .where('reader_id', '=', which.reader)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** @returns false when the reader has no such passkey */
export async function removePasskey(tx: Transaction, which: Which): Promise<boolean> {
  const { numDeletedRows } = await tx.db
    .deleteFrom('passkey')
    .where('id', '=', which.id)
    .where('reader_id', '=', which.reader)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/**
 * Keep what the device has counted to.
 * @param passkey as it was when the signature was checked
 * @returns false when it was removed, or used by another request, since then
 */
export async function notePasskeyUse(tx: Transaction, passkey: Passkey, counter: number): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('passkey')
    .set({ counter, used_at: tx.now })
    .where('id', '=', passkey.id)
    .where('counter', '=', passkey.counter)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
