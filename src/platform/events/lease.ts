import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

/**
 * Take or renew a lease, inside a transaction: until it ends, no other owner gets it.
 * @param time how long it holds, milliseconds
 * @returns whether the owner has it
 */
export async function takeLease(
  db: Kysely<Tables>,
  name: string,
  owner: string,
  now: number,
  time: number,
): Promise<boolean> {
  const until = now + time;
  const { numUpdatedRows } = await db
    .updateTable('lease')
    .set({ owner, until })
    .where('name', '=', name)
    .where((is) => is.or([is('owner', '=', owner), is('until', '<=', now)]))
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return true;
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('lease')
    .values({ name, owner, until })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}
