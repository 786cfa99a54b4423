import { sql } from 'kysely';
import type { Database, Transaction } from '../../platform/database/database.ts';
import { messageOf } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';

/** What browsers tell of an alert. */
export const told = ['shown', 'clicked', 'dismissed'] as const;
export type Told = (typeof told)[number];

/** Alerts of which something is counted at once; what comes beyond is passed over, as codes may be made up. */
const mostAtOnce = 500;
/** How long after an alert whoever leaves is taken to leave because of it, milliseconds. */
const leavesWithin = 24 * 3_600_000;

export interface AlertCounter {
  /** Count that a browser showed an alert, or that somebody pressed or closed it. A code that is none changes nothing. */
  count(code: string, what: Told): void;
  /** Write down what was counted. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Counts what becomes of alerts: in memory, and written once a second, as a million browsers tell of one within minutes.
 * What a crash takes is a second's counts. @param parts.every milliseconds
 */
export function createAlertCounter(parts: {
  readonly database: Database;
  readonly log: Log;
  readonly every?: number;
}): AlertCounter {
  const { database, log, every = 1000 } = parts;
  let counted = new Map<string, Record<Told, number>>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    const now = counted;
    counted = new Map();
    if (now.size === 0) return;
    try {
      await database.write(async ({ db }) => {
        // In one order, so that two processes never wait for each other.
        for (const [code, { shown, clicked, dismissed }] of [...now].sort(([a], [b]) => (a < b ? -1 : 1)))
          await db
            .updateTable('alert')
            .set({
              shown: sql<number>`shown + ${shown}`,
              clicked: sql<number>`clicked + ${clicked}`,
              dismissed: sql<number>`dismissed + ${dismissed}`,
            })
            .where('code', '=', code)
            .execute();
      });
    } catch (error) {
      log.warn({ error: messageOf(error) }, 'what became of alerts could not be counted');
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    return (writing = writing.then(write));
  }

  return {
    count(code, what) {
      if (!/^[a-z0-9]{4,16}$/.test(code)) return;
      const known = counted.get(code);
      if (!known && counted.size >= mostAtOnce) return;
      const counts = known ?? { shown: 0, clicked: 0, dismissed: 0 };
      counts[what] += 1;
      if (!known) counted.set(code, counts);
      timer ??= setTimeout(() => void flush(), every).unref();
    },
    flush,
    close: flush,
  };
}

/**
 * Count that a browser wants no more alerts, for the last one that it was sent.
 * @param deliveredAt when that was, milliseconds UTC; null for none
 */
export async function countUnsubscribed(tx: Transaction, deliveredAt: number | null): Promise<void> {
  if (deliveredAt === null || tx.now - deliveredAt > leavesWithin) return;
  const last = await tx.db
    .selectFrom('alert')
    .select('id')
    .where('send_at', '<=', deliveredAt)
    .where('send_at', '>', deliveredAt - leavesWithin)
    .where('state', 'in', ['sending', 'sent', 'withdrawn'])
    .orderBy('send_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!last) return;
  await tx.db
    .updateTable('alert')
    .set({ unsubscribed: sql<number>`unsubscribed + 1` })
    .where('id', '=', last.id)
    .execute();
}
