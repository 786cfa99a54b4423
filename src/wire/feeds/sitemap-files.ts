import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { isoOf, periodBounds, type StoryTime } from '../../stories/index.ts';

/** The most addresses in one file; the protocol allows 50,000 (https://www.sitemaps.org/protocol.html). */
export const mostInFile = 10_000;
const atOnce = 1000;
/** No zone was ever further from UTC than this. */
const widest = 24 * 3_600_000;

/** A file of the sitemap. */
export interface SitemapFile {
  /** Without its extension: `2009-07`, `2009-07-2`, `2009-00`, `pages`. */
  readonly name: string;
  /** Milliseconds UTC at which something in it was last changed, as far as that is known. */
  readonly changedAt: number | undefined;
}

/** One address in a file. */
export interface SitemapUrl {
  readonly path: string;
  /** W3C date, at least to the day. */
  readonly changed?: string;
}

/**
 * The files that hold all public stories: one for each month that has any, more when it has more than fit. Stories of
 * which only the year is known stand in month 00.
 */
export async function storyFiles(db: Kysely<Tables>): Promise<SitemapFile[]> {
  const days = await db
    .selectFrom('archive_day')
    .select(['day', 'stories', 'changed_at'])
    .where('stories', '>', 0)
    .orderBy('day')
    .execute();
  const periods = new Map<string, { stories: number; changedAt: number | undefined }>();
  for (const { day, stories, changed_at } of days) {
    const period = day.length === 4 ? `${day}-00` : day.slice(0, 7);
    const known = periods.get(period);
    const changedAt = Math.max(known?.changedAt ?? 0, changed_at ?? 0) || undefined;
    periods.set(period, { stories: stories + (known?.stories ?? 0), changedAt });
  }
  return [...periods].flatMap(([period, { stories, changedAt }]) =>
    filesFor(stories).map((number) => ({ name: nameOf(period, number), changedAt })),
  );
}

/**
 * The public stories of a file, oldest first.
 * @param period.month 0 for what is known by its year alone
 * @param number from 1
 */
export async function storyUrls(
  db: Kysely<Tables>,
  period: { readonly year: number; readonly month: number },
  number: number,
): Promise<SitemapUrl[]> {
  let from: Cursor | undefined;
  // A thousand rows at a time, and a full file's length to pass over: other requests come in between.
  for (let skipped = 1; skipped < number; skipped += 1) {
    const [last] = await rowsAfter(db, period, from)
      .offset(mostInFile - 1)
      .limit(1)
      .execute();
    if (!last) return [];
    from = last;
    await nextTurn();
  }
  const urls: SitemapUrl[] = [];
  while (urls.length < mostInFile) {
    const rows = await rowsAfter(db, period, from).limit(atOnce).execute();
    for (const row of rows) urls.push({ path: row.path!, changed: changeOf(row) });
    from = rows.at(-1);
    if (rows.length < atOnce) break;
    await nextTurn();
  }
  return urls;
}

interface Cursor {
  readonly published_at: number;
  readonly story_id: string;
}

function rowsAfter(
  db: Kysely<Tables>,
  { year, month }: { readonly year: number; readonly month: number },
  after: Cursor | undefined,
) {
  const bounds = periodBounds(month === 0 ? { year } : { year, month }, 'UTC');
  const period = isoOf({ at: bounds.from, zone: 'UTC', precision: month === 0 ? 'year' : 'month' });
  let query = db
    .selectFrom('story_listing')
    .innerJoin('story', 'story.id', 'story_listing.story_id')
    .select([
      'story_listing.published_at',
      'story_listing.story_id',
      'story.path',
      'story.published',
      'story.updated',
      'story.changed_at',
    ])
    .where('story_listing.list', '=', 'all')
    .where('story_listing.published_at', '>=', bounds.from - widest)
    // Of a year alone only its first instant is kept.
    .where('story_listing.published_at', '<', (month === 0 ? bounds.from : bounds.to) + widest);
  // Each story's day is that of its own zone, as the archive counts it.
  query =
    month === 0
      ? query.where('story.published_day', '=', period)
      : query.where('story.published_day', '>=', period).where('story.published_day', '<', `${period}~`);
  if (after) {
    query = query.where(
      sql<boolean>`(story_listing.published_at, story_listing.story_id) > (${after.published_at}, ${after.story_id})`,
    );
  }
  return query.orderBy('story_listing.published_at').orderBy('story_listing.story_id');
}

/** When a story last changed in what it says; where a month or year is all that is known, when it changed here. */
function changeOf(row: { published: string | null; updated: string | null; changed_at: number }): string {
  const time = JSON.parse((row.updated ?? row.published)!) as StoryTime;
  if (time.precision === 'day' || time.precision === 'minute') return isoOf(time);
  return isoOf({ at: row.changed_at, zone: 'UTC', precision: 'minute' });
}

/** Pages that every paper has. */
const fixedPages = [
  '/',
  '/archive',
  '/topics',
  '/authors',
  '/series',
  '/about',
  '/corrections',
  '/accessibility',
  '/privacy',
];

/** Tables whose rows each have a page, and where those stand. */
const directories = [
  ['section', '/'],
  ['topic', '/topics/'],
  ['author', '/authors/'],
  ['series', '/series/'],
] as const;

/** The files that hold all pages which are no stories. */
export async function pageFiles(db: Kysely<Tables>): Promise<SitemapFile[]> {
  let pages = fixedPages.length;
  for (const [kind] of directories) pages += await countListed(db, kind);
  return filesFor(pages).map((number) => ({ name: nameOf('pages', number), changedAt: undefined }));
}

/** The pages of a file. @param number from 1 */
export async function pageUrls(db: Kysely<Tables>, number: number): Promise<SitemapUrl[]> {
  let skip = (number - 1) * mostInFile;
  const paths = fixedPages.slice(skip);
  skip = Math.max(0, skip - fixedPages.length);
  for (const [kind, folder] of directories) {
    const count = await countListed(db, kind);
    if (skip < count && paths.length < mostInFile) {
      const rows = await listed(db, kind)
        .select('slug')
        .orderBy('slug')
        .offset(skip)
        .limit(mostInFile - paths.length)
        .execute();
      for (const { slug } of rows) paths.push(`${folder}${slug}`);
    }
    skip = Math.max(0, skip - count);
  }
  return paths.map((path) => ({ path }));
}

async function countListed(db: Kysely<Tables>, kind: (typeof directories)[number][0]): Promise<number> {
  const row = await listed(db, kind)
    .select((expression) => expression.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Those under which a public story stands; the others have nothing to show, or belonged to what was taken back. */
function listed(db: Kysely<Tables>, kind: (typeof directories)[number][0]) {
  return db.selectFrom(kind as 'section').where((expression) =>
    expression.exists(
      expression
        .selectFrom('story_listing')
        .select('story_id')
        .where('list', '=', sql<string>`${`${kind}:`} || ${sql.ref(`${kind}.slug`)}`),
    ),
  );
}

function filesFor(count: number): number[] {
  return Array.from({ length: Math.ceil(count / mostInFile) }, (_, index) => index + 1);
}

function nameOf(name: string, number: number): string {
  return number === 1 ? name : `${name}-${number}`;
}
