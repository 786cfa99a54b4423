import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { SignJWT } from 'jose';
import type { Browser, Page } from 'playwright-core';
import { systemClock } from '../../src/platform/clock.ts';
import { saveSection } from '../../src/stories/index.ts';
import { findBrowser, openBrowser } from '../rig/chromium.ts';
import { startIdentityProvider, type IdentityProvider } from '../rig/identity-provider.ts';
import { freePort } from '../rig/postgres.ts';
import { contentOf, openTestSite, type PublishedStory, type TestSite } from '../rig/site.ts';

const sharedKey = 'a key that the paper and its publisher share';
const issuer = 'https://login.publisher.example';

describe('an account elsewhere, in a browser', { skip: findBrowser() ? false : 'no browser' }, () => {
  let site: TestSite & { close(): Promise<void> };
  let provider: IdentityProvider;
  let login: Server;
  let browser: Browser;
  let story: PublishedStory;

  before(async () => {
    const [port, loginPort] = [await freePort(), await freePort()];
    const origin = `http://localhost:${port}`;
    login = createServer((request, response) => {
      const { searchParams } = new URL(request.url!, origin);
      const nonce = searchParams.get('nonce')!;
      void tokenFor(origin, nonce).then((token) => {
        const to = new URL(searchParams.get('return_to')!);
        to.searchParams.set('token', token);
        response.writeHead(302, { location: to.href }).end();
      });
    });
    login.listen(loginPort, '127.0.0.1');
    await once(login, 'listening');
    provider = await startIdentityProvider([`${origin}/sign-in/with/oidc/back`]);
    provider.accounts.set('ann', { email: 'ann@harbour.example', email_verified: true });
    const env = {
      PORT: String(port),
      ORIGIN: origin,
      WRITE_LIMIT: '1000',
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
      OIDC_NAME: 'Harbour ID',
      OUTBOUND_ALLOW: provider.host,
      SSO_ISSUER: issuer,
      SSO_KEYS: sharedKey,
      SSO_LOGIN_URL: `http://127.0.0.1:${loginPort}/login`,
      SSO_NAME: 'Ledger account',
    };
    [site, browser] = await Promise.all([openTestSite('sqlite', { env, clock: systemClock }), openBrowser()]);
    await site.write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
    story = await site.publish(contentOf('A quiet day'));
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    await provider?.close();
    login?.closeAllConnections();
    login?.close();
  });

  const write = async (page: Page, words: string) => {
    await page.goto(`${site.origin}${story.path}`);
    await page.getByLabel('Your comment').fill(words);
    await page.getByRole('button', { name: 'Post', exact: true }).click();
  };
  /** The step before a first comment, and the comment after it. */
  const nameAndSee = async (page: Page, name: string, words: string) => {
    await page.waitForURL(`${site.origin}/welcome`);
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByRole('button', { name: 'Save and go on' }).click();
    await page.locator('.comment-text', { hasText: words }).waitFor({ timeout: 10_000 });
    assert.ok(new URL(page.url()).pathname.startsWith(story.path), page.url());
  };

  for (const scripts of [true, false])
    it(`posts what was written when one comes back from a provider, ${scripts ? 'with' : 'without'} scripts`, async () => {
      const context = await browser.newContext({ javaScriptEnabled: scripts });
      const page = await context.newPage();
      const who = scripts ? 'ann' : 'ben';
      provider.accounts.set(who, { email: `${who}@harbour.example`, email_verified: true });
      const words = `Words of ${who} that wait.`;
      await write(page, words);
      await page.getByRole('button', { name: 'Go on with Harbour ID' }).click();
      await page.waitForURL((url) => url.origin === provider.issuer);
      await page.locator('input[name=login]').fill(who);
      await page.locator('input[name=password]').fill('of no account');
      await page.locator('button[type=submit]').click();
      await page.locator('button[type=submit]').click();
      await nameAndSee(page, scripts ? 'Ann Arkley' : 'Ben Bremner', words);
      await context.close();
    });

  it("posts what was written when one comes back from the publisher's login", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await write(page, 'Words of a subscriber that wait.');
    await page.getByRole('button', { name: 'Go on with Ledger account' }).click();
    await nameAndSee(page, 'Sue Subscriber', 'Words of a subscriber that wait.');
    await context.close();
  });

  it('brings one back to the page of signing in who declines', async () => {
    const page = await browser.newPage();
    await page.goto(`${site.origin}/sign-in?to=/about`);
    await page.getByRole('button', { name: 'Go on with Harbour ID' }).click();
    await page.waitForURL((url) => url.origin === provider.issuer);
    await page.getByText('Cancel').click();
    await page.waitForURL(`${site.origin}/sign-in`);
    await page.close();
  });
});

function tokenFor(origin: string, nonce: string): Promise<string> {
  return new SignJWT({ email: 'sue@publisher.example', email_verified: true, nonce })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(issuer)
    .setAudience(origin)
    .setSubject('subscriber 1')
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime('2m')
    .sign(new TextEncoder().encode(sharedKey));
}
