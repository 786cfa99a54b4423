import { createHmac } from 'node:crypto';
import type { Transaction } from '../../platform/database/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../reader.ts';
import { newSecret } from '../sessions/session.ts';
import { isSuspended } from '../set-state.ts';
import { privacyText as words } from './text.ts';

/** There is one. */
const keyName = 'addresses';

/** How long at most an address stays barred after its account is gone, milliseconds: two years. */
export const barredFor = 2 * 365 * 86_400_000;

/**
 * Whoever may not write does not begin anew by leaving: keep of each address of an account that is being erased a keyed
 * hash, as long as a suspension would have lasted, or for two years after a ban. Of all others nothing is kept.
 * @param addresses in lower case
 */
export async function barAddresses(
  tx: Transaction,
  reader: Pick<Reader, 'state' | 'suspendedUntil'>,
  addresses: readonly string[],
): Promise<void> {
  const until = barredUntil(reader, tx.now);
  if (until === undefined) return;
  const key = await keyOf(tx);
  for (const address of addresses)
    await tx.db
      .insertInto('barred_address')
      .values({ hash: hashOf(key, address), until })
      .onConflict((conflict) =>
        conflict.column('hash').doUpdateSet({ until }).where('barred_address.until', '<', until),
      )
      .execute();
}

/** Before an account is made for an address. @throws AppError `account.barred` */
export async function checkNotBarred(tx: Transaction, address: string): Promise<void> {
  const known = await tx.db
    .selectFrom('barred_address')
    .select('until')
    .where('hash', '=', hashOf(await keyOf(tx), address))
    .where('until', '>', tx.now)
    .executeTakeFirst();
  if (known) throw new AppError('account.barred', words.barred, { status: 403 });
}

export async function pruneBarred({ db, now }: Transaction): Promise<void> {
  await db.deleteFrom('barred_address').where('until', '<=', now).execute();
}

function barredUntil(reader: Pick<Reader, 'state' | 'suspendedUntil'>, now: number): number | undefined {
  if (reader.state === 'banned') return now + barredFor;
  return isSuspended(reader, now) ? Math.min(reader.suspendedUntil, now + barredFor) : undefined;
}

/** Made when it is first asked for; every process, and a backup that comes back, have the same. */
async function keyOf({ db }: Transaction): Promise<string> {
  const find = () => db.selectFrom('barred_key').select('key').where('name', '=', keyName);
  const known = await find().executeTakeFirst();
  if (known) return known.key;
  await db
    .insertInto('barred_key')
    .values({ name: keyName, key: newSecret() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await find().executeTakeFirstOrThrow()).key;
}

function hashOf(key: string, address: string): string {
  return createHmac('sha256', key).update(address.toLowerCase()).digest('base64url');
}
