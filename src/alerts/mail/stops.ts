import type { Kysely } from 'kysely';
import type { Transaction } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';

const month = 30 * 86_400_000;
/** Letters that come back for reasons that pass, such as a full mailbox, within a month. */
const mostFailures = 3;

/** Why a letter came back, as mail servers say it. */
export interface Failure {
  /** Such as `5.1.1` (RFC 3463), or the three digits of an answer (RFC 5321) where nothing finer was said. */
  readonly status: string;
}

/**
 * Whether an address is none, so that one letter that comes back is enough: there is no such mailbox or no such host, or
 * it is closed (RFC 3463, sections 3.2, 3.3 and 3.5).
 */
export function isForGood({ status }: Failure): boolean {
  return /^5\.1\.[0-36]$|^5\.1\.10$|^5\.2\.1$|^5\.4\.4$|^55[013]$/.test(status);
}

/** Whether letters go to an address. @param hash as `MailKeys.hashOf` makes it */
export async function isStopped(db: Kysely<Tables>, hash: string): Promise<boolean> {
  const row = await db
    .selectFrom('mail_stop')
    .select('stopped_at')
    .where('address_hash', '=', hash)
    .executeTakeFirst();
  return row !== undefined && row.stopped_at !== null;
}

export interface MailStop {
  readonly reason: 'bounce' | 'complaint';
  readonly status: string;
  readonly failures: number;
  /** Milliseconds UTC. */
  readonly lastAt: number;
  readonly stoppedAt: number | undefined;
}

/** What is known of an address from which letters came back. */
export async function findStop(db: Kysely<Tables>, hash: string): Promise<MailStop | undefined> {
  const row = await db
    .selectFrom('mail_stop')
    .selectAll()
    .where('address_hash', '=', hash)
    .executeTakeFirst();
  return (
    row && {
      reason: row.reason as MailStop['reason'],
      status: row.status,
      failures: row.failures,
      lastAt: row.last_at,
      stoppedAt: row.stopped_at ?? undefined,
    }
  );
}

/**
 * Note that a letter came back. Of an address that is none nothing more is sent; of others, once three came back in a
 * month.
 * @returns whether letters have ended by it
 */
export async function noteBounce(tx: Transaction, hash: string, failure: Failure): Promise<boolean> {
  const before = await tx.db
    .selectFrom('mail_stop')
    .selectAll()
    .where('address_hash', '=', hash)
    .executeTakeFirst();
  if (before && before.stopped_at !== null) return false;
  const isRecent = before !== undefined && tx.now - before.first_at < month;
  const failures = isRecent ? before.failures + 1 : 1;
  const isOver = isForGood(failure) || failures >= mostFailures;
  await keep(tx, hash, {
    reason: 'bounce',
    status: failure.status,
    failures,
    first_at: isRecent ? before.first_at : tx.now,
    last_at: tx.now,
    stopped_at: isOver ? tx.now : null,
  });
  return isOver;
}

/** Send nothing more to somebody who called a letter of ours unwanted. */
export async function noteComplaint(tx: Transaction, hash: string): Promise<void> {
  await keep(tx, hash, {
    reason: 'complaint',
    status: '',
    failures: 1,
    first_at: tx.now,
    last_at: tx.now,
    stopped_at: tx.now,
  });
}

/** Send letters to an address again. @returns whether they had ended */
export async function allowAgain({ db }: Transaction, hash: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('mail_stop')
    .where('address_hash', '=', hash)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

type Kept = Omit<Tables['mail_stop'], 'address_hash'>;

async function keep({ db }: Transaction, hash: string, row: Kept): Promise<void> {
  await db
    .insertInto('mail_stop')
    .values({ address_hash: hash, ...row })
    .onConflict((conflict) => conflict.column('address_hash').doUpdateSet(row))
    .execute();
}
