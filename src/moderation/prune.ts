import type { Transaction } from '../platform/database/database.ts';

export const pruneModerationJob = 'moderation.prune';

const day = 86_400_000;

/**
 * Forget what is of no use any more: what was handed in after a month, networks after a day, who sent a notice half a
 * year after it was answered, closed reports' words and ended holds after a year.
 */
export async function pruneModeration({ db, now }: Transaction): Promise<void> {
  await db
    .deleteFrom('moderation_post')
    .where('at', '<', now - 31 * day)
    .execute();
  await db
    .updateTable('moderation_notice')
    .set({ network: '' })
    .where('network', '!=', '')
    .where('at', '<', now - day)
    .execute();
  await db
    .updateTable('moderation_notice')
    .set({ name: '', email: '' })
    .where('answered_at', '<', now - 183 * day)
    .where((is) => is.or([is('name', '!=', ''), is('email', '!=', '')]))
    .execute();
  await db
    .updateTable('moderation_report')
    .set({ text: '' })
    .where('state', '!=', 'open')
    .where('text', '!=', '')
    .where('at', '<', now - 365 * day)
    .execute();
  await db
    .deleteFrom('moderation_hold')
    .where('ended_at', '<', now - 365 * day)
    .execute();
}
