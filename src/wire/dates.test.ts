import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { formatDate, formatDateTime, fromInstant, fromLocal, isoOf } from '../stories/index.ts';
import { parseDate, type DateOptions } from './dates.ts';

const london: DateOptions = { zone: 'Europe/London' };

/** What a text was read as: machine form and guesses, or the reason why not. */
function read(text: string, options: DateOptions = london): string {
  const parsed = parseDate(text, options);
  if (!parsed.time) return parsed.reason;
  assert.equal(parsed.time.zone, options.zone);
  return [isoOf(parsed.time), ...parsed.guesses].join(' ');
}

const understood: [text: string, as: string][] = [
  ['2009', '2009'],
  ['2009-07', '2009-07'],
  ['2009-07-28', '2009-07-28'],
  ['2009/07/28', '2009-07-28'],
  ['2009.7.28', '2009-07-28'],
  ['20090728', '2009-07-28'],
  ['2009-W31-2', '2009-07-28'],
  ['2009-209', '2009-07-28'],
  ['2009-07-28T10:30Z', '2009-07-28T11:30:00+01:00'],
  ['2009-07-28T10:30:15.250Z', '2009-07-28T11:30:15+01:00'],
  ['2009-07-28t10:30:15z', '2009-07-28T11:30:15+01:00'],
  ['2009-07-28T10:30:15+02:00', '2009-07-28T09:30:15+01:00'],
  ['2009-07-28T10:30:15-0330', '2009-07-28T15:00:15+01:00'],
  ['2009-07-28T10:30:15+02', '2009-07-28T09:30:15+01:00'],
  ['2009-07-28T10:30:15-00:00', '2009-07-28T11:30:15+01:00'],
  ['2009-07-28T10:30:15', '2009-07-28T10:30:15+01:00'],
  ['2009-07-28 10:30', '2009-07-28T10:30:00+01:00'],
  ['2009-07-28 10:30:00 +0000', '2009-07-28T11:30:00+01:00'],
  ['2009-07-28 10:30:00 UTC', '2009-07-28T11:30:00+01:00'],
  ['2009-07-28T10:30:00+09:00[Asia/Tokyo]', '2009-07-28T02:30:00+01:00'],
  ['2009-07-28T10:30:00[Asia/Tokyo]', '2009-07-28T02:30:00+01:00'],
  ['2009-07-28 10:30 Asia/Tokyo', '2009-07-28T02:30:00+01:00'],
  ['20090728T1030Z', '2009-07-28T11:30:00+01:00'],
  ['20090728T103000+0000', '2009-07-28T11:30:00+01:00'],
  ['20090728103000', '2009-07-28T10:30:00+01:00'],
  ['2009-07-28T00:00:00Z', '2009-07-28T01:00:00+01:00'],
  ['2009-07-28T00:00:00', '2009-07-28T00:00:00+01:00'],
  ['2009-07-28 00:00:00', '2009-07-28 midnight-as-day'],
  ['2009-07-28T24:00', '2009-07-29T00:00:00+01:00'],
  ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00+00:00'],
  ['Tue, 28 Jul 2009 10:30:00 GMT', '2009-07-28T11:30:00+01:00'],
  ['Tue, 28 Jul 2009 10:30:00 +0100', '2009-07-28T10:30:00+01:00'],
  ['28 Jul 2009 10:30 EST', '2009-07-28T16:30:00+01:00'],
  ['28 Jul 09 10:30:00 UT', '2009-07-28T11:30:00+01:00'],
  ['28 Jul 96 10:30:00 PDT', '1996-07-28T18:30:00+01:00'],
  ['Tue, 28 Jul 2009 10:30:00 +0100 (BST)', '2009-07-28T10:30:00+01:00'],
  ['28 July 2009', '2009-07-28'],
  ['28th of July, 2009', '2009-07-28'],
  ['July 28, 2009', '2009-07-28'],
  ['July 28th 2009', '2009-07-28'],
  ['Sept. 3, 2009', '2009-09-03'],
  ['July 2009', '2009-07'],
  ['2009 July 28', '2009-07-28'],
  ['28-Jul-2009', '2009-07-28'],
  ['Tuesday 28 July 2009', '2009-07-28'],
  ['Wednesday 28 July 2009', '2009-07-28 weekday-differs'],
  ['Tue 28 Jul 2009 00.00 BST', '2009-07-28 midnight-as-day'],
  ['Tue 28 Jul 2009 10.30 BST', '2009-07-28T10:30:00+01:00'],
  ['Tue Jul 28 10:30:00 BST 2009', '2009-07-28T10:30:00+01:00'],
  ['Tue Jul 28 2009 10:30:00 GMT+0100 (British Summer Time)', '2009-07-28T10:30:00+01:00'],
  ['July 28, 2009 at 4:05 p.m. ET', '2009-07-28T21:05:00+01:00'],
  ['10:30 AM, July 28, 2009', '2009-07-28T10:30:00+01:00'],
  ['28 July 2009 4pm', '2009-07-28T16:00:00+01:00'],
  ['28 July 2009 12 am', '2009-07-28 midnight-as-day'],
  ['28 July 2009, noon', '2009-07-28T12:00:00+01:00'],
  ['Published: 28 July 2009', '2009-07-28'],
  ['Last updated on July 28, 2009', '2009-07-28'],
  ['Friday, January 4, 2019\u00A0', '2019-01-04'],
  ['28. Juli 2009', '2009-07-28'],
  ['28 de julio de 2009', '2009-07-28'],
  ['28 de julho de 2009 às 10:30', '2009-07-28T10:30:00+01:00'],
  ['mardi 28 juillet 2009', '2009-07-28'],
  ['28. März 2009 um 10:30 Uhr', '2009-03-28T10:30:00+00:00'],
  ['28/07/2009', '2009-07-28'],
  ['07/28/2009', '2009-07-28'],
  ['07/28/2009 4:05 PM', '2009-07-28T16:05:00+01:00'],
  ['03.04.2009', '2009-04-03'],
  ['05/05/2009', '2009-05-05'],
  ['28/07/2009 10:30 CEST', '2009-07-28T09:30:00+01:00'],
  ['1248773400', '2009-07-28T10:30:00+01:00 epoch'],
  ['1248773400000', '2009-07-28T10:30:00+01:00 epoch'],
  ['1248773400.5', '2009-07-28T10:30:00+01:00 epoch'],
  ['2026-10-25 01:30', '2026-10-25T01:30:00+01:00 hour-lived-twice'],
  ['2026-03-29 01:30', '2026-03-29T02:30:00+01:00 hour-skipped'],
  ['1944-07-01 12:00', '1944-07-01T12:00:00+02:00'],
];

const refused: [text: string, reason: string][] = [
  ['', 'empty'],
  [' \u00A0 ', 'empty'],
  ['yesterday', 'unreadable'],
  ['2 hours ago', 'unreadable'],
  ['soon', 'unreadable'],
  ['28', 'unreadable'],
  ['28 July', 'two-digit-year'],
  ['July', 'unreadable'],
  ['2009-02-30', 'no-such-date'],
  ['30 February 2009', 'no-such-date'],
  ['2009-13-01', 'no-such-date'],
  ['2009-07-28T25:00', 'no-such-date'],
  ['2009-07-28T10:61', 'no-such-date'],
  ['28 July 2009 13pm', 'no-such-date'],
  ['03/04/2009', 'ambiguous-order'],
  ['3-4-2009', 'ambiguous-order'],
  ['28/07/09', 'two-digit-year'],
  ['28 July 09', 'two-digit-year'],
  ['2009-07-28T10:30 XYZ', 'zone-unknown'],
  ['28 Jul 2009 10:30 QST', 'zone-unknown'],
  ['2009-07-28T10:30+99:00', 'zone-unknown'],
  ['99999999999999', 'unreadable'],
  ['9999999999999', 'out-of-range'],
  ['28 Jul 2009 10:30 and then some', 'zone-unknown'],
  ['10.0.0.1', 'unreadable'],
  ['x'.repeat(5000), 'unreadable'],
];

describe('dates that others wrote', () => {
  it('reads the shapes that are met', () => {
    assert.deepEqual(
      understood.map(([text]) => [text, read(text)]),
      understood,
    );
  });

  it('refuses the rest, and says why', () => {
    assert.deepEqual(
      refused.map(([text]) => [text, read(text)]),
      refused,
    );
  });

  it('takes the order that it is told', () => {
    assert.equal(read('03/04/2009', { ...london, order: 'dmy' }), '2009-04-03');
    assert.equal(read('03/04/2009', { ...london, order: 'mdy' }), '2009-03-04');
  });

  it('reads a shared abbreviation as that of the publication, else not at all', () => {
    assert.equal(read('28 Jul 2009 10:30 IST', { zone: 'Asia/Kolkata' }), '2009-07-28T10:30:00+05:30');
    assert.equal(read('28 Jul 2009 10:30 IST', { zone: 'Europe/Dublin' }), '2009-07-28T10:30:00+01:00');
    assert.equal(read('28 Jul 2009 10:30 IST', { zone: 'America/New_York' }), 'zone-ambiguous');
  });

  it('keeps midnight in another zone a moment, not a day', () => {
    assert.equal(
      read('Tue 28 Jul 2009 00.00 BST', { zone: 'America/New_York' }),
      '2009-07-27T19:00:00-04:00',
    );
  });

  it('keeps the words', () => {
    assert.equal(parseDate(' Tue 28 Jul 2009\n00.00 BST', london).time?.words, 'Tue 28 Jul 2009 00.00 BST');
  });

  it('never asks what zone the server is in', () => {
    const before = process.env.TZ;
    try {
      const results = ['UTC', 'Pacific/Apia', 'America/St_Johns'].map((zone) => {
        process.env.TZ = zone;
        return [...understood, ...refused].map(([text]) => read(text));
      });
      assert.deepEqual(results[1], results[0]);
      assert.deepEqual(results[2], results[0]);
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });

  const zone = fc.constantFrom('Europe/London', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia', 'UTC');
  const minute = fc
    .integer({ min: Date.UTC(1910, 0, 1) / 60_000, max: Date.UTC(2100, 0, 1) / 60_000 })
    .map((value) => value * 60_000);

  it('reads back every instant that we write', () => {
    fc.assert(
      fc.property(minute, zone, zone, (at, from, to) => {
        const parsed = parseDate(isoOf(fromInstant(at, from)), { zone: to });
        assert.equal(parsed.time?.at, at);
        assert.equal(parsed.time?.precision, 'minute');
      }),
      { numRuns: 1000 },
    );
  });

  it('reads back every date that we show in ten languages', () => {
    const date = fc.record({
      year: fc.integer({ min: 1800, max: 2100 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 28 }),
    });
    const language = fc.constantFrom('en', 'en-US', 'fr', 'de', 'es', 'pt', 'it', 'nl', 'sv', 'nb', 'da');
    fc.assert(
      fc.property(date, language, fc.boolean(), (input, spoken, weekday) => {
        const time = fromLocal(input, 'Europe/Lisbon');
        const text = formatDate(time, spoken, { weekday });
        const parsed = parseDate(text, { zone: 'Europe/Lisbon' });
        assert.equal(parsed.time?.at, time.at, text);
        assert.equal(parsed.time?.precision, 'day');
        assert.deepEqual(parsed.time && parsed.guesses, []);
        // During the war BST was said of both summer times.
        const exact = fromLocal({ ...input, year: input.year + 150, hour: 14, minute: 5 }, 'Europe/London');
        const shown = formatDateTime(exact, 'en');
        assert.equal(parseDate(shown, london).time?.at, exact.at, shown);
      }),
      { numRuns: 1000 },
    );
  });

  it('throws for no text', () => {
    const piece = fc.constantFrom(
      '2009',
      '07',
      '28',
      '-',
      '/',
      ':',
      '.',
      'T',
      'Z',
      ' ',
      '+',
      'July',
      'Tue',
      'BST',
      'am',
      '(',
      ')',
      '[',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(text, zone, (words, name) => {
        const parsed = parseDate(words, { zone: name });
        if (!parsed.time) assert.equal(typeof parsed.reason, 'string');
        else assert.ok(Number.isSafeInteger(parsed.time.at));
      }),
      { numRuns: 5000 },
    );
  });
});
