import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { look as lookAt } from '../rig/axe.ts';
import { describeInBrowser } from '../rig/newsroom.ts';
import { openAs } from '../rig/tabs.ts';
import { mailsTo } from '../rig/visitor.ts';

describeInBrowser('signing in', (get) => {
  const open = (t: TestContext, path: string, options: BrowserContextOptions = {}) =>
    openAs(t, get(), undefined, path, options);
  const codeFor = async (email: string) => (await mailsTo(get().site, email))[0]!.code!;
  const codeField = (page: Page) => page.getByLabel('Code', { exact: true });

  for (const scripts of [true, false]) {
    it(`goes by the keyboard alone and leads back, ${scripts ? 'with' : 'without'} scripts`, async (t) => {
      const email = `keys-${scripts ? 'with' : 'without'}@readers.example`;
      const page = await open(t, '/archive', { javaScriptEnabled: scripts });
      await page.getByRole('link', { name: 'Sign in' }).focus();
      await page.keyboard.press('Enter');
      await page.getByLabel('Mail address').focus();
      await page.keyboard.type(email);
      await page.keyboard.press('Enter');
      await codeField(page).waitFor();
      await codeField(page).focus();
      await page.keyboard.type('12');
      await page.keyboard.press('Enter');
      await page.getByText('The code is six digits long').waitFor();
      const field = codeField(page);
      assert.equal(await field.getAttribute('aria-invalid'), 'true');
      assert.match((await field.getAttribute('aria-describedby'))!, /field-code-problem/);
      await field.focus();
      await page.keyboard.type(await codeFor(email));
      await page.keyboard.press('Enter');
      await page.waitForURL('**/archive');
      const said = page.getByRole('status').filter({ hasText: 'Welcome, you are in.' });
      await said.waitFor();
      await page.getByRole('link', { name: 'Account', exact: true }).first().waitFor();
      await page.goto(`${get().site.origin}/welcome`);
      await page.getByLabel('Name', { exact: true }).focus();
      await page.keyboard.type(scripts ? 'Keys With' : 'Keys Without');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Your account', exact: true }).waitFor();
      await page.getByRole('button', { name: 'Sign out here' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: 'Sign in' }).first().waitFor();
    });
  }

  it('gives axe nothing to find, wide and narrow, in light and dark', async (t) => {
    const found: string[] = [];
    const page = await open(t, '/sign-in', { bypassCSP: true });
    const look = async (what: string) => found.push(...(await lookAt(page, what)));
    const email = 'axe@readers.example';
    await look('the address');
    await page.getByLabel('Mail address').fill(email);
    await page.getByRole('button', { name: 'Send me a code' }).click();
    await codeField(page).waitFor();
    await codeField(page).fill('1');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('The code is six digits long').waitFor();
    await look('the code');
    await codeField(page).fill(await codeFor(email));
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('Welcome, you are in.').waitFor();
    await look('the line that says so');
    await page.goto(`${get().site.origin}/welcome`);
    await page.getByLabel('Name', { exact: true }).fill('Editor');
    await page.getByRole('button', { name: 'Save and go on' }).click();
    await page.locator('#field-name-problem').waitFor();
    await look('the name');
    await page.goto(`${get().site.origin}/account`);
    await look('the account');
    assert.deepEqual(found, []);
  });
});
