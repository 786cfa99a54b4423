import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { signedInReader } from '../../src/readers/testing.ts';
import { saveSection } from '../../src/stories/index.ts';
import { findFirefox, Firefox, type FirefoxTab } from '../rig/firefox.ts';
import { freePort } from '../rig/postgres.ts';
import { contentOf, openTestSite } from '../rig/site.ts';
import { postAs } from '../rig/talk.ts';
import { mailsTo } from '../rig/visitor.ts';

describe('the forum in Firefox', { skip: findFirefox() ? false : 'no Firefox' }, () => {
  let site: Awaited<ReturnType<typeof openTestSite>>;
  let firefox: Firefox;

  before(async () => {
    const port = await freePort();
    site = await openTestSite('sqlite', {
      env: { PORT: String(port), ORIGIN: `http://127.0.0.1:${port}` },
    });
    await site.write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
    firefox = await Firefox.start();
  });
  after(async () => {
    await firefox?.close();
    await site?.close();
  });

  async function open(path: string): Promise<FirefoxTab> {
    const tab = await firefox.open(site.origin + path);
    await tab.evaluate(() => document.documentElement.setAttribute('data-was-here', ''));
    return tab;
  }

  /** Write into a field, as soon as it is there. */
  async function fill(tab: FirefoxTab, field: string, text: string): Promise<void> {
    await tab.press(field);
    await tab.until((each) => document.activeElement?.matches(each) === true, field);
    await tab.type(text);
  }

  const shows = (tab: FirefoxTab, where: string, words: string) =>
    tab.until(
      (each, text) => document.querySelector(each)?.textContent?.includes(text) === true,
      where,
      words,
    );

  it(
    'takes in somebody who writes a reply, asks for a sign-in, and posts it in its place with every tab signed in',
    { timeout: 120_000 },
    async () => {
      const story = await site.publish(contentOf('The talk of the town'));
      const host = await signedInReader(site.database, {
        origin: site.origin,
        name: 'Hanne Host',
        handle: 'hanne',
      });
      const first = await postAs(site, host, {
        story: story.code,
        text: 'What do you all think?',
        parent: '',
      });
      const page = await open(story.path);
      const other = await open('/');
      await shows(other, '.masthead-tools', 'Sign in');
      await page.until(() => customElements.get('comment-thread') !== undefined);

      const comment = `#comment-${first}`;
      await page.press(`${comment} [data-reply]`);
      await fill(page, `${comment} comment-composer textarea`, 'I think *so*.');
      await page.press(`${comment} comment-composer .pill.main`);
      const address = 'newcomer@readers.example';
      await fill(page, 'input[name=email]', `${address}\n`);
      const [mail] = await mailsTo(site, address);
      await fill(page, 'input[name=code]', `${mail!.code!}\n`);
      await fill(page, 'input[name=name]', 'Nell Newcomer');
      await fill(page, 'input[name=handle]', 'nellnew\n');

      const reply = `${comment} [data-replies] .comment`;
      await shows(page, reply, 'I think so.');
      await page.until((each) => document.activeElement === document.querySelector(each), reply);
      assert.equal(await page.evaluate((each) => document.querySelectorAll(each).length, reply), 1);
      for (const tab of [page, other]) {
        await shows(tab, '.masthead-tools', 'Nell Newcomer');
        const isSame = await tab.evaluate(() => document.documentElement.hasAttribute('data-was-here'));
        assert.equal(isSame, true, 'a tab was loaded anew');
        assert.deepEqual(tab.errors, []);
      }
      const drafts = await page.evaluate(() =>
        Object.keys(localStorage).filter((key) => key.startsWith('draft:')),
      );
      assert.deepEqual(drafts, []);
    },
  );
});
