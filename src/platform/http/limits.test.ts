import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { FixedClock } from '../clock.ts';
import { Limiter, networkOf } from './limits.ts';

describe('a network', () => {
  it('is one IPv4 address, or 64 bits of an IPv6 address however it is written', () => {
    for (const [ip, network] of [
      ['203.0.113.7', '203.0.113.7'],
      ['::ffff:203.0.113.7', '203.0.113.7'],
      ['::FFFF:203.0.113.7', '203.0.113.7'],
      ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
      ['2001:db8:1:2::', '2001:db8:1:2'],
      ['2001:0DB8:0001:0002::1', '2001:db8:1:2'],
      ['2001:db8::1', '2001:db8:0:0'],
      ['::1', '0:0:0:0'],
      ['::', '0:0:0:0'],
      ['fe80::1%eth0', 'fe80:0:0:0'],
      ['1::8', '1:0:0:0'],
      ['203.0.113.7:4711', '203.0.113.7'],
      ['[2001:db8:1:2::3]:4711', '2001:db8:1:2'],
      ['[2001:db8:1:2::3]', '2001:db8:1:2'],
    ] as const)
      assert.equal(networkOf(ip), network, ip);
  });

  it('does not depend on how its zeros are written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant(0), fc.nat(0xffff)), { minLength: 8, maxLength: 8 }),
        (groups) => {
          const whole = groups.map((group) => group.toString(16)).join(':');
          const padded = groups.map((group) => group.toString(16).padStart(4, '0').toUpperCase()).join(':');
          // How the system writes it: the longest run of zeros becomes `::`.
          const short = new URL(`http://[${whole}]/`).hostname.slice(1, -1);
          const expected = groups
            .slice(0, 4)
            .map((group) => group.toString(16))
            .join(':');
          assert.deepEqual([whole, padded, short].map(networkOf), [expected, expected, expected]);
        },
      ),
    );
  });
});

describe('a limiter', () => {
  const make = () => {
    const clock = new FixedClock(0);
    return { clock, limiter: new Limiter({ clock, burst: 3, perMinute: 6 }) };
  };

  it('lets a burst pass, then one each time that it says', () => {
    const { clock, limiter } = make();
    assert.deepEqual(
      [1, 2, 3, 4].map(() => limiter.take('a')),
      [0, 0, 0, 10_000],
    );
    assert.equal(limiter.take('b'), 0);
    clock.advance(9_999);
    assert.equal(limiter.take('a'), 1);
    clock.advance(1);
    assert.equal(limiter.take('a'), 0);
    assert.equal(limiter.take('a'), 10_000);
    clock.advance(3_600_000);
    assert.deepEqual(
      [1, 2, 3, 4].map(() => limiter.take('a')),
      [0, 0, 0, 10_000],
    );
  });

  it('never lets more pass than the burst and what time has added', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30_000), { maxLength: 200, size: 'max' }), (pauses) => {
        const { clock, limiter } = make();
        let passed = 0;
        for (const pause of pauses) {
          clock.advance(pause);
          const wait = limiter.take('a');
          if (wait === 0) passed += 1;
          assert.ok(wait >= 0 && wait <= 10_000);
          assert.ok(passed <= 3 + clock.now() / 10_000 + 1e-6);
        }
      }),
    );
  });

  it('remembers a bounded number of callers, and those who came last', () => {
    const { limiter } = make();
    for (let count = 0; count < 3; count += 1) limiter.take('flood');
    for (let caller = 0; caller < 20_010; caller += 1) {
      limiter.take(`caller ${caller}`);
      if (caller % 1000 === 0) assert.ok(limiter.take('flood') > 0);
    }
  });
});
