import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FixedClock } from '../../platform/clock.ts';
import { testNow } from '../../platform/database/testing.ts';
import { Pace, readRetryAfter } from './pace.ts';

function makePace(random = () => 0) {
  const clock = new FixedClock(testNow);
  return { clock, pace: new Pace(clock, random) };
}

/** A second in which so many leave, if it lets them. @returns how many did */
function second(pace: Pace, from: number, many: number): number {
  let left = 0;
  for (let tick = from; tick < from + 1000; tick += 10) {
    for (let free = pace.allowance(tick); free >= 1 && left < many; free -= 1) {
      pace.sent(tick);
      left += 1;
    }
  }
  return left;
}

describe('pace of a push service', () => {
  it('has no limit at first', () => {
    const { pace } = makePace();
    assert.equal(pace.allowance(0), Infinity);
    assert.deepEqual([pace.rate, pace.restsUntil, pace.reason], [undefined, undefined, undefined]);
  });

  it('rests for as long as it is told, and a little longer by chance', () => {
    const { pace, clock } = makePace(() => 0.5);
    pace.throttled(429, 60_000, 0);
    const until = pace.restsUntil!;
    assert.ok(until >= testNow + 60_000 && until <= testNow + 66_000, String(until - testNow));
    assert.match(pace.reason!, /patience \(429\)/);
    assert.ok(pace.retryAt() > until);
    clock.set(until);
    assert.equal(pace.restsUntil, undefined);
    assert.equal(pace.reason, undefined);
  });

  it('rests longer each time where it is not told, until something is taken', () => {
    const { pace, clock } = makePace();
    const rests: number[] = [];
    for (let round = 0; round < 12; round += 1) {
      pace.failed();
      rests.push(pace.restsUntil! - clock.now());
      clock.set(pace.restsUntil!);
    }
    assert.deepEqual(rests.slice(0, 3), [5000, 10_000, 20_000]);
    assert.equal(rests.at(-1), 600_000);
    pace.answered();
    pace.failed();
    assert.equal(pace.restsUntil! - clock.now(), 5000);
  });

  it('is halved by a storm, once for all its answers, and grows again until there is no limit', () => {
    const { pace, clock } = makePace();
    assert.equal(second(pace, 0, 1000), 1000);
    assert.equal(pace.throttled(429, 1000, 1000), undefined);
    assert.equal(pace.throttled(429, 1000, 1000), undefined);
    assert.equal(pace.throttled(429, 1000, 1000), 500);
    for (let answer = 0; answer < 50; answer += 1) assert.equal(pace.throttled(429, 1000, 1001), undefined);
    assert.match(pace.reason!, /500 messages a second|patience/);
    clock.advance(2000);
    const [first, next, , fourth] = [2000, 3000, 4000, 5000].map((at) => second(pace, at, 5000)) as number[];
    assert.ok(first! >= 450 && first! <= 700, `${first} in the first second`);
    assert.ok(fourth! > next!, `${next}, then ${fourth}`);
    for (let at = 6000; at < 200_000; at += 1000) second(pace, at, 5000);
    assert.equal(pace.rate, undefined);
  });

  it('is halved again and again while the storm goes on, and never stands still', () => {
    const { pace, clock } = makePace();
    for (let at = 0; at < 300_000; at += 3000) {
      second(pace, at, 1000);
      pace.throttled(503, 1000, at + 1000);
      clock.advance(3000);
    }
    assert.ok(pace.rate! < 60, `${pace.rate}`);
    assert.ok(pace.rate! >= 1);
    assert.ok(pace.wait >= 0 && pace.wait <= 1000);
  });

  it('rests when its key is refused again and again', () => {
    const { pace } = makePace();
    for (let times = 0; times < 99; times += 1) pace.refused(403);
    assert.equal(pace.restsUntil, undefined);
    assert.match(pace.reason!, /403/);
    pace.refused(403);
    assert.equal(pace.restsUntil, testNow + 300_000);
  });

  it('takes what another thread was told, and no shorter rest than its own', () => {
    const { pace } = makePace();
    pace.restUntil(testNow + 5000, 'why');
    pace.restUntil(testNow + 3000, 'no');
    assert.deepEqual([pace.restsUntil, pace.reason], [testNow + 5000, 'why']);
  });
});

describe('Retry-After', () => {
  it('is seconds or a date', () => {
    assert.equal(readRetryAfter('120', testNow), 120_000);
    assert.equal(readRetryAfter(' 0 ', testNow), 0);
    assert.equal(readRetryAfter('Tue, 24 Nov 2026 12:01:00 GMT', testNow), 60_000);
    assert.equal(readRetryAfter('Tue, 24 Nov 2026 11:00:00 GMT', testNow), 0);
    for (const value of [undefined, '', '-1', '1.5', 'soon', '99999999999', 'Tue, 24 Abc 2026 12:01:00 GMT'])
      assert.equal(readRetryAfter(value, testNow), undefined, String(value));
  });
});
