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
