import { randomBytes } from 'node:crypto';
import type { Insertable } from 'kysely';
import type { Database } from '../../src/platform/database/database.ts';
import { newId } from '../../src/platform/ids.ts';
import type { Tables } from '../../src/platform/database/tables.ts';

/** Rows of one statement: both databases take so many values. */
const atOnce = 500;
/** Statements of one transaction. */
const together = 20;

/** What of a subscription differs from browser to browser. */
export interface AudienceMember {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

/**
 * Very many browsers that want breaking news.
 * @param member makes the subscription of each, by its number
 * @returns their ids
 */
export async function fillAudience(
  database: Database,
  count: number,
  member: (number: number) => AudienceMember,
): Promise<string[]> {
  const all: string[] = [];
  while (all.length < count)
    await database.write(async ({ db, now }) => {
      for (let statement = 0; statement < together && all.length < count; statement += 1) {
        const browsers: Insertable<Tables['alert_browser']>[] = [];
        while (browsers.length < atOnce && all.length < count) {
          const id = newId(now);
          const { endpoint, p256dh, auth } = member(all.length);
          all.push(id);
          browsers.push({
            id,
            token: randomBytes(32).toString('base64url'),
            endpoint,
            host: new URL(endpoint).host,
            p256dh,
            auth,
            key_id: null,
            reader_id: null,
            session_id: null,
            last_reader_id: null,
            label: 'Firefox on Windows',
            zone: 'Europe/London',
            language: 'en',
            created_at: now,
            seen_at: now,
            subscribed_at: now,
            delivered_at: null,
            day: 0,
            day_count: 0,
          });
        }
        await db.insertInto('alert_browser').values(browsers).execute();
        await db
          .insertInto('alert_choice')
          .values(
            browsers.map(({ id }) => ({
              owner: `browser:${id}`,
              kind: 'breaking',
              target: '',
              channel: 'push',
              changed_at: now,
            })),
          )
          .execute();
      }
    });
  return all;
}
