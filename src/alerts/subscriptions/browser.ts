import type { Selectable } from 'kysely';
import { z } from 'zod';
import { arePushKeys } from '../sending/push-hosts.ts';
import type { PushTarget } from '../sending/sender.ts';
import type { AlertBrowserTable } from './migrations.ts';

/** Name of the cookie by which a browser is known again, before its prefix. */
export const browserCookie = 'browser';
/** As long as browsers keep a cookie at most (RFC 6265bis, section 5.5), in seconds. */
export const browserSeconds = 400 * 86_400;
/** Browsers that one account can have at once. */
export const mostBrowsers = 50;

/** A browser that has asked for alerts. */
export interface Browser {
  readonly id: string;
  /** Whose personal alerts it shows, and under which session. */
  readonly readerId: string | undefined;
  readonly sessionId: string | undefined;
  /** Account that last had its alerts here. */
  readonly lastReaderId: string | undefined;
  /** Such as `Firefox on Windows`. */
  readonly label: string;
  /** IANA. */
  readonly zone: string;
  readonly language: string;
  /** Whether its push service takes alerts for it. */
  readonly isSubscribed: boolean;
  /** Milliseconds UTC, as all below. */
  readonly subscribedAt: number | undefined;
  readonly deliveredAt: number | undefined;
  readonly createdAt: number;
  readonly seenAt: number;
}

export function browserFromRow(row: Selectable<AlertBrowserTable>): Browser {
  return {
    id: row.id,
    readerId: row.reader_id ?? undefined,
    sessionId: row.session_id ?? undefined,
    lastReaderId: row.last_reader_id ?? undefined,
    label: row.label,
    zone: row.zone,
    language: row.language,
    isSubscribed: row.endpoint !== null,
    subscribedAt: row.subscribed_at ?? undefined,
    deliveredAt: row.delivered_at ?? undefined,
    createdAt: row.created_at,
    seenAt: row.seen_at,
  };
}

/** Where to send what is for a browser. @returns undefined for one without a subscription */
export function targetOf(
  row: Pick<Selectable<AlertBrowserTable>, 'id' | 'endpoint' | 'p256dh' | 'auth' | 'key_id'>,
): PushTarget | undefined {
  const { id, endpoint, p256dh, auth, key_id } = row;
  if (endpoint === null || p256dh === null || auth === null) return undefined;
  return { id, endpoint, p256dh, auth, keyId: key_id };
}

const unpadded = z
  .string()
  .max(100)
  .transform((text) => text.replace(/=+$/, ''));

/** What a browser says of its subscription (Push API, `PushSubscription.toJSON`) and the key that it was made with. */
export const subscriptionForm = z.object({
  endpoint: z.string().max(2000),
  keys: z.object({ p256dh: unpadded, auth: unpadded }).refine(arePushKeys),
  /** Public key of this site, base64url. */
  key: unpadded,
});
export type GivenSubscription = z.infer<typeof subscriptionForm>;

/** The zone that a browser says it is in. @returns `fallback` for what is none */
export function zoneOf(given: unknown, fallback: string): string {
  if (typeof given !== 'string' || !/^[A-Z][\w+/-]{1,60}$/i.test(given)) return fallback;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: given }).resolvedOptions().timeZone;
  } catch {
    return fallback;
  }
}
