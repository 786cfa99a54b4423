import { moderationText } from '../text.ts';
import type { Rule } from './rule.ts';

/**
 * The same words, under any story, are not posted again. Short ones, such as thanks, may come again under another
 * comment. Settings: `duplicate.hours`, `duplicate.least`.
 */
export const duplicateRule: Rule = {
  name: 'duplicate',
  judge({ submission, settings, earlier, fingerprint, now }) {
    const hours = settings['duplicate.hours'];
    if (hours === 0) return undefined;
    const same = earlier.find(
      (post) =>
        post.fingerprint === fingerprint &&
        post.comment !== submission.id &&
        (post.outcome === 'allow' || post.outcome === 'hold') &&
        now - post.at < hours * 3_600_000,
    );
    if (!same) return undefined;
    const letters = submission.text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
    if (letters < settings['duplicate.least']) return undefined;
    return {
      verdict: 'reject',
      reason: { code: 'moderation.duplicate', message: moderationText.rules.duplicate, field: 'text' },
      evidence: { comment: same.comment },
    };
  },
};
