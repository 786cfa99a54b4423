import { sql, type Kysely } from 'kysely';
import type { Tables } from '../platform/database/tables.ts';
import { AppError } from '../platform/errors.ts';
import { storiesByIds, type StoryCard } from './stories.ts';
import type { Correction } from './story.ts';
import type { StoryTime } from './time.ts';

/**
 * Corrections of public stories, newest first, a page at a time.
 * @throws AppError `list.bad-cursor`
 */
export async function listCorrections(
  db: Kysely<Tables>,
  options: { before?: string; limit: number },
): Promise<{ items: { card: StoryCard; correction: Correction }[]; next?: string }> {
  const limit = Math.min(options.limit, 200);
  let query = db
    .selectFrom('story_correction')
    .select(['id', 'story_id', 'at', 'time', 'text'])
    .where('public', '=', 1);
  if (options.before !== undefined) {
    const match = /^(-?\d{1,16})\.([0-9a-f-]{36})$/.exec(options.before);
    if (!match)
      throw new AppError('list.bad-cursor', 'This page of the list does not exist. Start at its top.');
    query = query.where(sql<boolean>`(at, id) < (${Number(match[1])}, ${match[2]!})`);
  }
  const rows = await query
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const ids = [...new Set(page.map((row) => row.story_id))];
  const cards = new Map((await storiesByIds(db, ids)).map((card) => [card.id, card]));
  const items = page.flatMap((row) => {
    const card = cards.get(row.story_id);
    return card ? [{ card, correction: { at: JSON.parse(row.time) as StoryTime, text: row.text } }] : [];
  });
  const last = page.at(-1);
  return rows.length > limit && last ? { items, next: `${last.at}.${last.id}` } : { items };
}
