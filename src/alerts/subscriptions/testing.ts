import { createECDH, randomBytes } from 'node:crypto';
import type { Database } from '../../platform/database/database.ts';
import { newId } from '../../platform/ids.ts';

/** What a browser gives when it subscribes, with keys that are real. */
export function aSubscription(
  endpoint = `https://fcm.googleapis.com/fcm/send/${randomBytes(12).toString('hex')}`,
): {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
} {
  const ecdh = createECDH('prime256v1');
  return {
    endpoint,
    keys: {
      p256dh: ecdh.generateKeys('base64url'),
      auth: randomBytes(16).toString('base64url'),
    },
  };
}

/** A key of the site, as it was before it made others. */
export async function addPushKey(
  database: Database,
  retiredAt: number | null = null,
): Promise<{ id: string; public: string }> {
  const ecdh = createECDH('prime256v1');
  const key = {
    public: ecdh.generateKeys('base64url'),
    private: ecdh.getPrivateKey('base64url'),
  };
  return database.write(async (tx) => {
    const id = newId(tx.now);
    await tx.db
      .insertInto('push_key')
      .values({ id, ...key, created_at: tx.now, retired_at: retiredAt })
      .execute();
    return { id, public: key.public };
  });
}
