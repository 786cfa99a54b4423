import { moderationText } from '../text.ts';
import type { Rule } from './rule.ts';

/**
 * Whoever had several comments refused or removed of late is looked at first. A comment that was too long, or one
 * too many in an hour, is no refused one. Settings: `rejections.days`, `rejections.most`.
 */
export const rejectionsRule: Rule = {
  name: 'rejections',
  judge({ settings, earlier, now, level }) {
    const most = settings['rejections.most'];
    if (most === 0 || level === 'staff') return undefined;
    const since = now - settings['rejections.days'] * 86_400_000;
    const rejected = earlier.filter(
      ({ outcome, at }) => (outcome === 'reject' || outcome === 'removed') && at > since,
    ).length;
    if (rejected < most) return undefined;
    return {
      verdict: 'hold',
      reason: { code: 'moderation.rejections', message: moderationText.rules.rejections },
      evidence: { rejected, most },
    };
  },
};
