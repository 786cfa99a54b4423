import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import type { PushKey } from './push-keys.ts';

/** A token holds for half of the day that services allow at most (RFC 8292, section 2), and is used for half of that. */
const holds = 12 * 3600;
const isUsed = 6 * 3_600_000;
/** More than there are push services, times keys. */
const mostTokens = 2000;

/** What push services are told of who sends: a way to reach the operator (RFC 8292, section 2.1). */
export function vapidSubject({ CONTACT_MAIL, origin }: Pick<Config, 'CONTACT_MAIL' | 'origin'>): string {
  return CONTACT_MAIL ? `mailto:${CONTACT_MAIL}` : origin;
}

/** Tokens that say who sends, one for each service and key, signed anew every few hours. */
export class VapidTokens {
  readonly #subject: string;
  readonly #clock: Clock;
  readonly #keys = new Map<string, KeyObject>();
  readonly #tokens = new Map<string, { value: string; madeAt: number }>();

  /** @param subject an https or mailto address */
  constructor(subject: string, clock: Clock) {
    this.#subject = subject;
    this.#clock = clock;
  }

  /**
   * Value of the header Authorization (RFC 8292, section 3). The same string for hours.
   * @param origin of the push service
   */
  authorization(key: Pick<PushKey, 'id' | 'public' | 'private'>, origin: string): string {
    const name = `${key.id} ${origin}`;
    const now = this.#clock.now();
    const known = this.#tokens.get(name);
    if (known && Math.abs(now - known.madeAt) < isUsed) return known.value;
    const claims = { aud: origin, exp: Math.floor(now / 1000) + holds, sub: this.#subject };
    const signed = `${encoded({ typ: 'JWT', alg: 'ES256' })}.${encoded(claims)}`;
    const signature = sign('sha256', Buffer.from(signed), {
      key: this.#privateKey(key),
      dsaEncoding: 'ieee-p1363',
    });
    const value = `vapid t=${signed}.${signature.toString('base64url')}, k=${key.public}`;
    if (this.#tokens.size >= mostTokens) this.#tokens.clear();
    this.#tokens.set(name, { value, madeAt: now });
    return value;
  }

  #privateKey(key: Pick<PushKey, 'id' | 'public' | 'private'>): KeyObject {
    const known = this.#keys.get(key.id);
    if (known) return known;
    const point = Buffer.from(key.public, 'base64url');
    const part = (from: number) => point.subarray(from, from + 32).toString('base64url');
    const made = createPrivateKey({
      key: { kty: 'EC', crv: 'P-256', x: part(1), y: part(33), d: key.private },
      format: 'jwk',
    });
    this.#keys.set(key.id, made);
    return made;
  }
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
