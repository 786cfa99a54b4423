import type { Transaction } from '../../platform/database/database.ts';
import { replaceProfile, setReaderState, type ProfileWords } from '../../readers/index.ts';
import type { Decision } from './decision.ts';

/** Carry out a decision about an account. A warning changes nothing but that the reader is told. */
export async function applyToAccount(tx: Transaction, { target, action, until }: Decision): Promise<void> {
  if (action === 'suspend') await setReaderState(tx, { id: target.id, state: 'suspended', until });
  else if (action === 'ban') await setReaderState(tx, { id: target.id, state: 'banned' });
  else if (action === 'lift') await setReaderState(tx, { id: target.id, state: 'active' });
}

/** Carry out a decision about what a reader's page shows. What is hidden is put aside, so that it can come back. */
export async function applyToProfile(tx: Transaction, { target: { id }, action }: Decision): Promise<void> {
  if (action === 'hide' || action === 'remove') {
    const before = await replaceProfile(tx, { id, name: '', bio: '', picture: undefined });
    await tx.db
      .insertInto('moderation_profile')
      .values({ reader_id: id, words: JSON.stringify(before), at: tx.now })
      // Hidden and then removed: what stood first is what may come back.
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  } else if (action === 'restore') {
    const aside = await tx.db
      .deleteFrom('moderation_profile')
      .where('reader_id', '=', id)
      .returning('words')
      .executeTakeFirst();
    if (aside) await replaceProfile(tx, { id, ...(JSON.parse(aside.words) as ProfileWords) });
  }
}
