import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Database, Transaction } from '../../platform/database/database.ts';

/**
 * Keys of the mails that go to many, one for each purpose so that what one of them makes is of no use for another. Made
 * at first use and kept in the database, so that links in old letters hold and every server knows them.
 */
export interface MailKeys {
  /** What is kept of an address from which letters came back. @param address in lower case */
  hashOf(address: string): string;
  /** Opens the way out of what `about` names to whoever holds it, and nothing else; letters that stand in an address. */
  linkFor(about: string): string;
  /** What a link is about. @returns undefined for one that we did not make */
  readLink(link: string): string | undefined;
  /** A Message-ID's left part that tells later whom a mail went to; nobody else can make one. @param about letters, digits, dots and dashes, at most 60 */
  idFor(about: string): string;
  /** @returns undefined for one that we did not make */
  readId(id: string): string | undefined;
}

const purposes = ['addresses', 'links', 'ids'] as const;
/** Half of the hash: 128 bits, which nobody guesses (RFC 2104, section 5). */
const kept = 16;

/** Read the keys, and make those that are not there yet. */
export async function mailKeys(database: Database): Promise<MailKeys> {
  const rows = await database.read.selectFrom('mail_key').selectAll().execute();
  const isWhole = purposes.every((each) => rows.some(({ purpose }) => purpose === each));
  const all = isWhole ? rows : await database.write(makeKeys);
  const [addresses, links, ids] = purposes.map((each) => all.find(({ purpose }) => purpose === each)!.secret);
  const sealed = (key: string, about: string) => createHmac('sha256', key).update(about).digest();
  return {
    hashOf: (address) => sealed(addresses!, address).toString('base64url'),
    linkFor: (about) =>
      `${Buffer.from(about).toString('base64url')}.${sealed(links!, about).subarray(0, kept).toString('base64url')}`,
    readLink(link) {
      const [, named = '', seal = ''] = /^([\w-]{1,200})\.([\w-]{1,40})$/.exec(link) ?? [];
      const about = Buffer.from(named, 'base64url').toString();
      return isSame(Buffer.from(seal, 'base64url'), sealed(links!, about)) ? about : undefined;
    },
    idFor: (about) => `${about}.${sealed(ids!, about).subarray(0, kept).toString('hex')}`,
    readId(id) {
      const [, about = '', seal = ''] = /^([\w.-]{1,60})\.([0-9a-f]{32})$/.exec(id) ?? [];
      return isSame(Buffer.from(seal, 'hex'), sealed(ids!, about)) ? about : undefined;
    },
  };
}

function isSame(given: Buffer, whole: Buffer): boolean {
  return given.length === kept && timingSafeEqual(given, whole.subarray(0, kept));
}

/** Another server may make them at the same time: the first ones stay. */
async function makeKeys({ db, now }: Transaction) {
  await db
    .insertInto('mail_key')
    .values(
      purposes.map((purpose) => ({
        purpose,
        secret: randomBytes(32).toString('base64url'),
        created_at: now,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return db.selectFrom('mail_key').selectAll().execute();
}
