/**
 * What a reader is told of: an answer, being named, a new follower, recommends, a pick, a decision of moderators; and what
 * the reader asked to hear of: comments of those who are followed, and stories.
 */
export const noticeKinds = [
  'reply',
  'mention',
  'follower',
  'recommends',
  'pick',
  'decision',
  'follow',
  'story',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** Ways to look at the inbox, by what stands in its address. */
export const noticeFilters = {
  answers: ['reply', 'mention'],
  following: ['follow', 'story'],
  own: ['recommends', 'pick', 'follower', 'decision'],
} as const satisfies Record<string, readonly NoticeKind[]>;
export type NoticeFilter = keyof typeof noticeFilters;

/** Days for which a notice is kept. */
export const daysKept = 90;

/** Unread notices are counted to one more than this. */
export const mostUnread = 99;

/** How often something must have been recommended to be told of it again. */
const steps = [1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000];

/** The last step that a count of recommends has reached; undefined for none. */
export function stepOf(recommends: number): number | undefined {
  return steps.findLast((step) => step <= recommends);
}

/** Names what a notice is of: the same key is the same notice, however often it is told. */
export const keyOf = {
  reply: (comment: string) => `reply:${comment}`,
  mention: (comment: string) => `mention:${comment}`,
  follower: (reader: string) => `follower:${reader}`,
  recommends: (comment: string, step: number) => `recommends:${comment}:${step}`,
  pick: (comment: string) => `pick:${comment}`,
  decision: (decision: string) => `decision:${decision}`,
  look: (decision: string) => `look:${decision}`,
  follow: (comment: string) => `follow:${comment}`,
  story: (story: string) => `story:${story}`,
  alert: (alert: string) => `alert:${alert}`,
};
