import type { Transaction } from '../platform/database/database.ts';
import { assertEmbargoable, assertNotKilled } from './policy.ts';
import { saveStory, storyToChange } from './save-story.ts';
import type { Story } from './story.ts';

/**
 * Bar a story from publication before a moment, or lift that with null. An embargo publishes nothing by itself.
 * @param input.until milliseconds UTC, in the future
 * @throws AppError `story.embargo-after-publishing`, `story.embargo-exclusive`, `story.time-passed`, `story.killed`
 */
export async function embargoStory(
  tx: Transaction,
  input: { id: string; until: number | null; actor: string },
): Promise<Story> {
  const before = await storyToChange(tx, input.id);
  if (input.until === null) assertNotKilled(before);
  else assertEmbargoable(before, input.until, tx.now);
  return saveStory(
    tx,
    before,
    { ...before, embargoUntil: input.until ?? undefined },
    {
      type: 'story.changed',
      action: input.until === null ? 'embargo lifted' : 'embargoed',
      actor: input.actor,
    },
  );
}
