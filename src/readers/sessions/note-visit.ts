import type { Transaction } from '../../platform/database/database.ts';
import type { Identity } from '../../platform/http/route-table.ts';
import { sessionLife } from './session.ts';

/** Remember that a browser was here, which keeps its session, and count the days on which its reader came. */
export async function noteVisit(tx: Transaction, { id, session }: Identity): Promise<void> {
  await tx.db
    .updateTable('reader_session')
    .set({ seen_at: tx.now, expires_at: tx.now + sessionLife })
    .where('id', '=', session.id)
    .execute();
  const day = new Date(tx.now).toISOString().slice(0, 10);
  await tx.db
    .updateTable('reader')
    .set((is) => ({ days_active: is('days_active', '+', 1), last_active_day: day }))
    .where('id', '=', id)
    .where((is) => is.or([is('last_active_day', 'is', null), is('last_active_day', '<', day)]))
    .execute();
}
