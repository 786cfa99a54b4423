import type { AlertKind } from '../alert.ts';

/** Mails that gather what happened, by how often they come. */
export const rhythms = ['daily', 'weekly'] as const;
export type Rhythm = (typeof rhythms)[number];

/** What one leaves by the link in a letter. */
export type WayOut =
  | { readonly of: 'newsletter'; readonly subscription: string; readonly issue: string }
  | { readonly of: 'kind'; readonly reader: string; readonly kind: AlertKind }
  | { readonly of: 'brief'; readonly reader: string; readonly rhythm: Rhythm };

/** A mail to one of many: with a way out, and sent once at most. */
export interface Letter {
  /** Names it for this one reader: what was begun under it is not sent again. */
  readonly key: string;
  /** Mail address, in lower case. */
  readonly to: string;
  readonly reader?: string | undefined;
  readonly issue?: string | undefined;
  /** Its List-Id, before the host: small letters, digits, dashes. */
  readonly list: string;
  readonly wayOut: WayOut;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A way out as text, for links and Message-IDs. */
export function wayOutText(out: WayOut): string {
  if (out.of === 'newsletter') return `n:${out.subscription}:${out.issue}`;
  return out.of === 'kind' ? `k:${out.reader}:${out.kind}` : `b:${out.reader}:${out.rhythm}`;
}

/** @param text of a link whose seal was found whole */
export function readWayOut(text: string): WayOut | undefined {
  const [kind, id, what, ...more] = text.split(':');
  if (!id || what === undefined || more.length > 0) return undefined;
  if (kind === 'n') return { of: 'newsletter', subscription: id, issue: what };
  if (kind === 'k') return { of: 'kind', reader: id, kind: what as AlertKind };
  if (kind === 'b') return { of: 'brief', reader: id, rhythm: what as Rhythm };
  return undefined;
}

/** Address of the page by which one leaves. @param link as `MailKeys.linkFor` makes it */
export function wayOutPath(link: string): string {
  return `/alerts/unsubscribe/${link}`;
}
