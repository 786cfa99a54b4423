import { randomFillSync } from 'node:crypto';
import { systemClock } from './clock.ts';

const pool = Buffer.allocUnsafe(4096);
let poolAt = pool.length;
let lastMilliseconds = 0;
let counter = 0;

/** Random bytes are fetched for many ids at once: asking for a few costs as much as asking for all. */
function needBytes(count: number): void {
  if (poolAt + count <= pool.length) return;
  randomFillSync(pool);
  poolAt = 0;
}

/**
 * A new UUIDv7 in canonical text form (RFC 9562, section 5.7; the 12-bit counter of method 1 keeps
 * ids of one process and millisecond ascending). An id is not an order: sort by time, then id.
 */
export function newId(now: number = systemClock.now()): string {
  needBytes(10);
  if (now > lastMilliseconds) {
    lastMilliseconds = now;
    counter = pool.readUInt16BE(poolAt) & 0x7ff;
  } else if (++counter > 0xfff) {
    lastMilliseconds += 1;
    counter = 0;
  }
  poolAt += 2;
  const high = lastMilliseconds.toString(16).padStart(12, '0');
  const random = pool.toString('hex', poolAt, poolAt + 8);
  poolAt += 8;
  const variant = (0x8 | (Number.parseInt(random[0]!, 16) & 0x3)).toString(16);
  return `${high.slice(0, 8)}-${high.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variant}${random.slice(1, 4)}-${random.slice(4)}`;
}

const codeAlphabet = '23456789bcdfghjkmnpqrstvwxyz';

/** A short code for people: no vowels, nothing that looks alike; 28^8 of them at the default length. */
export function newShortCode(length = 8): string {
  let code = '';
  while (code.length < length) {
    needBytes(1);
    const byte = pool[poolAt]!;
    poolAt += 1;
    // What is left above the last multiple of the alphabet would make some letters more likely than others.
    if (byte < 252) code += codeAlphabet[byte % codeAlphabet.length];
  }
  return code;
}
