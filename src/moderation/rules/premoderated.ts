import { moderationText } from '../text.ts';
import type { Rule } from './rule.ts';

const words = moderationText.rules;

/**
 * Where all is looked at first: the story by its own setting, the whole site by `premoderate.all`, sensitive stories
 * by `premoderate.sensitive`. Staff is not looked at.
 */
export const premoderatedRule: Rule = {
  name: 'premoderated',
  judge({ submission: { thread, story }, settings, level }) {
    if (level === 'staff') return undefined;
    const everywhere = settings['premoderate.all'];
    if (everywhere || thread.state === 'premoderated') {
      return {
        verdict: 'hold',
        reason: { code: 'moderation.premoderated', message: words.premoderated },
        evidence: { by: everywhere ? 'site' : 'story' },
      };
    }
    const whose = settings['premoderate.sensitive'];
    if (!story.sensitive || whose === 'nobody' || (whose === 'new' && level !== 'new')) return undefined;
    return {
      verdict: 'hold',
      reason: { code: 'moderation.sensitive', message: words.sensitive },
      evidence: { by: 'sensitive', level },
    };
  },
};
