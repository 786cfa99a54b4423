import type { Transaction } from '../platform/database/database.ts';
import { assertNotKilled, isPublic } from './policy.ts';
import { contentOf } from './rows.ts';
import { checkContent, saveStory, storyToChange } from './save-story.ts';
import type { Story, StoryContentInput } from './story.ts';
import { fromInstant } from './time.ts';

export interface StoryUpdate {
  readonly id: string;
  /** The version that was edited; another one meanwhile is an error, and nothing is saved. */
  readonly version?: number;
  /** Fields to change; those left out stay. */
  readonly content: Partial<StoryContentInput>;
  readonly actor: string;
  /** Readers see when a significant update was made; a mended comma is none. */
  readonly significant?: boolean;
  /** Zone of the publication. Needed for a significant update. */
  readonly zone?: string;
  readonly note?: string;
}

/**
 * Save what an editor changed. A public story shows it at once.
 * @throws AppError `story.not-found`, `story.killed`, `story.changed-meanwhile`, `story.invalid`, `section.unknown`
 */
export async function updateStory(tx: Transaction, update: StoryUpdate): Promise<Story> {
  const before = await storyToChange(tx, update.id, update.version);
  assertNotKilled(before);
  const content = checkContent({ ...contentOf(before), ...update.content });
  const isSignificant = update.significant === true && isPublic(before);
  const zone = update.zone ?? before.published?.zone ?? 'UTC';
  return saveStory(
    tx,
    before,
    {
      ...before,
      ...content,
      held: undefined,
      updated: isSignificant ? fromInstant(tx.now, zone) : before.updated,
    },
    {
      type: isPublic(before) ? 'story.updated' : 'story.changed',
      action: isSignificant ? 'updated' : 'edited',
      actor: update.actor,
      note: update.note,
      // Whoever takes a wrong sentence out may rely on its being out.
      urgent: isPublic(before),
    },
  );
}
