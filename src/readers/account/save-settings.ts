import { z } from 'zod';
import type { Transaction } from '../../platform/database/database.ts';
import { readerChanged } from '../events.ts';
import { usualSettings, type ReaderSettings } from '../reader.ts';

const audience = z.enum(['public', 'followers', 'nobody']);
const checkbox = z
  .literal('yes')
  .optional()
  .transform((value) => value === 'yes');

/** The form of the settings; a box that is not ticked is not sent. */
export const settingsForm = z.object({
  followers: audience.catch(usualSettings.followers),
  following: audience.catch(usualSettings.following),
  showComments: checkbox,
  showRecommends: checkbox,
  isIndexed: checkbox,
});

/** Keep what a reader lets others see. */
export async function saveSettings(tx: Transaction, reader: string, settings: ReaderSettings): Promise<void> {
  await tx.db
    .updateTable('reader')
    .set({ settings: JSON.stringify(settings) })
    .where('id', '=', reader)
    .execute();
  tx.emit(readerChanged(reader));
}
