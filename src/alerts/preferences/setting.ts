import type { AlertOwner, AlertUrgency } from '../alert.ts';
import { minuteOfDay, nextMinuteOfDay } from './zone-clock.ts';

/** When alerts may ring, for an account or for a browser. */
export interface AlertSetting {
  /** IANA. */
  readonly zone: string;
  /** Minutes of the day in `zone` between which nothing rings, over midnight where `to` is the smaller. */
  readonly quiet: { readonly from: number; readonly to: number } | undefined;
  /** Whether the gravest come through quiet hours all the same. */
  readonly isGravestLet: boolean;
  /** Most that ring on a day; 0 for no limit. Of a browser its news, of an account what is personal. */
  readonly dailyCap: number;
  /** Milliseconds UTC. */
  readonly pausedUntil: number | undefined;
}

/** News a day that a browser is rung for, where nobody has said otherwise. */
export const usualCap = 4;

/** As long as one may pause at once, milliseconds. */
export const pauseLength = 7 * 86_400_000;

/** Of whoever has set nothing. @param zone where the browser or the reader is, as far as it is known */
export function usualSetting(owner: AlertOwner, zone: string): AlertSetting {
  return {
    zone,
    quiet: undefined,
    isGravestLet: true,
    dailyCap: owner.startsWith('browser:') ? usualCap : 0,
    pausedUntil: undefined,
  };
}

/**
 * When something may ring: `now`, or milliseconds UTC of the end of quiet hours. Undefined for not at all: alerts are
 * paused, or the day has had its number. Whoever waits asks again then, with the count of that day.
 * @param given.count of those that rang already on this day, in the zone of the setting
 */
export function ringsAt(given: {
  readonly setting: AlertSetting;
  readonly urgency: AlertUrgency;
  readonly now: number;
  readonly count: number;
}): number | undefined {
  const { setting, urgency, now, count } = given;
  if (setting.pausedUntil !== undefined && now < setting.pausedUntil) return undefined;
  const isLet = urgency === 'breaking' && setting.isGravestLet;
  const end = isLet ? undefined : quietEnd(setting, now);
  if (end !== undefined) return end;
  return setting.dailyCap > 0 && count >= setting.dailyCap ? undefined : now;
}

/** When the quiet hours end in which an instant lies; undefined where it lies in none. */
function quietEnd({ quiet, zone }: AlertSetting, now: number): number | undefined {
  if (!quiet || quiet.from === quiet.to) return undefined;
  const minute = minuteOfDay(zone, now);
  const isQuiet =
    quiet.from < quiet.to
      ? minute >= quiet.from && minute < quiet.to
      : minute >= quiet.from || minute < quiet.to;
  return isQuiet ? nextMinuteOfDay(zone, now, quiet.to) : undefined;
}
