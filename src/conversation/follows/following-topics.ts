import type { Relations } from './follow.ts';

/** What readers may follow live of conversations: what a reader writes, wherever it stands, and a single thread. */
export const writerTopics = /^(?:by|branch):[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const writerTopic = (reader: string): string => `by:${reader}`;
export const branchTopic = (root: string): string => `branch:${root}`;

/** A stream carries so many topics for all tabs of a browser. */
const mostLive = 20;

/**
 * What the Following page hears of: those whom one follows, who wrote last first; conversations, threads, and new
 * stories of authors and topics.
 * @param writers ids of those who stand on the page, in its order
 */
export function followingTopics(
  { following, muted, blocked }: Relations,
  writers: readonly string[],
): string[] {
  const readers = new Set([...writers.filter((id) => following.reader.has(id)), ...following.reader]);
  const heard = [...readers].filter((id) => !muted.has(id) && !blocked.has(id)).map(writerTopic);
  const others = [
    ...[...following.story].map((id) => `thread:${id}`),
    ...[...following.thread].map(branchTopic),
    ...[...following.author].map((slug) => `author:${slug}`),
    ...[...following.topic].map((slug) => `topic:${slug}`),
  ];
  const half = Math.max(mostLive - others.length, mostLive / 2);
  return [...heard.slice(0, half), ...others].slice(0, mostLive);
}
