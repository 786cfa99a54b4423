import type { Transaction } from '../../platform/database/database.ts';
import { AppError } from '../../platform/errors.ts';
import { isZone } from '../../stories/index.ts';
import type { AlertOwner } from '../alert.ts';
import { pauseLength, type AlertSetting } from './setting.ts';
import { settingOf } from './settings.ts';
import { preferencesText } from './text.ts';

const words = preferencesText.errors;
const mostCap = 100;

/**
 * Say when alerts may ring; what is left out stays as it was.
 * @param zone of an owner that has set nothing yet
 * @throws AppError `alert.bad-setting`
 */
export async function changeSetting(
  tx: Transaction,
  owner: AlertOwner,
  change: Partial<AlertSetting>,
  zone: string,
): Promise<void> {
  const setting = { ...(await settingOf(tx.db, owner, zone)), ...change };
  const { quiet, dailyCap, pausedUntil } = setting;
  const isMinute = (minute: number) => Number.isInteger(minute) && minute >= 0 && minute < 1440;
  const fields: Record<string, string> = {};
  if (!isZone(setting.zone)) fields.zone = words.zone;
  if (quiet && !(isMinute(quiet.from) && isMinute(quiet.to))) fields.quiet = words.quiet;
  else if (quiet && quiet.from === quiet.to) fields.quiet = words.sameQuiet;
  if (!Number.isInteger(dailyCap) || dailyCap < 0 || dailyCap > mostCap) fields.cap = words.cap(mostCap);
  if (pausedUntil !== undefined && pausedUntil > tx.now + pauseLength) fields.pause = words.badChoice;
  const [problem] = Object.values(fields);
  if (problem !== undefined) throw new AppError('alert.bad-setting', problem, { status: 422, fields });
  const row = {
    zone: setting.zone,
    quiet_from: quiet?.from ?? null,
    quiet_to: quiet?.to ?? null,
    gravest: setting.isGravestLet ? 1 : 0,
    daily_cap: dailyCap,
    paused_until: pausedUntil ?? null,
    changed_at: tx.now,
  };
  await tx.db
    .insertInto('alert_setting')
    .values({ owner, ...row })
    .onConflict((conflict) => conflict.column('owner').doUpdateSet(row))
    .execute();
}

/** Let nothing ring for a week, or again. @param zone of an owner that has set nothing yet */
export function pauseAlerts(
  tx: Transaction,
  owner: AlertOwner,
  isPaused: boolean,
  zone: string,
): Promise<void> {
  return changeSetting(tx, owner, { pausedUntil: isPaused ? tx.now + pauseLength : undefined }, zone);
}
