import { toLocal } from '../../stories/index.ts';

/** Asking for the clock of a zone takes longer than all else of a decision, and an alert to a million asks a million times. */
const offsets = new Map<string, { readonly minute: number; readonly offset: number }>();
const mostZones = 1000;

/** Milliseconds by which the clocks of a zone are ahead of UTC at an instant. @throws AppError `time.no-such-zone` */
function offsetOf(zone: string, at: number): number {
  const minute = Math.floor(at / 60_000);
  const known = offsets.get(zone);
  if (known?.minute === minute) return known.offset;
  const offset = toLocal(at, zone).offset * 1000;
  if (offsets.size >= mostZones) offsets.clear();
  offsets.set(zone, { minute, offset });
  return offset;
}

/** Minutes since midnight that a clock in a zone shows. @throws AppError `time.no-such-zone` */
export function minuteOfDay(zone: string, at: number): number {
  return Math.floor((at + offsetOf(zone, at)) / 60_000) % 1440;
}

/** The day that a calendar in a zone shows, as days since 1970. @throws AppError `time.no-such-zone` */
export function dayOf(zone: string, at: number): number {
  return Math.floor((at + offsetOf(zone, at)) / 86_400_000);
}

/**
 * The next instant at which a clock in a zone shows a time of day. A time that is skipped comes as much later as was skipped.
 * @param minute of the day
 */
export function nextMinuteOfDay(zone: string, at: number, minute: number): number {
  const start = at - (at % 60_000);
  const wait = (minute - minuteOfDay(zone, at) + 1440) % 1440 || 1440;
  const plain = start + wait * 60_000;
  const shifted = plain + offsetOf(zone, start) - offsetOf(zone, plain);
  return shifted > at && minuteOfDay(zone, shifted) === minute ? shifted : plain;
}
