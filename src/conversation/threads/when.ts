import { html, type Html } from '../../site/html.ts';

/** Tells when something was written, in one zone: made once for a page, as fifty times stand on it. */
export type When = (at: number) => Html;

interface Formats {
  readonly day: Intl.DateTimeFormat;
  readonly date: Intl.DateTimeFormat;
  readonly clock: Intl.DateTimeFormat;
  /** Minutes that were asked for: a page is made again and again from the same comments. */
  readonly minutes: Map<number, Minute>;
}
/** How a minute is shown on its own day, and on others. */
interface Minute {
  readonly day: string;
  readonly hour: Html;
  readonly date: Html;
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
    let shown = minutes.get(minute);
    if (shown === undefined) {
      if (minutes.size >= mostMinutes) minutes.clear();
      const iso = `${new Date(minute * 60_000).toISOString().slice(0, 16)}Z`;
      const hour = clock.format(at);
      shown = {
        day: day.format(at),
        hour: html`<time datetime="${iso}">${hour}</time>`,
        date: html`<time datetime="${iso}">${date.format(at)}, ${hour}</time>`,
      };
      minutes.set(minute, shown);
    }
    return shown.day === today ? shown.hour : shown.date;
  };
}
