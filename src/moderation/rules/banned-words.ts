import { moderationText } from '../text.ts';
import type { Rule } from './rule.ts';

/** More than this tell moderators nothing more. */
export const mostFound = 20;

/** No banned word, however it is disguised. Setting: `words.banned`. */
export const bannedWordsRule: Rule = {
  name: 'banned-words',
  judge({ submission, rulebook, folded }) {
    const { found } = rulebook.banned.find(submission.text, mostFound, folded);
    if (found.length === 0) return undefined;
    return {
      verdict: 'reject',
      reason: { code: 'moderation.banned-words', message: moderationText.rules.bannedWords, field: 'text' },
      evidence: { words: found },
    };
  },
};
