import { html, type Html } from '../../site/html.ts';

/** Tells when something was written, in one zone: made once for a page, as fifty times stand on it. */
export type When = (at: number) => Html;

interface Formats {
  readonly day: Intl.DateTimeFormat;
  readonly date: Intl.DateTimeFormat;
  readonly clock: Intl.DateTimeFormat;
}
const known = new Map<string, Formats>();

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
    };
    known.set(zone, formats);
  }
  const { day, date, clock } = formats;
  const today = day.format(now);
  return (at) => {
    const hour = clock.format(at);
    const shown = day.format(at) === today ? hour : `${date.format(at)}, ${hour}`;
    return html`<time datetime="${new Date(at).toISOString()}">${shown}</time>`;
  };
}
