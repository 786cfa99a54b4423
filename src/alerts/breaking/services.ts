import type { Kysely } from 'kysely';
import type { Database } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { messageOf } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import type { PushSender, PushServiceState } from '../sending/sender.ts';

/** How often what changed is written down, milliseconds. */
const usualEvery = 5000;
/** What was said longer ago is of no server that runs, milliseconds. */
const forgottenAfter = 30 * 86_400_000;

/**
 * Write down how push services do while alerts are sent, so that a command in another process can tell.
 * @returns ends it
 */
export function noteServices(parts: {
  readonly database: Database;
  readonly log: Log;
  readonly services: PushSender['services'];
  readonly every?: number;
}): { note(): Promise<void>; stop(): void } {
  const { database, log, services, every = usualEvery } = parts;
  let said = '[]';
  async function note(): Promise<void> {
    const now = services();
    const words = JSON.stringify(now);
    if (words === said) return;
    try {
      await database.write(async ({ db, now: at }) => {
        for (const { host, rate, restsUntil, reason, taken, later, refused } of now) {
          const values = {
            rate: rate ?? null,
            rests_until: restsUntil ?? null,
            reason: reason ?? null,
            taken,
            later,
            refused,
            at,
          };
          await db
            .insertInto('alert_service')
            .values({ host, ...values })
            .onConflict((conflict) => conflict.column('host').doUpdateSet(values))
            .execute();
        }
      });
      said = words;
    } catch (error) {
      log.warn({ error: messageOf(error) }, 'how push services do could not be written down');
    }
  }
  const timer = setInterval(() => void note(), every).unref();
  return { note, stop: () => clearInterval(timer) };
}

/** How push services do, with when that was said (milliseconds UTC). */
export async function listServices(
  db: Kysely<Tables>,
  now: number,
): Promise<(PushServiceState & { readonly at: number })[]> {
  const rows = await db
    .selectFrom('alert_service')
    .selectAll()
    .where('at', '>', now - forgottenAfter)
    .orderBy('host')
    .limit(200)
    .execute();
  return rows.map(({ host, rate, rests_until, reason, taken, later, refused, at }) => ({
    host,
    rate: rate ?? undefined,
    restsUntil: rests_until ?? undefined,
    reason: reason ?? undefined,
    taken,
    later,
    refused,
    at,
  }));
}
