import type { Standing, TrustLevel } from '../trust/trust.ts';

/** What a reader says is wrong; each has its words in text.ts. */
export const reportCategories = [
  'abuse',
  'hate',
  'harassment',
  'private',
  'false',
  'spam',
  'impersonation',
  'off-topic',
  'other',
] as const;
export type ReportCategory = (typeof reportCategories)[number];

export const longestReport = 1000;

const base: Readonly<Record<TrustLevel, number>> = { new: 25, known: 100, trusted: 150, staff: 300 };

/**
 * What a report weighs: by the trust in who sends it, from nearly nothing to double by how often a moderator agreed with
 * earlier ones (Laplace's rule, so that one or two say little). That of a known reader without a record is 100.
 */
export function weightOf(
  level: TrustLevel,
  { upheld, dismissed }: Pick<Standing, 'upheld' | 'dismissed'>,
): number {
  if (level === 'staff') return base.staff;
  return Math.round((base[level] * 2 * (upheld + 2)) / (upheld + dismissed + 4));
}
