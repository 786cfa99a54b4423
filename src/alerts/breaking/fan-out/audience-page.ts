import type { Kysely } from 'kysely';
import type { Tables } from '../../../platform/database/tables.ts';
import { listenersOf } from '../../preferences/listeners.ts';
import type { Audience } from '../wide-alert.ts';

/** A browser that may be rung, with what is needed to decide and to send. */
export interface BrowserRow {
  readonly id: string;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly keyId: string | null;
  readonly zone: string;
  /** Who is signed in there by a session that lives. */
  readonly reader: string | null;
  /** Day since 1970 of which `dayCount` counts. */
  readonly day: number;
  readonly dayCount: number;
  /** Milliseconds UTC. */
  readonly deliveredAt: number | null;
}

/** Some of an audience. */
export interface AudiencePage {
  readonly browsers: readonly BrowserRow[];
  /** Where the next page begins; undefined after the last. */
  readonly next: string | undefined;
}

/** Above each id that begins with a digit of base 16, whatever the order of other letters. */
const afterIds = 'g';

/**
 * A page of those who may want to hear: first browsers that chose one of the audiences themselves, in the order of their
 * ids, then those where an account is signed in that hears of one, in the order of accounts. No browser comes twice, and
 * whoever wanted to hear when the first page was asked for comes once, as long as nothing is chosen anew meanwhile.
 * Some may not want to be rung: `browsersToRing` says.
 * @param cursor '' for the first page
 */
export async function audiencePage(
  db: Kysely<Tables>,
  audiences: readonly Audience[],
  page: { readonly cursor: string; readonly now: number; readonly limit: number },
): Promise<AudiencePage> {
  const { cursor, limit } = page;
  const [part = 'browsers', after = ''] = cursor.split(':');
  if (part !== 'readers') {
    const ids = await choosers(db, audiences, after, limit);
    const browsers = await browsersBy(db, 'id', ids, page.now);
    return { browsers, next: ids.length === limit ? `browsers:${ids.at(-1)}` : 'readers:' };
  }
  const { items, next } = await listenersOf(db, audiences, { after, limit });
  const readers = items.filter(({ channels }) => channels.includes('push')).map(({ reader }) => reader);
  const signedIn = (await browsersBy(db, 'reader_id', readers, page.now)).filter(
    ({ reader }) => reader !== null,
  );
  const own = await withOwnChoice(db, audiences, signedIn);
  return {
    browsers: signedIn.filter(({ id }) => !own.has(id)),
    next: next === undefined ? undefined : `readers:${next}`,
  };
}

/** Ids of browsers that chose one of the audiences. */
async function choosers(
  db: Kysely<Tables>,
  audiences: readonly Audience[],
  after: string,
  limit: number,
): Promise<string[]> {
  const parts = audiences.map(({ kind, target }) =>
    db
      .selectFrom(
        db
          .selectFrom('alert_choice')
          .select('owner')
          .where('kind', '=', kind)
          .where('target', '=', target)
          .where('channel', '=', 'push')
          .where('owner', '>', `browser:${after}`)
          .where('owner', '<', `browser:${afterIds}`)
          .orderBy('owner')
          .limit(limit)
          .as('part'),
      )
      .select('part.owner'),
  );
  const [first, ...others] = parts;
  if (!first) return [];
  // Of one audience each comes once.
  const all = others.reduce((union, part) => union.union(part), first);
  const rows = await db
    .selectFrom(all.as('chooser'))
    .select('chooser.owner')
    .orderBy('chooser.owner')
    .limit(limit)
    .execute();
  return rows.map(({ owner }) => owner.slice('browser:'.length));
}

/** Browsers with a subscription. @param column by which they are asked for @param values at most 1,000 */
export async function browsersBy(
  db: Kysely<Tables>,
  column: 'id' | 'reader_id',
  values: readonly string[],
  now: number,
): Promise<BrowserRow[]> {
  if (values.length === 0) return [];
  const rows = await db
    .selectFrom('alert_browser as browser')
    .leftJoin('reader_session as session', (join) =>
      join
        .onRef('session.id', '=', 'browser.session_id')
        .onRef('session.reader_id', '=', 'browser.reader_id')
        .on('session.expires_at', '>', now),
    )
    .select([
      'browser.id',
      'browser.endpoint',
      'browser.p256dh',
      'browser.auth',
      'browser.key_id',
      'browser.zone',
      'browser.day',
      'browser.day_count',
      'browser.delivered_at',
      'session.reader_id as reader',
    ])
    .where(`browser.${column}`, 'in', values)
    .where('browser.endpoint', 'is not', null)
    .where('browser.p256dh', 'is not', null)
    .where('browser.auth', 'is not', null)
    .orderBy('browser.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    endpoint: row.endpoint!,
    p256dh: row.p256dh!,
    auth: row.auth!,
    keyId: row.key_id,
    zone: row.zone,
    reader: row.reader,
    day: row.day,
    dayCount: row.day_count,
    deliveredAt: row.delivered_at,
  }));
}

/** Which of these came already, by a choice of their own. */
async function withOwnChoice(
  db: Kysely<Tables>,
  audiences: readonly Audience[],
  browsers: readonly BrowserRow[],
): Promise<Set<string>> {
  const own = new Set<string>();
  const atOnce = 500;
  for (let at = 0; at < browsers.length; at += atOnce) {
    const rows = await db
      .selectFrom('alert_choice')
      .select(['owner', 'kind', 'target'])
      .where(
        'owner',
        'in',
        browsers.slice(at, at + atOnce).map(({ id }) => `browser:${id}`),
      )
      .where('kind', 'in', [...new Set(audiences.map(({ kind }) => kind))])
      .where('target', 'in', [...new Set(audiences.map(({ target }) => target))])
      .where('channel', '=', 'push')
      .execute();
    for (const { owner, kind, target } of rows)
      if (audiences.some((each) => each.kind === kind && each.target === target))
        own.add(owner.slice('browser:'.length));
  }
  return own;
}
