import type { Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import type { ReaderData } from '../privacy/reader-data.ts';
import { mostPasskeys, passkeyFromRow, type Passkey } from './passkey.ts';

/** A reader's passkeys, the oldest first. */
export async function findPasskeys(db: Kysely<Tables>, reader: string): Promise<Passkey[]> {
  const rows = await db
    .selectFrom('passkey')
    .selectAll()
    .where('reader_id', '=', reader)
    .orderBy('created_at')
    .orderBy('id')
    .limit(mostPasskeys)
    .execute();
  return rows.map(passkeyFromRow);
}

/** Whose passkey it is. @param credentialId as the authenticator calls it */
export async function findPasskey(db: Kysely<Tables>, credentialId: string): Promise<Passkey | undefined> {
  const row = await db
    .selectFrom('passkey')
    .selectAll()
    .where('credential_id', '=', credentialId)
    .executeTakeFirst();
  return row && passkeyFromRow(row);
}

export const passkeyData: ReaderData = {
  name: 'passkeys',
  async collect(db, reader) {
    const passkeys = await findPasskeys(db, reader.id);
    if (passkeys.length === 0) return undefined;
    return passkeys.map(({ name, isSynced, createdAt, usedAt }) => ({ name, isSynced, createdAt, usedAt }));
  },
  async erase(tx, reader) {
    await tx.db.deleteFrom('passkey').where('reader_id', '=', reader.id).execute();
  },
};
