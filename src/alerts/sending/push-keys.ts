import { createECDH } from 'node:crypto';
import type { Kysely, Selectable } from 'kysely';
import type { Database, Transaction } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { PushKeyTable } from '../subscriptions/migrations.ts';

/** A key by which push services know this site (VAPID, RFC 8292). */
export type PushKey = Selectable<PushKeyTable>;

/** More rotations than anybody makes while browsers still hold to old keys. */
const mostKeys = 1000;

/** All keys, the present one first. */
export function pushKeys(db: Kysely<Tables>): Promise<PushKey[]> {
  return db
    .selectFrom('push_key')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(mostKeys)
    .execute();
}

/** The key that browsers subscribe with; the first one is made when it is first asked for. */
export async function presentPushKey(database: Database): Promise<PushKey> {
  const known = (await pushKeys(database.read)).find(isPresent);
  if (known) return known;
  return database.write(async (tx) => (await pushKeys(tx.db)).find(isPresent) ?? addPushKey(tx));
}

/**
 * Make a new key: browsers subscribe with it from now on. What subscribed with the one before is still sent to by that one,
 * until its browser opens a page and subscribes anew.
 */
export async function rotatePushKeys(tx: Transaction): Promise<PushKey> {
  await tx.db.updateTable('push_key').set({ retired_at: tx.now }).where('retired_at', 'is', null).execute();
  return addPushKey(tx);
}

/**
 * Remove a retired key, such as one that somebody else has got hold of. Browsers that subscribed with it get no alerts until
 * they open a page again.
 * @returns how many browsers that is
 * @throws AppError `push.key-present`, `push.no-such-key`
 */
export async function removePushKey({ db }: Transaction, id: string): Promise<number> {
  const key = await db.selectFrom('push_key').selectAll().where('id', '=', id).executeTakeFirst();
  if (!key) throw new AppError('push.no-such-key', `There is no key '${id}'.`, { status: 404 });
  if (isPresent(key))
    throw new AppError('push.key-present', 'This is the present key. Make another first: alert keys rotate.');
  const { numUpdatedRows } = await db
    .updateTable('alert_browser')
    .set({ endpoint: null, host: null, p256dh: null, auth: null, key_id: null })
    .where('key_id', '=', id)
    .executeTakeFirst();
  await db.deleteFrom('push_key').where('id', '=', id).execute();
  return Number(numUpdatedRows);
}

/** How many browsers subscribed with each key, by its id. */
export async function browsersByKey(db: Kysely<Tables>): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('alert_browser')
    .select(({ fn }) => ['key_id', fn.countAll<number>().as('count')])
    .where('endpoint', 'is not', null)
    .groupBy('key_id')
    .execute();
  return new Map(rows.map(({ key_id, count }) => [key_id ?? '', Number(count)]));
}

async function addPushKey({ db, now }: Transaction): Promise<PushKey> {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  const key = {
    id: newId(now),
    public: pair.getPublicKey('base64url'),
    // Leading zeroes are left out of it, and belong to it.
    private: Buffer.from(pair.getPrivateKey('hex').padStart(64, '0'), 'hex').toString('base64url'),
    created_at: now,
    retired_at: null,
  };
  await db.insertInto('push_key').values(key).execute();
  return key;
}

function isPresent({ retired_at }: PushKey): boolean {
  return retired_at === null;
}
