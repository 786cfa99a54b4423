import assert from 'node:assert/strict';
import { it } from 'node:test';
import { findReader } from '../../src/readers/index.ts';
import { signedInReader } from '../../src/readers/testing.ts';
import { look as lookAt } from '../rig/axe.ts';
import { describeInBrowser } from '../rig/newsroom.ts';
import { isSame, openAs } from '../rig/tabs.ts';
import { mailsTo } from '../rig/visitor.ts';

describeInBrowser('what readers do with their account and data', (get) => {
  const newReader = (handle: string) =>
    signedInReader(get().site.database, { origin: get().site.origin, handle });

  it('changes the mail address in place, by the keyboard', async (t) => {
    const { site } = get();
    const who = await newReader('keys-mail');
    const page = await openAs(t, get(), who, '/account/email');
    await page.getByLabel('New mail address').focus();
    await page.keyboard.type('keys-mail2@readers.example');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Type both codes' }).waitFor();
    await isSame(page);
    await page.getByLabel('Code sent to keys-mail@readers.example').focus();
    await page.keyboard.type((await mailsTo(site, 'keys-mail@readers.example'))[0]!.code!);
    await page.keyboard.press('Tab');
    await page.keyboard.type((await mailsTo(site, 'keys-mail2@readers.example'))[0]!.code!);
    await page.keyboard.press('Enter');
    await page.getByText('keys-mail2@readers.example').first().waitFor();
    const reader = await findReader(site.database.read, who.reader.id);
    assert.equal(reader!.email, 'keys-mail2@readers.example');
  });

  it('asks to leave, and stays, by the keyboard', async (t) => {
    const { site } = get();
    const who = await newReader('keys-leave');
    const page = await openAs(t, get(), who, '/account/leave');
    await page.getByRole('radio', { name: /^Leave them/ }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Delete my account' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Your account is about to be deleted' }).waitFor();
    const stateOf = async () => (await findReader(site.database.read, who.reader.id))!.state;
    assert.equal(await stateOf(), 'leaving');
    await page.getByRole('button', { name: 'Keep my account' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Your account', exact: true }).waitFor();
    assert.equal(await stateOf(), 'active');
  });

  it('gives axe nothing to find, wide and narrow, in light and dark', async (t) => {
    const { site } = get();
    const who = await newReader('axe-data');
    const page = await openAs(t, get(), who, '/account', { bypassCSP: true });
    const found: string[] = [];
    const look = async (what: string) => found.push(...(await lookAt(page, what)));
    const open = async (path: string) => page.goto(`${site.origin}${path}`);
    await open('/account/email');
    await look('address');
    await page.getByLabel('New mail address').fill(who.reader.email!);
    await page.getByRole('button', { name: 'Send both codes' }).click();
    await page.getByText('That is your address already').waitFor();
    await look('address that is refused');
    await page.getByLabel('New mail address').fill('another@readers.example');
    await page.getByRole('button', { name: 'Send both codes' }).click();
    await page.getByRole('heading', { name: 'Type both codes' }).waitFor();
    await look('codes');
    await open('/account/data');
    await page.getByRole('button', { name: 'Put it together' }).click();
    await page.getByText('It is being put together').waitFor();
    await mailsTo(site, who.reader.email!, 2);
    await open('/account/data');
    await look('downloads');
    await open('/account/leave');
    await look('leaving');
    await page.getByRole('radio', { name: /^Delete them/ }).check();
    await page.getByRole('button', { name: 'Delete my account' }).click();
    await page.getByRole('button', { name: 'Keep my account' }).waitFor();
    await look('about to leave');
    await open('/account');
    await look('account of one who leaves');
    await open('/privacy');
    await look('privacy');
    assert.deepEqual(found, []);
  });
});
