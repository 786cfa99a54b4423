import type { Transaction } from '../../platform/database/database.ts';
import { AppError } from '../../platform/errors.ts';
import { findStory } from '../../stories/index.ts';
import { alertToChange } from './alerts.ts';
import { applyText } from './correct-alert.ts';
import { assertRoom, assertState, type AlertRules } from './policy.ts';
import { addRun, momentsByZone } from './runs.ts';
import { breakingText as words } from './text.ts';
import type { WideAlert } from './wide-alert.ts';

export interface Sending {
  /** Id or code. */
  readonly alert: string;
  readonly actor: string;
  /** Milliseconds UTC; at once when left out. */
  readonly at?: number | undefined;
  /** At the wall clock that stands in the publication at that moment, in each reader's own zone. */
  readonly isByZone?: boolean | undefined;
  readonly rules: AlertRules;
  /** Although the day has had its number. */
  readonly isBeyondTheCap?: boolean | undefined;
  /** Browsers that it is reckoned to ring. */
  readonly estimate?: number | undefined;
}

/**
 * Send a draft, now or at a moment. Where two must agree and the one who composed it sends it, it waits for the other.
 * @throws AppError `alert.not-found`, `alert.wrong-state`, `alert.story-not-public`, `alert.beyond-the-cap`,
 * `alert.time-passed`, `alert.zone-passed`
 */
export async function sendAlert(tx: Transaction, sending: Sending): Promise<WideAlert> {
  const { at, isByZone = false, actor, rules, estimate } = sending;
  const alert = await alertToChange(tx, sending.alert);
  assertState(alert, ['draft'], words.sendDrafts);
  if (at !== undefined && at <= tx.now) throw timePassed(words.timePassed);
  if (at !== undefined && isByZone) assertAheadEverywhere(tx, at, rules.zone);
  if (at === undefined) await assertStoryPublic(tx, alert);
  if (!sending.isBeyondTheCap) await assertRoom(tx.db, alert, at ?? tx.now, rules);
  const isWaiting = rules.needsTwo && actor === alert.createdBy;
  await tx.db
    .updateTable('alert')
    .set({
      send_at: at ?? null,
      by_zone: isByZone && at !== undefined ? 1 : 0,
      approved_by: isWaiting || actor === alert.createdBy ? null : actor,
      changed_at: tx.now,
      ...(isWaiting && { state: 'waiting' }),
      ...(estimate !== undefined && { estimate }),
    })
    .where('id', '=', alert.id)
    .execute();
  const after = await alertToChange(tx, alert.id);
  return isWaiting ? after : begin(tx, after, rules);
}

/**
 * Agree to what somebody else has composed or corrected: it goes at once, or when it is to go.
 * @throws AppError `alert.two-persons`, and as `sendAlert`
 */
export async function approveAlert(
  tx: Transaction,
  approval: Pick<Sending, 'alert' | 'actor' | 'rules' | 'isBeyondTheCap'>,
): Promise<WideAlert> {
  const { actor, rules } = approval;
  const alert = await alertToChange(tx, approval.alert);
  const waiting = await tx.db
    .selectFrom('alert_text')
    .selectAll()
    .where('alert_id', '=', alert.id)
    .where('version', '>', alert.version)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  const by = alert.state === 'waiting' ? alert.createdBy : waiting?.by;
  if (by === undefined) assertState(alert, ['waiting'], words.approveWaiting);
  if (by === actor) throw new AppError('alert.two-persons', words.twoPersons(actor), { status: 403 });
  if (alert.state !== 'waiting') return applyText(tx, alert, { ...waiting!, approvedBy: actor });
  const isLate = alert.sendAt !== undefined && alert.sendAt <= tx.now;
  if (isLate && alert.isByZone) assertAheadEverywhere(tx, alert.sendAt!, rules.zone);
  if (alert.sendAt === undefined || isLate) await assertStoryPublic(tx, alert);
  if (!approval.isBeyondTheCap) await assertRoom(tx.db, alert, alert.sendAt ?? tx.now, rules);
  await tx.db
    .updateTable('alert')
    .set({ approved_by: actor, changed_at: tx.now, ...(isLate && { send_at: null }) })
    .where('id', '=', alert.id)
    .execute();
  return begin(tx, await alertToChange(tx, alert.id), rules);
}

/** Put in the ways through its audience. */
export async function begin(
  tx: Transaction,
  alert: WideAlert,
  { zone }: Pick<AlertRules, 'zone'>,
): Promise<WideAlert> {
  const at = alert.sendAt ?? tx.now;
  if (alert.isByZone)
    for (const moment of momentsByZone(at, zone))
      await addRun(tx, alert, { kind: 'send', at: moment, isByClock: true });
  else await addRun(tx, alert, { kind: 'send', at });
  await tx.db
    .updateTable('alert')
    .set({ state: alert.sendAt === undefined ? 'sending' : 'scheduled', send_at: at, changed_at: tx.now })
    .where('id', '=', alert.id)
    .execute();
  return alertToChange(tx, alert.id);
}

async function assertStoryPublic(tx: Transaction, alert: WideAlert): Promise<void> {
  const story = alert.story && (await findStory(tx.db, alert.story));
  if (story && story.state === 'published') return;
  throw new AppError('alert.story-not-public', words.storyNotPublic, { status: 409 });
}

function assertAheadEverywhere(tx: Transaction, at: number, zone: string): void {
  const [first] = momentsByZone(at, zone);
  if (first! > tx.now) return;
  throw timePassed(words.zonePassed(new Date(tx.now + (at - first!)).toISOString()), 'alert.zone-passed');
}

function timePassed(message: string, code = 'alert.time-passed'): AppError {
  return new AppError(code, message, { fields: { at: message } });
}
