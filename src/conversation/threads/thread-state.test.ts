import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { fromLocal, toLocal } from '../../stories/index.ts';
import { standingOf, threadDefaults, type ThreadDefaults, type ThreadSettings } from './thread-state.ts';

const zone = 'Europe/London';
const now = fromLocal({ year: 2026, month: 11, day: 24, hour: 12, minute: 0 }, zone).at;
const story = { id: 's', section: 'city', sensitive: false, publishedAt: now - 86_400_000 };
const nothing: ThreadSettings = { state: null, closesAt: null, slowSeconds: null, note: '' };

const standing = (
  given: {
    own?: Partial<ThreadSettings>;
    site?: ThreadDefaults;
    section?: ThreadDefaults;
    sensitive?: boolean;
    at?: number;
  } = {},
) =>
  standingOf(
    { ...story, sensitive: given.sensitive ?? false },
    { ...nothing, ...given.own },
    { site: given.site ?? {}, section: given.section ?? {} },
    { now: given.at ?? now, zone },
  );

it('is open where nothing says otherwise', () => {
  const { state, because, slowSeconds, changesAt, depth, sort } = standing();
  assert.deepEqual(
    { state, because, slowSeconds, changesAt, depth, sort },
    { state: 'open', because: undefined, slowSeconds: 0, changesAt: undefined, depth: 3, sort: 'newest' },
  );
});

it('goes by the story first, then its section, then the site', () => {
  assert.equal(standing({ site: { state: 'closed' } }).state, 'closed');
  assert.equal(standing({ site: { state: 'closed' }, section: { state: 'open' } }).state, 'open');
  assert.equal(standing({ section: { state: 'closed' }, own: { state: 'open' } }).state, 'open');
  assert.equal(standing({ own: { state: 'legal' } }).state, 'legal');
  assert.equal(standing({ site: { slowSeconds: 60 }, own: { slowSeconds: 0 } }).slowSeconds, 0);
  assert.equal(standing({ site: { slowSeconds: 60 }, section: { slowSeconds: 30 } }).slowSeconds, 30);
});

it('starts closed under court and other sensitive stories, until somebody opens it', () => {
  assert.deepEqual(
    [standing({ sensitive: true }).state, standing({ sensitive: true }).because],
    ['closed', 'sensitive'],
  );
  assert.equal(standing({ sensitive: true, own: { state: 'premoderated' } }).state, 'premoderated');
  assert.equal(standing({ sensitive: true, site: { sensitive: 'premoderated' } }).state, 'premoderated');
});

it('closes itself after some days, and says when that will be', () => {
  const young = standing({ site: { closesAfter: 2 } });
  assert.deepEqual([young.state, young.changesAt], ['open', story.publishedAt + 2 * 86_400_000]);
  const old = standing({ site: { closesAfter: 1 } });
  assert.deepEqual([old.state, old.because], ['closed', 'age']);
  assert.equal(standing({ site: { closesAfter: 1 }, own: { closesAt: now + 1 } }).state, 'open');
  assert.equal(standing({ own: { closesAt: now } }).state, 'closed');
});

it('keeps hours, also over midnight and on the days on which clocks are put', () => {
  const overnight: ThreadDefaults = { hours: { from: '22:00', to: '06:30', otherwise: 'closed' } };
  assert.equal(standing({ site: overnight }).state, 'closed');
  const days = [
    { year: 2026, month: 11, day: 24 },
    { year: 2026, month: 3, day: 29 },
    { year: 2026, month: 10, day: 25 },
  ];
  const clock = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 45))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
  fc.assert(
    fc.property(fc.constantFrom(...days), fc.nat({ max: 1439 }), clock, clock, (date, minute, from, to) => {
      fc.pre(from !== to);
      const at = fromLocal({ ...date, hour: 0, minute: 0 }, zone).at + minute * 60_000;
      const site: ThreadDefaults = { hours: { from, to, otherwise: 'premoderated' } };
      const { state, changesAt } = standing({ site, at });
      assert.ok(changesAt !== undefined && changesAt > at && changesAt <= at + 25 * 3_600_000);
      const here = toLocal(at, zone);
      const time = here.hour * 60 + here.minute;
      const [start, end] = [from, to].map((each) => Number(each.slice(0, 2)) * 60 + Number(each.slice(3)));
      const isOpen = start! < end! ? time >= start! && time < end! : time >= start! || time < end!;
      assert.equal(state, isOpen ? 'open' : 'premoderated');
    }),
  );
});

it('takes no setting that is none', () => {
  for (const bad of [
    { state: 'legal' },
    { depth: 0 },
    { hours: { from: '8', to: '22:00', otherwise: 'closed' } },
    { other: 1 },
  ])
    assert.ok(!threadDefaults.safeParse(bad).success, JSON.stringify(bad));
});
