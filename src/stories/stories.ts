import { sql, type Kysely, type Selectable } from 'kysely';
import type { Tables } from '../platform/database/tables.ts';
import { AppError } from '../platform/errors.ts';
import type { Block, Picture } from './blocks.ts';
import type { StoryTable } from './migrations.ts';
import type { Story, StoryContent, StoryState } from './story.ts';
import { endOf, fromLocal, type StoryTime } from './time.ts';

/** What lists show of a public story. */
export interface StoryCard {
  readonly id: string;
  readonly code: string;
  /** Public path such as /2026/11/24/slug. */
  readonly path: string;
  readonly kicker: string;
  readonly headline: string;
  readonly standfirst: string;
  readonly section: { slug: string; name: string } | undefined;
  readonly byline: StoryContent['byline'];
  readonly published: StoryTime;
  readonly updated: StoryTime | undefined;
  readonly lead: Picture | undefined;
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly words: number;
  readonly sensitive: boolean;
  readonly credit: string;
  readonly dateline: StoryContent['dateline'];
  readonly topics: readonly string[];
}

export interface StoryList {
  readonly section?: string;
  readonly topic?: string;
  readonly author?: string;
  readonly series?: string;
  /** Only what was first published here: nothing that was imported. */
  readonly firstHere?: boolean;
  /** Milliseconds UTC, included. */
  readonly from?: number;
  /** Milliseconds UTC, not included. */
  readonly to?: number;
  /** A year, a month or a day as each story's own zone has it; what is known less exactly is not of it. */
  readonly period?: { readonly year: number; readonly month?: number; readonly day?: number };
  /** `next` of the page before. */
  readonly before?: string;
  /** Oldest first, as in a series. */
  readonly oldestFirst?: boolean;
  /** At most 1,000. */
  readonly limit: number;
}

const mostInList = 1000;

type CardRow = Omit<Selectable<StoryTable>, 'body'> & { section_name: string | null };

const cardColumns = [
  'story.id',
  'story.code',
  'story.path',
  'story.kicker',
  'story.headline',
  'story.standfirst',
  'story.section',
  'section.name as section_name',
  'story.byline',
  'story.dateline',
  'story.credit',
  'story.topics',
  'story.lead',
  'story.language',
  'story.direction',
  'story.sensitive',
  'story.published',
  'story.updated',
  'story.words',
] as const;

/**
 * Public stories, newest first, a page at a time by (time, id).
 * @throws AppError `list.bad-cursor`
 */
export async function listStories(
  db: Kysely<Tables>,
  list: StoryList,
): Promise<{ items: StoryCard[]; next?: string }> {
  const limit = Math.max(1, Math.min(list.limit, mostInList));
  const [name, ...others] = listNames(list);
  let query = db
    .selectFrom('story_listing')
    .innerJoin('story', 'story.id', 'story_listing.story_id')
    .leftJoin('section', 'section.slug', 'story.section')
    .select(cardColumns)
    .select('story_listing.published_at as listed_at')
    .where('story_listing.list', '=', name!);
  for (const other of others) {
    query = query.where('story_listing.story_id', 'in', (inner) =>
      inner.selectFrom('story_listing').select('story_id').where('list', '=', other),
    );
  }
  if (list.from !== undefined) query = query.where('story_listing.published_at', '>=', list.from);
  if (list.to !== undefined) query = query.where('story_listing.published_at', '<', list.to);
  if (list.period !== undefined) {
    const prefix = periodName(list.period);
    const { from, to } = periodBounds(list.period, 'UTC');
    query = query
      .where('story.published_day', '>=', prefix)
      .where('story.published_day', '<', `${prefix}~`)
      // For the index: no zone was ever further from UTC than a day.
      .where('story_listing.published_at', '>=', from - 86_400_000)
      .where('story_listing.published_at', '<', to + 86_400_000);
  }
  if (list.before !== undefined) {
    const { at, id } = readCursor(list.before);
    query = query.where(
      sql<boolean>`(story_listing.published_at, story_listing.story_id) ${sql.raw(list.oldestFirst ? '>' : '<')} (${at}, ${id})`,
    );
  }
  const direction = list.oldestFirst ? 'asc' : 'desc';
  const rows = await query
    .orderBy('story_listing.published_at', direction)
    .orderBy('story_listing.story_id', direction)
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map((row) => cardFromRow(row as unknown as CardRow));
  const last = rows[limit - 1];
  return rows.length > limit && last ? { items, next: `${last.listed_at}.${last.id}` } : { items };
}

/** How many public stories a list holds since a moment. @param list.from milliseconds UTC, included */
export async function countStories(
  db: Kysely<Tables>,
  list: Pick<StoryList, 'section' | 'topic' | 'author' | 'firstHere'> & { readonly from: number },
): Promise<number> {
  const [name, ...others] = listNames(list);
  let query = db
    .selectFrom('story_listing')
    .select((is) => is.fn.countAll<number>().as('count'))
    .where('list', '=', name!)
    .where('published_at', '>=', list.from);
  for (const other of others) {
    query = query.where('story_id', 'in', (inner) =>
      inner
        .selectFrom('story_listing')
        .select('story_id')
        .where('list', '=', other)
        .where('published_at', '>=', list.from),
    );
  }
  return Number((await query.executeTakeFirstOrThrow()).count);
}

function listNames(list: Omit<StoryList, 'limit'>): string[] {
  const names: string[] = [];
  if (list.series) names.push(`series:${list.series}`);
  if (list.author) names.push(`author:${list.author}`);
  if (list.topic) names.push(`topic:${list.topic}`);
  if (list.section) names.push(`section:${list.section}`);
  if (list.firstHere) names.push('news');
  return names.length > 0 ? names : ['all'];
}

function readCursor(cursor: string): { at: number; id: string } {
  const match = /^(-?\d{1,16})\.([0-9a-f-]{36})$/.exec(cursor);
  if (!match)
    throw new AppError('list.bad-cursor', 'This page of the list does not exist. Start at its top.');
  return { at: Number(match[1]), id: match[2]! };
}

/** Cards of public stories in the order asked for; what is not public is left out. */
export async function storiesByIds(db: Kysely<Tables>, ids: readonly string[]): Promise<StoryCard[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('story')
    .leftJoin('section', 'section.slug', 'story.section')
    .select(cardColumns)
    .where('story.id', 'in', ids)
    .where('story.state', '=', 'published')
    .execute();
  const cards = new Map(rows.map((row) => [row.id, cardFromRow(row as unknown as CardRow)]));
  return ids.flatMap((id) => cards.get(id) ?? []);
}

/** A public story's card by its address, for links from one story to another. */
export async function cardsByPaths(
  db: Kysely<Tables>,
  paths: readonly string[],
): Promise<Map<string, StoryCard>> {
  if (paths.length === 0) return new Map();
  const rows = await db
    .selectFrom('story')
    .leftJoin('section', 'section.slug', 'story.section')
    .select(cardColumns)
    .where('story.path', 'in', paths)
    .where('story.state', '=', 'published')
    .execute();
  return new Map(rows.map((row) => [row.path!, cardFromRow(row as unknown as CardRow)]));
}

/**
 * What a reader of a story may want next: what shares most topics with it, newest first, then its section.
 * Stories that its text links to already are left out.
 */
export async function relatedStories(db: Kysely<Tables>, story: Story, limit: number): Promise<StoryCard[]> {
  const linked = new Set(story.body.flatMap((block) => (block.type === 'related' ? block.href : [])));
  const shared = new Map<string, { card: StoryCard; topics: number }>();
  const consider = (cards: readonly StoryCard[], weight: number) => {
    for (const card of cards) {
      if (card.id === story.id || linked.has(card.path)) continue;
      const known = shared.get(card.id);
      if (known) known.topics += weight;
      else shared.set(card.id, { card, topics: weight });
    }
  };
  for (const topic of story.topics.slice(0, 8)) {
    consider((await listStories(db, { topic, limit: 12 })).items, 1);
  }
  if (shared.size < limit && story.section) {
    consider((await listStories(db, { section: story.section, limit: limit + 1 })).items, 0.5);
  }
  return [...shared.values()]
    .sort((a, b) => b.topics - a.topics || b.card.published.at - a.card.published.at)
    .slice(0, limit)
    .map(({ card }) => card);
}

/** How many public stories each period holds: years, the months of a year, or the days of a month. */
export async function countByPeriod(
  db: Kysely<Tables>,
  within: { year?: number; month?: number } = {},
): Promise<{ period: string; count: number }[]> {
  const prefix = within.year === undefined ? '' : periodName({ year: within.year, month: within.month });
  const length = prefix === '' ? 4 : prefix.length + 3;
  let query = db.selectFrom('archive_day').select(['day', 'stories']).where('stories', '>', 0);
  if (prefix !== '') query = query.where('day', '>=', prefix).where('day', '<', `${prefix}~`);
  const counts = new Map<string, number>();
  for (const { day, stories } of await query.orderBy('day').execute()) {
    // A story known by its year alone counts for the year, not for a month of it.
    if (day.length < length) continue;
    const period = day.slice(0, length);
    counts.set(period, (counts.get(period) ?? 0) + stories);
  }
  return [...counts].map(([period, count]) => ({ period, count }));
}

/** '2009', '2009-07' or '2009-07-28'. */
function periodName({ year, month, day }: { year: number; month?: number; day?: number }): string {
  const parts = [month, day].flatMap((part) => (part === undefined ? [] : String(part).padStart(2, '0')));
  return [String(year).padStart(4, '0'), ...parts].join('-');
}

/** The instants at which a year, month or day begins and ends in a zone, for `from` and `to` of a list. */
export function periodBounds(
  period: { year: number; month?: number; day?: number },
  zone: string,
): { from: number; to: number } {
  const time = fromLocal(period, zone);
  return { from: time.at, to: endOf(time) };
}

/** Stories in any state, or in one, the latest changed first; for the newsroom. @param options.limit at most 1,000 */
export function listStoriesInState(
  db: Kysely<Tables>,
  options: { state?: StoryState; limit: number },
): Promise<{ id: string; state: string; headline: string; held: string | null; changed_at: number }[]> {
  let query = db.selectFrom('story').select(['id', 'state', 'headline', 'held', 'changed_at']);
  // Written out, not as values: only then does an index that leaves published stories out serve.
  if (options.state) query = query.where('state', '=', sql.lit(options.state));
  if (options.state && options.state !== 'published')
    query = query.where('state', '<>', sql.lit('published'));
  return query
    .orderBy('changed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(Math.min(options.limit, 1000))
    .execute();
}

/** Every picture, sound and film that a story or its card shows. */
export function storyMediaIds(story: { lead?: Picture | undefined; body?: readonly Block[] }): string[] {
  const ids = new Set<string>();
  if (story.lead) ids.add(story.lead.media);
  for (const block of story.body ?? []) {
    if (block.type === 'picture' || block.type === 'audio' || block.type === 'video') ids.add(block.media);
    if (block.type === 'gallery') for (const picture of block.pictures) ids.add(picture.media);
    if (block.type === 'video' && block.poster) ids.add(block.poster);
    if (block.type === 'video' && block.captions) ids.add(block.captions);
  }
  return [...ids];
}

function cardFromRow(row: CardRow): StoryCard {
  return {
    id: row.id,
    code: row.code,
    path: row.path!,
    kicker: row.kicker,
    headline: row.headline,
    standfirst: row.standfirst,
    section: row.section === null ? undefined : { slug: row.section, name: row.section_name ?? row.section },
    byline: JSON.parse(row.byline) as StoryContent['byline'],
    published: JSON.parse(row.published!) as StoryTime,
    updated: row.updated === null ? undefined : (JSON.parse(row.updated) as StoryTime),
    lead: row.lead === null ? undefined : (JSON.parse(row.lead) as Picture),
    language: row.language,
    direction: row.direction as StoryCard['direction'],
    words: row.words,
    sensitive: row.sensitive === 1,
    credit: row.credit,
    dateline: JSON.parse(row.dateline) as StoryContent['dateline'],
    topics: JSON.parse(row.topics) as string[],
  };
}
