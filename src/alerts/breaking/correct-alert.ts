import type { Transaction } from '../../platform/database/database.ts';
import { AppError } from '../../platform/errors.ts';
import { alertToChange } from './alerts.ts';
import { checkWords } from './compose-alert.ts';
import { alertChanged } from './events.ts';
import { assertState, type AlertRules } from './policy.ts';
import { addRun, cancelRuns } from './runs.ts';
import { breakingText as words } from './text.ts';
import type { WideAlert } from './wide-alert.ts';

/**
 * Mend the words of an alert that has begun to go out. Where it was shown they replace it, without a sound; whoever it has
 * not reached yet gets them instead. Where two must agree it waits for the other.
 * @throws AppError `alert.not-found`, `alert.wrong-state`, `alert.invalid`, `alert.nothing-new`
 */
export async function correctAlert(
  tx: Transaction,
  correction: {
    readonly alert: string;
    readonly title?: string | undefined;
    readonly body?: string | undefined;
    readonly actor: string;
    readonly rules: AlertRules;
  },
): Promise<WideAlert> {
  const { actor, rules } = correction;
  const alert = await alertToChange(tx, correction.alert);
  assertState(
    alert,
    ['sending', 'sent'],
    alert.state === 'cancelled' || alert.state === 'withdrawn' ? words.isOver : words.correctBegun,
  );
  const { title, body } = checkWords({
    title: correction.title ?? alert.title,
    body: correction.body ?? alert.body,
  });
  if (title === alert.title && body === alert.body)
    throw new AppError('alert.nothing-new', words.nothingNew, { status: 409 });
  const text = { version: await nextVersion(tx, alert), action: 'corrected', title, body, by: actor };
  if (!rules.needsTwo) return applyText(tx, alert, { ...text, approvedBy: undefined });
  await keepText(tx, alert, { ...text, approvedBy: undefined });
  return alert;
}

interface NewText {
  readonly version: number;
  readonly action: string;
  readonly title: string;
  readonly body: string;
  readonly by: string;
  readonly approvedBy: string | undefined;
}

/** Let an alert say something else from now on, also where it was shown. */
export async function applyText(tx: Transaction, alert: WideAlert, text: NewText): Promise<WideAlert> {
  await keepText(tx, alert, text);
  // Words that still wait for somebody to agree are of before, and would undo these.
  await tx.db
    .deleteFrom('alert_text')
    .where('alert_id', '=', alert.id)
    .where('version', '>', alert.version)
    .where('version', '<>', text.version)
    .execute();
  await tx.db
    .updateTable('alert')
    .set({ title: text.title, body: text.body, version: text.version, changed_at: tx.now })
    .where('id', '=', alert.id)
    .execute();
  // An earlier correction on its way would bring what is to be replaced.
  await cancelRuns(tx, alert.id, ['correct']);
  const after = await alertToChange(tx, alert.id);
  await addRun(tx, after, { kind: text.action === 'withdrawn' ? 'withdraw' : 'correct', at: tx.now });
  tx.emit(alertChanged(after));
  return after;
}

/** The number of its next text: one that waits for somebody has its own already. */
export async function nextVersion(tx: Transaction, alert: WideAlert): Promise<number> {
  const row = await tx.db
    .selectFrom('alert_text')
    .select((is) => is.fn.max('version').as('version'))
    .where('alert_id', '=', alert.id)
    .executeTakeFirst();
  return Math.max(alert.version, row?.version ?? 0) + 1;
}

async function keepText(tx: Transaction, alert: WideAlert, text: NewText): Promise<void> {
  const { version, action, title, body, by, approvedBy } = text;
  await tx.db
    .insertInto('alert_text')
    .values({
      alert_id: alert.id,
      version,
      action,
      title,
      body,
      at: tx.now,
      by,
      approved_by: approvedBy ?? null,
    })
    .onConflict((conflict) =>
      conflict.columns(['alert_id', 'version']).doUpdateSet({ approved_by: approvedBy ?? null }),
    )
    .execute();
}
