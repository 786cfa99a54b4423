import type { Transaction } from '../platform/database/database.ts';
import { assertPublishable } from './policy.ts';
import { saveStory, storyToChange } from './save-story.ts';
import type { Story } from './story.ts';
import { fromInstant, type StoryTime } from './time.ts';

/**
 * Show a story to everyone, now. The time of its first publication is kept when it comes back after a withdrawal.
 * @param input.zone zone of the publication
 * @param input.at when it first appeared, if that was earlier or elsewhere
 * @throws AppError `story.embargoed`, `story.incomplete`, `story.wrong-state`, `story.killed`, `story.not-found`
 */
export async function publishStory(
  tx: Transaction,
  input: { id: string; actor: string; zone: string; at?: StoryTime },
): Promise<Story> {
  const before = await storyToChange(tx, input.id);
  assertPublishable(before, tx.now);
  return saveStory(
    tx,
    before,
    {
      ...before,
      state: 'published',
      published: before.published ?? input.at ?? fromInstant(tx.now, input.zone),
      scheduledAt: undefined,
      embargoUntil: undefined,
      held: undefined,
    },
    { type: 'story.published', action: 'published', actor: input.actor },
  );
}
