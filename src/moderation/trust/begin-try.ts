import type { Transaction } from '../../platform/database/database.ts';
import { standingFromRow, type Standing } from './trust.ts';

const nothingYet = { accepted: 0, removed: 0, rejected: 0, removed_at: null, upheld: 0, dismissed: 0 };

/**
 * Begin to judge what a reader hands in. The row that it changes stays locked to the end of the transaction, so the
 * limits hold for one who sends many at once.
 */
export async function beginTry(tx: Transaction, reader: string): Promise<Standing> {
  const row = await tx.db
    .insertInto('moderation_standing')
    .values({ reader_id: reader, tries: 1, ...nothingYet })
    .onConflict((conflict) =>
      conflict.column('reader_id').doUpdateSet((is) => ({ tries: is('moderation_standing.tries', '+', 1) })),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  return standingFromRow(row);
}

/** Change counters of a reader's standing, whether or not there is one yet. */
export async function countStanding(
  tx: Transaction,
  reader: string,
  change: Partial<Record<'accepted' | 'removed' | 'rejected' | 'upheld' | 'dismissed', number>>,
): Promise<void> {
  await tx.db
    .insertInto('moderation_standing')
    .values({ reader_id: reader, tries: 0, ...nothingYet })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await tx.db
    .updateTable('moderation_standing')
    .set((is) => ({
      accepted: is('accepted', '+', change.accepted ?? 0),
      removed: is('removed', '+', change.removed ?? 0),
      rejected: is('rejected', '+', change.rejected ?? 0),
      upheld: is('upheld', '+', change.upheld ?? 0),
      dismissed: is('dismissed', '+', change.dismissed ?? 0),
      ...((change.removed ?? 0) > 0 && { removed_at: tx.now }),
    }))
    .where('reader_id', '=', reader)
    .execute();
}
