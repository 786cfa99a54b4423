import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { it } from 'node:test';
import { jwtVerify } from 'jose';
import webPush from 'web-push';
import { FixedClock } from '../../platform/clock.ts';
import { forEachDatabase, testNow } from '../../platform/database/testing.ts';
import { migrations } from '../migrations.ts';
import { browsersByKey, presentPushKey, pushKeys, removePushKey, rotatePushKeys } from './push-keys.ts';
import { VapidTokens, vapidSubject } from './vapid.ts';

forEachDatabase('push keys', migrations, (get) => {
  it('are made when one is first asked for, once', async () => {
    const { database } = get();
    const [one, two] = await Promise.all([presentPushKey(database), presentPushKey(database)]);
    assert.equal(one.id, two.id);
    assert.equal((await presentPushKey(database)).public, one.public);
    assert.match(one.public, /^B[\w-]{86}$/);
    assert.match(one.private, /^[\w-]{43}$/);
  });

  it('retire when another is made, and are still there for who subscribed with them', async () => {
    const { database, clock } = get();
    const old = await presentPushKey(database);
    clock.advance(1000);
    const made = await database.write(rotatePushKeys);
    assert.equal((await presentPushKey(database)).id, made.id);
    const [first, second] = await pushKeys(database.read);
    assert.deepEqual([first!.id, first!.retired_at], [made.id, null]);
    assert.deepEqual([second!.id, second!.retired_at], [old.id, clock.now()]);
  });

  it('are removed with the subscriptions that were made with them, once they are retired', async () => {
    const { database } = get();
    const [present, old] = await pushKeys(database.read);
    await database.write(({ db, now }) =>
      db
        .insertInto('alert_browser')
        .values(
          [old!, present!].map(({ id }) => ({
            id: `of-${id}`,
            token: id,
            endpoint: `https://push.example/${id}`,
            host: 'push.example',
            p256dh: 'p',
            auth: 'a',
            key_id: id,
            label: '',
            zone: 'UTC',
            language: 'en',
            created_at: now,
            seen_at: now,
            reader_id: null,
            session_id: null,
            last_reader_id: null,
            subscribed_at: now,
            delivered_at: null,
            day: 0,
            day_count: 0,
          })),
        )
        .execute(),
    );
    assert.deepEqual(
      await browsersByKey(database.read),
      new Map([
        [old!.id, 1],
        [present!.id, 1],
      ]),
    );
    const remove = (id: string) => database.write((tx) => removePushKey(tx, id));
    await assert.rejects(remove(present!.id), { code: 'push.key-present' });
    await assert.rejects(remove('none'), { code: 'push.no-such-key' });
    assert.equal(await remove(old!.id), 1);
    assert.deepEqual(await browsersByKey(database.read), new Map([[present!.id, 1]]));
    assert.equal((await pushKeys(database.read)).length, 1);
  });

  it('sign tokens that others accept, the same for hours and never for a day', async () => {
    const { database } = get();
    const key = await presentPushKey(database);
    const clock = new FixedClock(testNow);
    const subject = vapidSubject({ CONTACT_MAIL: 'desk@ledger.example', origin: 'https://ledger.example' });
    const tokens = new VapidTokens(subject, clock);
    const first = tokens.authorization(key, 'https://push.example');
    const [, token, publicKey] = /^vapid t=([^,]+), k=(.+)$/.exec(first)!;
    assert.equal(publicKey, key.public);
    const point = Buffer.from(key.public, 'base64url');
    const { payload, protectedHeader } = await jwtVerify(
      token!,
      createPublicKey({
        key: {
          kty: 'EC',
          crv: 'P-256',
          x: point.subarray(1, 33).toString('base64url'),
          y: point.subarray(33).toString('base64url'),
        },
        format: 'jwk',
      }),
      { audience: 'https://push.example', currentDate: new Date(testNow) },
    );
    const theirs = webPush.getVapidHeaders(
      'https://push.example',
      subject,
      key.public,
      key.private,
      'aes128gcm',
      payload.exp,
    ).Authorization;
    assert.equal(first.split('.')[0], theirs.split('.')[0]);
    assert.deepEqual(protectedHeader, { typ: 'JWT', alg: 'ES256' });
    assert.deepEqual(payload, {
      aud: 'https://push.example',
      exp: testNow / 1000 + 12 * 3600,
      sub: 'mailto:desk@ledger.example',
    });
    assert.notEqual(tokens.authorization(key, 'https://other.example'), first);
    clock.advance(5 * 3_600_000);
    assert.equal(tokens.authorization(key, 'https://push.example'), first);
    clock.advance(2 * 3_600_000);
    assert.notEqual(tokens.authorization(key, 'https://push.example'), first);
    assert.equal(vapidSubject({ CONTACT_MAIL: undefined, origin: 'https://a.example' }), 'https://a.example');
  });
});
