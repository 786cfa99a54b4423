import { moderationText } from '../text.ts';
import type { EarlierPost, Finding, Given, Rule } from './rule.ts';

const words = moderationText.rules;
const minute = 60_000;
const hour = 3_600_000;

/**
 * Not too much from one account: in a minute, in an hour by trust, and under a story that is slowed down.
 * Settings: `rate.burst`, `rate.new`, `rate.known`, `rate.trusted`; staff has no hourly limit.
 */
export const rateRule: Rule = {
  name: 'rate',
  judge(given) {
    const { submission, settings, level, now } = given;
    // Within its five minutes a comment may be mended as often as needed, but not by a machine.
    if (submission.kind === 'edit') return over(given, 'burst', settings['rate.burst'] * 2, minute, 'edit');
    const slow = submission.thread.slowSeconds * 1000;
    const last = given.earlier.find((post) => isPosted(post) && post.story === submission.story.id);
    if (slow > 0 && level !== 'staff' && last && now - last.at < slow) {
      const wait = (last.at + slow - now) / 1000;
      return {
        verdict: 'reject',
        reason: { code: 'moderation.slow-mode', message: words.slow(wait), field: 'text' },
        evidence: { slowSeconds: submission.thread.slowSeconds, wait: Math.ceil(wait) },
      };
    }
    return (
      over(given, 'burst', settings['rate.burst'], minute, 'comment') ??
      (level === 'staff' ? undefined : over(given, 'hourly', settings[`rate.${level}`], hour, 'comment'))
    );
  },
};

function over(
  { earlier, now }: Given,
  limit: 'burst' | 'hourly',
  most: number,
  within: number,
  kind: EarlierPost['kind'],
): Finding | undefined {
  const posts = earlier.filter((post) => isPosted(post, kind) && now - post.at < within);
  if (posts.length < most) return undefined;
  const wait = (posts[most - 1]!.at + within - now) / 1000;
  return {
    verdict: 'reject',
    reason: {
      code: limit === 'burst' ? 'moderation.too-fast' : 'moderation.too-many',
      message: limit === 'burst' ? words.burst : words.hourly(wait),
      field: 'text',
    },
    evidence: { limit, posts: posts.length, most, wait: Math.ceil(wait) },
  };
}

function isPosted(post: EarlierPost, kind: EarlierPost['kind'] = 'comment'): boolean {
  return post.kind === kind && post.outcome !== 'reject' && post.outcome !== 'slip';
}
