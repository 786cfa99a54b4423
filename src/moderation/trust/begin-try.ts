import type { Selectable } from 'kysely';
import type { Transaction } from '../../platform/database/database.ts';
import { statement } from '../../platform/database/statement.ts';
import type { StandingTable } from './migrations.ts';
import { standingFromRow, type Standing } from './trust.ts';

const nothingYet = { accepted: 0, removed: 0, rejected: 0, removed_at: null, upheld: 0, dismissed: 0 };

/**
 * Begin to judge what a reader hands in. The row that it changes stays locked to the end of the transaction, so the
 * limits hold for one who sends many at once.
 */
export async function beginTry(tx: Transaction, reader: string): Promise<Standing> {
  const { rows } = await statement<Selectable<StandingTable>>`
    insert into moderation_standing (reader_id, tries, accepted, removed, rejected, upheld, dismissed)
      values (${reader}, 1, 0, 0, 0, 0, 0)
    on conflict (reader_id) do update set tries = moderation_standing.tries + 1
    returning *`.execute(tx.db);
  return standingFromRow(rows[0]!);
}

/** Change counters of a reader's standing, whether or not there is one yet. */
export async function countStanding(tx: Transaction, reader: string, change: StandingChange): Promise<void> {
  if (await changeStanding(tx, reader, change)) return;
  await tx.db
    .insertInto('moderation_standing')
    .values({ reader_id: reader, tries: 0, ...nothingYet })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await changeStanding(tx, reader, change);
}

type StandingChange = Partial<Record<'accepted' | 'removed' | 'rejected' | 'upheld' | 'dismissed', number>>;

/** @returns whether there was one to change */
async function changeStanding(tx: Transaction, reader: string, change: StandingChange): Promise<boolean> {
  const { accepted = 0, removed = 0, rejected = 0, upheld = 0, dismissed = 0 } = change;
  const { numAffectedRows = 0n } =
    await statement`update moderation_standing set accepted = accepted + ${accepted},
    removed = removed + ${removed}, rejected = rejected + ${rejected}, upheld = upheld + ${upheld},
    dismissed = dismissed + ${dismissed}, removed_at = coalesce(${removed > 0 ? tx.now : null}, removed_at)
    where reader_id = ${reader}`.execute(tx.db);
  return numAffectedRows > 0n;
}
