import { moderationText } from '../text.ts';
import type { Rule } from './rule.ts';

const words = moderationText.rules;

/** Characters as people count them: an emoji of several code points is one. */
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Length of a text as people count it. @param most where counting may end */
export function lengthOf(text: string, most = Number.POSITIVE_INFINITY): number {
  // The usual text is far shorter than any limit: then its units will do.
  if (text.length <= most && /^[\u0020-\u007e\n]*$/.test(text)) return text.length;
  let length = 0;
  for (const _ of segmenter.segment(text)) {
    length += 1;
    if (length > most) break;
  }
  return length;
}

/** Not empty, and not too long. Settings: `length.least`, `length.most`. */
export const lengthRule: Rule = {
  name: 'length',
  judge({ submission, settings }) {
    const most = settings['length.most'];
    // What is longer in units than any character is, is not counted through.
    const length =
      submission.source.length > most * 40 ? submission.source.length : lengthOf(submission.source);
    if (length > most) {
      return {
        verdict: 'reject',
        reason: { code: 'moderation.too-long', message: words.tooLong(length, most), field: 'text' },
        evidence: { length, most },
      };
    }
    const least = settings['length.least'];
    let letters = 0;
    for (const _ of submission.text.matchAll(/[\p{L}\p{N}\p{Extended_Pictographic}]/gu)) {
      letters += 1;
      if (letters >= least) return undefined;
    }
    if (letters >= least) return undefined;
    return {
      verdict: 'reject',
      reason: { code: 'moderation.too-short', message: words.tooShort(least), field: 'text' },
      evidence: { letters, least },
    };
  },
};
