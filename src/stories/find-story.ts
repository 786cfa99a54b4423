import type { Kysely } from 'kysely';
import type { Tables } from '../platform/database/tables.ts';
import { storyFromRow } from './rows.ts';
import type { Correction, Story } from './story.ts';
import type { StoryTime } from './time.ts';

/** A story in any state, by its id. */
export function findStory(db: Kysely<Tables>, id: string): Promise<Story | undefined> {
  return findBy(db, 'id', id);
}

/** A story in any state, by its address such as /2009/07/28/slug. Whoever shows it asks for its state. */
export function findStoryByPath(db: Kysely<Tables>, path: string): Promise<Story | undefined> {
  return findBy(db, 'path', path);
}

/** A story in any state, by the code of its short link. */
export function findStoryByCode(db: Kysely<Tables>, code: string): Promise<Story | undefined> {
  return findBy(db, 'code', code);
}

/** A story in any state, by the name that its source gives it. */
export async function findImported(
  db: Kysely<Tables>,
  source: string,
  sourceId: string,
): Promise<Story | undefined> {
  const row = await db
    .selectFrom('story')
    .select('id')
    .where('source', '=', source)
    .where('source_id', '=', sourceId)
    .executeTakeFirst();
  return row && findStory(db, row.id);
}

/** Stories in any state by their ids, in the order asked for; whoever shows them asks for their state. At most 1,000. */
export async function findStories(db: Kysely<Tables>, ids: readonly string[]): Promise<Story[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('story').selectAll().where('id', 'in', ids).execute();
  const corrections = await correctionsOf(db, ids);
  const stories = new Map(rows.map((row) => [row.id, storyFromRow(row, corrections.get(row.id) ?? [])]));
  return ids.flatMap((id) => stories.get(id) ?? []);
}

async function findBy(
  db: Kysely<Tables>,
  column: 'id' | 'path' | 'code',
  value: string,
): Promise<Story | undefined> {
  const row = await db.selectFrom('story').selectAll().where(column, '=', value).executeTakeFirst();
  return row && storyFromRow(row, (await correctionsOf(db, [row.id])).get(row.id) ?? []);
}

/** By story, oldest first. */
async function correctionsOf(db: Kysely<Tables>, ids: readonly string[]): Promise<Map<string, Correction[]>> {
  const rows = await db
    .selectFrom('story_correction')
    .select(['story_id', 'time', 'text'])
    .where('story_id', 'in', ids)
    .orderBy('at')
    .orderBy('id')
    .execute();
  const byStory = Map.groupBy(rows, (row) => row.story_id);
  return new Map(
    [...byStory].map(([id, notes]) => [
      id,
      notes.map(({ time, text }) => ({ at: JSON.parse(time) as StoryTime, text })),
    ]),
  );
}
