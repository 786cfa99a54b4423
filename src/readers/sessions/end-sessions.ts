import type { Transaction } from '../../platform/database/database.ts';
import { sessionsEnded } from '../events.ts';

/**
 * Sign browsers of a reader out.
 * @param which.only one session; one that is not the reader's is left alone, as if it did not exist
 * @param which.except the session that stays, where all others end
 * @returns ids of the sessions that ended
 */
export async function endSessions(
  tx: Transaction,
  reader: string,
  which: { readonly only?: string; readonly except?: string } = {},
): Promise<string[]> {
  const ended = await tx.db
    .deleteFrom('reader_session')
    .where('reader_id', '=', reader)
    .$if(which.only !== undefined, (query) => query.where('id', '=', which.only!))
    .$if(which.except !== undefined, (query) => query.where('id', '<>', which.except!))
    .returning('id')
    .execute();
  const ids = ended.map(({ id }) => id);
  if (ids.length > 0) tx.emit(sessionsEnded(reader, ids));
  return ids;
}
