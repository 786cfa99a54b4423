import { isSuspended, type Reader } from '../../readers/index.ts';
import type { JudgementReason } from '../judgement.ts';
import { moderationText } from '../text.ts';
import type { Rule } from './rule.ts';

const words = moderationText.rules;
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

/** What keeps an account from writing now; undefined for one that may. @param now milliseconds UTC */
export function barOf(
  reader: Pick<Reader, 'state' | 'suspendedUntil'>,
  now: number,
): JudgementReason | undefined {
  if (reader.state === 'banned' || reader.state === 'former')
    return { code: 'moderation.banned', message: words.banned };
  if (isSuspended(reader, now)) {
    return {
      code: 'moderation.suspended',
      message: words.suspended(`${day.format(reader.suspendedUntil)} UTC`),
    };
  }
  if (reader.state === 'leaving') return { code: 'moderation.leaving', message: words.leaving };
  return undefined;
}

/** The account may write. Set by decisions about it; a suspension that is over keeps nobody from writing. */
export const accountRule: Rule = {
  name: 'account',
  judge({ submission: { reader }, now }) {
    const reason = barOf(reader, now);
    return reason && { verdict: 'reject', reason, evidence: { state: reader.state } };
  },
};
