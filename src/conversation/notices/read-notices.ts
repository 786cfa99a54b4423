import type { Transaction } from '../../platform/database/database.ts';
import { noticesRead } from './events.ts';
import { daysKept, type NoticeKind } from './notice.ts';

/** Mark one notice of a reader's own as read, or as not read. Another's is left as it is. */
export async function markNotice(
  tx: Transaction,
  { reader, id, isRead }: { readonly reader: string; readonly id: string; readonly isRead: boolean },
): Promise<void> {
  const { numUpdatedRows } = await tx.db
    .updateTable('notice')
    .set({ read_at: isRead ? tx.now : null })
    .where('id', '=', id)
    .where('reader_id', '=', reader)
    .where('read_at', isRead ? 'is' : 'is not', null)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows > 0n) tx.emit(noticesRead(reader));
}

/**
 * Mark all notices of a reader as read.
 * @param input.until milliseconds UTC; what came after the reader had the page is left unread
 * @param input.kinds those alone
 */
export async function markAllRead(
  tx: Transaction,
  input: { readonly reader: string; readonly until: number; readonly kinds?: readonly NoticeKind[] },
): Promise<void> {
  const { reader, until, kinds } = input;
  const { numUpdatedRows } = await tx.db
    .updateTable('notice')
    .set({ read_at: tx.now })
    .where('reader_id', '=', reader)
    .where('read_at', 'is', null)
    .where('created_at', '<=', until)
    .$if(kinds !== undefined, (query) => query.where('kind', 'in', kinds!))
    .executeTakeFirstOrThrow();
  if (numUpdatedRows > 0n) tx.emit(noticesRead(reader));
}

/** Forget notices whose time is over. */
export async function pruneNotices(tx: Transaction): Promise<void> {
  await tx.db
    .deleteFrom('notice')
    .where('created_at', '<', tx.now - daysKept * 86_400_000)
    .execute();
}
