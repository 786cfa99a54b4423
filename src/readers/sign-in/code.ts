import { createHash, createHmac } from 'node:crypto';

/** How long a code holds, milliseconds; and what each press of 'more time' adds. */
export const codeLife = 10 * 60_000;
/** WCAG 2.2, success criterion 2.2.1: whoever needs more time can ask for it ten times. */
export const mostExtensions = 10;
/** Wrong codes before another must be sent. */
export const mostTries = 5;

/**
 * The six digits that belong to a mailed link. They are worked out from its token, which nobody keeps: so the link can
 * show them in another browser, and the database cannot.
 */
export function codeOf(token: string): string {
  const digest = createHmac('sha256', token).update('freesheet sign-in code').digest();
  return String(digest.readUIntBE(0, 6) % 1_000_000).padStart(6, '0');
}

/** What is kept of a code: bound to the secret of the browser that asked for it, which is not kept either. */
export function codeHash(secret: string, code: string): string {
  return createHash('sha256').update(`${secret}:${code}`).digest('base64url');
}

/** The digits that somebody typed, in whatever digits and with whatever between them; undefined when not six. */
export function readCode(typed: unknown): string | undefined {
  if (typeof typed !== 'string' || typed.length > 100) return undefined;
  const digits = [...typed.normalize('NFKC')].map(digitOf).join('');
  return digits.length === 6 ? digits : undefined;
}

/** Decimal digits of every script stand in rows of ten that begin with its nought (Unicode, section 4.6). */
function digitOf(letter: string): string {
  if (!/\p{Nd}/u.test(letter)) return '';
  let first = letter.codePointAt(0)!;
  const last = first;
  while (last - first < 9 && /\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
  return String(last - first);
}
