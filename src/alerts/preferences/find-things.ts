import { sql, type Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { findStoryByPath, isPublic, listSections } from '../../stories/index.ts';
import { nameThings, type NamedThing } from './named-things.ts';

/** Of topics and authors as many each. */
const mostFound = 8;
const longest = 200;

/**
 * Sections, topics and authors whose names hold some words, and the story at an address, whichever begins with them first.
 * @param words as somebody typed them
 * @param origin of this site
 */
export async function findThings(db: Kysely<Tables>, words: string, origin: string): Promise<NamedThing[]> {
  const sought = words.trim().slice(0, longest);
  if (sought === '') return [];
  const path = pathOf(sought, origin);
  if (path !== undefined) {
    const story = await findStoryByPath(db, path);
    return story && isPublic(story) ? nameThings(db, [{ kind: 'story', target: story.id }]) : [];
  }
  const small = sought.toLocaleLowerCase();
  const [sections, topics, authors] = await Promise.all([
    listSections(db),
    slugsOf(db, 'topic', small),
    slugsOf(db, 'author', small),
  ]);
  return nameThings(db, [
    ...sections
      .filter(({ name }) => name.toLocaleLowerCase().includes(small))
      .slice(0, mostFound)
      .map(({ slug }) => ({ kind: 'section', target: slug }) as const),
    ...topics.map((target) => ({ kind: 'topic', target }) as const),
    ...authors.map((target) => ({ kind: 'author', target }) as const),
  ]);
}

/** The path of a story where an address of this site was given, whole or without its origin. */
function pathOf(sought: string, origin: string): string | undefined {
  if (!/^(?:https?:\/\/|\/)/i.test(sought) || !URL.canParse(sought, origin)) return undefined;
  const url = new URL(sought, origin);
  if (url.host !== new URL(origin).host) return undefined;
  const [path] = /^\/\d{4}\/\d{2}\/\d{2}\/[^/]+/.exec(decodeURI(url.pathname)) ?? [];
  return path;
}

async function slugsOf(db: Kysely<Tables>, table: 'topic' | 'author', small: string): Promise<string[]> {
  const escaped = small.replace(/[\\%_]/g, String.raw`\$&`);
  const name = sql`lower(${sql.ref(`${table}.name`)})`;
  const rows = await db
    .selectFrom(table)
    .select('slug')
    .where(sql<boolean>`${name} like ${`%${escaped}%`} escape '\\'`)
    .orderBy(sql`case when ${name} like ${`${escaped}%`} escape '\\' then 0 else 1 end`)
    .orderBy('name')
    .orderBy('slug')
    .limit(mostFound)
    .execute();
  return rows.map(({ slug }) => slug);
}
