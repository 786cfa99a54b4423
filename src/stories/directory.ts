import { sql, type Kysely } from 'kysely';
import { z } from 'zod';
import type { Transaction } from '../platform/database/database.ts';
import type { Tables } from '../platform/database/tables.ts';
import { AppError } from '../platform/errors.ts';
import { keptWords } from './blocks.ts';
import { directoryChanged } from './events.ts';
import { slug } from './story.ts';

/** Words that stand at the root of the site's addresses and so cannot name a section. */
const reserved = new Set(
  'about accessibility account alerts api apple-touch-icon archive assets authors bench corrections desk favicon feed following front guidelines health inbox live logo manifest media metrics news-sitemap notices opensearch people privacy readers ready report robots s search sections series sign-in sign-out sitemap sitemaps support text topics trust'.split(
    ' ',
  ),
);

const name = z.string().overwrite(keptWords).trim().min(1, { error: 'A name is needed.' }).max(120);
const words = z.string().overwrite(keptWords).trim().max(2000).default('');
const source = z.string().max(200).optional();

const section = z.strictObject({
  slug: slug
    .refine((value) => !reserved.has(value), { error: 'is an address of the site itself; choose another' })
    .refine((value) => !/^\d+$/.test(value), {
      error: 'cannot be a number, which is an address of the archive',
    }),
  name,
  description: words,
  position: z.number().int().min(0).max(1000).optional(),
  source,
});
const topic = z.strictObject({ slug, name, description: words, source });
const series = z.strictObject({ slug, title: name, description: words, source });
const author = z.strictObject({
  slug,
  name,
  role: z.string().overwrite(keptWords).trim().max(120).default(''),
  bio: words,
  /** Id of a picture. */
  picture: z.string().max(64).optional(),
  source,
});

export type Section = { slug: string; name: string; description: string; position: number };
export type Topic = { slug: string; name: string; description: string };
export type Series = { slug: string; title: string; description: string };
export type Author = { slug: string; name: string; role: string; bio: string; picture: string | null };

export interface DirectoryList {
  /** At most 1,000. */
  readonly limit: number;
  /** Only those under which a public story stands: others may tell of one that was taken down. */
  readonly withStories?: boolean;
}

/** Make a section or change it. @throws AppError `section.invalid` */
export async function saveSection(tx: Transaction, input: z.input<typeof section>): Promise<void> {
  const row = check('section', section, input);
  const last = await tx.db
    .selectFrom('section')
    .select((expression) => expression.fn.max('position').as('position'))
    .executeTakeFirst();
  const known = await findSection(tx.db, row.slug);
  const position = row.position ?? known?.position ?? (last?.position ?? 0) + 1;
  const values = { name: row.name, description: row.description, position };
  await tx.db
    .insertInto('section')
    .values({ slug: row.slug, ...values, source: row.source ?? null })
    .onConflict((conflict) => conflict.column('slug').doUpdateSet(values))
    .execute();
  tx.emit(directoryChanged('section', row.slug));
}

/** Make a topic or change it. @throws AppError `topic.invalid` */
export async function saveTopic(tx: Transaction, input: z.input<typeof topic>): Promise<void> {
  const row = check('topic', topic, input);
  const values = { name: row.name, description: row.description };
  await tx.db
    .insertInto('topic')
    .values({ slug: row.slug, ...values, source: row.source ?? null })
    .onConflict((conflict) => conflict.column('slug').doUpdateSet(values))
    .execute();
  tx.emit(directoryChanged('topic', row.slug));
}

/** Make an author or change one. @throws AppError `author.invalid` */
export async function saveAuthor(tx: Transaction, input: z.input<typeof author>): Promise<void> {
  const row = check('author', author, input);
  const values = { name: row.name, role: row.role, bio: row.bio, picture: row.picture ?? null };
  await tx.db
    .insertInto('author')
    .values({ slug: row.slug, ...values, source: row.source ?? null })
    .onConflict((conflict) => conflict.column('slug').doUpdateSet(values))
    .execute();
  tx.emit(directoryChanged('author', row.slug));
}

/** Make a series or change it. @throws AppError `series.invalid` */
export async function saveSeries(tx: Transaction, input: z.input<typeof series>): Promise<void> {
  const row = check('series', series, input);
  const values = { title: row.title, description: row.description };
  await tx.db
    .insertInto('series')
    .values({ slug: row.slug, ...values, source: row.source ?? null })
    .onConflict((conflict) => conflict.column('slug').doUpdateSet(values))
    .execute();
  tx.emit(directoryChanged('series', row.slug));
}

/** All sections in their order. */
export function listSections(db: Kysely<Tables>): Promise<Section[]> {
  return db
    .selectFrom('section')
    .select(['slug', 'name', 'description', 'position'])
    .orderBy('position')
    .orderBy('slug')
    .execute();
}

export function findSection(db: Kysely<Tables>, slug: string): Promise<Section | undefined> {
  return db
    .selectFrom('section')
    .select(['slug', 'name', 'description', 'position'])
    .where('slug', '=', slug)
    .executeTakeFirst();
}

/** Topics in the order of their names. */
export function listTopics(db: Kysely<Tables>, options: DirectoryList): Promise<Topic[]> {
  return db
    .selectFrom('topic')
    .select(['slug', 'name', 'description'])
    .$if(options.withStories === true, (query) => query.where(hasStories('topic')))
    .orderBy('name')
    .orderBy('slug')
    .limit(Math.min(options.limit, 1000))
    .execute();
}

export function findTopic(db: Kysely<Tables>, slug: string): Promise<Topic | undefined> {
  return db
    .selectFrom('topic')
    .select(['slug', 'name', 'description'])
    .where('slug', '=', slug)
    .executeTakeFirst();
}

/** Topics by their slugs, in the order asked for. */
export async function topicsBySlugs(db: Kysely<Tables>, slugs: readonly string[]): Promise<Topic[]> {
  if (slugs.length === 0) return [];
  const rows = await db
    .selectFrom('topic')
    .select(['slug', 'name', 'description'])
    .where('slug', 'in', slugs)
    .execute();
  const known = new Map(rows.map((row) => [row.slug, row]));
  return slugs.flatMap((slug) => known.get(slug) ?? []);
}

/** Authors in the order of their names. */
export function listAuthors(db: Kysely<Tables>, options: DirectoryList): Promise<Author[]> {
  return db
    .selectFrom('author')
    .select(['slug', 'name', 'role', 'bio', 'picture'])
    .$if(options.withStories === true, (query) => query.where(hasStories('author')))
    .orderBy('name')
    .orderBy('slug')
    .limit(Math.min(options.limit, 1000))
    .execute();
}

/** Names of those who wrote something since a moment, at most 5,000. @param since milliseconds UTC */
export async function recentAuthorNames(db: Kysely<Tables>, since: number): Promise<string[]> {
  const rows = await db
    .selectFrom('author')
    .select('name')
    .where(
      sql<boolean>`exists (select 1 from story_listing where list = ${'author:'} || ${sql.ref('author.slug')} and published_at > ${since})`,
    )
    .limit(5000)
    .execute();
  return rows.map(({ name }) => name);
}

export function findAuthor(db: Kysely<Tables>, slug: string): Promise<Author | undefined> {
  return db
    .selectFrom('author')
    .select(['slug', 'name', 'role', 'bio', 'picture'])
    .where('slug', '=', slug)
    .executeTakeFirst();
}

export function findSeries(db: Kysely<Tables>, slug: string): Promise<Series | undefined> {
  return db
    .selectFrom('series')
    .select(['slug', 'title', 'description'])
    .where('slug', '=', slug)
    .executeTakeFirst();
}

/** Series in the order of their titles. */
export function listSeries(db: Kysely<Tables>, options: DirectoryList): Promise<Series[]> {
  return db
    .selectFrom('series')
    .select(['slug', 'title', 'description'])
    .$if(options.withStories === true, (query) => query.where(hasStories('series')))
    .orderBy('title')
    .orderBy('slug')
    .limit(Math.min(options.limit, 1000))
    .execute();
}

function hasStories(kind: 'topic' | 'author' | 'series') {
  return sql<boolean>`exists (select 1 from story_listing where list = ${`${kind}:`} || ${sql.ref(`${kind}.slug`)})`;
}

function check<T>(kind: string, schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields = Object.fromEntries(
    result.error.issues.map((issue) => [issue.path.join('.') || kind, issue.message]),
  );
  const list = Object.entries(fields).map(([field, message]) => `${field}: ${message}`);
  throw new AppError(`${kind}.invalid`, `Please mend: ${list.join('; ')}`, { fields });
}
