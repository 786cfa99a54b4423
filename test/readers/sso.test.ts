import assert from 'node:assert/strict';
import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, it } from 'node:test';
import { SignJWT, type JWTPayload } from 'jose';
import { testNow } from '../../src/platform/database/testing.ts';
import { createReader, findReader } from '../../src/readers/index.ts';
import { elements, wordsOf } from '../rig/dom.ts';
import { forEachSite } from '../rig/site.ts';
import { Visitor, type Visited } from '../rig/visitor.ts';

/** The publisher's login: its keys, of which it changes one now and then. */
const keys = new Map<string, { privateKey: KeyObject; publicKey: KeyObject }>();
let asked = 0;
let isUp = true;
const keyServer = createServer((_request, response) => {
  asked += 1;
  if (!isUp) return response.writeHead(500).end();
  const set = [...keys].map(([kid, { publicKey }]) => ({
    ...publicKey.export({ format: 'jwk' }),
    kid,
    alg: 'ES256',
    use: 'sig',
  }));
  return response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: set }));
});
keyServer.listen(0, '127.0.0.1');
await once(keyServer, 'listening');
after(() => keyServer.close());
const keyHost = `127.0.0.1:${(keyServer.address() as AddressInfo).port}`;
const newKey = (kid: string) => keys.set(kid, generateKeyPairSync('ec', { namedCurve: 'P-256' }));
newKey('one');

const issuer = 'https://login.publisher.example';
const common = { SSO_ISSUER: issuer, SSO_LOGIN_URL: `${issuer}/enter?site=paper`, WRITE_LIMIT: '1000' };
const byKeySet = { ...common, SSO_JWKS_URL: `http://${keyHost}/keys`, OUTBOUND_ALLOW: keyHost };
const [oldKey, nextKey] = [
  'an old key that will soon be gone for good',
  'the next key which takes its place soon',
];
const byShared = { ...common, SSO_KEYS: `${oldKey},${nextKey}`, SSO_NAME: 'Ledger account' };

interface Making {
  readonly kid?: string;
  readonly key?: KeyObject | Uint8Array;
  readonly alg?: string;
}

function claimsOf(more: JWTPayload = {}): JWTPayload {
  const now = Math.floor(testNow / 1000);
  return {
    iss: issuer,
    aud: 'https://paper.example',
    sub: 'reader-1',
    email: 'ann@publisher.example',
    email_verified: true,
    jti: randomUUID(),
    iat: now,
    exp: now + 120,
    ...more,
  };
}

function tokenOf(more: JWTPayload = {}, { kid = 'one', key, alg = 'ES256' }: Making = {}): Promise<string> {
  return new SignJWT(claimsOf(more)).setProtectedHeader({ alg, kid }).sign(key ?? keys.get(kid)!.privateKey);
}

const bring = (visitor: Visitor, token: string, to = '/about') =>
  visitor.open(`/sign-in/sso?token=${token}&to=${encodeURIComponent(to)}`);
const isIn = (visitor: Visitor) => visitor.cookies.has('__Host-session');
const refuses = (page: Visited, code: string, why: string) => {
  assert.ok(page.status >= 400 && page.status < 500, `${why}: ${page.status}`);
  assert.ok(wordsOf(page.doc).includes(code), `${why}: ${wordsOf(page.doc)}`);
};

forEachSite('signing in from the publisher with a key set', { env: byKeySet }, (get) => {
  /** Press the button, which leads to the publisher's login. */
  const setOut = async (visitor: Visitor, to = '/about') => {
    const first = await visitor.open(`/sign-in?to=${encodeURIComponent(to)}`);
    const going = await visitor.press(first, '/sign-in/with/sso');
    return new URL(/^0; url=(.+)$/.exec(String(going.headers.refresh))![1]!);
  };

  it('sends readers to the login and signs in at once who comes back with the nonce', async () => {
    const visitor = new Visitor(get());
    const login = await setOut(visitor, '/corrections');
    assert.equal(login.origin, issuer);
    assert.equal(login.searchParams.get('site'), 'paper');
    assert.equal(login.searchParams.get('return_to'), 'https://paper.example/sign-in/sso');
    const token = await tokenOf({ nonce: login.searchParams.get('nonce')! });
    const landed = await visitor.open(`/sign-in/sso?token=${token}`);
    assert.equal(landed.path, '/corrections');
    assert.ok(isIn(visitor));
    const session = await get()
      .database.read.selectFrom('reader_session')
      .select(['reader_id', 'method'])
      .executeTakeFirstOrThrow();
    assert.equal(session.method, 'sso');
    assert.equal((await findReader(get().database.read, session.reader_id))!.email, 'ann@publisher.example');
  });

  it('has a token without the nonce wait for a press, and uses it for nothing before', async () => {
    const visitor = new Visitor(get());
    const token = await tokenOf();
    for (let scanned = 0; scanned < 3; scanned += 1) {
      const shown = await bring(visitor, token);
      assert.match(wordsOf(shown.doc), /ann@publisher\.example/);
      assert.ok(!isIn(visitor));
    }
    const landed = await visitor.press(await bring(visitor, token), '/sign-in/sso');
    assert.equal(landed.path, '/about');
    assert.ok(isIn(visitor));
    const foreign = { headers: { 'sec-fetch-site': 'cross-site' }, fields: { token: await tokenOf() } };
    assert.equal((await new Visitor(get()).send('/sign-in/sso', foreign)).status, 403);
  });

  it('takes a token once', async () => {
    const token = await tokenOf();
    const fields = { token, to: '/' };
    const tried = await Promise.all(
      [1, 2, 3, 4].map(async () => {
        const visitor = new Visitor(get());
        const { status } = await visitor.send('/sign-in/sso', { fields });
        assert.equal(isIn(visitor), status === 200);
        return status;
      }),
    );
    assert.deepEqual(tried.toSorted(), [200, 409, 409, 409]);
    get().clock.advance(60_000);
    refuses(await new Visitor(get()).send('/sign-in/sso', { fields }), 'sso.used', 'later');
    // The same id in a token of its own counts as used too.
    const jti = randomUUID();
    const first = await tokenOf({ jti });
    const second = await tokenOf({ jti, sub: 'reader-2', email: 'other@publisher.example' });
    assert.equal((await new Visitor(get()).send('/sign-in/sso', { fields: { token: first } })).status, 200);
    refuses(await new Visitor(get()).send('/sign-in/sso', { fields: { token: second } }), 'sso.used', 'jti');
  });

  it('takes a nonce only in the browser that it was given to, once', async () => {
    const [visitor, thief] = [new Visitor(get()), new Visitor(get())];
    const nonce = (await setOut(visitor)).searchParams.get('nonce')!;
    await setOut(thief);
    refuses(await bring(thief, await tokenOf({ nonce })), 'sso.foreign', 'another browser');
    const pressed = await thief.send('/sign-in/sso', { fields: { token: await tokenOf({ nonce }) } });
    refuses(pressed, 'sso.foreign', 'pressed');
    assert.ok(!isIn(thief));
    assert.equal((await bring(visitor, await tokenOf({ nonce }))).path, '/about');
    refuses(await bring(visitor, await tokenOf({ nonce })), 'sso.foreign', 'again');
  });

  it('refuses what is not signed, not for this site, too old, too long, or not whole', async () => {
    const seconds = Math.floor(testNow / 1000);
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const [head, , signature] = (await tokenOf()).split('.');
    const publicPem = keys.get('one')!.publicKey.export({ type: 'spki', format: 'pem' });
    const bad: Record<string, string> = {
      'another key': await tokenOf({}, { key: other.privateKey }),
      'an unknown key': await tokenOf({}, { kid: 'unknown', key: other.privateKey }),
      'other claims': `${head}.${encode(claimsOf({ email: 'victim@publisher.example' }))}.${signature}`,
      'no signature': `${encode({ alg: 'none' })}.${encode(claimsOf())}.`,
      'the public key as a shared one': await tokenOf({}, { alg: 'HS256', key: Buffer.from(publicPem) }),
      'another issuer': await tokenOf({ iss: 'https://evil.example' }),
      'another audience': await tokenOf({ aud: 'https://other.example' }),
      'too old': await tokenOf({ iat: seconds - 300, exp: seconds - 60 }),
      'not yet': await tokenOf({ iat: seconds + 300, exp: seconds + 400 }),
      'for too long': await tokenOf({ exp: seconds + 3600 }),
      'begun too long ago': await tokenOf({ iat: seconds - 3600 }),
      'no id': await tokenOf({ jti: undefined }),
      'no end': await tokenOf({ exp: undefined }),
      'no reader': await tokenOf({ sub: undefined }),
      'no words': 'nothing',
    };
    for (const [why, token] of Object.entries(bad)) {
      const visitor = new Visitor(get());
      refuses(await bring(visitor, token), 'sso.refused', why);
      refuses(await visitor.send('/sign-in/sso', { fields: { token } }), 'sso.refused', why);
      assert.ok(!isIn(visitor), why);
    }
    refuses(await new Visitor(get()).open('/sign-in/sso'), 'sso.refused', 'none');
  });

  it('opens no account by an address that the publisher does not answer for', async () => {
    const owner = await get().write((tx) => createReader(tx, { email: 'owner@publisher.example' }));
    for (const claims of [
      { email: owner.email, email_verified: false },
      { email: owner.email, email_verified: undefined },
      { email: undefined },
    ]) {
      const visitor = new Visitor(get());
      const token = await tokenOf({ sub: 'somebody', ...claims });
      refuses(
        await visitor.send('/sign-in/sso', { fields: { token } }),
        'provider.unconfirmed',
        String(claims.email),
      );
      assert.ok(!isIn(visitor));
    }
  });

  it('leads nowhere but to pages of this site', async () => {
    for (const to of ['https://evil.example/', '//evil.example', '/\\evil.example', '/\t/evil.example']) {
      const visitor = new Visitor(get());
      const shown = await bring(visitor, await tokenOf(), to);
      const held = elements(shown.doc, 'input').find(({ attribs }) => attribs.name === 'to');
      assert.equal(held!.attribs.value, '/', to);
      const landed = await visitor.press(shown, '/sign-in/sso', { to }, { follows: false });
      assert.equal(landed.headers.location, '/', to);
    }
  });
});

forEachSite('signing in from the publisher with keys that change', { env: byKeySet }, (get) => {
  const enter = async (token: string) =>
    (await new Visitor(get()).send('/sign-in/sso', { fields: { token } })).status;

  it('fetches the keys when a token names a new one, and says so when it cannot', async (t) => {
    // By this clock it is told how old the keys are.
    t.mock.timers.enable({ apis: ['Date'], now: testNow });
    const [two, three] = [randomUUID(), randomUUID()];
    isUp = false;
    assert.equal(await enter(await tokenOf()), 503);
    isUp = true;
    assert.equal(await enter(await tokenOf()), 200);
    const before = asked;
    assert.equal(await enter(await tokenOf()), 200);
    assert.equal(asked, before, 'the keys are kept');
    newKey(two);
    t.mock.timers.tick(1100);
    assert.equal(await enter(await tokenOf({}, { kid: two })), 200);
    assert.equal(await enter(await tokenOf()), 200, 'the old one holds as long as it is there');
    const last = await tokenOf();
    keys.delete('one');
    newKey(three);
    t.mock.timers.tick(1100);
    assert.equal(await enter(await tokenOf({}, { kid: three })), 200);
    assert.equal(await enter(last), 400);
    newKey('one');
  });
});

forEachSite('signing in from the publisher with shared keys', { env: byShared }, (get) => {
  const enter = async (key: string, alg = 'HS256') => {
    const token = await tokenOf({}, { alg, key: Buffer.from(key) });
    return (await new Visitor(get()).send('/sign-in/sso', { fields: { token } })).status;
  };

  it('takes the old and the new key while they change, and no other', async () => {
    assert.equal(await enter(oldKey), 200);
    assert.equal(await enter(nextKey), 200);
    assert.equal(await enter(nextKey, 'HS512'), 200);
    assert.equal(await enter('some other key that nobody has agreed upon'), 400);
  });

  it('takes no token that is signed with a private key', async () => {
    const token = await tokenOf();
    assert.equal((await new Visitor(get()).send('/sign-in/sso', { fields: { token } })).status, 400);
  });

  it('calls the login by its name', async () => {
    const page = await new Visitor(get()).open('/sign-in');
    assert.match(wordsOf(page.doc), /Go on with Ledger account/);
  });
});
