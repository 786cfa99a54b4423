import type { Transaction } from '../../platform/database/database.ts';
import type { PushTarget } from '../sending/sender.ts';

const day = 86_400_000;
/** A browser without a subscription is forgotten when it was not seen for so long. */
const keptWithout = 90 * day;
const mostAtOnce = 5000;

/** Forget a browser with its choices; says nothing where there is none. */
export async function removeBrowser({ db }: Transaction, id: string): Promise<void> {
  const owner = `browser:${id}`;
  await db.deleteFrom('alert_choice').where('owner', '=', owner).execute();
  await db.deleteFrom('alert_setting').where('owner', '=', owner).execute();
  await db.deleteFrom('alert_browser').where('id', '=', id).execute();
}

/**
 * Forget subscriptions that their push services no longer know (404, 410). What a browser has chosen stays, and holds
 * again when it subscribes anew; one that did so meanwhile keeps its new subscription.
 */
export async function removeGone(
  { db }: Transaction,
  gone: readonly Pick<PushTarget, 'id' | 'endpoint'>[],
): Promise<void> {
  for (const { id, endpoint } of gone) {
    await db
      .updateTable('alert_browser')
      .set({ endpoint: null, host: null, p256dh: null, auth: null, key_id: null, subscribed_at: null })
      .where('id', '=', id)
      .where('endpoint', '=', endpoint)
      .execute();
  }
}

/** Take a reader's own alerts off a browser; what it gets without an account goes on. */
export async function disownBrowser({ db }: Transaction, id: string): Promise<void> {
  await db
    .updateTable('alert_browser')
    .set({ reader_id: null, session_id: null, last_reader_id: null })
    .where('id', '=', id)
    .execute();
}

/** Take personal alerts off the browsers of sessions that have ended. */
export async function forgetSessions({ db }: Transaction, sessions: readonly string[]): Promise<void> {
  if (sessions.length === 0) return;
  await db
    .updateTable('alert_browser')
    .set({ reader_id: null, session_id: null })
    .where('session_id', 'in', sessions)
    .execute();
}

/** Forget browsers that have no subscription and did not come back. */
export async function pruneBrowsers(tx: Transaction): Promise<void> {
  const old = await tx.db
    .selectFrom('alert_browser')
    .select('id')
    .where('endpoint', 'is', null)
    .where('seen_at', '<', tx.now - keptWithout)
    .orderBy('seen_at')
    .limit(mostAtOnce)
    .execute();
  for (const { id } of old) await removeBrowser(tx, id);
}
