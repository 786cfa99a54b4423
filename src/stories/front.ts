import type { Kysely } from 'kysely';
import type { Transaction } from '../platform/database/database.ts';
import type { Tables } from '../platform/database/tables.ts';
import { AppError } from '../platform/errors.ts';
import { frontChanged } from './events.ts';
import { listStories, storiesByIds, type StoryCard } from './stories.ts';

const mostSlots = 40;

/**
 * Choose what leads the front page, in order; what is not chosen fills itself with the newest.
 * @param input.slots ids of public stories
 * @throws AppError `front.not-public`, `front.too-many`
 */
export async function setFront(
  tx: Transaction,
  input: { slots: readonly string[]; actor: string },
): Promise<void> {
  const slots = [...new Set(input.slots)];
  if (slots.length > mostSlots) {
    throw new AppError('front.too-many', `The front page has ${mostSlots} places; choose fewer stories.`);
  }
  const known = new Set((await storiesByIds(tx.db, slots)).map(({ id }) => id));
  const missing = slots.find((id) => !known.has(id));
  if (missing) {
    throw new AppError(
      'front.not-public',
      `Story ${missing} is not public, so it cannot stand on the front page.`,
    );
  }
  await tx.db.deleteFrom('front_slot').execute();
  if (slots.length > 0) {
    await tx.db
      .insertInto('front_slot')
      .values(slots.map((story_id, position) => ({ position, story_id })))
      .execute();
  }
  tx.emit(frontChanged);
}

/** Stories of the front page: the chosen ones in their order, then the newest. */
export async function frontStories(db: Kysely<Tables>, limit: number): Promise<StoryCard[]> {
  const slots = await db
    .selectFrom('front_slot')
    .select('story_id')
    .orderBy('position')
    .limit(limit)
    .execute();
  const chosen = await storiesByIds(
    db,
    slots.map(({ story_id }) => story_id),
  );
  if (chosen.length >= limit) return chosen;
  const { items } = await listStories(db, { limit: Math.min(limit + chosen.length, 100) });
  const ids = new Set(chosen.map(({ id }) => id));
  return [...chosen, ...items.filter(({ id }) => !ids.has(id))].slice(0, limit);
}
