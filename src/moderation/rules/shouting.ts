import { moderationText } from '../text.ts';
import type { Rule } from './rule.ts';

const words = moderationText.rules;

/**
 * Words in capitals are asked about; short ones, such as NATO, are none. Letters of scripts that know no capitals do
 * not count. Settings: `shouting.share`, `shouting.least`, `shouting.confirmed`.
 */
export const shoutingRule: Rule = {
  name: 'shouting',
  judge({ submission, settings }) {
    const most = settings['shouting.share'];
    if (most >= 1) return undefined;
    const capitals = submission.text.match(/\p{Lu}/gu)?.length ?? 0;
    const least = Math.max(1, settings['shouting.least']);
    // So few are no such share of any text that is long enough.
    if (capitals < most * least) return undefined;
    const letters = capitals + (submission.text.match(/\p{Ll}/gu)?.length ?? 0);
    if (letters < least || capitals / letters < most) return undefined;
    const verdict = submission.isConfirmed ? settings['shouting.confirmed'] : 'nudge';
    const code = 'moderation.shouting';
    const message = verdict === 'nudge' ? words.shouting : words.shoutingHeld;
    return {
      verdict,
      ...(verdict !== 'allow' && {
        reason: { code, message, ...(verdict === 'nudge' && { field: 'text' }) },
      }),
      evidence: { letters, capitals, most, confirmed: submission.isConfirmed },
    };
  },
};
