import type { Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { cookieName } from '../../platform/http/cookies.ts';
import type { Request } from '../../platform/http/route-table.ts';
import { hashOf } from '../../readers/index.ts';
import type { PushTarget } from '../sending/sender.ts';
import { browserCookie, browserFromRow, mostBrowsers, targetOf, type Browser } from './browser.ts';

/** What a browser holds to be known by; undefined for one that never asked for alerts. */
export function browserToken(origin: string, { cookies }: Pick<Request, 'cookies'>): string | undefined {
  const token = cookies[cookieName(origin, browserCookie)];
  return token !== undefined && /^[\w-]{20,100}$/.test(token) ? token : undefined;
}

/** The browser that asks, by its cookie. */
export async function findBrowser(
  db: Kysely<Tables>,
  origin: string,
  request: Pick<Request, 'cookies'>,
): Promise<Browser | undefined> {
  const token = browserToken(origin, request);
  if (token === undefined) return undefined;
  const row = await db
    .selectFrom('alert_browser')
    .selectAll()
    .where('token', '=', hashOf(token))
    .executeTakeFirst();
  return row && browserFromRow(row);
}

/** Browsers that show a reader's own alerts, whichever was seen last first. */
export async function browsersOf(db: Kysely<Tables>, reader: string): Promise<Browser[]> {
  const rows = await db
    .selectFrom('alert_browser')
    .selectAll()
    .where('reader_id', '=', reader)
    .orderBy('seen_at', 'desc')
    .orderBy('id', 'desc')
    .limit(mostBrowsers)
    .execute();
  return rows.map(browserFromRow);
}

/**
 * Where a reader's own alerts go: browsers in which that reader is signed in at this very moment, by a session that
 * still lives. Ask again right before sending. @param now milliseconds UTC
 */
export async function personalTargets(
  db: Kysely<Tables>,
  reader: string,
  now: number,
): Promise<PushTarget[]> {
  const rows = await db
    .selectFrom('alert_browser as browser')
    .innerJoin('reader_session as session', (join) =>
      join
        .onRef('session.id', '=', 'browser.session_id')
        .onRef('session.reader_id', '=', 'browser.reader_id'),
    )
    .select(['browser.id', 'browser.endpoint', 'browser.p256dh', 'browser.auth', 'browser.key_id'])
    .where('browser.reader_id', '=', reader)
    .where('browser.endpoint', 'is not', null)
    .where('session.expires_at', '>', now)
    .orderBy('browser.id')
    .limit(mostBrowsers)
    .execute();
  return rows.flatMap((row) => targetOf(row) ?? []);
}
