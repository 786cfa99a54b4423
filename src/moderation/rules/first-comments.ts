import { moderationText } from '../text.ts';
import type { Rule } from './rule.ts';

/** The first comments of a reader are looked at. Setting: `first.comments`, none when left alone. */
export const firstCommentsRule: Rule = {
  name: 'first-comments',
  judge({ settings, standing, level }) {
    const first = settings['first.comments'];
    if (level === 'staff' || standing.accepted >= first) return undefined;
    return {
      verdict: 'hold',
      reason: { code: 'moderation.first-comments', message: moderationText.rules.first },
      evidence: { accepted: standing.accepted, first },
    };
  },
};
