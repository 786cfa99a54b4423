import type { Transaction } from '../platform/database/database.ts';
import { assertMovable } from './policy.ts';
import { saveStory, storyToChange } from './save-story.ts';
import type { Story } from './story.ts';

/**
 * Hand a story on before its publication: draft, in progress, ready. A schedule ends with it; an embargo stays.
 * @throws AppError `story.not-found`, `story.killed`, `story.wrong-state`
 */
export async function moveStory(
  tx: Transaction,
  input: { id: string; to: 'draft' | 'in-progress' | 'ready'; actor: string },
): Promise<Story> {
  const before = await storyToChange(tx, input.id);
  assertMovable(before, input.to);
  return saveStory(
    tx,
    before,
    { ...before, state: input.to, scheduledAt: undefined },
    { type: 'story.changed', action: input.to, actor: input.actor },
  );
}
