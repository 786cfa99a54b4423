import type { Clock } from '../../platform/clock.ts';
import { sendingText } from './text.ts';

/** Milliseconds that a service is left alone without having said how long: doubled each time, up to the most. */
const firstRest = 5000;
const longestRest = 10 * 60_000;
/** A service that wants longer than this wants it for news that is none any more. */
const longestTold = 6 * 3_600_000;
/** Of a rest, what is added by chance at most, so that not all come back at once. */
const jitter = 0.25;
/** So many answers that ask for patience, one soon after the other, are a storm. */
const stormAnswers = 3;
const stormWithin = 30_000;
/** One cut for what comes in at once. */
const cutEvery = 2000;
const slowest = 1;
/** Without a limit a service is taken to have been sent this much at least, messages a second. */
const leastThroughput = 10;
/** So many refusals one after the other: our key is wrong, and asking on would harm our name. */
const mostRefusals = 100;

/**
 * How fast one push service is sent to. It has no limit until it asks for patience: then it rests for as long as it says,
 * and after a storm of such answers its pace is halved, and grows again little by little.
 */
export class Pace {
  readonly #clock: Clock;
  readonly #random: () => number;
  #rate: number | undefined;
  /** What the service took a second when it first had enough. */
  #before = 0;
  #tokens = 0;
  #tokensAt = 0;
  #restsUntil = 0;
  #reason: string | undefined;
  /** Rests since it last took something. */
  #rests = 0;
  #storm: number[] = [];
  #cutAt = -Infinity;
  #refusals = 0;
  #second = { at: 0, count: 0, before: 0 };

  constructor(clock: Clock, random: () => number = Math.random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Messages a second at most; undefined for no limit. */
  get rate(): number | undefined {
    return this.#rate === undefined ? undefined : Math.floor(this.#rate);
  }

  /** Milliseconds UTC until which nothing is sent; undefined when it does not rest. */
  get restsUntil(): number | undefined {
    return this.#restsUntil > this.#clock.now() ? this.#restsUntil : undefined;
  }

  /** Why it rests or is slow. */
  get reason(): string | undefined {
    if (this.restsUntil === undefined && this.#rate === undefined && this.#refusals === 0) return undefined;
    return this.#reason;
  }

  /** How many messages may leave now. @param tick milliseconds, by `performance.now()` */
  allowance(tick: number): number {
    if (this.#rate === undefined) return Infinity;
    const seconds = Math.max(0, tick - this.#tokensAt) / 1000;
    this.#tokensAt = tick;
    // Little by little, until it is well over what was too much: then there is no limit again.
    this.#rate += seconds * Math.max(1, this.#before * 0.02);
    if (this.#rate > this.#before * 2) {
      this.#rate = undefined;
      return Infinity;
    }
    this.#tokens = Math.min(Math.max(1, this.#rate / 5), this.#tokens + seconds * this.#rate);
    return Math.floor(this.#tokens);
  }

  /** Milliseconds until the next may leave. */
  get wait(): number {
    return this.#rate === undefined ? 0 : Math.ceil(((1 - this.#tokens) / this.#rate) * 1000);
  }

  /** A message left. */
  sent(tick: number): void {
    if (this.#rate !== undefined) this.#tokens -= 1;
    if (tick - this.#second.at >= 1000) {
      const isNext = tick - this.#second.at < 2000;
      this.#second = { at: tick, count: 0, before: isNext ? this.#second.count : 0 };
    }
    this.#second.count += 1;
  }

  /** It took one, or knew that the subscription is gone: it is well. */
  answered(): void {
    this.#rests = 0;
    this.#refusals = 0;
  }

  /**
   * It asked for patience.
   * @param told milliseconds that it wants, where it says so
   * @returns the new rate, where this slowed it down
   */
  throttled(status: number, told: number | undefined, tick: number): number | undefined {
    this.#rest(told, sendingText.askedForPatience(status));
    this.#storm = [...this.#storm.filter((at) => tick - at < stormWithin), tick].slice(-stormAnswers);
    if (this.#storm.length < stormAnswers || tick - this.#cutAt < cutEvery) return undefined;
    const throughput = Math.max(this.#second.before, this.#second.count, leastThroughput);
    if (this.#rate === undefined) this.#before = throughput;
    this.#rate = Math.max(slowest, Math.min(this.#rate ?? Infinity, throughput) / 2);
    this.#cutAt = tick;
    this.#tokens = 0;
    this.#tokensAt = tick;
    this.#reason = sendingText.slowed(this.rate!);
    return this.rate;
  }

  /** It could not be reached, or ended without a word. */
  failed(): void {
    if (this.restsUntil === undefined) this.#rest(undefined, sendingText.unreachable);
  }

  /** It does not accept our key. */
  refused(status: number): void {
    this.#refusals += 1;
    this.#reason = sendingText.refuses(status);
    if (this.#refusals % mostRefusals === 0) this.#rest(longestRest / 2, this.#reason);
  }

  /** Another thread was told so. */
  restUntil(until: number, reason: string | undefined): void {
    if (until <= this.#restsUntil) return;
    this.#restsUntil = until;
    this.#reason = reason;
  }

  /** When what was not sent now is best tried again, milliseconds UTC: not all at the same time. */
  retryAt(least = 0): number {
    const now = this.#clock.now();
    const from = Math.max(this.#restsUntil, now + least);
    return Math.round(from + this.#random() * Math.max(1000, (from - now) * jitter));
  }

  #rest(told: number | undefined, reason: string): void {
    const own = Math.min(firstRest * 2 ** this.#rests, longestRest);
    const length = told === undefined ? own : Math.min(told, longestTold);
    // Many answers that say the same are one rest.
    if (this.restsUntil === undefined) this.#rests = Math.min(this.#rests + 1, 20);
    this.restUntil(Math.round(this.#clock.now() + length * (1 + this.#random() * jitter * 0.4)), reason);
  }
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/**
 * How long a service wants to be left alone (RFC 9110, section 10.2.3): seconds, or a date.
 * @returns milliseconds; undefined where it says nothing that can be read
 */
export function readRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1000;
  const found = /^\w{3}, (\d\d) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT$/.exec(value.trim());
  if (!found) return undefined;
  const [, day, month, year, hour, minute, second] = found as unknown as string[];
  const at = Date.UTC(
    Number(year),
    months.indexOf(month!),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  return months.includes(month!) ? Math.max(0, at - now) : undefined;
}
