import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { signedInReader, type SignedInReader } from '../../src/readers/testing.ts';
import { elements, wordsOf } from '../rig/dom.ts';
import { startIdentityProvider } from '../rig/identity-provider.ts';
import { forEachSite } from '../rig/site.ts';
import { mailsTo, Visitor } from '../rig/visitor.ts';

const provider = await startIdentityProvider(['https://paper.example/sign-in/with/oidc/back'], {
  email: 'userinfo',
});
after(() => provider.close());
for (const name of ['ann', 'bob', 'cyd'])
  provider.accounts.set(name, { email: `${name}@elsewhere.example`, email_verified: false });

const env = {
  OIDC_ISSUER: provider.issuer,
  OIDC_CLIENT_ID: provider.clientId,
  OIDC_CLIENT_SECRET: provider.clientSecret,
  OIDC_NAME: 'Harbour ID',
  OUTBOUND_ALLOW: provider.host,
  WRITE_LIMIT: '1000',
};

forEachSite('an account elsewhere', { env }, (get) => {
  const visitorOf = ({ cookie }: SignedInReader) => {
    const visitor = new Visitor(get());
    const [name = '', value = ''] = cookie.split('=');
    visitor.cookies.set(name, value);
    return visitor;
  };
  const join = (handle: string) => signedInReader(get().database, { origin: get().origin, handle });
  /** To the provider, and the path that leads back. */
  const goThere = async (visitor: Visitor, action: string, name: string) => {
    const going = await visitor.send(action, { fields: {} });
    const [, to] = /^0; url=(.+)$/.exec(String(going.headers.refresh)) ?? [];
    const { to: back } = await provider.visit(to!, name);
    return `${back.pathname}${back.search}`;
  };
  const connect = async (visitor: Visitor, name: string) =>
    visitor.open(await goThere(visitor, '/account/connect/oidc', name));
  const enter = async (visitor: Visitor, name: string) =>
    visitor.open(await goThere(visitor, '/sign-in/with/oidc', name));
  const loginsOf = (reader: string) =>
    get().database.read.selectFrom('reader_login').selectAll().where('reader_id', '=', reader).execute();

  it('is connected by who is signed in, whatever its address, opens the account from then on, and is removed', async () => {
    const ann = await join('ann');
    const visitor = visitorOf(ann);
    const page = await connect(visitor, 'ann');
    assert.equal(page.path, '/account');
    assert.match(wordsOf(page.doc), /Harbour ID last used/);
    const [mail] = await mailsTo(get(), 'ann@readers.example');
    assert.match(mail!.subject, /One more way into your account/);
    const elsewhere = new Visitor(get());
    await enter(elsewhere, 'ann');
    assert.ok(elsewhere.cookies.has('__Host-session'));
    const [login] = await loginsOf(ann.reader.id);
    assert.equal(login!.subject, 'ann');
    await visitor.press(page, `/account/logins/${login!.id}/remove`);
    assert.deepEqual(await loginsOf(ann.reader.id), []);
    const late = new Visitor(get());
    assert.equal((await enter(late, 'ann')).status, 403);
    assert.ok(!late.cookies.has('__Host-session'));
  });

  it('opens one account alone, and is removed by nobody else', async () => {
    const [bob, eve] = [await join('bob'), await join('eve')];
    await connect(visitorOf(bob), 'bob');
    const refused = await connect(visitorOf(eve), 'bob');
    assert.equal(refused.status, 409);
    assert.match(wordsOf(refused.doc), /provider\.taken/);
    const [login] = await loginsOf(bob.reader.id);
    const tried = await visitorOf(eve).send(`/account/logins/${login!.id}/remove`, { fields: {} });
    assert.equal(tried.status, 404);
    assert.equal((await loginsOf(bob.reader.id)).length, 1);
    // Again by its owner it is the same.
    assert.equal((await connect(visitorOf(bob), 'bob')).path, '/account');
    assert.equal((await loginsOf(bob.reader.id)).length, 1);
  });

  it('is not connected in a session that another reader has begun since', async () => {
    const [cyd, dot] = [await join('cyd'), await join('dot')];
    const visitor = visitorOf(cyd);
    const path = await goThere(visitor, '/account/connect/oidc', 'cyd');
    const other = visitorOf(dot);
    assert.equal((await other.open(path)).status, 400);
    assert.deepEqual(await loginsOf(dot.reader.id), []);
    assert.equal((await visitor.open(path)).path, '/account');
    assert.equal((await loginsOf(cyd.reader.id)).length, 1);
  });

  it('is offered to the signed-in alone', async () => {
    const visitor = new Visitor(get());
    assert.equal((await visitor.send('/account/connect/oidc', { fields: {} })).status, 401);
    const shown = await visitorOf(await join('fay')).open('/account');
    const buttons = elements(shown.doc, 'button').map((button) => wordsOf(button));
    assert.ok(buttons.includes('Connect Harbour ID'));
  });
});
