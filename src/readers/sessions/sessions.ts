import type { IncomingHttpHeaders } from 'node:http';
import type { Kysely } from 'kysely';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { cookieName, parseCookies } from '../../platform/http/cookies.ts';
import type { Identity } from '../../platform/http/route-table.ts';
import type { Identifier } from '../../platform/http/server.ts';
import { readerFromRow } from '../reader.ts';
import { noteVisit } from './note-visit.ts';
import { hashOf, sessionCookie } from './session.ts';

/** A session that was seen within this time is not written to again, milliseconds. */
const noteEvery = 3_600_000;

/** Tells by the session cookie who asks: one query, and now and then a write that nobody waits for. */
export function sessionIdentifier(parts: {
  readonly database: Database;
  readonly clock: Clock;
  readonly origin: string;
}): Identifier {
  const name = cookieName(parts.origin, sessionCookie);
  const mark = `${name}=`;
  return {
    isClaimed: ({ cookie }: IncomingHttpHeaders) => cookie !== undefined && cookie.includes(mark),
    async find({ cookie }) {
      const token = parseCookies(cookie)[name];
      if (token === undefined || token.length > 100) return undefined;
      const now = parts.clock.now();
      const identity = await findSession(parts.database.read, hashOf(token), now);
      if (identity && now - identity.session.seenAt >= noteEvery) {
        // Nothing is lost when it fails: it is tried again with the next page.
        parts.database.write((tx) => noteVisit(tx, identity)).catch(() => {});
      }
      return identity;
    },
  };
}

/** Who holds a session that has not ended. @param now milliseconds UTC */
export async function findSession(
  db: Kysely<Tables>,
  tokenHash: string,
  now: number,
): Promise<Identity | undefined> {
  const row = await db
    .selectFrom('reader_session as session')
    .innerJoin('reader', 'reader.id', 'session.reader_id')
    .selectAll('reader')
    .select([
      'session.id as session_id',
      'session.method as method',
      'session.created_at as began_at',
      'session.seen_at as seen_at',
    ])
    .where('session.token_hash', '=', tokenHash)
    .where('session.expires_at', '>', now)
    .executeTakeFirst();
  if (!row) return undefined;
  const reader = readerFromRow(row);
  const session = { id: row.session_id, method: row.method, createdAt: row.began_at, seenAt: row.seen_at };
  return { id: reader.id, reader, session };
}
