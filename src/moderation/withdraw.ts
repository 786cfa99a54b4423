import type { Transaction } from '../platform/database/database.ts';
import { endHolds } from './holds/holds.ts';

/** Its writer has deleted a comment: nobody needs to look at it, and who reported it was neither right nor wrong. */
export async function withdrawComment(tx: Transaction, comment: string): Promise<void> {
  await endHolds(tx, comment);
  await tx.db
    .updateTable('moderation_report')
    .set({ state: 'gone' })
    .where('target_kind', '=', 'comment')
    .where('target_id', '=', comment)
    .where('state', '=', 'open')
    .execute();
}
