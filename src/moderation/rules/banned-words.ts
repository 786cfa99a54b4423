import { moderationText } from '../text.ts';
import type { Rule } from './rule.ts';

/** No banned word, however it is disguised. Setting: `words.banned`. */
export const bannedWordsRule: Rule = {
  name: 'banned-words',
  judge({ submission, rulebook }) {
    const { found } = rulebook.banned.find(submission.text);
    if (found.length === 0) return undefined;
    return {
      verdict: 'reject',
      reason: { code: 'moderation.banned-words', message: moderationText.rules.bannedWords, field: 'text' },
      evidence: { words: found },
    };
  },
};
