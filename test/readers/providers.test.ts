import assert from 'node:assert/strict';
import { after, beforeEach, it } from 'node:test';
import { createReader, findReader } from '../../src/readers/index.ts';
import { elements, wordsOf } from '../rig/dom.ts';
import { startIdentityProvider } from '../rig/identity-provider.ts';
import { forEachSite } from '../rig/site.ts';
import { Visitor, type Visited } from '../rig/visitor.ts';

const backPath = '/sign-in/with/oidc/back';
const back = `https://paper.example${backPath}`;
const provider = await startIdentityProvider([back]);
after(() => provider.close());

const env = {
  OIDC_ISSUER: provider.issuer,
  OIDC_CLIENT_ID: provider.clientId,
  OIDC_CLIENT_SECRET: provider.clientSecret,
  OIDC_NAME: 'Harbour ID',
  OUTBOUND_ALLOW: provider.host,
  WRITE_LIMIT: '1000',
};

forEachSite('signing in with a provider', { env }, (get) => {
  beforeEach(() => {
    provider.accounts.clear();
    provider.alter = undefined;
  });

  /** Press the button, and come to the page that leads on to the provider. */
  const setOut = async (visitor: Visitor, to = '/about') => {
    const first = await visitor.open(`/sign-in?to=${encodeURIComponent(to)}`);
    const going = await visitor.press(first, '/sign-in/with/oidc');
    assert.equal(going.status, 200);
    return addressOf(going);
  };
  const comeBack = async (visitor: Visitor, name: string, to?: string) => {
    const { to: home } = await provider.visit(await setOut(visitor, to), name);
    return visitor.open(`${home.pathname}${home.search}`);
  };
  const sessions = () =>
    get().database.read.selectFrom('reader_session').select(['reader_id', 'method']).execute();

  it('sends one on with state, nonce and PKCE, and to no address that the reader was given', async () => {
    const url = new URL(await setOut(new Visitor(get())));
    const asked = Object.fromEntries(url.searchParams);
    assert.equal(url.origin, provider.issuer);
    assert.equal(asked.redirect_uri, back);
    assert.equal(asked.code_challenge_method, 'S256');
    for (const name of ['state', 'nonce', 'code_challenge']) assert.match(asked[name]!, /^[\w-]{43}$/, name);
    assert.equal(new Set([asked.state, asked.nonce, asked.code_challenge]).size, 3);
  });

  it('makes an account of an address that the provider answers for, and finds it again', async () => {
    provider.accounts.set('ann', { email: 'Ann@Harbour.example', email_verified: true });
    const visitor = new Visitor(get());
    const landed = await comeBack(visitor, 'ann');
    assert.equal(landed.path, '/about');
    assert.deepEqual(
      [...visitor.cookies.keys()].filter((name) => !name.endsWith('said')),
      ['__Host-session'],
    );
    const [first] = await sessions();
    assert.equal(first!.method, 'oidc');
    assert.equal((await findReader(get().database.read, first!.reader_id))!.email, 'ann@harbour.example');
    // The address is another now; whom the provider calls ann is the same.
    provider.accounts.set('ann', { email: 'other@harbour.example', email_verified: false });
    await comeBack(new Visitor(get()), 'ann');
    assert.deepEqual(new Set((await sessions()).map(({ reader_id }) => reader_id)).size, 1);
  });

  it('opens an account that is there for its address, when the provider answers for it', async () => {
    const { id } = await get().write((tx) => createReader(tx, { email: 'bob@harbour.example' }));
    provider.accounts.set('bob', { email: 'bob@harbour.example', email_verified: true });
    await comeBack(new Visitor(get()), 'bob');
    assert.ok((await sessions()).some(({ reader_id }) => reader_id === id));
  });

  it('opens none for an address that the provider does not answer for', async () => {
    await get().write((tx) => createReader(tx, { email: 'eve@harbour.example' }));
    const before = (await sessions()).length;
    for (const account of [
      { email: 'eve@harbour.example', email_verified: false },
      { email: 'eve@harbour.example' },
      { email: 'new@harbour.example', email_verified: false },
      {},
    ]) {
      provider.accounts.set('eve', account);
      const visitor = new Visitor(get());
      const refused = await comeBack(visitor, 'eve');
      assert.equal(refused.status, 403);
      assert.match(wordsOf(refused.doc), /provider\.unconfirmed/);
      assert.ok(!visitor.cookies.has('__Host-session'));
    }
    assert.equal((await sessions()).length, before);
    const logins = await get().database.read.selectFrom('reader_login').select('subject').execute();
    assert.ok(logins.every(({ subject }) => subject !== 'eve'));
    const readers = await get().database.read.selectFrom('reader').select('email').execute();
    assert.ok(!readers.some(({ email }) => email === 'new@harbour.example'));
  });

  it('takes a way back once, from the browser that set out alone', async () => {
    provider.accounts.set('cyd', { email: 'cyd@harbour.example', email_verified: true });
    const visitor = new Visitor(get());
    const { to } = await provider.visit(await setOut(visitor), 'cyd');
    const path = `${to.pathname}${to.search}`;
    const stranger = new Visitor(get());
    for (const other of [new Visitor(get()), stranger]) {
      if (other === stranger) await setOut(stranger);
      const refused = await other.open(path);
      assert.equal(refused.status, 400);
      assert.match(wordsOf(refused.doc), /provider\.foreign/);
      assert.ok(!other.cookies.has('__Host-session'));
    }
    assert.equal((await visitor.open(path)).path, '/about');
    assert.equal((await visitor.open(path)).status, 400);
  });

  it('refuses a way back that was altered', async () => {
    provider.accounts.set('dot', { email: 'dot@harbour.example', email_verified: true });
    for (const [name, value] of [
      ['state', 'x'.repeat(43)],
      ['state', ''],
      ['code', 'another'],
      ['iss', 'https://evil.example'],
    ] as const) {
      const visitor = new Visitor(get());
      const { to } = await provider.visit(await setOut(visitor), 'dot');
      to.searchParams.set(name, value);
      const refused = await visitor.open(`${to.pathname}${to.search}`);
      assert.equal(refused.status, 400, name);
      assert.ok(!visitor.cookies.has('__Host-session'));
    }
  });

  it('refuses the answer to another browser of the same person: the code is bound to who set out', async () => {
    provider.accounts.set('fay', { email: 'fay@harbour.example', email_verified: true });
    const thief = new Visitor(get());
    const victim = new Visitor(get());
    const stolen = await provider.visit(await setOut(victim), 'fay');
    const own = new URL(await setOut(thief));
    const path = `${backPath}?code=${stolen.to.searchParams.get('code')}&state=${own.searchParams.get('state')}&iss=${encodeURIComponent(provider.issuer)}`;
    const refused = await thief.open(path);
    assert.match(wordsOf(refused.doc), /provider\.refused/);
    assert.ok(!thief.cookies.has('__Host-session'));
  });

  it('refuses a token that was altered on its way, or made for somebody else', async () => {
    provider.accounts.set('gus', { email: 'gus@harbour.example', email_verified: true });
    const altered = (claims: Record<string, unknown>) => (path: string, body: string) => {
      if (path !== '/token') return body;
      const answer = JSON.parse(body) as { id_token: string };
      const [head, payload, signature] = answer.id_token.split('.');
      const said = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as object;
      const other = Buffer.from(JSON.stringify({ ...said, ...claims })).toString('base64url');
      return JSON.stringify({ ...answer, id_token: [head, other, signature].join('.') });
    };
    for (const claims of [
      { email: 'victim@harbour.example' },
      { aud: 'another site' },
      { iss: 'https://evil.example' },
      { nonce: 'another' },
      { exp: 1 },
    ]) {
      provider.alter = altered(claims);
      const visitor = new Visitor(get());
      const refused = await comeBack(visitor, 'gus');
      assert.equal(refused.status, 400, JSON.stringify(claims));
      assert.match(wordsOf(refused.doc), /provider\.refused/);
      assert.ok(!visitor.cookies.has('__Host-session'));
    }
    provider.alter = altered({});
    assert.equal((await comeBack(new Visitor(get()), 'gus')).path, '/about');
  });

  it('leads nowhere but to pages of this site', async () => {
    provider.accounts.set('hal', { email: 'hal@harbour.example', email_verified: true });
    for (const to of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
      const visitor = new Visitor(get());
      const { to: home } = await provider.visit(await setOut(visitor, to), 'hal');
      const landed = await visitor.send(`${home.pathname}${home.search}`, { follows: false });
      assert.equal(landed.headers.location, '/', to);
    }
  });

  it('brings one back who has thought better of it', async () => {
    const visitor = new Visitor(get());
    const state = new URL(await setOut(visitor, '/corrections')).searchParams.get('state');
    const landed = await visitor.open(`${backPath}?error=access_denied&state=${state}`);
    assert.equal(landed.path, '/sign-in');
    assert.ok(elements(landed.doc, 'input').some(({ attribs }) => attribs.value === '/corrections'));
  });

  it('says so when the provider cannot be reached', async () => {
    provider.alter = (path, body) => (path.startsWith('/.well-known') ? 'nothing' : body);
    get().clock.advance(2 * 86_400_000);
    const visitor = new Visitor(get());
    const first = await visitor.open('/sign-in');
    const told = await visitor.press(first, '/sign-in/with/oidc');
    assert.equal(told.status, 503);
    assert.match(wordsOf(told.doc), /Harbour ID cannot be reached/);
    provider.alter = undefined;
    assert.equal((await visitor.press(first, '/sign-in/with/oidc')).status, 200);
  });

  it('takes no form from elsewhere, and no way that is not offered', async () => {
    const visitor = new Visitor(get());
    const foreign = { headers: { 'sec-fetch-site': 'cross-site' }, fields: {} };
    assert.equal((await visitor.send('/sign-in/with/oidc', foreign)).status, 403);
    assert.equal((await visitor.send('/sign-in/with/google', { fields: {} })).status, 404);
    assert.equal((await visitor.send(`${backPath}`, { fields: { state: 'x' } })).status, 400);
  });
});

/** Where a page sends the browser on to. */
function addressOf(going: Visited): string {
  const [, address] = /^0; url=(.+)$/.exec(String(going.headers.refresh)) ?? [];
  assert.ok(address, going.text);
  return address;
}
