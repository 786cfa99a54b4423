import type { Transaction } from '../../platform/database/database.ts';
import { AppError } from '../../platform/errors.ts';
import { alertToChange } from './alerts.ts';
import { alertLine, checkWords } from './compose-alert.ts';
import { applyText, nextVersion } from './correct-alert.ts';
import { alertChanged } from './events.ts';
import { assertState } from './policy.ts';
import { cancelRuns } from './runs.ts';
import { breakingText as words } from './text.ts';
import { isAhead, type WideAlert } from './wide-alert.ts';

/**
 * Stop an alert: one that lies ahead never goes, one on its way ends with those who are just being told.
 * @throws AppError `alert.not-found`, `alert.wrong-state`
 */
export async function cancelAlert(
  tx: Transaction,
  given: { readonly alert: string; readonly reason?: string | undefined },
): Promise<WideAlert> {
  const alert = await alertToChange(tx, given.alert);
  assertState(
    alert,
    ['draft', 'waiting', 'scheduled', 'sending'],
    alert.state === 'sent' ? words.cancelAhead : words.isOver,
  );
  await cancelRuns(tx, alert.id, ['send']);
  await tx.db
    .updateTable('alert')
    .set({ state: 'cancelled', reason: given.reason ?? null, changed_at: tx.now })
    .where('id', '=', alert.id)
    .execute();
  const after = await alertToChange(tx, alert.id);
  tx.emit(alertChanged(after));
  return after;
}

export interface Withdrawal {
  /** Id or code. */
  readonly alert: string;
  /** For the newsroom's records. */
  readonly reason: string;
  readonly actor: string;
  /** Name of the paper, for what readers see. */
  readonly paper: string;
  /** What readers see instead; that it is withdrawn when left out. */
  readonly body?: string | undefined;
}

/**
 * Take an alert back. Where it was shown, that it is withdrawn replaces it, without a sound; whoever it has not reached hears
 * nothing. One person is enough for it. An alert that lies ahead is cancelled.
 * @throws AppError `alert.not-found`, `alert.wrong-state`, `alert.needs-reason`, `alert.invalid`
 */
export async function withdrawAlert(tx: Transaction, given: Withdrawal): Promise<WideAlert> {
  const reason = given.reason.trim();
  if (reason === '')
    throw new AppError('alert.needs-reason', words.needsReason, { fields: { reason: words.needsReason } });
  const alert = await alertToChange(tx, given.alert);
  if (isAhead(alert)) return cancelAlert(tx, { alert: alert.id, reason });
  // What was cancelled on its way has reached some.
  assertState(alert, ['sending', 'sent', 'cancelled'], words.isOver);
  const { title, body } = checkWords({
    title: words.withdrawnTitle(alertLine(given.paper)),
    body: given.body ?? words.withdrawnBody,
  });
  await cancelRuns(tx, alert.id, ['send', 'correct']);
  await tx.db.updateTable('alert').set({ state: 'withdrawn', reason }).where('id', '=', alert.id).execute();
  return applyText(tx, alert, {
    version: await nextVersion(tx, alert),
    action: 'withdrawn',
    title,
    body,
    by: given.actor,
    approvedBy: undefined,
  });
}

/** Take back all that was told of a story which readers must not be sent to any more. */
export async function withdrawAlertsOf(
  tx: Transaction,
  given: { readonly story: string; readonly state: string; readonly paper: string },
): Promise<void> {
  const rows = await tx.db
    .selectFrom('alert')
    .select('id')
    .where('story_id', '=', given.story)
    .where('state', 'not in', ['withdrawn'])
    .orderBy('created_at', 'desc')
    .limit(1000)
    .execute();
  for (const { id } of rows) {
    const alert = await alertToChange(tx, id);
    // Cancelled before anything of it was shown.
    if (alert.state === 'cancelled' && alert.counts.delivered === 0) continue;
    await withdrawAlert(tx, {
      alert: id,
      reason: words.storyGone(given.state),
      actor: 'newsroom',
      paper: given.paper,
    });
  }
}
