import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newId, newShortCode } from './ids.ts';

/** RFC 9562, sections 4.1, 4.2 and 5.7. */
const version7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const timeOf = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

/** Later than any id that this process has made. */
let time = 1_900_000_000_000;
const later = (): number => (time += 1_000_000);

describe('an id', () => {
  it('is a UUID of version 7 that carries its time', () => {
    const now = later();
    const id = newId(now);
    assert.match(id, version7);
    assert.equal(timeOf(id), now);
  });

  it('never comes twice, and ascends, while the clock stands still or goes back', () => {
    const now = later();
    const ids = Array.from({ length: 20_000 }, (_, index) => newId(now - (index % 3) * 1000));
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual([...ids].sort(), ids);
    for (const id of ids) assert.match(id, version7);
    // More than its counter holds: a few milliseconds ahead, no more.
    assert.ok(timeOf(ids.at(-1)!) - now < 20);
  });

  it('cannot be guessed from the one before', () => {
    const now = later();
    const tails = Array.from({ length: 2000 }, () => newId(now).slice(20));
    assert.equal(new Set(tails).size, tails.length);
    for (let at = 0; at < 15; at += 1) {
      const letters = new Set(tails.map((tail) => tail.replace('-', '')[at]));
      assert.equal(letters.size, 16, `letter ${at}`);
    }
  });
});

describe('a short code', () => {
  it('has letters that nobody mistakes, all of them as often', () => {
    const counts = new Map<string, number>();
    const codes = Array.from({ length: 10_000 }, () => newShortCode());
    for (const code of codes) {
      assert.match(code, /^[23456789bcdfghjkmnpqrstvwxyz]{8}$/);
      for (const letter of code) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    assert.equal(new Set(codes).size, codes.length);
    assert.equal(counts.size, 28);
    const expected = (codes.length * 8) / 28;
    // Seven standard deviations: by chance once in a hundred thousand million runs.
    for (const found of counts.values()) assert.ok(Math.abs(found - expected) < 7 * Math.sqrt(expected));
    for (const length of [1, 4, 20]) assert.equal(newShortCode(length).length, length);
  });
});
