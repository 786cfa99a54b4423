import type { Transaction } from '../../platform/database/database.ts';
import { readerErased } from '../events.ts';
import { findReader } from '../readers.ts';
import { addressesOf } from '../email/email-change.ts';
import { barAddresses } from './barred.ts';
import { ownData } from './own-data.ts';
import type { CommentsAfter, ReaderData } from './reader-data.ts';

/**
 * Erase an account at once and for good: every domain's part in this transaction, then what readers hold. What stays is
 * the id, of a `former` reader. Doing it again changes nothing. Whoever calls has the database scrubbed later.
 * @param input.data of every domain above readers
 * @returns whether there was something to erase
 */
export async function eraseReader(
  tx: Transaction,
  input: { readonly id: string; readonly comments: CommentsAfter; readonly data: readonly ReaderData[] },
): Promise<boolean> {
  const reader = await findReader(tx.db, input.id);
  if (reader === undefined || reader.state === 'former') return false;
  const leaver = { ...reader, addresses: await addressesOf(tx, reader) };
  for (const part of [...input.data, ...ownData]) await part.erase(tx, leaver, input.comments);
  await barAddresses(tx, reader, leaver.addresses);
  await tx.db
    .updateTable('reader')
    .set({
      email: null,
      handle: null,
      handle_look: null,
      name: '',
      bio: '',
      picture: null,
      roles: '[]',
      state: 'former',
      suspended_until: null,
      settings: '{}',
      guidelines_at: null,
      leaving_at: null,
      leaving_comments: null,
      days_active: 0,
      last_active_day: null,
    })
    .where('id', '=', reader.id)
    .execute();
  tx.emit(readerErased(reader.id, input.comments));
  return true;
}
