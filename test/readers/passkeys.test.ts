import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { allMigrations } from '../../src/migrations.ts';
import { forEachDatabase } from '../../src/platform/database/testing.ts';
import { page } from '../../src/platform/http/answers.ts';
import { route } from '../../src/platform/http/testing.ts';
import { askToSignIn, type IntentHandler } from '../../src/readers/index.ts';
import { TestAuthenticator } from '../../src/readers/passkeys/testing.ts';
import { signedInReader, type SignedInReader } from '../../src/readers/testing.ts';
import { wordsOf } from '../rig/dom.ts';
import { startReadersServer } from '../rig/readers-server.ts';
import { Visitor } from '../rig/visitor.ts';

const origin = 'https://paper.example';
const minute = 60_000;

forEachDatabase('passkeys', allMigrations, (get) => {
  const open = async (t: TestContext) => {
    const done: string[] = [];
    const note: IntentHandler = async (_request, { reader }, { data }) => {
      done.push(`${reader.handle}: ${String(data.words)}`);
      return { to: '/notes' };
    };
    const server = await startReadersServer(t, get(), { intents: { note } }, (context) => [
      route('/notes', () => page('<h1>Notes</h1>')),
      route('/about', () => page('<h1>About</h1>')),
      route(
        '/notes',
        (request) =>
          askToSignIn(context, request, { intent: { kind: 'note', data: { words: 'kept' } }, to: '/notes' }),
        { method: 'POST' },
      ),
    ]);
    return { server, done };
  };
  type Server = Awaited<ReturnType<typeof open>>['server'];

  const join = (handle: string) => signedInReader(get().database, { origin, handle });
  const visitorOf = (server: Server, { cookie }: SignedInReader) => {
    const visitor = new Visitor(server);
    const [name = '', value = ''] = cookie.split('=');
    visitor.cookies.set(name, value);
    return visitor;
  };
  const optionsFrom = async (visitor: Visitor, path: string, fields: Record<string, string> = {}) =>
    JSON.parse((await visitor.send(path, { fields })).text) as {
      challenge: string;
      user: { id: string };
      excludeCredentials: { id: string }[];
    };
  const add = async (visitor: Visitor, device: TestAuthenticator, name = '') => {
    const { challenge, user } = await optionsFrom(visitor, '/account/passkeys/challenge');
    device.userHandle = user.id;
    const credential = JSON.stringify(device.create(challenge));
    return visitor.send('/account/passkeys', { fields: { credential, name }, follows: false });
  };
  const challengeFor = async (visitor: Visitor, to = '/about') =>
    (await optionsFrom(visitor, '/sign-in/passkey/challenge', { to })).challenge;
  const enter = (visitor: Visitor, credential: object) =>
    visitor.send('/sign-in/passkey', {
      fields: { credential: JSON.stringify(credential) },
      follows: false,
    });
  const isIn = (visitor: Visitor) => visitor.cookies.has('__Host-session');
  const passkeysOf = ({ reader }: SignedInReader) =>
    get().database.read.selectFrom('passkey').selectAll().where('reader_id', '=', reader.id).execute();

  it('open the account that they were added to, and go on where one was', async (t) => {
    const { server } = await open(t);
    const ann = await join('ann');
    const device = new TestAuthenticator(origin);
    assert.equal((await add(visitorOf(server, ann), device, 'Phone')).headers.location, '/account#passkeys');
    const visitor = new Visitor(server);
    const landed = await enter(visitor, device.get(await challengeFor(visitor)));
    assert.deepEqual([landed.status, landed.headers.location], [303, '/about']);
    assert.ok(isIn(visitor));
    const [kept] = await passkeysOf(ann);
    assert.deepEqual([kept!.name, kept!.counter, kept!.used_at], ['Phone', 2, get().clock.now()]);
  });

  it('do what waited, once, in the name of their reader', async (t) => {
    const { server, done } = await open(t);
    const bob = await join('bob');
    const device = new TestAuthenticator(origin);
    await add(visitorOf(server, bob), device);
    const visitor = new Visitor(server);
    await visitor.send('/notes', { fields: {} });
    // The page of signing in says where it stands; what waits leads elsewhere.
    const landed = await enter(visitor, device.get(await challengeFor(visitor, '/')));
    assert.equal(landed.headers.location, '/notes');
    assert.deepEqual(done, ['bob: kept']);
  });

  it('answer a challenge once, within ten minutes, in the browser that was asked', async (t) => {
    const { server } = await open(t);
    const cyd = await join('cyd');
    const device = new TestAuthenticator(origin);
    await add(visitorOf(server, cyd), device);
    const visitor = new Visitor(server);
    const answer = device.get(await challengeFor(visitor));
    const foreign = new Visitor(server);
    await challengeFor(foreign);
    assert.equal((await enter(foreign, answer)).status, 400);
    assert.equal((await enter(new Visitor(server), answer)).status, 400);
    const tried = await Promise.all([1, 2, 3, 4].map(() => enter(visitor, answer)));
    assert.deepEqual(tried.map(({ status }) => status).toSorted(), [303, 400, 400, 400]);
    const late = new Visitor(server);
    const old = device.get(await challengeFor(late));
    get().clock.advance(10 * minute);
    const refused = await enter(late, old);
    assert.match(wordsOf(refused.doc), /passkey\.ended/);
    for (const each of [foreign, late]) assert.ok(!isIn(each));
  });

  it('let nobody in with a challenge that was given for adding one, nor the other way round', async (t) => {
    const { server } = await open(t);
    const dot = await join('dot');
    const visitor = visitorOf(server, dot);
    const device = new TestAuthenticator(origin);
    await add(visitor, device);
    const { challenge } = await optionsFrom(visitor, '/account/passkeys/challenge');
    assert.equal((await enter(visitor, device.get(challenge))).status, 400);
    const other = new TestAuthenticator(origin);
    const credential = JSON.stringify(other.create(await challengeFor(visitor)));
    const added = await visitor.send('/account/passkeys', { fields: { credential, name: '' } });
    assert.equal(added.status, 400);
    assert.equal((await passkeysOf(dot)).length, 1);
  });

  it('are refused when a copy has counted less far', async (t) => {
    const { server } = await open(t);
    const eve = await join('eve');
    const device = new TestAuthenticator(origin);
    await add(visitorOf(server, eve), device);
    for (const [counter, status] of [
      [5, 303],
      [5, 400],
      [4, 400],
      [6, 303],
    ] as const) {
      const visitor = new Visitor(server);
      assert.equal(
        (await enter(visitor, device.get(await challengeFor(visitor), { counter }))).status,
        status,
      );
      assert.equal(isIn(visitor), status === 303);
    }
  });

  it('are of one reader alone, known by one name of the device, and at most twenty', async (t) => {
    const { server } = await open(t);
    const [fay, gus] = [await join('fay'), await join('gus')];
    const [own, other] = [visitorOf(server, fay), visitorOf(server, gus)];
    const device = new TestAuthenticator(origin);
    await add(own, device);
    assert.equal((await add(other, device)).status, 409);
    assert.deepEqual(await passkeysOf(gus), []);
    const { excludeCredentials } = await optionsFrom(own, '/account/passkeys/challenge');
    assert.deepEqual(
      excludeCredentials.map(({ id }) => id),
      [device.credentialId],
    );
    const [kept] = await passkeysOf(fay);
    for (const what of ['rename', 'remove']) {
      const path = `/account/passkeys/${kept!.id}/${what}`;
      assert.equal((await other.send(path, { fields: { name: 'Mine' } })).status, 404);
      assert.equal((await new Visitor(server).send(path, { fields: { name: 'Mine' } })).status, 401);
    }
    assert.deepEqual(await passkeysOf(fay), [kept]);
    for (let count = 1; count < 20; count += 1)
      assert.equal((await add(own, new TestAuthenticator(origin))).status, 303);
    assert.equal((await add(own, new TestAuthenticator(origin))).status, 409);
    assert.equal((await passkeysOf(fay)).length, 20);
  });

  it('bear the name that they are given, and are told of by mail', async (t) => {
    const { server } = await open(t);
    const hal = await join('hal');
    const visitor = visitorOf(server, hal);
    await add(visitor, new TestAuthenticator(origin), '<b>Phone</b>');
    const [kept] = await passkeysOf(hal);
    const job = await get()
      .database.read.selectFrom('job')
      .select('payload')
      .where('name', '=', 'mail.send')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    const { message } = JSON.parse(job.payload) as { message: { to: string; text: string; html: string } };
    assert.equal(message.to, 'hal@readers.example');
    assert.ok(message.text.includes('“<b>Phone</b>”'));
    assert.ok(message.html.includes('&lt;b&gt;Phone'));
    const rename = (name: string) =>
      visitor.send(`/account/passkeys/${kept!.id}/rename`, { fields: { name }, follows: false });
    assert.equal((await rename(' Old   phone ')).status, 303);
    assert.equal((await rename('')).status, 422);
    assert.equal((await rename('x'.repeat(61))).status, 422);
    assert.equal((await passkeysOf(hal))[0]!.name, 'Old phone');
    await visitor.send(`/account/passkeys/${kept!.id}/remove`, { fields: {}, follows: false });
    assert.deepEqual(await passkeysOf(hal), []);
  });
});
