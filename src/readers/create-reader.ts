import type { Transaction } from '../platform/database/database.ts';
import { newId } from '../platform/ids.ts';
import { readerJoined } from './events.ts';
import { readerFromRow, type Reader } from './reader.ts';

/** Make an account for a mail address that has shown to be its owner's. The name comes with the first comment. */
export async function createReader(tx: Transaction, input: { readonly email: string }): Promise<Reader> {
  const row = {
    id: newId(tx.now),
    email: input.email.toLowerCase(),
    handle: null,
    handle_look: null,
    name: '',
    bio: '',
    picture: null,
    roles: '[]',
    state: 'active',
    suspended_until: null,
    settings: '{}',
    guidelines_at: null,
    leaving_at: null,
    leaving_comments: null,
    days_active: 0,
    last_active_day: null,
    created_at: tx.now,
  };
  await tx.db.insertInto('reader').values(row).execute();
  tx.emit(readerJoined(row.id));
  return readerFromRow(row);
}
