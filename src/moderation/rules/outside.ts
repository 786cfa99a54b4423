import { moderationText } from '../text.ts';
import type { Rule } from './rule.ts';
import { findingOf } from './scored.ts';

/**
 * What an outside service holds of it, where one is set up; one that does not answer leads to what the paper chose.
 * Settings: `outside.hold`, `outside.reject`, `outside.failed`.
 */
export const outsideRule: Rule = {
  name: 'outside',
  judge({ opinions: { outside }, settings, level }) {
    if (!outside || level === 'staff') return undefined;
    if (outside === 'failed') {
      const verdict = settings['outside.failed'];
      const reason = { code: 'moderation.outside-failed', message: moderationText.rules.filterHeld };
      return { verdict, ...(verdict === 'hold' && { reason }), evidence: { answered: false } };
    }
    return findingOf('moderation.outside', outside, {
      hold: settings['outside.hold'],
      reject: settings['outside.reject'],
    });
  },
};
