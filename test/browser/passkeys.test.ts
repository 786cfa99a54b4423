import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { systemClock } from '../../src/platform/clock.ts';
import { signedInReader, type SignedInReader } from '../../src/readers/testing.ts';
import { saveSection } from '../../src/stories/index.ts';
import { findBrowser, openBrowser } from '../rig/chromium.ts';
import { freePort } from '../rig/postgres.ts';
import { contentOf, openTestSite, type TestSite } from '../rig/site.ts';

describe('passkeys in a browser', { skip: findBrowser() ? false : 'no browser' }, () => {
  let site: TestSite & { close(): Promise<void> };
  let browser: Browser;

  before(async () => {
    const port = await freePort();
    // A passkey belongs to a name: an address in numbers has none.
    const origin = `http://localhost:${port}`;
    const env = { PORT: String(port), ORIGIN: origin, WRITE_LIMIT: '1000' };
    [site, browser] = await Promise.all([openTestSite('sqlite', { env, clock: systemClock }), openBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  /** A browser on a device that has an authenticator of its own, whose owner always agrees. */
  const openDevice = async (who: SignedInReader, { offers = false } = {}): Promise<Device> => {
    const context = await browser.newContext();
    // The virtual authenticator takes each offer at once, before anybody can press the button.
    if (!offers)
      await context.addInitScript(() => {
        PublicKeyCredential.isConditionalMediationAvailable = async () => false;
      });
    await signIn(context, who);
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return { context, page, cdp, authenticatorId };
  };
  const signIn = async (context: BrowserContext, { cookie }: SignedInReader) => {
    const [name = '', value = ''] = cookie.split('=');
    await context.addCookies([{ name, value, url: site.origin }]);
  };
  const join = (handle: string) => signedInReader(site.database, { origin: site.origin, handle });

  const addPasskey = async ({ page }: Device, name: string) => {
    await page.goto(`${site.origin}/account`);
    await page.getByLabel('What to call it').fill(name);
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('listitem').filter({ hasText: name }).first().waitFor();
  };
  const passkeysOf = (reader: string) =>
    site.database.read.selectFrom('passkey').selectAll().where('reader_id', '=', reader).execute();
  const sessionsOf = (reader: string) =>
    site.database.read
      .selectFrom('reader_session')
      .select('method')
      .where('reader_id', '=', reader)
      .execute();
  /** Forget who is signed in, and that this browser ever was. */
  const signOut = ({ context }: Device) => context.clearCookies();

  it('are added, named, renamed and removed on the account page', async () => {
    const ann = await join('ann');
    const device = await openDevice(ann);
    await addPasskey(device, 'My phone');
    const [kept] = await passkeysOf(ann.reader.id);
    assert.equal(kept!.algorithm, 'ES256');
    assert.equal(kept!.used_at, null);
    const { page } = device;
    const row = page.getByRole('listitem').filter({ hasText: 'My phone' });
    await row.getByText('Rename').click();
    await row.getByLabel('Name of this passkey').fill('Old phone');
    await row.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Remove Old phone' }).click();
    await page.getByText('You have no passkey yet.').waitFor();
    assert.deepEqual(await passkeysOf(ann.reader.id), []);
    await device.context.close();
  });

  it('are several, one for each device, and no second on one', async () => {
    const bob = await join('bob');
    const [phone, laptop] = await Promise.all([openDevice(bob), openDevice(bob)]);
    await addPasskey(phone, 'Phone');
    await addPasskey(laptop, 'Laptop');
    await laptop.page.getByRole('button', { name: 'Add a passkey' }).click();
    await laptop.page.getByText('This device has a passkey for your account already.').waitFor();
    assert.equal((await passkeysOf(bob.reader.id)).length, 2);
    for (const device of [phone, laptop]) {
      await signOut(device);
      await device.page.goto(`${site.origin}/sign-in?to=/about`);
      await device.page.getByRole('button', { name: 'Use a passkey' }).click();
      await device.page.waitForURL(`${site.origin}/about`);
      await device.context.close();
    }
    const methods = (await sessionsOf(bob.reader.id)).map(({ method }) => method);
    assert.deepEqual(methods.toSorted(), ['code', 'passkey', 'passkey']);
    const used = await passkeysOf(bob.reader.id);
    assert.ok(used.every((each) => each.used_at !== null && each.counter > 0));
  });

  it('are offered by the browser in the field for the mail address', async () => {
    const cyd = await join('cyd');
    const device = await openDevice(cyd, { offers: true });
    await addPasskey(device, 'Phone');
    await signOut(device);
    // The virtual authenticator chooses by itself: nobody has to press anything.
    await device.page.goto(`${site.origin}/sign-in?to=/corrections`);
    await device.page.waitForURL(`${site.origin}/corrections`);
    assert.deepEqual((await sessionsOf(cyd.reader.id)).map(({ method }) => method).toSorted(), [
      'code',
      'passkey',
    ]);
    await device.context.close();
  });

  it('post what was written when they are used in a story, in the same place', async () => {
    const joe = await join('joe');
    const device = await openDevice(joe);
    await addPasskey(device, 'Phone');
    await signOut(device);
    await site.write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
    const story = await site.publish(contentOf('A quiet day'));
    const { page } = device;
    await page.goto(`${site.origin}${story.path}`);
    await page.evaluate(() => document.body.setAttribute('data-stays', ''));
    await page.getByLabel('Your comment').fill('Words that wait for a passkey.');
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.locator('.comment-text', { hasText: 'Words that wait for a passkey.' }).waitFor();
    assert.equal(new URL(page.url()).pathname, story.path);
    assert.equal(await page.locator('body[data-stays]').count(), 1, 'the page was not loaded anew');
    assert.equal(await page.getByRole('button', { name: 'Use a passkey' }).count(), 0);
    await device.context.close();
  });

  it('say what is wrong when the device refuses, and can be tried again', async () => {
    const dot = await join('dot');
    const device = await openDevice(dot);
    const { page, cdp, authenticatorId } = device;
    await addPasskey(device, 'Phone');
    await signOut(device);
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await page.goto(`${site.origin}/sign-in`);
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.getByText('No passkey was used.').waitFor();
    assert.ok(await page.getByLabel('Mail address').isVisible());
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.waitForURL(`${site.origin}/`);
    await device.context.close();
  });

  it('that were removed let nobody in', async () => {
    const eve = await join('eve');
    const device = await openDevice(eve);
    await addPasskey(device, 'Phone');
    await device.page.getByRole('button', { name: 'Remove Phone' }).click();
    await device.page.getByText('You have no passkey yet.').waitFor();
    await signOut(device);
    await device.page.goto(`${site.origin}/sign-in`);
    await device.page.getByRole('button', { name: 'Use a passkey' }).click();
    await device.page.getByText('not known here, or was removed').waitFor();
    await device.context.close();
  });

  it('answer once, in the browser that was asked, and only as they were signed', async () => {
    const [fay, gus] = [await join('fay'), await join('gus')];
    const device = await openDevice(fay);
    const { page } = device;
    await addPasskey(device, 'Phone');
    await signOut(device);
    /** What the device answers, without its being sent; and what becomes of what is sent. */
    const answered = () => page.evaluate(askDevice);
    const send = (credential: object) => page.evaluate(sendCredential, JSON.stringify(credential));
    await page.goto(`${site.origin}/about`);

    const honest = await answered();
    assert.deepEqual(await send(honest), { status: 200, isIn: true });
    assert.equal((await send(honest)).status, 400, 'sent again');

    const altered: [string, (credential: Answered) => void][] = [
      [
        'another challenge',
        (each) => (each.response.clientDataJSON = changed(each, { challenge: 'x'.repeat(43) })),
      ],
      [
        'another origin',
        (each) => (each.response.clientDataJSON = changed(each, { origin: 'https://evil.example' })),
      ],
      ['another type', (each) => (each.response.clientDataJSON = changed(each, { type: 'webauthn.create' }))],
      ['in a frame', (each) => (each.response.clientDataJSON = changed(each, { crossOrigin: true }))],
      [
        'another counter',
        (each) => (each.response.authenticatorData = flipped(each.response.authenticatorData, 36)),
      ],
      [
        'another host',
        (each) => (each.response.authenticatorData = flipped(each.response.authenticatorData, 0)),
      ],
      [
        'nobody verified',
        (each) => (each.response.authenticatorData = flipped(each.response.authenticatorData, 32, 4)),
      ],
      ['another signature', (each) => (each.response.signature = flipped(each.response.signature, 20))],
      ['no signature', (each) => (each.response.signature = 'AA')],
      [
        'another reader',
        (each) => (each.response.userHandle = Buffer.from(gus.reader.id).toString('base64url')),
      ],
      ['another passkey', (each) => (each.id = 'AAAA')],
    ];
    for (const [what, alter] of altered) {
      await signOut(device);
      const credential = await answered();
      alter(credential);
      const { status, isIn } = await send(credential);
      assert.ok(status === 400 || status === 403, `${what}: ${status}`);
      assert.equal(isIn, false, what);
    }

    // One that was made for another browser.
    await signOut(device);
    const foreign = await answered();
    await signOut(device);
    await answered();
    assert.deepEqual(await send(foreign), { status: 400, isIn: false });

    // A copy of the device, which has counted less far.
    await signOut(device);
    const last = await answered();
    await site.database.write(({ db }) =>
      db.updateTable('passkey').set({ counter: 1000 }).where('reader_id', '=', fay.reader.id).execute(),
    );
    assert.deepEqual(await send(last), { status: 400, isIn: false });
    await device.context.close();
  });

  it('of others cannot be renamed, removed, or added by the answer to a sign-in', async () => {
    const [hal, ida] = [await join('hal'), await join('ida')];
    const device = await openDevice(hal);
    await addPasskey(device, 'Phone');
    const [kept] = await passkeysOf(hal.reader.id);
    await signOut(device);
    await signIn(device.context, ida);
    await device.page.goto(`${site.origin}/account`);
    for (const path of [`/account/passkeys/${kept!.id}/remove`, `/account/passkeys/${kept!.id}/rename`]) {
      const status = await device.page.evaluate(
        async (to) =>
          (await fetch(to, { method: 'POST', body: new URLSearchParams({ name: 'Mine' }) })).status,
        path,
      );
      assert.equal(status, 404, path);
    }
    assert.deepEqual(await passkeysOf(hal.reader.id), [kept]);
    // Only who is signed in may add one.
    await signOut(device);
    const status = await device.page.evaluate(
      async () => (await fetch('/account/passkeys/challenge', { method: 'POST' })).status,
    );
    assert.equal(status, 401);
    await device.context.close();
  });
});

interface Device {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly cdp: CDPSession;
  readonly authenticatorId: string;
}

interface Answered {
  id: string;
  type: string;
  response: { clientDataJSON: string; authenticatorData: string; signature: string; userHandle?: string };
}

/** In the page: a challenge, and the device's answer to it. */
async function askDevice(): Promise<Answered> {
  const decode = (text: string) =>
    Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
  const given = await fetch('/sign-in/passkey/challenge', { method: 'POST' });
  const options = (await given.json()) as { challenge: string; rpId: string };
  const credential = (await navigator.credentials.get({
    publicKey: { challenge: decode(options.challenge), rpId: options.rpId, userVerification: 'required' },
  })) as PublicKeyCredential;
  return JSON.parse(JSON.stringify(credential)) as Answered;
}

/** In the page: send it as the form does. */
async function sendCredential(credential: string): Promise<{ status: number; isIn: boolean }> {
  const body = new URLSearchParams({ credential });
  const { status } = await fetch('/sign-in/passkey', { method: 'POST', body });
  const account = await fetch('/account');
  return { status, isIn: account.status === 200 && !account.redirected };
}

function changed({ response }: Answered, said: object): string {
  const data = JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString()) as object;
  return Buffer.from(JSON.stringify({ ...data, ...said })).toString('base64url');
}

function flipped(encoded: string, at: number, bits = 1): string {
  const bytes = Buffer.from(encoded, 'base64url');
  bytes[at]! ^= bits;
  return bytes.toString('base64url');
}
