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

async function findBy(
  db: Kysely<Tables>,
  column: 'id' | 'path' | 'code',
  value: string,
): Promise<Story | undefined> {
  const row = await db.selectFrom('story').selectAll().where(column, '=', value).executeTakeFirst();
  return row && storyFromRow(row, await correctionsOf(db, row.id));
}

async function correctionsOf(db: Kysely<Tables>, id: string): Promise<Correction[]> {
  const rows = await db
    .selectFrom('story_correction')
    .select(['time', 'text'])
    .where('story_id', '=', id)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(({ time, text }) => ({ at: JSON.parse(time) as StoryTime, text }));
}
