import type { Transaction } from '../../platform/database/database.ts';
import { AppError } from '../../platform/errors.ts';
import { moderationText } from '../text.ts';
import { countStanding } from '../trust/begin-try.ts';
import { decide } from './decide.ts';
import type { Action, Actor, Decision, ModerationHandlers, ReasonCode } from './decision.ts';
import { decisionsAbout, findDecision } from './decisions.ts';

const words = moderationText.errors;

const backwards: Partial<Record<Action, Action>> = {
  approve: 'hide',
  hide: 'restore',
  remove: 'restore',
  restore: 'hide',
  suspend: 'lift',
  ban: 'lift',
};

/** Whether a decision can be taken back by another. */
export function canUndo({ action }: Pick<Decision, 'action'>): boolean {
  return backwards[action] !== undefined;
}

/**
 * Take a decision back by another one; both stay in the records. Readers whose reports were agreed with by it are
 * counted as if it had never been.
 * @throws AppError `moderation.no-decision`, `moderation.cannot-undo` (also when something was decided since)
 */
export async function undoDecision(
  tx: Transaction,
  input: {
    readonly id: string;
    readonly actor: Actor;
    readonly note?: string | undefined;
    readonly reason?: ReasonCode;
  },
  handlers: ModerationHandlers,
): Promise<Decision> {
  const before = await findDecision(tx.db, input.id);
  if (!before) throw new AppError('moderation.no-decision', words.noDecision, { status: 404 });
  const action = backwards[before.action];
  const last = (await decisionsAbout(tx.db, before.target)).find((each) => each.action !== 'keep');
  if (action === undefined || last?.id !== before.id)
    throw new AppError('moderation.cannot-undo', words.cannotUndo, { status: 409 });
  const decision = await decide(
    tx,
    {
      target: before.target,
      action,
      reason: input.reason ?? 'mistake',
      note: input.note,
      actor: input.actor,
      undoes: before.id,
    },
    handlers,
  );
  const turned = await tx.db
    .updateTable('moderation_report')
    .set({ state: 'dismissed', decision_id: decision.id })
    .where('decision_id', '=', before.id)
    .where('state', '=', 'upheld')
    .returning('reader_id')
    .execute();
  for (const reader of turned.map(({ reader_id }) => reader_id).sort())
    await countStanding(tx, reader, { upheld: -1, dismissed: 1 });
  return decision;
}
