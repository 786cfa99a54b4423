import assert from 'node:assert/strict';
import { createECDH, randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { sealBytes } from './encryption.ts';
import { KeyPool } from './key-pool.ts';

const browsers = Array.from({ length: 12 }, () => ({
  point: createECDH('prime256v1').generateKeys(),
  auth: randomBytes(16),
}));
const seal = Buffer.alloc(sealBytes);

describe('keys made ahead', () => {
  it('are given out once, and never the same', () => {
    const pool = new KeyPool(4);
    const { point, auth } = browsers[0]!;
    const seen = new Set<string>();
    for (let round = 0; round < 20; round += 1) {
      assert.equal(pool.fill(point, auth), true);
      assert.equal(pool.fill(point, auth), true);
      assert.equal(pool.count, 1);
      assert.equal(pool.take(point, auth, seal), true);
      seen.add(seal.toString('hex'));
      assert.equal(pool.take(point, auth, seal), false);
    }
    assert.equal(seen.size, 20);
  });

  it('are of one subscription alone', () => {
    const pool = new KeyPool(4);
    const [one, two] = browsers as [(typeof browsers)[0], (typeof browsers)[0]];
    pool.fill(one.point, one.auth);
    assert.equal(pool.take(two.point, two.auth, seal), false);
    assert.equal(pool.take(one.point, two.auth, seal), false);
    assert.equal(pool.take(two.point, one.auth, seal), false);
    assert.equal(pool.take(one.point, one.auth, seal), true);
  });

  it('behave as a set of bounded size, whatever is done', () => {
    const step = fc.record({
      what: fc.constantFrom('fill', 'take', 'sweep'),
      who: fc.nat(browsers.length - 1),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), fc.integer({ min: 1, max: 6 }), (steps, size) => {
        const pool = new KeyPool(size);
        let model = new Set<number>();
        let met = new Set<number>();
        for (const { what, who } of steps) {
          const { point, auth } = browsers[who]!;
          if (what === 'fill') {
            const has = model.has(who) || model.size < size;
            assert.equal(pool.fill(point, auth), has);
            if (has) {
              model.add(who);
              met.add(who);
            }
          } else if (what === 'take') {
            assert.equal(pool.take(point, auth, seal), model.delete(who));
          } else {
            pool.sweep();
            model = new Set([...model].filter((each) => met.has(each)));
            met = new Set();
            pool.begin();
          }
          assert.equal(pool.count, model.size);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('are wiped when they are forgotten', () => {
    const pool = new KeyPool(3);
    for (const { point, auth } of browsers.slice(0, 3)) pool.fill(point, auth);
    assert.equal(pool.fill(browsers[3]!.point, browsers[3]!.auth), false);
    pool.clear();
    assert.equal(pool.count, 0);
    assert.equal(pool.fill(browsers[3]!.point, browsers[3]!.auth), true);
  });
});
