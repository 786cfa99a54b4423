import type { Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { AppError } from '../../platform/errors.ts';
import { endOf, fromLocal, startOfDay, toLocal } from '../../stories/index.ts';
import { breakingText as words } from './text.ts';
import { alertFromRow, isForEveryone, type AlertState, type WideAlert } from './wide-alert.ts';

/** What the paper has agreed with itself about alerts: settings. */
export interface AlertRules {
  /** Whether somebody else than who composed an alert must agree. */
  readonly needsTwo: boolean;
  /** Alerts to everyone on a day. */
  readonly aDay: number;
  /** IANA zone of the publication. */
  readonly zone: string;
}

/** @throws AppError `alert.wrong-state` */
export function assertState(alert: WideAlert, states: readonly AlertState[], advice: string): void {
  if (states.includes(alert.state)) return;
  throw new AppError('alert.wrong-state', words.wrongState(alert.state, advice), { status: 409 });
}

/**
 * See that the day has room for one more alert to everyone.
 * @param at when it is to go, milliseconds UTC
 * @throws AppError `alert.beyond-the-cap`
 */
export async function assertRoom(
  db: Kysely<Tables>,
  alert: WideAlert,
  at: number,
  { aDay, zone }: AlertRules,
): Promise<void> {
  if (!isForEveryone(alert)) return;
  const from = startOfDay(at, zone);
  const { year, month, day } = toLocal(at, zone);
  const rows = await db
    .selectFrom('alert')
    .selectAll()
    .where('kind', '=', 'breaking')
    .where('send_at', '>=', from)
    .where('send_at', '<', endOf(fromLocal({ year, month, day }, zone)))
    .where('state', 'in', ['scheduled', 'sending', 'sent', 'withdrawn'])
    .where('id', '<>', alert.id)
    .limit(1000)
    .execute();
  const count = rows.map(alertFromRow).filter(isForEveryone).length;
  if (count < aDay) return;
  throw new AppError('alert.beyond-the-cap', words.aDay(aDay, count), { status: 409 });
}
