import type { Transaction } from '../platform/database/database.ts';
import { assertPublic } from './policy.ts';
import { saveStory, storyToChange } from './save-story.ts';
import type { Story } from './story.ts';

/**
 * Withdraw a public story, to work on it. Its address answers 404 until it is published again.
 * @throws AppError `story.wrong-state`, `story.killed`, `story.not-found`
 */
export async function unpublishStory(tx: Transaction, input: { id: string; actor: string }): Promise<Story> {
  const before = await storyToChange(tx, input.id);
  assertPublic(before);
  return saveStory(
    tx,
    before,
    { ...before, state: 'unpublished' },
    { type: 'story.unpublished', action: 'unpublished', actor: input.actor, urgent: true },
  );
}
