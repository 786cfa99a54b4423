import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { dist } from '../../src/cli/build.ts';
import { allMigrations } from '../../src/migrations.ts';
import { loadConfig } from '../../src/platform/config.ts';
import { forEachDatabase } from '../../src/platform/database/testing.ts';
import { page } from '../../src/platform/http/answers.ts';
import { route, serve } from '../../src/platform/http/testing.ts';
import { silentLog } from '../../src/platform/log.ts';
import { MediaStore } from '../../src/platform/media/media-store.ts';
import { askToSignIn, type IntentHandler } from '../../src/readers/index.ts';
import { isVerified, type Provider } from '../../src/readers/providers/provider.ts';
import { providerRoutes } from '../../src/readers/providers/routes.ts';
import type { DomainContext } from '../../src/site/context.ts';
import { loadSite } from '../../src/site/site.ts';
import { startIdentityProvider } from '../rig/identity-provider.ts';
import { startReadersServer } from '../rig/readers-server.ts';
import { Visitor } from '../rig/visitor.ts';

const origin = 'https://paper.example';
const backPath = '/sign-in/with/apple/back';
const provider = await startIdentityProvider([`${origin}${backPath}`, `${origin}/sign-in/with/oidc/back`]);
after(() => provider.close());
provider.accounts.set('ann', { email: 'ann@orchard.example', email_verified: true });

/** As Apple answers: by a form that its own page sends. */
const orchard: Provider = {
  id: 'apple',
  name: 'Orchard',
  issuer: provider.issuer,
  clientId: provider.clientId,
  scope: 'openid email',
  isFormPost: true,
  vouches: isVerified,
  authenticate: (library) => library.ClientSecretBasic(provider.clientSecret),
};
const plain: Provider = { ...orchard, id: 'plain', isFormPost: false };

forEachDatabase('a provider that answers with a form', allMigrations, (get) => {
  it('is heard though its form comes without our cookies, and is trusted no more than others', async (t) => {
    const { database, clock, dataDir } = get();
    const config = loadConfig({ ORIGIN: origin, DATA_DIR: dataDir, OUTBOUND_ALLOW: provider.host });
    const context: DomainContext = {
      config,
      database,
      clock,
      log: silentLog,
      livePosition: () => 0,
      media: new MediaStore({ dataDir, log: silentLog, avif: false }),
      site: loadSite(config, dist),
      frame: async (_request, { main, status = 200 }) => page(main, { status }),
    };
    const site = await serve(t, providerRoutes(context, { intents: {} }, [orchard, plain]), { origin });
    const visitor = new Visitor(site);
    const going = await visitor.send('/sign-in/with/apple', { fields: { to: '/about' } });
    const [, to] = /^0; url=(.+)$/.exec(String(going.headers.refresh)) ?? [];
    const { to: back, fields } = await provider.visit(to!, 'ann');
    assert.equal(back.pathname, backPath);
    assert.ok(fields?.code);

    // Cookies are Lax: a form from elsewhere brings none.
    const headers = { 'sec-fetch-site': 'cross-site' };
    const sendForm = (path: string, form: Record<string, string>) =>
      new Visitor(site).send(path, { fields: form, headers, follows: false });
    assert.equal((await sendForm(backPath, { ...fields, state: 'x'.repeat(43) })).status, 400);
    assert.equal((await sendForm('/sign-in/with/plain/back', fields)).status, 400);
    const turned = await sendForm(backPath, { ...fields, user: '{"name":"Ann"}' });
    assert.equal(turned.status, 303);
    const address = new URL(turned.headers.location!, origin);
    assert.equal(address.pathname, backPath);
    assert.ok(!address.searchParams.has('user'));

    const path = `${address.pathname}${address.search}`;
    assert.equal((await new Visitor(site).send(path)).status, 400);
    const landed = await visitor.send(path, { follows: false });
    assert.equal(landed.headers.location, '/about');
    assert.ok(visitor.cookies.has('__Host-session'));
  });
});

forEachDatabase('what waits for a sign-in by a provider', allMigrations, (get) => {
  it('is done on the way back, once, in the name of who came back', async (t) => {
    const done: string[] = [];
    const note: IntentHandler = async (_request, { reader }, { data }) => {
      done.push(`${reader.email}: ${String(data.words)}`);
      return { to: '/notes?done=1' };
    };
    const site = await startReadersServer(
      t,
      get(),
      { intents: { note } },
      (context) => [
        route(
          '/notes',
          (request) =>
            askToSignIn(context, request, {
              intent: { kind: 'note', data: { words: 'kept' } },
              to: '/notes',
            }),
          { method: 'POST' },
        ),
      ],
      {
        OIDC_ISSUER: provider.issuer,
        OIDC_CLIENT_ID: provider.clientId,
        OIDC_CLIENT_SECRET: provider.clientSecret,
        OUTBOUND_ALLOW: provider.host,
      },
    );
    const visitor = new Visitor(site);
    const first = await visitor.send('/notes', { fields: {} });
    const going = await visitor.press(first, '/sign-in/with/oidc');
    const [, to] = /^0; url=(.+)$/.exec(String(going.headers.refresh)) ?? [];
    const { to: back } = await provider.visit(to!, 'ann');
    const path = `${back.pathname}${back.search}`;
    const landed = await visitor.send(path, { follows: false });
    assert.equal(landed.headers.location, '/notes?done=1');
    assert.equal((await visitor.send(path)).status, 400);
    assert.deepEqual(done, ['ann@orchard.example: kept']);
  });
});
