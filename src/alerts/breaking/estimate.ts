import { sql, type Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { isFollowed, usualChannel } from '../preferences/choice.ts';
import type { Audience } from './wide-alert.ts';

/**
 * How many browsers an alert would ring, before quiet hours and what each wants in a day. Counts along indexes; takes a
 * second or two for a million.
 * @param now milliseconds UTC
 */
export async function estimateAudience(
  db: Kysely<Tables>,
  audiences: readonly Audience[],
  now: number,
): Promise<number> {
  const parts = audiences.flatMap((audience) => [
    byBrowser(audience),
    byAccount(audience, now),
    ...(isFollowed(audience.kind) ? [byFollow(audience, now)] : []),
  ]);
  if (parts.length === 0) return 0;
  const { rows } = await sql<{ count: number }>`select count(*) as count
    from (${sql.join(parts, sql` union `)}) as listening`.execute(db);
  return Number(rows[0]!.count);
}

function byBrowser({ kind, target }: Audience) {
  return sql`select browser.id from alert_choice as choice
    join alert_browser as browser on browser.id = substr(choice.owner, 9)
    where choice.kind = ${kind} and choice.target = ${target} and choice.channel = 'push'
      and choice.owner > 'browser:' and choice.owner < 'browser:g' and browser.endpoint is not null`;
}

/** What a browser has chosen itself goes before what the account has that is signed in there. */
const signedIn = ({ kind, target }: Audience, now: number) => sql`join reader_session as session
      on session.id = browser.session_id and session.reader_id = browser.reader_id and session.expires_at > ${now}
    where browser.endpoint is not null and not exists (select 1 from alert_choice as own
      where own.owner = 'browser:' || browser.id and own.kind = ${kind} and own.target = ${target})`;

function byAccount(audience: Audience, now: number) {
  const { kind, target } = audience;
  return sql`select browser.id from alert_choice as choice
    join alert_browser as browser on browser.reader_id = substr(choice.owner, 8) ${signedIn(audience, now)}
      and choice.kind = ${kind} and choice.target = ${target} and choice.channel = 'push'
      and choice.owner > 'reader:' and choice.owner < 'reader:g'`;
}

function byFollow(audience: Audience, now: number) {
  const { kind, target } = audience;
  return sql`select browser.id from follow
    join alert_browser as browser on browser.reader_id = follow.reader_id ${signedIn(audience, now)}
      and follow.kind = ${kind} and follow.target = ${target}
      and not exists (select 1 from alert_choice as one where one.owner = 'reader:' || follow.reader_id
        and one.kind = ${kind} and one.target = ${target})
      and coalesce((select channel from alert_choice as every where every.owner = 'reader:' || follow.reader_id
        and every.kind = ${kind} and every.target = ''), ${usualChannel(kind)}) = 'push'`;
}
