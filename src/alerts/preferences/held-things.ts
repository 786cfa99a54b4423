import { sql, type Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import type { AlertChannel, AlertOwner } from '../alert.ts';
import { isFollowed, type TargetKind } from './choice.ts';
import { nameThings, type NamedThing } from './named-things.ts';

/** Something of a kind that an owner has chosen or follows. */
export interface HeldThing extends NamedThing {
  /** Undefined for what is only followed. */
  readonly chosen: AlertChannel | undefined;
  readonly isFollowed: boolean;
}

const mostOnPage = 100;

/**
 * All of one kind that an account or a browser has chosen, and that an account follows, in the order of targets; what is no
 * longer there for everyone is left out.
 * @param list.after `next` of the page before
 */
export async function heldThings(
  db: Kysely<Tables>,
  owner: AlertOwner,
  list: { readonly kind: TargetKind; readonly after?: string | undefined; readonly limit: number },
): Promise<{ items: readonly HeldThing[]; next: string | undefined }> {
  const { kind, after = '' } = list;
  const limit = Math.max(1, Math.min(list.limit, mostOnPage));
  const chosen = db
    .selectFrom('alert_choice')
    .select(['target', 'channel', sql<number>`0`.as('followed')])
    .where('owner', '=', owner)
    .where('kind', '=', kind)
    .where('target', '>', after)
    .where('target', '<>', '');
  const follows = db
    .selectFrom('follow')
    .select(['target', sql<string | null>`null`.as('channel'), sql<number>`1`.as('followed')])
    .where('reader_id', '=', owner.slice('reader:'.length))
    .where('kind', '=', kind)
    .where('target', '>', after);
  const isOfReader = owner.startsWith('reader:') && isFollowed(kind);
  const rows = await db
    .selectFrom((isOfReader ? chosen.unionAll(follows as never) : chosen).as('held'))
    .select((is) => [
      'held.target',
      is.fn.max('held.channel').as('channel'),
      is.fn.max('held.followed').as('followed'),
    ])
    .groupBy('held.target')
    .orderBy('held.target')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const named = await nameThings(
    db,
    page.map(({ target }) => ({ kind, target })),
  );
  const byTarget = new Map(page.map((row) => [row.target, row]));
  return {
    items: named.map((thing) => {
      const { channel, followed } = byTarget.get(thing.target)!;
      return {
        ...thing,
        chosen: (channel ?? undefined) as AlertChannel | undefined,
        isFollowed: Number(followed) === 1,
      };
    }),
    next: rows.length > limit ? page.at(-1)!.target : undefined,
  };
}
