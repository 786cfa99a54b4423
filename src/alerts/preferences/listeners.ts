import { sql, type Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { alertChannels, type AlertChannel } from '../alert.ts';
import { isFollowed, keyOf, type AlertThing } from './choice.ts';
import { toldOf } from './choices.ts';

/** An account that hears of something. */
export interface Listener {
  readonly reader: string;
  /** All ways in which it wants to be told, the one that rings soonest first; never empty, never `off`. */
  readonly channels: readonly AlertChannel[];
}

const mostAtOnce = 500;

/**
 * Accounts that hear of a public thing, by their choices, by what they follow, and by what is usual: a batch at a time in
 * the order of their ids. What an account has chosen for one thing counts for that one: whoever wants a topic and not
 * the section hears of a story that stands under both.
 * @param things all that a story stands under (`thingsOf`), or `breaking`
 * @param list.after `next` of the batch before
 * @returns `next` is undefined with the last batch; a batch may be empty before it
 */
export async function listenersOf(
  db: Kysely<Tables>,
  things: readonly AlertThing[],
  list: { readonly after?: string; readonly limit?: number } = {},
): Promise<{ items: readonly Listener[]; next: string | undefined }> {
  const limit = Math.max(1, Math.min(list.limit ?? mostAtOnce, mostAtOnce));
  const candidates = await candidatesFor(db, things, { after: list.after ?? '', limit });
  const told = await toldOf(db, candidates, things);
  const items = candidates.flatMap((reader) => {
    const given = new Set(told.get(reader)?.values());
    const channels = alertChannels.filter((channel) => channel !== 'off' && given.has(channel));
    return channels.length > 0 ? [{ reader, channels }] : [];
  });
  return { items, next: candidates.length === limit ? candidates.at(-1) : undefined };
}

/** Ids of accounts that have said that they want one of the things, or follow it. */
async function candidatesFor(
  db: Kysely<Tables>,
  things: readonly AlertThing[],
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<string[]> {
  const targets = Map.groupBy(things, ({ kind }) => kind);
  const parts = [...targets].flatMap(([kind, each]) => {
    const slugs = each.map(({ target }) => target);
    // One walk along the index for each channel, which ends with the batch.
    const chosen = alertChannels
      .filter((channel) => channel !== 'off')
      .map((channel) =>
        db
          .selectFrom('alert_choice')
          .select(sql<string>`substr(owner, ${'reader:'.length + 1})`.as('reader'))
          .where('kind', '=', kind)
          .where('target', 'in', slugs)
          .where('channel', '=', channel)
          .where('owner', '>', `reader:${after}`)
          // Above each id, in whatever order a database has other letters.
          .where('owner', '<', 'reader:g')
          .orderBy('owner')
          .limit(limit),
      );
    const follows = db
      .selectFrom('follow')
      .select('reader_id as reader')
      .where('kind', '=', kind)
      .where('target', 'in', slugs)
      .where('reader_id', '>', after)
      .orderBy('reader_id')
      .limit(limit);
    return (isFollowed(kind) ? [...chosen, follows] : chosen).map((part) =>
      db.selectFrom(part.as('part')).select('part.reader'),
    );
  });
  const [first, ...others] = parts;
  if (!first) return [];
  const all = others.reduce((union, part) => union.unionAll(part), first);
  const rows = await db
    .selectFrom(all.as('listener'))
    .innerJoin('reader', 'reader.id', 'listener.reader')
    .select('listener.reader')
    .distinct()
    .where('reader.state', '<>', 'former')
    .orderBy('listener.reader')
    .limit(limit)
    .execute();
  return rows.map(({ reader }) => reader);
}

/**
 * Which of these browsers are to ring for a public thing: those that chose one, and those on which an account is signed
 * in that has chosen `push`. What a browser itself has chosen of a thing goes before what its account has.
 * @param browsers at most some thousands; asked of some hundreds at a time
 * @returns ids of browsers
 */
export async function browsersToRing(
  db: Kysely<Tables>,
  browsers: readonly { readonly id: string; readonly reader: string | null }[],
  things: readonly AlertThing[],
): Promise<Set<string>> {
  const ringing = new Set<string>();
  if (things.length === 0) return ringing;
  for (let at = 0; at < browsers.length; at += mostAtOnce) {
    const some = browsers.slice(at, at + mostAtOnce);
    const readers = [...new Set(some.flatMap(({ reader }) => reader ?? []))];
    const [rows, told] = await Promise.all([
      db
        .selectFrom('alert_choice')
        .select(['owner', 'kind', 'target', 'channel'])
        .where(
          'owner',
          'in',
          some.map(({ id }) => `browser:${id}`),
        )
        .where('kind', 'in', [...new Set(things.map(({ kind }) => kind))])
        .where('target', 'in', [...new Set(things.map(({ target }) => target))])
        .execute(),
      toldOf(db, readers, things),
    ]);
    const own = new Map(rows.map((row) => [`${row.owner} ${row.kind}:${row.target}`, row.channel]));
    for (const { id, reader } of some) {
      const byAccount = reader === null ? undefined : told.get(reader);
      const isWanted = things.some((thing) => {
        const key = keyOf(thing);
        return (own.get(`browser:${id} ${key}`) ?? byAccount?.get(key)) === 'push';
      });
      if (isWanted) ringing.add(id);
    }
  }
  return ringing;
}
