import assert from 'node:assert/strict';
import { it } from 'node:test';
import { allMigrations } from '../../src/migrations.ts';
import type { Transaction } from '../../src/platform/database/database.ts';
import { forEachDatabase } from '../../src/platform/database/testing.ts';
import { hashOf, type Identity } from '../../src/readers/index.ts';
import { signedInReader, type SignedInReader } from '../../src/readers/testing.ts';
import { chooseAlert } from '../../src/alerts/preferences/choose-alert.ts';
import { browsersOf, personalTargets } from '../../src/alerts/subscriptions/browsers.ts';
import { keepBrowser, type BrowserNews } from '../../src/alerts/subscriptions/keep-browser.ts';
import {
  disownBrowser,
  forgetSessions,
  pruneBrowsers,
  removeBrowser,
  removeGone,
} from '../../src/alerts/subscriptions/remove-browser.ts';
import { browsersData } from '../../src/alerts/subscriptions/reader-data.ts';
import { aSubscription } from '../../src/alerts/subscriptions/testing.ts';

const day = 86_400_000;

forEachDatabase('browsers that ask for alerts', allMigrations, (get) => {
  const write = <T>(command: (tx: Transaction) => Promise<T>) => get().database.write(command);
  const subscription = () => {
    const { endpoint, keys } = aSubscription();
    return { endpoint, ...keys, keyId: 'k1' };
  };
  const keep = (news: Partial<BrowserNews>) =>
    write((tx) =>
      keepBrowser(tx, {
        token: undefined,
        subscription: undefined,
        identity: undefined,
        isAdopting: false,
        isBeginning: true,
        label: 'Firefox on Linux',
        zone: 'Europe/London',
        language: 'en',
        ...news,
      }),
    );
  const identityOf = async ({ reader }: SignedInReader): Promise<Pick<Identity, 'id' | 'session'>> => {
    const session = await get()
      .database.read.selectFrom('reader_session')
      .select(['id', 'method', 'created_at', 'seen_at'])
      .where('reader_id', '=', reader.id)
      .executeTakeFirstOrThrow();
    return {
      id: reader.id,
      session: { id: session.id, method: 'code', createdAt: session.created_at, seenAt: session.seen_at },
    };
  };
  const targets = (reader: string) => personalTargets(get().database.read, reader, get().clock.now());
  const row = (id: string) =>
    get().database.read.selectFrom('alert_browser').selectAll().where('id', '=', id).executeTakeFirst();

  it('are known again by a secret of which only the hash is kept', async () => {
    const first = (await keep({ subscription: subscription() }))!;
    assert.ok(first.token);
    const kept = (await row(first.id))!;
    assert.equal(kept.token, hashOf(first.token));
    assert.ok(!JSON.stringify(kept).includes(first.token));
    const moved = subscription();
    const again = (await keep({ token: first.token, subscription: moved, zone: 'Asia/Tokyo' }))!;
    assert.deepEqual([again.id, again.token], [first.id, undefined]);
    assert.equal((await row(first.id))!.endpoint, moved.endpoint);
    assert.equal((await row(first.id))!.zone, 'Asia/Tokyo');
  });

  it('do not come back by themselves once they are removed', async () => {
    const given = subscription();
    const { id, token } = (await keep({ subscription: given }))!;
    await write((tx) =>
      chooseAlert(tx, { owner: `browser:${id}`, kind: 'breaking', target: '', channel: 'push' }),
    );
    await write((tx) => removeBrowser(tx, id));
    assert.equal(await keep({ token, subscription: given, isBeginning: false }), undefined);
    const left = await get()
      .database.read.selectFrom('alert_choice')
      .select('owner')
      .where('owner', '=', `browser:${id}`)
      .execute();
    assert.deepEqual(left, []);
    assert.ok(await keep({ token, subscription: given }));
  });

  it('that lost their cookie are known by the secret of their subscription, and show nobody’s alerts', async () => {
    const reader = await signedInReader(get().database);
    const given = subscription();
    const first = (await keep({
      subscription: given,
      identity: await identityOf(reader),
      isAdopting: true,
    }))!;
    const again = (await keep({ subscription: given }))!;
    assert.equal(again.id, first.id);
    assert.ok(again.token !== undefined && again.token !== first.token);
    assert.deepEqual(await targets(reader.reader.id), []);
  });

  it('cannot be taken over by whoever knows the address alone', async () => {
    const given = subscription();
    const { id } = (await keep({ subscription: given }))!;
    const before = await row(id);
    const other = subscription();
    for (const token of [undefined, (await keep({ subscription: subscription() }))!.token])
      await assert.rejects(keep({ token, subscription: { ...other, endpoint: given.endpoint } }), {
        code: 'alerts.endpoint-taken',
      });
    assert.deepEqual(await row(id), before);
  });

  it('show personal alerts only under a session that lives', async () => {
    const reader = await signedInReader(get().database);
    const identity = await identityOf(reader);
    const given = subscription();
    const { id, token } = (await keep({ subscription: given, identity, isAdopting: true }))!;
    assert.deepEqual(
      (await targets(identity.id)).map((target) => target.endpoint),
      [given.endpoint],
    );
    // A session that ended in whatever way is asked for when something is sent.
    await write((tx) => tx.db.deleteFrom('reader_session').where('id', '=', identity.session.id).execute());
    assert.deepEqual(await targets(identity.id), []);
    await write((tx) => forgetSessions(tx, [identity.session.id]));
    assert.equal((await row(id))!.reader_id, null);
    // Signed out it goes on without an account, and nobody else is taken for the reader.
    assert.equal((await keep({ token, subscription: given }))!.readerId, undefined);
    const other = await signedInReader(get().database);
    const kept = (await keep({ token, subscription: given, identity: await identityOf(other) }))!;
    assert.equal(kept.readerId, undefined);
    assert.deepEqual(await targets(other.reader.id), []);
  });

  it('belong to a reader again who signs in again, until that reader takes them off', async () => {
    const reader = await signedInReader(get().database);
    const identity = await identityOf(reader);
    const given = subscription();
    const { id, token } = (await keep({ subscription: given, identity, isAdopting: true }))!;
    await keep({ token, subscription: given });
    assert.equal((await targets(identity.id)).length, 0);
    assert.equal((await keep({ token, subscription: given, identity }))!.readerId, identity.id);
    assert.equal((await targets(identity.id)).length, 1);
    await write((tx) => disownBrowser(tx, id));
    assert.equal((await keep({ token, subscription: given, identity }))!.readerId, undefined);
  });

  it('get nothing of one reader under the session of another', async () => {
    const [first, second] = [await signedInReader(get().database), await signedInReader(get().database)];
    const { id } = (await keep({
      subscription: subscription(),
      identity: await identityOf(first),
      isAdopting: true,
    }))!;
    const { session } = await identityOf(second);
    await write((tx) =>
      tx.db.updateTable('alert_browser').set({ session_id: session.id }).where('id', '=', id).execute(),
    );
    assert.deepEqual(await targets(first.reader.id), []);
    assert.deepEqual(await targets(second.reader.id), []);
  });

  it('are at most fifty for an account: those not seen for longest give way', async () => {
    const reader = await signedInReader(get().database);
    const identity = await identityOf(reader);
    const first = (await keep({ subscription: subscription(), identity, isAdopting: true }))!;
    for (let index = 0; index < 50; index += 1) {
      get().clock.advance(1000);
      await keep({ subscription: subscription(), identity, isAdopting: true });
    }
    assert.equal((await browsersOf(get().database.read, identity.id)).length, 50);
    assert.equal((await row(first.id))!.reader_id, null);
  });

  it('lose a subscription that is gone, unless they have another by then', async () => {
    const given = subscription();
    const { id, token } = (await keep({ subscription: given }))!;
    const moved = subscription();
    await keep({ token, subscription: moved });
    await write((tx) => removeGone(tx, [{ id, endpoint: given.endpoint }]));
    assert.equal((await row(id))!.endpoint, moved.endpoint);
    await write((tx) => removeGone(tx, [{ id, endpoint: moved.endpoint }]));
    const kept = (await row(id))!;
    assert.deepEqual([kept.endpoint, kept.auth, kept.p256dh, kept.host], [null, null, null, null]);
  });

  it('without a subscription are forgotten after a season', async () => {
    const kept = (await keep({ subscription: subscription() }))!;
    const revoked = (await keep({ subscription: subscription() }))!;
    await keep({ token: revoked.token });
    assert.equal((await row(revoked.id))!.endpoint, null);
    get().clock.advance(91 * day);
    await write(pruneBrowsers);
    assert.ok(await row(kept.id));
    assert.equal(await row(revoked.id), undefined);
  });

  it('keep nothing of a reader who is erased', async () => {
    const reader = await signedInReader(get().database);
    const identity = await identityOf(reader);
    const one = (await keep({ subscription: subscription(), identity, isAdopting: true }))!;
    const two = (await keep({ subscription: subscription(), identity, isAdopting: true }))!;
    await write((tx) => forgetSessions(tx, [identity.session.id]));
    const told = JSON.stringify(await browsersData.collect(get().database.read, reader.reader));
    assert.equal((JSON.parse(told) as unknown[]).length, 2);
    assert.ok(!told.includes('fcm.googleapis.com'));
    await write((tx) => browsersData.erase(tx, reader.reader, 'delete'));
    for (const { id } of [one, two]) assert.ok(!JSON.stringify(await row(id)).includes(identity.id));
    assert.equal(await browsersData.collect(get().database.read, reader.reader), undefined);
  });
});
