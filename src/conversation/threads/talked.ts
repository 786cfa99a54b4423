import { sql, type Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { nameTag } from '../../readers/index.ts';
import type { Context } from '../../site/context.ts';
import { html, type Html } from '../../site/html.ts';
import { shorten } from '../entries/entry-part.ts';
import { loadEntries, type Entry } from '../entries/entries.ts';
import { noRelations } from '../follows/follow.ts';
import { nameOf } from '../reader-pages/name-part.ts';
import { commentPath } from './comment.ts';
import { commentTag } from './events.ts';
import { threadsText as words } from './text.ts';

const day = 86_400_000;
/** Stories of so many days are compared by their comments, and comments of so many by who recommends them. */
const talkedDays = 7;
const recommendedDays = 3;
/** Of more than this, the newest are compared. */
const mostCompared = 2000;
const excerpt = 140;

/** How long a page may show counts of comments that have changed meanwhile, in milliseconds. */
export const countsLife = 60_000;

/** How many comments public stories have, in one query for a whole page; those without any are left out. */
export async function countComments(
  db: Kysely<Tables>,
  stories: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (stories.length === 0) return new Map();
  const rows = await db
    .selectFrom('story_thread')
    .select(['story_id', 'comments'])
    .where('story_id', 'in', [...new Set(stories)])
    .where('comments', '>', 0)
    .execute();
  return new Map(rows.map(({ story_id, comments }) => [story_id, comments]));
}

/** What is talked about: of the whole paper, or of one section. */
export interface TalkedList {
  readonly section?: string | undefined;
  /** Milliseconds UTC. */
  readonly now: number;
  readonly limit: number;
}

export interface Discussed {
  readonly path: string;
  readonly headline: string;
  readonly comments: number;
}

// The newest come first, then what belongs to them: SQLite keeps the order of a cross join, where with an inner one it
// may begin with every story of the paper.

/** The newest stories with the most comments, the most first. */
export async function mostDiscussed(db: Kysely<Tables>, list: TalkedList): Promise<Discussed[]> {
  const newest = db
    .selectFrom('story_listing')
    .select('story_id')
    .where('list', '=', list.section === undefined ? 'all' : `section:${list.section}`)
    .where('published_at', '>', list.now - talkedDays * day)
    .orderBy('published_at', 'desc')
    .limit(mostCompared);
  const rows = await db
    .selectFrom(newest.as('newest'))
    .crossJoin('story_thread')
    .crossJoin('story')
    .select(['story.path', 'story.headline', 'story_thread.comments'])
    .whereRef('story_thread.story_id', '=', 'newest.story_id')
    .whereRef('story.id', '=', 'newest.story_id')
    .where('story_thread.comments', '>', 0)
    .where('story.state', '=', 'published')
    .orderBy('story_thread.comments', 'desc')
    .orderBy('story_thread.last_at', 'desc')
    .limit(list.limit)
    .execute();
  return rows.map(({ path, headline, comments }) => ({ path: path!, headline, comments }));
}

/** The newest comments that most readers recommend. */
export async function mostRecommended(db: Kysely<Tables>, list: TalkedList): Promise<Entry[]> {
  const newest = db
    .selectFrom('comment')
    .select(['comment.id', 'comment.recommends', 'comment.story_id', 'comment.created_at'])
    .where('comment.state', '=', sql.lit('visible'))
    .where('comment.recommends', '>', sql.lit(0))
    .where('comment.created_at', '>', list.now - recommendedDays * day)
    .orderBy('comment.created_at', 'desc')
    .limit(mostCompared);
  const rows = await db
    .selectFrom(newest.as('newest'))
    .crossJoin('story')
    .select('newest.id')
    .whereRef('story.id', '=', 'newest.story_id')
    .where('story.state', '=', 'published')
    .$if(list.section !== undefined, (query) => query.where('story.section', '=', list.section!))
    .orderBy('newest.recommends', 'desc')
    .orderBy('newest.created_at', 'desc')
    .limit(list.limit)
    .execute();
  const ids = rows.map(({ id }) => id);
  const entries = await loadEntries(db, ids, noRelations);
  return ids.flatMap((id) => entries.get(id) ?? []);
}

const onPage = 5;

/** The most discussed stories beside the most recommended comments; nothing where nobody talks. */
export async function talkedPart(
  { database, clock }: Pick<Context, 'database' | 'clock'>,
  section?: string,
): Promise<{ part: Html | undefined; tags: readonly string[] }> {
  const list = { section, now: clock.now(), limit: onPage };
  const [stories, comments] = await Promise.all([
    mostDiscussed(database.read, list),
    mostRecommended(database.read, list),
  ]);
  // Counts may be a little old; what was taken away may not.
  const tags = comments.flatMap(({ id, author }) => [
    commentTag(id),
    ...(author ? [nameTag(author.id)] : []),
  ]);
  if (stories.length === 0) return { part: undefined, tags };
  const discussed = stories.map(
    ({ path, headline, comments: count }) =>
      html`<li><span><a href="${`${path}#conversation`}">${headline}</a> <span class="meta">${words.onCard(count)}</span></span></li>`,
  );
  const recommended = comments.map(
    (entry) =>
      html`<li><span><a href="${commentPath(entry.story.path, entry.code)}">${shorten(entry.text, excerpt) || words.spoiler}</a> <span class="meta">${words.saidOn(nameOf(entry.author, entry.originAuthor), entry.story.headline)} · ${words.recommends(entry.recommends)}</span></span></li>`,
  );
  const part = html`<div class="most-talked"><section aria-labelledby="most-discussed"><h2 class="heading" id="most-discussed">${words.mostDiscussed}</h2><ol>${discussed}</ol></section>${recommended.length > 0 && html`<section aria-labelledby="most-recommended"><h2 class="heading" id="most-recommended">${words.mostRecommended}</h2><ol>${recommended}</ol></section>`}</div>`;
  return { part, tags };
}
