import type { Opinion } from '../opinions.ts';
import { moderationText } from '../text.ts';
import type { Finding } from './rule.ts';

const words = moderationText.rules;

/** What an opinion leads to, by what it says and by its score. A limit of 1 is off. */
export function findingOf(
  code: string,
  { verdict, score = 0, labels }: Opinion,
  limits: { readonly hold: number; readonly reject: number },
): Finding | undefined {
  const reaches = (limit: number) => limit < 1 && score >= limit;
  const evidence = { score, labels, hold: limits.hold, reject: limits.reject };
  if (verdict === 'reject' || reaches(limits.reject))
    return { verdict: 'reject', reason: { code, message: words.filterRejected, field: 'text' }, evidence };
  if (verdict === 'hold' || reaches(limits.hold))
    return { verdict: 'hold', reason: { code, message: words.filterHeld }, evidence };
  return { verdict: 'allow', evidence };
}
