import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { pageKey, withoutTracking } from './page-key.ts';

const name = fc.constantFrom('a', 'b', 'page', 'q', 'ä', 'utm', 'ref', 'x_utm_source');
const tracker = fc.constantFrom('utm_source', 'UTM_Medium', 'utm_id', 'fbclid', 'gclid', 'mc_eid', 'ref_src');
const value = fc.oneof(fc.constantFrom('', '1', 'a b', '&', '=', '%', '+', 'é'), fc.string({ maxLength: 4 }));
const pair = (names: fc.Arbitrary<string>) => fc.tuple(names, value);

describe('the name of a page in the store', () => {
  it('leaves out where a visitor came from', () => {
    for (const [target, kept] of [
      ['/', '/'],
      ['/?', '/'],
      ['/a?utm_source=x', '/a'],
      ['/a?utm_source=x&utm_campaign=y&fbclid', '/a'],
      ['/a?b=2&a=1', '/a?a=1&b=2'],
      ['/a?b=2&gclid=z&a=1', '/a?a=1&b=2'],
      ['/a?b=2&b=1', '/a?b=2&b=1'],
      ['/a?utmost=1', '/a?utmost=1'],
      ['/a?q=utm_source', '/a?q=utm_source'],
      ['/a?q=utm_source%3Dx', '/a?q=utm_source%3Dx'],
    ] as const)
      assert.equal(withoutTracking(target), kept);
  });

  it('is one for the same page and another for another', () => {
    fc.assert(
      fc.property(
        fc.array(pair(name), { maxLength: 5 }),
        fc.array(pair(tracker), { maxLength: 3 }),
        fc.infiniteStream(fc.nat()),
        (kept, dropped, dice) => {
          const all: [string, string][] = [...kept];
          for (const each of dropped) all.splice(dice.next().value! % (all.length + 1), 0, each);
          const key = withoutTracking(`/a?${new URLSearchParams(all).toString()}`);
          const read = [...new URL(key, 'http://x').searchParams];
          const order = (a: [string, string], b: [string, string]) =>
            a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
          assert.deepEqual(read, [...kept].sort(order));
          assert.equal(withoutTracking(key), key);
        },
      ),
    );
  });

  it('tells countries and those who save data apart', () => {
    const keys = [
      pageKey('/a', undefined, false),
      pageKey('/a', undefined, true),
      pageKey('/a', 'PT', false),
      pageKey('/a', 'PT', true),
      pageKey('/a', 'ES', false),
    ];
    assert.equal(new Set(keys).size, keys.length);
  });
});
