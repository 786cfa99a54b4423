import { isIPv6 } from 'node:net';
import type { Clock } from '../clock.ts';

/** Whoever shares a household shares a /64 (RFC 6177): it counts as one. */
export function networkOf(ip: string): string {
  // Some proxies tell the port too, which is another for each connection.
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(ip)?.[1] ?? ip.replace(/^([\d.]+):\d+$/, '$1');
  const plain = bare.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('%')[0]!.split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const middle =
    tail === undefined
      ? []
      : Array.from({ length: Math.max(0, 8 - groups.length - after.length) }, () => '0');
  return [...groups, ...middle, ...after]
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':');
}

/** A bucket for each caller that fills with time: short bursts pass, floods do not. Kept in this process. */
export class Limiter {
  readonly #clock: Clock;
  readonly #burst: number;
  readonly #perMillisecond: number;
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(options: { clock: Clock; burst: number; perMinute: number }) {
    this.#clock = options.clock;
    this.#burst = options.burst;
    this.#perMillisecond = options.perMinute / 60_000;
  }

  /** @returns 0 when the caller may go on, else the milliseconds to wait */
  take(caller: string): number {
    const now = this.#clock.now();
    const bucket = this.#buckets.get(caller) ?? { left: this.#burst, at: now };
    const left = Math.min(this.#burst, bucket.left + (now - bucket.at) * this.#perMillisecond);
    this.#buckets.delete(caller);
    this.#buckets.set(caller, { left: left >= 1 ? left - 1 : left, at: now });
    if (this.#buckets.size > 20_000) this.#buckets.delete(this.#buckets.keys().next().value!);
    return left >= 1 ? 0 : Math.ceil((1 - left) / this.#perMillisecond);
  }
}
