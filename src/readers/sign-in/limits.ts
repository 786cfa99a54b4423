import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Transaction } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { newId } from '../../platform/ids.ts';

/** Who tries to sign in as whom. */
export interface Attempt {
  /** Mail address in lower case. */
  readonly email: string;
  /** As `networkOf` tells it. */
  readonly network: string;
}

type Kind = 'mail' | 'wrong';

interface Limit {
  readonly kind: Kind;
  /** What is counted together. */
  readonly by: 'email' | 'network' | 'both';
  readonly most: number;
  /** Milliseconds. */
  readonly within: number;
}

const hour = 3_600_000;
const day = 24 * hour;
/** How long what was counted is kept. */
export const notesKept = day;

/**
 * Nobody fills another's mailbox, and nobody guesses codes by asking for many: all of a day's tries together find one
 * in some ten thousand. One network may hold a whole town, and is given room.
 */
const limits: readonly Limit[] = [
  { kind: 'mail', by: 'both', most: 5, within: hour },
  { kind: 'mail', by: 'email', most: 10, within: hour },
  { kind: 'mail', by: 'email', most: 30, within: day },
  { kind: 'mail', by: 'network', most: 60, within: hour },
  { kind: 'wrong', by: 'email', most: 60, within: day },
  { kind: 'wrong', by: 'network', most: 60, within: hour },
];

/** @returns 0 when it may go on, else the milliseconds until the next try */
export async function waitFor(tx: Transaction, kind: Kind, attempt: Attempt): Promise<number> {
  let wait = 0;
  for (const limit of limits) {
    if (limit.kind !== kind) continue;
    const nth = await nthNewest(tx.db, limit, attempt, tx.now);
    if (nth !== undefined) wait = Math.max(wait, nth + limit.within - tx.now);
  }
  return wait;
}

/** When that happened which used up a limit, if it is used up. */
async function nthNewest(
  db: Kysely<Tables>,
  { kind, by, most, within }: Limit,
  attempt: Attempt,
  now: number,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('sign_in_note')
    .select('at')
    .where('kind', '=', kind)
    .where('at', '>', now - within)
    .$if(by !== 'network', (query) => query.where('email_hash', '=', hashOf(attempt.email)))
    .$if(by !== 'email', (query) => query.where('network_hash', '=', hashOf(attempt.network)))
    .orderBy('at', 'desc')
    .offset(most - 1)
    .limit(1)
    .executeTakeFirst();
  return row?.at;
}

export async function note(tx: Transaction, kind: Kind, attempt: Attempt): Promise<void> {
  await tx.db
    .insertInto('sign_in_note')
    .values({
      id: newId(tx.now),
      kind,
      email_hash: hashOf(attempt.email),
      network_hash: hashOf(attempt.network),
      at: tx.now,
    })
    .execute();
}

/** Addresses and networks are not kept in the clear, and not for longer than they count. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
