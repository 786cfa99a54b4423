import { moderationText } from '../text.ts';
import type { Rule } from './rule.ts';

/** The conversation is open. An edit of what stands goes on for its five minutes. Set by story, section and hours. */
export const closedRule: Rule = {
  name: 'closed',
  judge({ submission: { thread, kind } }) {
    if (kind === 'edit' || (thread.state !== 'closed' && thread.state !== 'legal')) return undefined;
    const isLegal = thread.state === 'legal';
    return {
      verdict: 'reject',
      reason: {
        code: isLegal ? 'moderation.closed-by-law' : 'moderation.closed',
        message: isLegal ? moderationText.rules.closedByLaw : moderationText.rules.closed,
      },
      evidence: { state: thread.state },
    };
  },
};
