import type { Transaction } from '../platform/database/database.ts';
import { newId, newShortCode } from '../platform/ids.ts';
import { checkContent, saveStory } from './save-story.ts';
import type { Story, StoryContent, StoryContentInput } from './story.ts';

/** Begin a story as a draft. @throws AppError `story.invalid`, `section.unknown` */
export function createStory(
  tx: Transaction,
  input: { content: StoryContentInput; actor: string },
): Promise<Story> {
  return saveStory(tx, undefined, newStory(checkContent(input.content), tx.now), {
    type: 'story.created',
    action: 'created',
    actor: input.actor,
  });
}

/** A draft that is not saved yet. */
export function newStory(content: StoryContent, now: number): Story {
  return {
    ...content,
    id: newId(now),
    code: newShortCode(),
    state: 'draft',
    path: undefined,
    published: undefined,
    updated: undefined,
    scheduledAt: undefined,
    embargoUntil: undefined,
    corrections: [],
    version: 0,
    words: 0,
    held: undefined,
    killReason: undefined,
    source: undefined,
    createdAt: now,
    changedAt: now,
  };
}
