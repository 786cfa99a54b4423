import type { Kysely } from 'kysely';
import type { Transaction } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { ReaderData } from '../privacy/reader-data.ts';
import { readerOfEmail, type SignedIn } from '../sign-in/finish.ts';
import { providersText as words } from './text.ts';

/** What somebody else says of a person. */
export interface Person {
  readonly issuer: string;
  /** What the issuer calls the person. */
  readonly subject: string;
  /** As `addressOf` reads it. */
  readonly email: string | undefined;
  /** Whether the issuer answers for the address being the person's. */
  readonly isConfirmed: boolean;
}

/** A reader's account with somebody else, as the account page lists it. */
export interface Login {
  readonly id: string;
  readonly issuer: string;
  /** Milliseconds UTC. */
  readonly createdAt: number;
  readonly usedAt: number;
}

/** More than anybody has. */
const mostLogins = 20;

/**
 * The account of a person whom somebody else knows: the one that was connected, else that of the address, which must
 * be shown to be the person's, else a new one.
 * @returns with it, whether an account that was there already has been connected now
 * @throws AppError `provider.unconfirmed`
 */
export async function readerOfPerson(
  tx: Transaction,
  person: Person,
): Promise<Pick<SignedIn, 'reader' | 'isNew'> & { readonly isConnected: boolean }> {
  const known = await findLogin(tx, person);
  if (known) {
    await tx.db.updateTable('reader_login').set({ used_at: tx.now }).where('id', '=', known.id).execute();
    return { reader: known.reader_id, isNew: false, isConnected: false };
  }
  if (person.email === undefined || !person.isConfirmed)
    throw new AppError('provider.unconfirmed', words.unconfirmed, { status: 403 });
  const found = await readerOfEmail(tx, person.email);
  await insertLogin(tx, person, found.reader);
  return { ...found, isConnected: !found.isNew };
}

/**
 * Connect a person whom somebody else knows to an account that is signed in; the addresses may differ.
 * @returns false when it was connected before
 * @throws AppError `provider.taken`, `provider.too-many`
 */
export async function connectLogin(tx: Transaction, person: Person, reader: string): Promise<boolean> {
  const known = await findLogin(tx, person);
  if (known?.reader_id === reader) return false;
  if (known) throw new AppError('provider.taken', words.taken, { status: 409 });
  if ((await findLogins(tx.db, reader)).length >= mostLogins)
    throw new AppError('provider.too-many', words.tooMany, { status: 409 });
  await insertLogin(tx, person, reader);
  return true;
}

/** With whom a reader has an account that opens this one. */
export async function findLogins(db: Kysely<Tables>, reader: string): Promise<Login[]> {
  const rows = await db
    .selectFrom('reader_login')
    .select(['id', 'issuer', 'created_at', 'used_at'])
    .where('reader_id', '=', reader)
    .orderBy('created_at')
    .orderBy('id')
    .limit(mostLogins)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    issuer: row.issuer,
    createdAt: row.created_at,
    usedAt: row.used_at,
  }));
}

/** @returns false when the reader has no such login */
export async function removeLogin(
  tx: Transaction,
  login: { readonly id: string; readonly reader: string },
): Promise<boolean> {
  const { numDeletedRows } = await tx.db
    .deleteFrom('reader_login')
    .where('id', '=', login.id)
    .where('reader_id', '=', login.reader)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export const loginData: ReaderData = {
  name: 'logins',
  async collect(db, reader) {
    const rows = await db
      .selectFrom('reader_login')
      .selectAll()
      .where('reader_id', '=', reader.id)
      .orderBy('created_at')
      .execute();
    if (rows.length === 0) return undefined;
    return rows.map((row) => ({
      issuer: row.issuer,
      subject: row.subject,
      connectedAt: row.created_at,
      usedAt: row.used_at,
    }));
  },
  async erase(tx, reader) {
    await tx.db.deleteFrom('reader_login').where('reader_id', '=', reader.id).execute();
    await tx.db.deleteFrom('sign_in_attempt').where('reader_id', '=', reader.id).execute();
  },
};

function findLogin(tx: Transaction, { issuer, subject }: Person) {
  return tx.db
    .selectFrom('reader_login')
    .select(['id', 'reader_id'])
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst();
}

async function insertLogin(tx: Transaction, person: Person, reader: string): Promise<void> {
  await tx.db
    .insertInto('reader_login')
    .values({
      id: newId(tx.now),
      issuer: person.issuer,
      subject: person.subject,
      reader_id: reader,
      created_at: tx.now,
      used_at: tx.now,
    })
    .execute();
}
