import { randomInt } from 'node:crypto';
import type { Kysely, Selectable } from 'kysely';
import type { Transaction } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { newId } from '../../platform/ids.ts';
import { enqueueMail } from '../../platform/mail/mail-jobs.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { hashOf } from '../sessions/session.ts';
import type { Reader } from '../reader.ts';
import { changedMail, codeMail, takenMail, type MailPaper } from './mail.ts';
import type { EmailChangeTable } from './migrations.ts';

/** How long the two codes hold, milliseconds: two mailboxes have to be looked into. */
const changeLife = 60 * 60_000;
/** Wrong codes before one must begin again. */
const mostTries = 5;
/** Changes that an account may begin within a day, so that it fills nobody's mailbox. */
const mostInDay = 5;
const day = 86_400_000;
/** How long a change that came to nothing is kept, milliseconds. */
const changesKept = 30 * day;

/** A change that waits for its codes. */
export type EmailChange = Pick<
  Selectable<EmailChangeTable>,
  'id' | 'old_email' | 'new_email' | 'ends_at' | 'tries'
>;

/** The change that a reader has begun and not ended. @param now milliseconds UTC */
export async function findEmailChange(
  db: Kysely<Tables>,
  reader: string,
  now: number,
): Promise<EmailChange | undefined> {
  const newest = await db
    .selectFrom('reader_email_change')
    .selectAll()
    .where('reader_id', '=', reader)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return newest && newest.done_at === null && newest.ends_at > now && newest.tries < mostTries
    ? newest
    : undefined;
}

/**
 * Begin to change a reader's mail address: a code goes to the old address, and one to the new. Where the new one has an
 * account already the work is the same, and its owner is told instead of the one who asks.
 * @param input.email the new address, in lower case
 * @param input.secret the token of the session in which it is asked; the codes hold in that browser alone
 * @returns false when it was begun too often
 */
export async function beginEmailChange(
  tx: Transaction,
  input: {
    readonly reader: Reader;
    readonly email: string;
    readonly secret: string;
    readonly paper: MailPaper;
  },
): Promise<boolean> {
  const { reader, email, secret, paper } = input;
  const old = reader.email!;
  const today = await tx.db
    .selectFrom('reader_email_change')
    .select('id')
    .where('reader_id', '=', reader.id)
    .where('created_at', '>', tx.now - day)
    .limit(mostInDay)
    .execute();
  if (today.length >= mostInDay) return false;
  const taken = await tx.db.selectFrom('reader').select('id').where('email', '=', email).executeTakeFirst();
  const [oldCode, newCode] = [newCodeDigits(), newCodeDigits()];
  const endsAt = tx.now + changeLife;
  await tx.db
    .insertInto('reader_email_change')
    .values({
      id: newId(tx.now),
      reader_id: reader.id,
      old_email: old,
      new_email: email,
      old_code_hash: codeHash(secret, 'old', oldCode),
      new_code_hash: codeHash(secret, 'new', newCode),
      tries: 0,
      created_at: tx.now,
      ends_at: endsAt,
      done_at: null,
    })
    .execute();
  const until = { until: endsAt };
  await enqueueMail(tx, codeMail({ to: old, code: oldCode, which: 'old', paper }), until);
  const toNew = taken
    ? takenMail({ to: email, paper })
    : codeMail({ to: email, code: newCode, which: 'new', paper });
  await enqueueMail(tx, toNew, until);
  return true;
}

/**
 * Every address that an account has or had: what was sent to one of them goes with the account. One to which a change was
 * only begun may be somebody else's.
 */
export async function addressesOf(
  { db }: Transaction,
  { id, email }: Pick<Reader, 'id' | 'email'>,
): Promise<string[]> {
  const changes = await db
    .selectFrom('reader_email_change')
    .select(['old_email', 'new_email', 'done_at'])
    .where('reader_id', '=', id)
    .execute();
  const former = changes.flatMap((each) =>
    each.done_at === null ? [each.old_email] : [each.old_email, each.new_email],
  );
  return [...new Set([...(email === undefined ? [] : [email]), ...former])];
}

/** Forget changes that came to nothing. Former addresses are kept with the account, to be erased with it everywhere. */
export async function pruneEmailChanges({ db, now }: Transaction): Promise<void> {
  await db
    .deleteFrom('reader_email_change')
    .where('done_at', 'is', null)
    .where('created_at', '<', now - changesKept)
    .execute();
}

/** Why the codes did not change the address. */
export type ChangeProblem =
  | { readonly code: 'email.wrong'; readonly left: number }
  | { readonly code: 'email.ended' };

/**
 * Give both codes, which changes the address and signs the reader out of all other browsers. Wrong ones are counted, so
 * this never throws for them. Which of the two was wrong is not said: a code must not be found out alone.
 * @param input.session id of the session that stays
 */
export async function confirmEmailChange(
  tx: Transaction,
  input: {
    readonly reader: Reader;
    readonly session: string;
    readonly secret: string;
    readonly oldCode: string;
    readonly newCode: string;
    readonly paper: MailPaper;
  },
): Promise<'changed' | ChangeProblem> {
  const { reader, secret } = input;
  const change = await findEmailChange(tx.db, reader.id, tx.now);
  if (!change || change.old_email !== reader.email) return { code: 'email.ended' };
  // Counted before it is looked at: of many sent at once, no more than five are.
  const counted = await tx.db
    .updateTable('reader_email_change')
    .set((is) => ({ tries: is('tries', '+', 1) }))
    .where('id', '=', change.id)
    .where('tries', '<', mostTries)
    .where('done_at', 'is', null)
    .returning(['tries', 'old_code_hash', 'new_code_hash'])
    .executeTakeFirst();
  if (!counted) return { code: 'email.ended' };
  const areRight =
    counted.old_code_hash === codeHash(secret, 'old', input.oldCode) &&
    counted.new_code_hash === codeHash(secret, 'new', input.newCode);
  const taken = await tx.db
    .selectFrom('reader')
    .select('id')
    .where('email', '=', change.new_email)
    .executeTakeFirst();
  if (!areRight || taken) {
    const left = mostTries - counted.tries;
    return left > 0 ? { code: 'email.wrong', left } : { code: 'email.ended' };
  }
  await tx.db.updateTable('reader').set({ email: change.new_email }).where('id', '=', reader.id).execute();
  await tx.db
    .updateTable('reader_email_change')
    .set({ done_at: tx.now })
    .where('id', '=', change.id)
    .execute();
  // A code on its way to the old address would make a second account of it.
  await tx.db.deleteFrom('sign_in').where('email', '=', change.old_email).execute();
  await endSessions(tx, reader.id, { except: input.session });
  await enqueueMail(tx, changedMail({ to: change.old_email, paper: input.paper }));
  return 'changed';
}

/** Leave the address as it is. */
export async function dropEmailChange(tx: Transaction, reader: string): Promise<void> {
  await tx.db
    .updateTable('reader_email_change')
    .set({ ends_at: tx.now })
    .where('reader_id', '=', reader)
    .where('done_at', 'is', null)
    .where('ends_at', '>', tx.now)
    .execute();
}

function newCodeDigits(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}

function codeHash(secret: string, which: 'old' | 'new', code: string): string {
  return hashOf(`${which}:${secret}:${code}`);
}
