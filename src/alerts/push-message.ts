import { AppError } from '../platform/errors.ts';
import type { AlertUrgency } from './alert.ts';

/** A notification before it is put into the form that browsers read. */
export interface Notification {
  readonly title: string;
  readonly body: string;
  /** Path on this site that it opens. */
  readonly path: string;
  /** What comes with the same tag replaces it. At most 32 letters of base64url, as it is the push service's Topic too. */
  readonly tag: string;
  /** BCP 47 tag and direction of the words. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  /** Absolute address of a picture. */
  readonly image?: string | undefined;
  /** Shown without sound: corrections, withdrawals, summaries. */
  readonly isSilent?: boolean;
  /** How many notices wait to be read, for the badge. */
  readonly badge?: number;
  /** Code of the alert, for counting what was shown and pressed; none for personal ones, which are not counted. */
  readonly alert?: string;
}

/** How a push service is to treat a message (RFC 8030, section 5.2 to 5.4). */
export interface PushOptions {
  /** Seconds for which it is kept for a browser that is not connected. */
  readonly ttl: number;
  readonly urgency: 'very-low' | 'low' | 'normal' | 'high';
  /** Replaces an earlier message of the same topic that is still waiting. */
  readonly topic?: string;
}

/** By how grave it is: news that waited for half a day is none. */
export function pushOptionsOf(urgency: AlertUrgency, topic: string): PushOptions {
  if (urgency === 'breaking') return { ttl: 4 * 3600, urgency: 'high', topic };
  if (urgency === 'important') return { ttl: 12 * 3600, urgency: 'normal', topic };
  return { ttl: 24 * 3600, urgency: 'low', topic };
}

/** Bytes of a payload that all push services take (RFC 8291, section 4: 4,096 with what encryption adds). */
export const mostPushBytes = 3993;
/** Bytes that ours keep to, as some services take less than they should. */
const wantedBytes = 2700;

/**
 * A notification as browsers read it: a declarative Web Push message (Push API, section 3.3), which Safari shows by itself
 * and the service worker shows elsewhere. What makes it too long is cut off the end of its words.
 * @param origin of the site
 * @throws AppError `push.too-large` where it stays over 3,993 bytes without any words
 */
export function pushPayload(notification: Notification, origin: string): string {
  const { title, path, language, direction, tag, image, isSilent, alert, badge } = notification;
  const make = (body: string) =>
    JSON.stringify({
      web_push: 8030,
      notification: {
        title,
        body,
        lang: language,
        dir: direction,
        navigate: addressOf(path, origin),
        tag,
        image,
        silent: isSilent ? true : undefined,
        data: alert === undefined ? undefined : { alert },
      },
      app_badge: badge,
    });
  const whole = make(notification.body);
  if (Buffer.byteLength(whole) <= wantedBytes) return whole;
  const letters = [...new Intl.Segmenter(language, { granularity: 'grapheme' }).segment(notification.body)];
  const cut = (length: number) =>
    make(length === 0 ? '' : `${notification.body.slice(0, letters[length]!.index).trimEnd()}…`);
  let [fits, tooMany] = [0, letters.length];
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (Buffer.byteLength(cut(middle)) <= wantedBytes) fits = middle;
    else tooMany = middle;
  }
  const payload = cut(fits);
  if (Buffer.byteLength(payload) > mostPushBytes) {
    throw new AppError('push.too-large', 'This alert is too long to be sent. Shorten its title.', {
      status: 422,
    });
  }
  return payload;
}

/** On this site, whatever the path says. */
function addressOf(path: string, origin: string): string {
  const url = new URL(path, origin);
  return url.origin === origin ? url.href : `${origin}/`;
}
