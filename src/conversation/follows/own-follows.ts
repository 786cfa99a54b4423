import { sql, type Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { findReaderCards } from '../../readers/index.ts';
import { storiesByIds, topicsBySlugs } from '../../stories/index.ts';
import { pageOf, readCursor, type Place } from '../cursor.ts';
import type { FollowKind } from './follow.ts';
import { isThere } from './policy.ts';
import { followsText as words } from './text.ts';

/** Something that one follows, as a list names it. */
export interface NamedTarget {
  readonly name: string;
  /** Where it stands on this site. */
  readonly path: string;
}

export interface OwnFollow extends Place, NamedTarget {
  readonly target: string;
}

const mostOnPage = 100;

/**
 * What an account follows of one kind, whatever was followed last first; what is no longer there is left out.
 * @throws AppError `list.bad-cursor`
 */
export async function listOwnFollows(
  db: Kysely<Tables>,
  list: {
    readonly reader: string;
    readonly kind: FollowKind;
    readonly before?: string;
    readonly limit: number;
  },
): Promise<{ items: readonly OwnFollow[]; next: string | undefined }> {
  const limit = Math.max(1, Math.min(list.limit, mostOnPage));
  const rows = await db
    .selectFrom('follow')
    .select(['target as id', 'since as at'])
    .where('reader_id', '=', list.reader)
    .where('kind', '=', list.kind)
    .$if(list.before !== undefined, (query) => {
      const { at, id } = readCursor(list.before!);
      return query.where(sql<boolean>`(since, target) < (${at}, ${id})`);
    })
    .orderBy('since', 'desc')
    .orderBy('target', 'desc')
    .limit(limit + 1)
    .execute();
  const { items, next } = pageOf(rows, limit);
  const named = await nameTargets(
    db,
    list.kind,
    items.map(({ id }) => id),
  );
  return {
    items: items.flatMap(({ id, at }) => {
      const target = named.get(id);
      return target ? { id, at, target: id, ...target } : [];
    }),
    next,
  };
}

/** How many things of each kind an account follows, in one query. */
export async function countOwnFollows(
  db: Kysely<Tables>,
  reader: string,
): Promise<ReadonlyMap<FollowKind, number>> {
  const rows = await db
    .selectFrom('follow')
    .select((is) => ['kind', is.fn.countAll<number>().as('count')])
    .where('reader_id', '=', reader)
    .groupBy('kind')
    .execute();
  return new Map(rows.map(({ kind, count }) => [kind as FollowKind, Number(count)]));
}

/** Names and addresses of what can be followed, in one query; what is not there for everyone is left out. */
export async function nameTargets(
  db: Kysely<Tables>,
  kind: FollowKind,
  targets: readonly string[],
): Promise<ReadonlyMap<string, NamedTarget>> {
  if (targets.length === 0) return new Map();
  return new Map(await named[kind](db, targets));
}

type Named = readonly (readonly [string, NamedTarget])[];

const named: Record<FollowKind, (db: Kysely<Tables>, targets: readonly string[]) => Promise<Named>> = {
  async reader(db, ids) {
    const cards = await findReaderCards(db, ids);
    return [...cards.values()]
      .filter(isThere)
      .map(({ id, name, handle }) => [id, { name: name || `@${handle}`, path: `/readers/${handle}` }]);
  },
  async author(db, slugs) {
    const rows = await db.selectFrom('author').select(['slug', 'name']).where('slug', 'in', slugs).execute();
    return rows.map(({ slug, name }) => [slug, { name, path: `/authors/${slug}` }]);
  },
  async topic(db, slugs) {
    const rows = await topicsBySlugs(db, slugs);
    return rows.map(({ slug, name }) => [slug, { name, path: `/topics/${slug}` }]);
  },
  async story(db, ids) {
    const cards = await storiesByIds(db, ids);
    return cards.map(({ id, headline, path }) => [
      id,
      { name: words.story(headline), path: `${path}#conversation` },
    ]);
  },
  async thread(db, ids) {
    const rows = await db
      .selectFrom('comment')
      .innerJoin('story', 'story.id', 'comment.story_id')
      .leftJoin('reader', 'reader.id', 'comment.author_id')
      .select(['comment.id', 'comment.code', 'reader.name', 'story.headline', 'story.path'])
      .where('comment.id', 'in', ids)
      .where('comment.state', '=', 'visible')
      .where('story.state', '=', 'published')
      .execute();
    return rows.map(({ id, code, name, headline, path }) => [
      id,
      { name: words.thread(name || words.someone, headline), path: `${path}/comments/${code}` },
    ]);
  },
};
