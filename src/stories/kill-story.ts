import type { Transaction } from '../platform/database/database.ts';
import { AppError } from '../platform/errors.ts';
import { assertNotKilled } from './policy.ts';
import { saveStory, storyToChange } from './save-story.ts';
import type { Story } from './story.ts';
import { withholdMediaOf } from './story-media.ts';

/**
 * Take a story down for good, everywhere: its address answers 410, and no list, feed, search or store shows it.
 * @param input.reason for the newsroom's records; not shown to readers
 * @throws AppError `story.kill-needs-reason`, `story.killed`, `story.not-found`
 */
export async function killStory(
  tx: Transaction,
  input: { id: string; reason: string; actor: string },
): Promise<Story> {
  const reason = input.reason.trim();
  if (reason === '') {
    const message = 'Say why the story is killed.';
    throw new AppError('story.kill-needs-reason', message, { fields: { reason: message } });
  }
  const before = await storyToChange(tx, input.id);
  assertNotKilled(before);
  const killed = await saveStory(
    tx,
    before,
    { ...before, state: 'killed', killReason: reason, scheduledAt: undefined, embargoUntil: undefined },
    { type: 'story.killed', action: 'killed', actor: input.actor, note: reason, urgent: true },
  );
  await withholdMediaOf(tx, killed);
  return killed;
}
