import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import * as library from 'openid-client';
import { FixedClock } from '../../platform/clock.ts';
import { loadConfig } from '../../platform/config.ts';
import { testNow } from '../../platform/database/testing.ts';
import { googleVouches, isVerified, providersOf } from './provider.ts';

const clock = new FixedClock(testNow);
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const key = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
const google = { GOOGLE_CLIENT_ID: 'g', GOOGLE_CLIENT_SECRET: 'secret' };
const apple = {
  APPLE_CLIENT_ID: 'org.example.paper',
  APPLE_TEAM_ID: 'TEAM',
  APPLE_KEY_ID: 'KEY',
  // As it stands in one line of a file of settings.
  APPLE_KEY: key.replaceAll('\n', String.raw`\n`),
};
const providers = (env: Record<string, string>) => providersOf(loadConfig(env), clock);

/** What the site sends to be let in. */
async function sent(provider: ReturnType<typeof providers>[number], server: object = {}) {
  const body = new URLSearchParams();
  const headers = new Headers();
  const metadata = { issuer: provider.issuer, ...server };
  await provider.authenticate(library)(metadata, { client_id: provider.clientId }, body, headers);
  return { body: Object.fromEntries(body), header: headers.get('authorization') };
}

describe('providers', () => {
  it('are those that are set', () => {
    assert.deepEqual(providers({}), []);
    const all = providers({
      ...google,
      ...apple,
      OIDC_ISSUER: 'https://id.example',
      OIDC_CLIENT_ID: 'paper',
    });
    assert.deepEqual(
      all.map(({ id, name, issuer, isFormPost }) => [id, name, issuer, isFormPost]),
      [
        ['google', 'Google', 'https://accounts.google.com', false],
        ['apple', 'Apple', 'https://appleid.apple.com', true],
        ['oidc', 'OpenID', 'https://id.example', false],
      ],
    );
  });

  it('are shown who the site is in the way that they take', async () => {
    const [oidc] = providers({
      OIDC_ISSUER: 'https://id.example',
      OIDC_CLIENT_ID: 'paper',
      OIDC_CLIENT_SECRET: 'word',
    });
    const basic = `Basic ${Buffer.from('paper:word').toString('base64')}`;
    assert.equal((await sent(oidc!)).header, basic);
    const posted = await sent(oidc!, { token_endpoint_auth_methods_supported: ['client_secret_post'] });
    assert.deepEqual(posted.body, { client_id: 'paper', client_secret: 'word' });
    const [open] = providers({ OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: 'paper' });
    assert.deepEqual(await sent(open!), { body: { client_id: 'paper' }, header: null });
  });

  it('at Apple get a secret that is signed for them, and for a few minutes', async () => {
    const { body } = await sent(providers(apple)[0]!);
    assert.equal(body.client_id, 'org.example.paper');
    const secret = body.client_secret!;
    assert.deepEqual(decodeProtectedHeader(secret), { alg: 'ES256', kid: 'KEY' });
    const { payload } = await jwtVerify(secret, publicKey, {
      issuer: 'TEAM',
      subject: 'org.example.paper',
      audience: 'https://appleid.apple.com',
      currentDate: new Date(testNow),
    });
    assert.equal(payload.exp! - payload.iat!, 300);
  });

  it('answer for an address only when they say so', () => {
    assert.ok(isVerified({ email_verified: true }));
    assert.ok(isVerified({ email_verified: 'true' }));
    for (const said of [undefined, false, 'false', 1, 'yes', null, {}])
      assert.ok(!isVerified({ email_verified: said }), String(said));
  });

  it('at Google answer for their own addresses, and those of organisations there', () => {
    const said = (email: string, more: object = {}) =>
      googleVouches({ email, email_verified: true, ...more });
    assert.ok(said('ann@gmail.com'));
    assert.ok(said('ann@paper.example', { hd: 'paper.example' }));
    assert.ok(!said('ann@paper.example'));
    assert.ok(!said('ann@gmail.com.evil.example'));
    assert.ok(!googleVouches({ email: 'ann@gmail.com', email_verified: false }));
  });
});
