import { moderationText } from '../text.ts';
import { mostFound } from './banned-words.ts';
import type { Rule } from './rule.ts';

const words = moderationText.rules;

/**
 * A suspect word is asked about, or looked at. Settings: `words.suspect`, `words.suspect.first`,
 * `words.suspect.confirmed`.
 */
export const suspectWordsRule: Rule = {
  name: 'suspect-words',
  judge({ submission, rulebook, settings, folded }) {
    const { found } = rulebook.suspect.find(submission.text, mostFound, folded);
    if (found.length === 0) return undefined;
    const first = settings['words.suspect.first'];
    const verdict = first === 'nudge' && submission.isConfirmed ? settings['words.suspect.confirmed'] : first;
    const code = 'moderation.suspect-words';
    const message = verdict === 'nudge' ? words.suspectWords : words.suspectHeld;
    return {
      verdict,
      ...(verdict !== 'allow' && {
        reason: { code, message, ...(verdict === 'nudge' && { field: 'text' }) },
      }),
      evidence: { words: found, confirmed: submission.isConfirmed },
    };
  },
};
