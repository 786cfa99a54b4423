import { html, type Html } from '../../site/html.ts';

/** Tells when something was written, in one zone: made once for a page, as fifty times stand on it. */
export type When = (at: number) => Html;

interface Formats {
  readonly day: Intl.DateTimeFormat;
  readonly date: Intl.DateTimeFormat;
  readonly clock: Intl.DateTimeFormat;
  /** Day, date and hour of minutes that were asked for: a page is made again and again from the same comments. */
  readonly minutes: Map<number, readonly [day: string, date: string, hour: string]>;
}
const known = new Map<string, Formats>();
const mostMinutes = 20_000;

/** @param now milliseconds UTC; what was written today shows its hour alone */
export function whenIn(zone: string, now: number): When {
  let formats = known.get(zone);
  if (formats === undefined) {
    formats = {
      day: new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }),
      date: new Intl.DateTimeFormat('en-GB', {
        timeZone: zone,
        day: 'numeric',
        month: 'short',
        year: 'numeric',
      }),
      clock: new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }),
      minutes: new Map(),
    };
    known.set(zone, formats);
  }
  const { day, date, clock, minutes } = formats;
  const today = day.format(now);
  return (at) => {
    const minute = Math.floor(at / 60_000);
    let parts = minutes.get(minute);
    if (parts === undefined) {
      if (minutes.size >= mostMinutes) minutes.clear();
      parts = [day.format(at), date.format(at), clock.format(at)];
      minutes.set(minute, parts);
    }
    const shown = parts[0] === today ? parts[2] : `${parts[1]}, ${parts[2]}`;
    return html`<time datetime="${new Date(at).toISOString()}">${shown}</time>`;
  };
}
