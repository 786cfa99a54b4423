import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import {
  coarsen,
  compareTimes,
  endOf,
  formatClock,
  formatDate,
  formatDateTime,
  fromInstant,
  fromLocal,
  howOften,
  isoOf,
  isSameDay,
  isSurelyBefore,
  isZone,
  precisions,
  startOfDay,
  startOfMonth,
  startOfYear,
  storyTime,
  toLocal,
  yearsSince,
  type StoryTime,
} from './time.ts';

const zones = [
  'Europe/London',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Europe/Dublin',
  'UTC',
];
const first = Date.UTC(1900, 0, 2);
const last = Date.UTC(2100, 11, 30);
const zone = fc.constantFrom(...zones);

/** Moments near which the clocks of some zone changed: where mistakes live. */
const changes: number[] = [];
for (const name of zones) {
  let at = Temporal.Instant.fromEpochMilliseconds(first).toZonedDateTimeISO(name);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (!next || next.epochMilliseconds > last) break;
    changes.push(next.epochMilliseconds);
    at = next;
  }
}
const instant = fc
  .oneof(
    fc.integer({ min: first / 60_000, max: last / 60_000 }).map((minute) => minute * 60_000),
    fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -200, max: 200 }))
      .map(([at, minutes]) => at + minutes * 60_000),
  )
  .filter((at) => at >= first && at <= last);
const runs = { numRuns: 1500 };

describe('story times', () => {
  it('keeps a day what it is, whatever the hour was in Greenwich', () => {
    const time = fromLocal(
      { year: 2009, month: 7, day: 28 },
      'Europe/London',
      'Tuesday 28 July 2009 00.00 BST',
    );
    assert.deepEqual(time, {
      at: Date.UTC(2009, 6, 27, 23),
      zone: 'Europe/London',
      precision: 'day',
      words: 'Tuesday 28 July 2009 00.00 BST',
    });
    assert.equal(formatDate(time, 'en', { weekday: true }), 'Tuesday, 28 July 2009');
    assert.equal(formatDateTime(time, 'en'), '28 July 2009');
    assert.equal(formatClock(time, 'en'), undefined);
    assert.equal(isoOf(time), '2009-07-28');
  });

  it('shows no more than is known', () => {
    const year = fromLocal({ year: 2009 }, 'Europe/London');
    const month = fromLocal({ year: 2009, month: 7 }, 'Europe/London');
    const minute = fromLocal({ year: 2009, month: 7, day: 28, hour: 9, minute: 5 }, 'Europe/London');
    assert.deepEqual([year, month, minute].map(isoOf), ['2009', '2009-07', '2009-07-28T09:05:00+01:00']);
    assert.deepEqual(
      [year, month, minute].map((time) => formatDateTime(time, 'en')),
      ['2009', 'July 2009', '28 July 2009 at 09:05 BST'],
    );
    assert.equal(formatDate(month, 'fr'), 'juillet 2009');
  });

  it('refuses dates and zones that do not exist', () => {
    for (const input of [
      { year: 2009, month: 2, day: 29 },
      { year: 2009, month: 13 },
      { year: 0 },
      { year: 10_000 },
      { year: 2009, month: 1, day: 1, hour: 24, minute: 0 },
    ])
      assert.throws(() => fromLocal(input, 'UTC'), { code: 'time.no-such-date' }, JSON.stringify(input));
    assert.throws(() => fromLocal({ year: 2009 }, 'Europe/Londinium'), { code: 'time.no-such-zone' });
    assert.equal(isZone('Europe/London'), true);
    for (const name of ['Europe/Londinium', '+02:00', '', 'BST!']) assert.equal(isZone(name), false, name);
  });

  it('knows the odd clocks of the past', () => {
    const offset = (input: [number, number, number], name: string) =>
      toLocal(
        fromLocal({ year: input[0], month: input[1], day: input[2], hour: 12, minute: 0 }, name).at,
        name,
      ).offset / 3600;
    assert.equal(offset([1944, 7, 1], 'Europe/London'), 2, 'double summer time');
    assert.equal(offset([1944, 1, 1], 'Europe/London'), 1, 'summer time in winter');
    assert.equal(offset([1970, 1, 1], 'Europe/London'), 1, 'British Standard Time, 1968-71');
    assert.equal(offset([1947, 5, 1], 'Europe/London'), 2);
    assert.equal(offset([2012, 1, 15], 'Europe/Dublin'), 0, 'negative saving in winter');
    assert.equal(offset([2012, 7, 15], 'Europe/Dublin'), 1);
    assert.equal(offset([2024, 1, 1], 'Asia/Kathmandu'), 5.75);
    assert.equal(offset([2024, 1, 1], 'Australia/Lord_Howe'), 11);
    assert.equal(offset([2024, 7, 1], 'Australia/Lord_Howe'), 10.5);
  });

  it('takes the first of two hours, moves a skipped hour forward, and says so', () => {
    const local = (month: number, day: number, hour: number, minute: number) => ({
      year: 2026,
      month,
      day,
      hour,
      minute,
    });
    assert.equal(howOften(local(10, 25, 1, 30), 'Europe/London'), 'twice');
    assert.equal(fromLocal(local(10, 25, 1, 30), 'Europe/London').at, Date.UTC(2026, 9, 25, 0, 30));
    assert.equal(howOften(local(3, 29, 1, 30), 'Europe/London'), 'never');
    assert.equal(isoOf(fromLocal(local(3, 29, 1, 30), 'Europe/London')), '2026-03-29T02:30:00+01:00');
    assert.equal(howOften(local(3, 29, 12, 0), 'Europe/London'), 'once');
    assert.equal(howOften(local(4, 5, 1, 45), 'Australia/Lord_Howe'), 'twice');
  });

  it('finds where a day begins when it does not begin at midnight, or is missing', () => {
    const gap = fromLocal({ year: 2018, month: 11, day: 4 }, 'America/Sao_Paulo');
    assert.equal(toLocal(gap.at, 'America/Sao_Paulo').hour, 1);
    assert.equal(isoOf(gap), '2018-11-04');
    const skipped = { year: 2011, month: 12, day: 30 };
    assert.equal(howOften(skipped, 'Pacific/Apia'), 'never');
    assert.equal(isoOf(fromLocal(skipped, 'Pacific/Apia')), '2011-12-31');
  });

  it('counts years as a calendar does, and never makes a story older than it surely is', () => {
    const day = fromLocal({ year: 2009, month: 7, day: 28 }, 'Europe/London');
    assert.equal(yearsSince(day, Date.UTC(2026, 6, 27, 22, 59)), 16);
    assert.equal(yearsSince(day, Date.UTC(2026, 6, 27, 23)), 17);
    const year = fromLocal({ year: 2009 }, 'Europe/London');
    assert.equal(yearsSince(year, Date.UTC(2026, 6, 28)), 16);
    assert.equal(yearsSince(year, Date.UTC(2026, 11, 31, 12)), 17);
    assert.equal(yearsSince(fromLocal({ year: 2009, month: 7 }, 'UTC'), Date.UTC(2010, 6, 30)), 0);
    assert.equal(yearsSince(day, 0), 0);
  });

  it('writes an instant in UTC where the offset had seconds', () => {
    const time = fromLocal({ year: 1900, month: 7, day: 1, hour: 4, minute: 5 }, 'Asia/Kolkata');
    assert.equal(isoOf(time), '1900-06-30T22:43:50Z');
  });

  it('agrees with the other time zone data of the runtime', () => {
    const parts = new Map(
      zones.map((name) => [
        name,
        new Intl.DateTimeFormat('en', {
          timeZone: name,
          hourCycle: 'h23',
          year: 'numeric',
          month: 'numeric',
          day: 'numeric',
          hour: 'numeric',
          minute: 'numeric',
          second: 'numeric',
        }),
      ]),
    );
    fc.assert(
      fc.property(instant, zone, (at, name) => {
        const local = toLocal(at, name);
        const shown = Object.fromEntries(
          parts
            .get(name)!
            .formatToParts(at)
            .map((part) => [part.type, Number(part.value)]),
        );
        for (const field of ['year', 'month', 'day', 'hour', 'minute', 'second'] as const)
          assert.equal(local[field], shown[field], field);
      }),
      runs,
    );
  });

  it('comes back from the clock on the wall, or to the first of two moments', () => {
    fc.assert(
      fc.property(instant, zone, (at, name) => {
        const local = toLocal(at, name);
        const back = fromLocal(local, name).at;
        if (back === at) return assert.notEqual(howOften(local, name), 'never');
        assert.equal(howOften(local, name), 'twice');
        assert.ok(back < at && at - back <= 24 * 3_600_000);
      }),
      runs,
    );
  });

  it('moves a time that never was forward', () => {
    const time = fc.record({
      year: fc.integer({ min: 1900, max: 2100 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 28 }),
      hour: fc.integer({ min: 0, max: 23 }),
      minute: fc.integer({ min: 0, max: 59 }),
    });
    const wall = (local: { year: number; month: number; day: number; hour: number; minute: number }) =>
      Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute);
    fc.assert(
      fc.property(time, zone, (input, name) => {
        const shown = wall(toLocal(fromLocal(input, name).at, name));
        if (howOften(input, name) === 'never') assert.ok(shown > wall(input));
        else assert.equal(shown, wall(input));
      }),
      runs,
    );
  });

  it('orders days as the calendar does', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 800 }), zone, (at, days, name) => {
        const a = toLocal(at, name);
        const b = toLocal(at + days * 86_400_000, name);
        const from = (local: typeof a) =>
          fromLocal({ year: local.year, month: local.month, day: local.day }, name);
        const [earlier, later] = [from(a), from(b)];
        assert.equal(isSameDay(earlier, later), a.day === b.day && a.month === b.month && a.year === b.year);
        if (isSameDay(earlier, later)) return;
        assert.ok(earlier.at < later.at);
        assert.ok(compareTimes(earlier, later) < 0);
        assert.ok(isSurelyBefore(earlier, later));
        assert.ok(!isSurelyBefore(later, earlier));
      }),
      runs,
    );
  });

  it('puts every instant inside its day, month and year', () => {
    fc.assert(
      fc.property(instant, zone, (at, name) => {
        const time = fromInstant(at, name);
        const starts = [startOfYear(at, name), startOfMonth(at, name), startOfDay(at, name), at];
        for (const [index, precision] of precisions.entries()) {
          const coarse: StoryTime = coarsen(time, precision);
          assert.equal(coarse.at, starts[index]);
          assert.ok(coarse.at <= at && at < endOf(coarse), precision);
          assert.deepEqual(coarsen(coarse, precision), coarse);
          assert.ok(index === 0 || starts[index - 1]! <= starts[index]!);
          storyTime.parse(coarse);
        }
      }),
      runs,
    );
  });

  it('writes what machines read back as the same instant', () => {
    fc.assert(
      fc.property(instant, zone, (at, name) => {
        assert.equal(Temporal.Instant.from(isoOf(fromInstant(at, name))).epochMilliseconds, at);
        const local = toLocal(at, name);
        const day = isoOf(coarsen(fromInstant(at, name), 'day'));
        assert.equal(
          day,
          [String(local.year), ...[local.month, local.day].map((part) => String(part).padStart(2, '0'))].join(
            '-',
          ),
        );
      }),
      runs,
    );
  });
});
