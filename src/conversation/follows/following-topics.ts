import type { Relations } from './follow.ts';

/** What readers may follow live of other readers: what they write, wherever it stands. */
export const writerTopics = /^by:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const writerTopic = (reader: string): string => `by:${reader}`;

/** A stream carries so many topics for all tabs of a browser. */
const mostLive = 20;

/**
 * What the Following page hears of: those whom one follows, who wrote last first, and conversations.
 * @param writers ids of those who stand on the page, in its order
 */
export function followingTopics(
  { following, muted, blocked }: Relations,
  writers: readonly string[],
): string[] {
  const readers = new Set([...writers.filter((id) => following.reader.has(id)), ...following.reader]);
  const heard = [...readers].filter((id) => !muted.has(id) && !blocked.has(id)).map(writerTopic);
  const stories = [...following.story].map((id) => `thread:${id}`);
  const half = Math.max(mostLive - stories.length, mostLive / 2);
  return [...heard.slice(0, half), ...stories].slice(0, mostLive);
}
