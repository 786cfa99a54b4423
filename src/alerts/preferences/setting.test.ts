import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fromLocal, toLocal } from '../../stories/index.ts';
import { ringsAt, usualSetting, type AlertSetting } from './setting.ts';
import { dayOf, minuteOfDay } from './zone-clock.ts';

const at = (zone: string, day: string, hour: number, minute = 0) => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return fromLocal({ year, month, day: date, hour, minute }, zone).at;
};
const night = (zone: string, more: Partial<AlertSetting> = {}): AlertSetting => ({
  ...usualSetting('reader:ann', zone),
  quiet: { from: 22 * 60, to: 7 * 60 },
  ...more,
});
const rings = (setting: AlertSetting, now: number, more: { count?: number; gravest?: boolean } = {}) =>
  ringsAt({ setting, now, urgency: more.gravest ? 'breaking' : 'normal', count: more.count ?? 0 });

describe('when an alert may ring', () => {
  const zone = 'Europe/London';

  it('waits through the night, and for nobody else', () => {
    const morning = at(zone, '2026-11-25', 7);
    assert.equal(rings(night(zone), at(zone, '2026-11-24', 22)), morning);
    assert.equal(rings(night(zone), at(zone, '2026-11-25', 6, 59)), morning);
    for (const now of [at(zone, '2026-11-24', 21, 59), morning]) assert.equal(rings(night(zone), now), now);
    const noon = night(zone, { quiet: { from: 12 * 60, to: 13 * 60 } });
    assert.equal(rings(noon, at(zone, '2026-11-24', 12, 30)), at(zone, '2026-11-24', 13));
    assert.equal(rings(noon, at(zone, '2026-11-24', 11, 59)), at(zone, '2026-11-24', 11, 59));
  });

  it("goes by the reader's clock, wherever that is", () => {
    const now = at('Europe/London', '2026-11-24', 14);
    assert.equal(rings(night('Asia/Tokyo'), now), at('Asia/Tokyo', '2026-11-25', 7));
    assert.equal(rings(night('America/New_York'), now), now);
    assert.equal(
      rings(night('Asia/Kathmandu'), at('Asia/Kathmandu', '2026-11-25', 0)),
      at('Asia/Kathmandu', '2026-11-25', 7),
    );
  });

  it('ends with the hour on the clock when the clocks are changed in the night', () => {
    // 29 March: 01:00 becomes 02:00. 25 October: 02:00 becomes 01:00.
    for (const [evening, morning] of [
      ['2026-03-28', '2026-03-29'],
      ['2026-10-24', '2026-10-25'],
    ] as const)
      for (const now of [at(zone, evening, 23), at(zone, morning, 0, 30), at(zone, morning, 5)])
        assert.equal(rings(night(zone), now), at(zone, morning, 7), new Date(now).toISOString());
    // The hour that is lived twice: its second time, too.
    const second = Date.UTC(2026, 9, 25, 1, 10);
    assert.equal(minuteOfDay(zone, second), 70);
    assert.equal(
      rings(night(zone, { quiet: { from: 22 * 60, to: 75 } }), second),
      Date.UTC(2026, 9, 25, 1, 15),
    );
    // An end that does not exist that night.
    const skipped = night(zone, { quiet: { from: 22 * 60, to: 90 } });
    assert.equal(rings(skipped, at(zone, '2026-03-28', 23)), Date.UTC(2026, 2, 29, 1, 30));
  });

  it('lets the gravest through quiet hours where that is wanted', () => {
    const now = at(zone, '2026-11-24', 23);
    assert.equal(rings(night(zone), now, { gravest: true }), now);
    const strict = night(zone, { isGravestLet: false });
    assert.equal(rings(strict, now, { gravest: true }), at(zone, '2026-11-25', 7));
  });

  it('is not at all in a pause, nor beyond the number of a day', () => {
    const now = at(zone, '2026-11-24', 12);
    const paused = night(zone, { pausedUntil: now + 1 });
    assert.equal(rings(paused, now, { gravest: true }), undefined);
    assert.equal(rings(paused, now + 1), now + 1);
    const four = night(zone, { dailyCap: 4 });
    assert.equal(rings(four, now, { count: 3 }), now);
    assert.equal(rings(four, now, { count: 4 }), undefined);
    assert.equal(rings(four, now, { count: 4, gravest: true }), undefined);
    assert.equal(rings(night(zone, { dailyCap: 0 }), now, { count: 400 }), now);
    assert.equal(usualSetting('browser:b', zone).dailyCap, 4);
    assert.equal(usualSetting('reader:r', zone).dailyCap, 0);
  });

  it('never waits for longer than a day, until the clock shows the end', () => {
    const zones = [
      'Europe/London',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'Asia/Kathmandu',
      'UTC',
    ];
    const minute = fc.integer({ min: 0, max: 1439 });
    const instant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });
    fc.assert(
      fc.property(fc.constantFrom(...zones), minute, minute, instant, (name, from, to, now) => {
        const setting = night(name, { quiet: { from, to } });
        const then = rings(setting, now)!;
        assert.ok(then >= now && then - now <= 25 * 3_600_000);
        if (then === now) return;
        const local = toLocal(then, name);
        const late = (local.hour * 60 + local.minute - to + 1440) % 1440;
        // Where the hour of the end is skipped, it ends as much later.
        assert.ok(late <= 60, `${late} minutes late`);
      }),
    );
  });

  it('counts the days as the calendar of the zone does', () => {
    const now = Date.UTC(2026, 10, 24, 23, 30);
    assert.equal(dayOf('UTC', now), Math.floor(now / 86_400_000));
    assert.equal(dayOf('Asia/Tokyo', now), dayOf('UTC', now) + 1);
    assert.equal(dayOf('America/New_York', now), dayOf('UTC', now));
  });
});
