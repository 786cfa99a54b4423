import type { Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { findReaderCards } from '../../readers/index.ts';
import { listSections, storiesByIds, topicsBySlugs } from '../../stories/index.ts';
import { keyOf, type AlertThing, type TargetKind } from './choice.ts';

/** A thing as lists name it. */
export interface NamedThing extends AlertThing {
  readonly kind: TargetKind;
  readonly name: string;
  /** Where it stands on this site. */
  readonly path: string;
}

type Namer = (db: Kysely<Tables>, targets: readonly string[]) => Promise<readonly (readonly string[])[]>;

/** For each kind: what is there for everyone, as target, name and path. */
const namers: Readonly<Record<TargetKind, Namer>> = {
  async section(db, slugs) {
    const sections = await listSections(db);
    return sections
      .filter(({ slug }) => slugs.includes(slug))
      .map(({ slug, name }) => [slug, name, `/${slug}`]);
  },
  async topic(db, slugs) {
    const topics = await topicsBySlugs(db, slugs);
    return topics.map(({ slug, name }) => [slug, name, `/topics/${slug}`]);
  },
  async author(db, slugs) {
    const rows = await db.selectFrom('author').select(['slug', 'name']).where('slug', 'in', slugs).execute();
    return rows.map(({ slug, name }) => [slug, name, `/authors/${slug}`]);
  },
  async story(db, ids) {
    const cards = await storiesByIds(db, ids);
    return cards.map(({ id, headline, path }) => [id, headline, path]);
  },
  async reader(db, ids) {
    const cards = await findReaderCards(db, ids);
    return [...cards.values()]
      .filter(({ handle, state }) => handle !== undefined && state !== 'former' && state !== 'leaving')
      .map(({ id, name, handle }) => [id, name || `@${handle}`, `/readers/${handle}`]);
  },
};

/** Names of things, in their order and with one query for each kind; what is not there for everyone is left out. */
export async function nameThings(
  db: Kysely<Tables>,
  things: readonly AlertThing[],
): Promise<(NamedThing & AlertThing)[]> {
  const found = new Map<string, NamedThing>();
  const kinds = Map.groupBy(things, ({ kind }) => kind);
  for (const [kind, each] of kinds) {
    const namer = (namers as Partial<Record<string, Namer>>)[kind];
    const targets = [...new Set(each.map(({ target }) => target))].filter((target) => target !== '');
    if (!namer || targets.length === 0) continue;
    for (const [target, name, path] of await namer(db, targets))
      found.set(keyOf({ kind, target: target! }), {
        kind: kind as TargetKind,
        target: target!,
        name: name!,
        path: path!,
      });
  }
  return things.flatMap((thing) => found.get(keyOf(thing)) ?? []);
}
