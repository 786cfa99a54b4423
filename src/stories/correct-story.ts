import type { Transaction } from '../platform/database/database.ts';
import { AppError } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { assertPublic } from './policy.ts';
import { saveStory, storyToChange } from './save-story.ts';
import { correction, type Correction, type Story } from './story.ts';
import { fromInstant } from './time.ts';

/**
 * Add a public, dated note of what was wrong. It stands with the story and on the corrections page.
 * @param input.zone zone of the publication
 * @throws AppError `correction.invalid`, `story.wrong-state`, `story.killed`, `story.not-found`
 */
export async function correctStory(
  tx: Transaction,
  input: { id: string; text: string; actor: string; zone: string },
): Promise<Story> {
  const before = await storyToChange(tx, input.id);
  assertPublic(before);
  const checked = correction.safeParse({ at: fromInstant(tx.now, input.zone), text: input.text });
  if (!checked.success) {
    const message = 'A correction says in up to 2,000 characters what was wrong.';
    throw new AppError('correction.invalid', message, { fields: { text: message } });
  }
  await addCorrection(tx, before.id, checked.data);
  return saveStory(
    tx,
    before,
    { ...before, corrections: [...before.corrections, checked.data] },
    {
      type: 'story.corrected',
      action: 'corrected',
      actor: input.actor,
      note: checked.data.text,
      urgent: true,
    },
  );
}

/** Keep a note beside its story. The story itself is saved by the caller. */
export async function addCorrection(
  tx: Transaction,
  storyId: string,
  note: Correction,
  isPublic = true,
): Promise<void> {
  await tx.db
    .insertInto('story_correction')
    .values({
      id: newId(tx.now),
      story_id: storyId,
      at: note.at.at,
      time: JSON.stringify(note.at),
      text: note.text,
      public: isPublic ? 1 : 0,
    })
    .execute();
}
