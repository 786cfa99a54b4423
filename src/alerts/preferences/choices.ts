import type { Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import type { AlertChannel, AlertKind, AlertOwner } from '../alert.ts';
import { isFollowed, keyOf, usualChannel, type AlertChoice, type AlertThing } from './choice.ts';

/** Readers and things of one query, below the parameter limits of both databases. */
const atOnce = 500;
const mostListed = 2500;

/**
 * What an account or a browser has decided, in the order of kinds and targets.
 * @param only.kind of one kind only
 */
export async function choicesOf(
  db: Kysely<Tables>,
  owner: AlertOwner,
  only: { readonly kind?: AlertKind } = {},
): Promise<AlertChoice[]> {
  const rows = await db
    .selectFrom('alert_choice')
    .select(['kind', 'target', 'channel'])
    .where('owner', '=', owner)
    .$if(only.kind !== undefined, (query) => query.where('kind', '=', only.kind!))
    .orderBy('kind')
    .orderBy('target')
    .limit(mostListed)
    .execute();
  return rows.map(({ kind, target, channel }) => ({ kind, target, channel }) as AlertChoice);
}

/**
 * How each of these accounts is told of one thing: as it has decided of that one, else of all that it follows of the kind,
 * else as usual. Of what has targets (but for readers' own affairs) whoever neither chose nor follows it is not told: 'off'.
 * @param asked.target '' for a kind without targets
 */
export async function channelsFor(
  db: Kysely<Tables>,
  asked: AlertThing & { readonly readers: readonly string[] },
): Promise<Map<string, AlertChannel>> {
  const channels = new Map<string, AlertChannel>();
  for (let at = 0; at < asked.readers.length; at += atOnce) {
    const some = asked.readers.slice(at, at + atOnce);
    const told = await toldOf(db, some, [asked]);
    for (const reader of some) channels.set(reader, told.get(reader)?.get(keyOf(asked)) ?? 'off');
  }
  return channels;
}

/** As `channelsFor`, of one account. */
export async function channelFor(
  db: Kysely<Tables>,
  asked: AlertThing & { readonly reader: string },
): Promise<AlertChannel> {
  const { reader, ...thing } = asked;
  return (await channelsFor(db, { ...thing, readers: [reader] })).get(reader)!;
}

/**
 * How accounts are told of things, by account and `keyOf` the thing; what they neither chose nor follow is left out.
 * Two queries.
 * @param readers at most 500
 */
export async function toldOf(
  db: Kysely<Tables>,
  readers: readonly string[],
  things: readonly AlertThing[],
): Promise<Map<string, Map<string, AlertChannel>>> {
  const told = new Map<string, Map<string, AlertChannel>>();
  if (readers.length === 0 || things.length === 0) return told;
  const owners = readers.map((reader): AlertOwner => `reader:${reader}`);
  const kinds = [...new Set(things.map(({ kind }) => kind))];
  const targets = [...new Set(things.map(({ target }) => target))];
  const followable = kinds.filter((kind) => isFollowed(kind));
  const [rows, follows] = await Promise.all([
    db
      .selectFrom('alert_choice')
      .select(['owner', 'kind', 'target', 'channel'])
      .where('owner', 'in', owners)
      .where('kind', 'in', kinds)
      .where('target', 'in', [...new Set([...targets, ''])])
      .execute(),
    followable.length === 0
      ? []
      : db
          .selectFrom('follow')
          .select(['reader_id', 'kind', 'target'])
          .where('reader_id', 'in', readers)
          .where('kind', 'in', followable)
          .where('target', 'in', targets)
          .execute(),
  ]);
  const chosen = new Map(rows.map((row) => [`${row.owner} ${row.kind}:${row.target}`, row.channel]));
  const followed = new Set(follows.map((row) => `${row.reader_id} ${row.kind}:${row.target}`));
  for (const reader of readers) {
    const own = new Map<string, AlertChannel>();
    for (const thing of things) {
      const key = keyOf(thing);
      const exact = chosen.get(`reader:${reader} ${key}`);
      const isHeld = thing.target === '' || followed.has(`${reader} ${key}`);
      const channel =
        exact ??
        (isHeld ? (chosen.get(`reader:${reader} ${thing.kind}:`) ?? usualChannel(thing.kind)) : undefined);
      if (channel !== undefined) own.set(key, channel as AlertChannel);
    }
    if (own.size > 0) told.set(reader, own);
  }
  return told;
}
