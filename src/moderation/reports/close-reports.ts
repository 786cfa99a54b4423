import type { Transaction } from '../../platform/database/database.ts';
import type { Decision } from '../decisions/decision.ts';
import { countStanding } from '../trust/begin-try.ts';

const agrees: ReadonlySet<string> = new Set(['hide', 'remove', 'warn', 'suspend', 'ban']);

/** A moderator has looked: whoever reported it was right, or was not, which weighs their next reports. */
export async function closeReports(tx: Transaction, decision: Decision): Promise<void> {
  const { kind, id } = decision.target;
  // A decision about an account answers what was reported of its profile.
  const kinds = kind === 'reader' ? ['profile'] : [kind];
  if (decision.action === 'lift') return;
  const isUpheld = agrees.has(decision.action);
  const closed = await tx.db
    .updateTable('moderation_report')
    .set({ state: isUpheld ? 'upheld' : 'dismissed', decision_id: decision.id })
    .where('target_kind', 'in', kinds)
    .where('target_id', '=', id)
    .where('state', '=', 'open')
    .returning('reader_id')
    .execute();
  // In one order, so that two decisions never wait for each other.
  for (const reader of closed.map(({ reader_id }) => reader_id).sort())
    await countStanding(tx, reader, isUpheld ? { upheld: 1 } : { dismissed: 1 });
}
