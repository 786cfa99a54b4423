import type { DomainEvent } from '../platform/database/database.ts';
import type { Story } from './story.ts';

/** What happened to a story. `story.imported` is apart: whoever alerts or announces does not listen to it. */
export type StoryEventType =
  | 'story.created'
  | 'story.changed'
  | 'story.published'
  | 'story.updated'
  | 'story.corrected'
  | 'story.unpublished'
  | 'story.killed'
  | 'story.imported';

/** Names of the pages that show a story or list it, for the page store. */
export function tagsOf(story: Story): string[] {
  if (!story.path) return [];
  const tags = [`story:${story.id}`, 'front', 'list'];
  if (story.section) tags.push(`section:${story.section}`);
  if (story.series) tags.push(`series:${story.series.slug}`);
  for (const topic of story.topics) tags.push(`topic:${topic}`);
  for (const { author } of story.byline) if (author) tags.push(`author:${author}`);
  return tags;
}

/**
 * @param before the story as it was, when it was listed elsewhere
 * @param urgent for what must not be seen a moment longer: kills, withdrawals, corrections
 */
export function storyEvent(
  type: StoryEventType,
  story: Story,
  before: Story | undefined,
  urgent: boolean,
): DomainEvent {
  const tags = new Set([...tagsOf(story), ...(before ? tagsOf(before) : [])]);
  return {
    type,
    payload: { story: story.id, state: story.state, version: story.version, path: story.path ?? null },
    tags: [...tags],
    urgent,
  };
}

/** The order of the front page changed. */
export const frontChanged: DomainEvent = { type: 'front.changed', payload: {}, tags: ['front'] };

const indexes = { topic: 'topics', author: 'authors', series: 'series' } as const;

/** A section, topic, author or series changed: its name stands on every story that belongs to it, and in its index. */
export function directoryChanged(kind: 'section' | 'topic' | 'author' | 'series', slug: string): DomainEvent {
  return {
    type: `${kind}.changed`,
    payload: { slug },
    tags:
      kind === 'section' ? ['site', 'front', 'list', `section:${slug}`] : [`${kind}:${slug}`, indexes[kind]],
  };
}
