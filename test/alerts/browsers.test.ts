import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { allMigrations } from '../../src/migrations.ts';
import type { PushOutcome, PushTarget } from '../../src/alerts/sending/sender.ts';
import { alertsRoutes } from '../../src/alerts/routes.ts';
import { addPushKey, aSubscription } from '../../src/alerts/subscriptions/testing.ts';
import { forEachDatabase } from '../../src/platform/database/testing.ts';
import { signedInReader } from '../../src/readers/testing.ts';
import { createStory, publishStory, saveSection, saveTopic } from '../../src/stories/index.ts';
import { startReadersServer } from '../rig/readers-server.ts';
import { contentOf } from '../rig/site.ts';

interface Said {
  readonly key: string;
  readonly isOld: boolean;
  readonly isAdopted: boolean;
  readonly isKnown: boolean;
}

forEachDatabase('the addresses of browsers', allMigrations, (get) => {
  const start = async (t: TestContext) => {
    const key = await addPushKey(get().database);
    const sent: { target: PushTarget; payload: string }[] = [];
    const counted: string[] = [];
    const outcome: { now: PushOutcome } = { now: 'taken' };
    const server = await startReadersServer(t, get(), {}, (context) =>
      alertsRoutes(context, {
        dist: 'no-such-folder',
        pushKey: async () => key,
        sender: async () => ({
          async sendToOne(target, payload) {
            sent.push({ target, payload });
            return { id: target.id, outcome: outcome.now, status: undefined };
          },
        }),
        count: (alert, what) => void counted.push(`${what} ${alert}`),
      }),
    );
    const ask = (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
      fetch(`http://127.0.0.1:${server.port}${path}`, { redirect: 'manual', ...init });
    /** A browser with the cookies that it was given. */
    const browser = (session?: string) => {
      const jar = new Map<string, string>();
      const cookie = () =>
        [
          ...(session === undefined ? [] : [session]),
          ...[...jar].map(([name, value]) => `${name}=${value}`),
        ].join('; ');
      const headers = (more: Record<string, string>) => ({
        cookie: cookie(),
        'sec-fetch-site': 'same-origin',
        ...more,
      });
      const keep = (response: Response) => {
        for (const each of response.headers.getSetCookie()) {
          const [, name, value] = /^([^=]+)=([^;]*)/.exec(each)!;
          jar.set(name!, value!);
        }
        return response;
      };
      return {
        jar,
        sign: (as: string | undefined) => (session = as),
        post: async (path: string, fields: Record<string, string>) =>
          keep(await ask(path, { method: 'POST', headers: headers({}), body: new URLSearchParams(fields) })),
        get: (path: string) => ask(path, { headers: headers({}) }),
        tell: async (body: unknown, more: Record<string, string> = {}) =>
          keep(
            await ask('/alerts/browser', {
              method: 'POST',
              headers: headers({ 'content-type': 'application/json', ...more }),
              body: JSON.stringify(body),
            }),
          ),
      };
    };
    return { key, sent, counted, outcome, ask, browser };
  };
  const rows = () => get().database.read.selectFrom('alert_browser').selectAll().orderBy('id').execute();
  const said = async (response: Response) => (await response.json()) as Said;

  it('keep what a browser says, with a cookie that no script reads', async (t) => {
    const { key, browser } = await start(t);
    const { jar, tell } = browser();
    const given = aSubscription();
    const body = {
      subscription: { ...given, key: key.public },
      zone: 'Asia/Tokyo',
      begin: true,
      choices: [{ kind: 'breaking', target: '', isOn: true }],
    };
    const response = await tell(body, { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/153.0' });
    assert.equal(response.status, 200);
    assert.match(
      response.headers.getSetCookie()[0]!,
      /^__Host-browser=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=34560000$/,
    );
    assert.deepEqual(await said(response), {
      key: key.public,
      isOld: false,
      isAdopted: false,
      isKnown: true,
    });
    const row = (await rows()).at(-1)!;
    assert.deepEqual(
      [row.endpoint, row.zone, row.label, row.key_id],
      [given.endpoint, 'Asia/Tokyo', 'Firefox on Linux', key.id],
    );
    const chosen = await get()
      .database.read.selectFrom('alert_choice')
      .selectAll()
      .where('owner', '=', `browser:${row.id}`)
      .execute();
    assert.deepEqual(
      chosen.map(({ kind, channel }) => `${kind} ${channel}`),
      ['breaking push'],
    );
    // The same one again, with the cookie, and without what it had chosen.
    await tell({ ...body, begin: false, choices: [{ kind: 'breaking', target: '', isOn: false }] });
    assert.equal((await rows()).filter(({ endpoint }) => endpoint === given.endpoint).length, 1);
    const left = await get()
      .database.read.selectFrom('alert_choice')
      .selectAll()
      .where('owner', '=', `browser:${row.id}`)
      .execute();
    assert.deepEqual(left, []);
    assert.equal(jar.size, 1);
  });

  it('refuse what is no subscription, and addresses that are no push service', async (t) => {
    const { key, browser } = await start(t);
    const given = aSubscription();
    const before: number = (await rows()).length;
    const tries: [unknown, number][] = [
      [{}, 422],
      ['x', 422],
      [{ subscription: { ...given, key: 'BAAA' }, begin: true }, 409],
      [
        {
          subscription: {
            ...given,
            keys: { p256dh: `B${'A'.repeat(86)}`, auth: given.keys.auth },
            key: key.public,
          },
        },
        422,
      ],
      [
        { subscription: { ...given, keys: { p256dh: given.keys.p256dh, auth: 'short' }, key: key.public } },
        422,
      ],
      ...[
        'http://fcm.googleapis.com/fcm/send/x',
        'https://127.0.0.1/x',
        'https://localhost:8080/x',
        'https://fcm.googleapis.com.evil.example/x',
        'https://fcm.googleapis.com@127.0.0.1/x',
        'https://[::ffff:127.0.0.1]/x',
        'https://0x7f.1/x',
        'https://169.254.169.254/latest',
        'https://fcm.googleapis.com:8443/x',
        'file:///etc/passwd',
      ].map((endpoint): [unknown, number] => [
        { subscription: { ...given, endpoint, key: key.public }, begin: true },
        422,
      ]),
    ];
    for (const [body, status] of tries) {
      const response = await browser().tell(body);
      assert.equal(response.status, status, JSON.stringify(body));
      assert.deepEqual(response.headers.getSetCookie(), []);
    }
    assert.equal((await rows()).length, before);
  });

  it('take nothing from other sites', async (t) => {
    const { ask, sent } = await start(t);
    for (const path of ['/alerts/browser', '/alerts/browsers', '/alerts/seen']) {
      const response = await ask(path, {
        method: 'POST',
        headers: { 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' },
        body: '{}',
      });
      assert.equal(response.status, 403, path);
    }
    assert.deepEqual(sent, []);
  });

  it('tell a browser that subscribed with a key of before to do so again', async (t) => {
    const old = await addPushKey(get().database, 1);
    const { key, browser } = await start(t);
    const answer = await said(
      await browser().tell({ subscription: { ...aSubscription(), key: old.public }, begin: true }),
    );
    assert.deepEqual([answer.isOld, answer.key], [true, key.public]);
  });

  it('let readers see to their own browsers alone', async (t) => {
    const { key, browser, sent, outcome } = await start(t);
    const mine = await signedInReader(get().database);
    const theirs = await signedInReader(get().database);
    const phone = browser(mine.cookie);
    const subscription = { ...aSubscription(), key: key.public };
    await phone.tell({ subscription, begin: true, adopt: true });
    const { id } = (await rows()).find(({ endpoint }) => endpoint === subscription.endpoint)!;
    for (const act of ['test', 'remove', 'adopt', 'disown']) {
      for (const who of [browser(), browser(theirs.cookie)])
        assert.equal((await who.post('/alerts/browsers', { act, id })).status, 404, act);
    }
    assert.deepEqual(sent, []);
    // From another of one's own browsers.
    const laptop = browser(mine.cookie);
    const tested = await laptop.post('/alerts/browsers', { act: 'test', id });
    assert.equal(tested.status, 200);
    assert.match(await tested.text(), /It shows within seconds/);
    assert.deepEqual(
      (sent as readonly { target: PushTarget }[]).map(({ target }) => target.endpoint),
      [subscription.endpoint],
    );
    assert.notEqual((await rows()).find((row) => row.id === id)!.delivered_at, null);
    outcome.now = 'gone';
    assert.match(
      await (await laptop.post('/alerts/browsers', { act: 'test', id })).text(),
      /takes no notifications any more/,
    );
    assert.equal((await rows()).find((row) => row.id === id)!.endpoint, null);
    await laptop.post('/alerts/browsers', { act: 'remove', id });
    assert.equal(
      (await rows()).find((row) => row.id === id),
      undefined,
    );
    // It does not come back by itself.
    const answer = await said(await phone.tell({ subscription }));
    assert.equal(answer.isKnown, false);
  });

  it('take an account on where it is wanted, and forget it when somebody signs out', async (t) => {
    const { key, browser } = await start(t);
    const { reader, cookie } = await signedInReader(get().database);
    const here = browser();
    const subscription = { ...aSubscription(), key: key.public };
    const row = async () => (await rows()).find(({ endpoint }) => endpoint === subscription.endpoint)!;
    await here.tell({ subscription, begin: true });
    here.sign(cookie);
    await here.tell({ subscription });
    assert.equal((await row()).reader_id, null);
    await here.post('/alerts/browsers', { act: 'adopt' });
    assert.equal((await row()).reader_id, reader.id);
    await here.post('/sign-out', { to: '/' });
    here.sign(undefined);
    const answer = await said(await here.tell({ subscription }));
    assert.deepEqual([answer.isKnown, answer.isAdopted], [true, false]);
    assert.equal((await row()).reader_id, null);
  });

  it('count what became of an alert without knowing whose it was', async (t) => {
    const { ask, counted } = await start(t);
    const tell = (body: unknown) =>
      ask('/alerts/seen', {
        method: 'POST',
        headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const response = await tell({ alert: 'k2m4n6p8', act: 'shown' });
    assert.equal(response.status, 204);
    assert.deepEqual(response.headers.getSetCookie(), []);
    assert.equal((await tell({ alert: 'k2m4n6p8', act: 'sold' })).status, 422);
    assert.equal((await tell({ alert: '../x', act: 'shown' })).status, 422);
    assert.deepEqual(counted, ['shown k2m4n6p8']);
  });

  it('show what would come, how often by what was published, and what this browser has chosen', async (t) => {
    const { key, browser } = await start(t);
    const { database } = get();
    const story = await database.write(async (tx) => {
      await saveSection(tx, { slug: 'coast', name: 'Coast' });
      await saveTopic(tx, { slug: 'eels', name: 'Eels' });
      for (let index = 0; index < 56; index += 1) {
        const { id } = await createStory(tx, {
          content: contentOf(`Coast ${index}`, { section: 'coast' }),
          actor: 'test',
        });
        await publishStory(tx, { id, actor: 'test', zone: 'UTC', at: undefined });
      }
      const { id } = await createStory(tx, {
        content: contentOf('Eels <i>again</i>', { section: 'coast', topics: ['eels'] }),
        actor: 'test',
      });
      return publishStory(tx, { id, actor: 'test', zone: 'UTC', at: undefined });
    });
    const hidden = await database.write((tx) =>
      createStory(tx, { content: contentOf('A draft', { section: 'coast' }), actor: 'test' }),
    );
    const here = browser();
    assert.equal((await here.get(`/alerts/ask?story=${hidden.code}`)).status, 404);
    const page = async () => (await here.get(`/alerts/ask?story=${story.code}`)).text();
    const before = await page();
    assert.match(before, new RegExp(`data-key="${key.public}"`));
    assert.match(before, /New stories in Coast <span class="meta">about 2 a day/);
    assert.match(before, /New stories on Eels <span class="meta">less than one a week/);
    assert.match(before, /value="breaking:" checked/);
    assert.match(before, /Turn on notifications<\/button>/);
    assert.match(before, /Eels &lt;i/);
    await here.tell({
      subscription: { ...aSubscription(), key: key.public },
      begin: true,
      choices: [
        { kind: 'breaking', target: '', isOn: false },
        { kind: 'topic', target: 'eels', isOn: true },
      ],
    });
    const after = await page();
    assert.match(after, /value="topic:eels" checked/);
    assert.match(after, /value="breaking:">/);
    assert.match(after, /Save<\/button>/);
  });
});
