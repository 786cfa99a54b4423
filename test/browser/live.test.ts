import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Page } from 'playwright-core';
import { followTarget, muteReader, pickComment, unmuteReader } from '../../src/conversation/index.ts';
import { signedInReader, type SignedInReader } from '../../src/readers/testing.ts';
import { describeInBrowser } from '../rig/newsroom.ts';
import { contentOf, fresh, type PublishedStory } from '../rig/site.ts';
import { isSame, openAs, openBrowserOf, openTab } from '../rig/tabs.ts';
import { postAs } from '../rig/talk.ts';

describeInBrowser('what arrives live', (get) => {
  let count = 0;

  async function newStory(): Promise<PublishedStory> {
    count += 1;
    return get().site.publish(contentOf(`As it happens ${count}`));
  }

  const newReader = (name: string) =>
    signedInReader(get().site.database, {
      origin: get().site.origin,
      name,
      handle: `live-${name.toLowerCase().replaceAll(/\W/g, '')}`,
    });

  const say = (story: PublishedStory, reader: SignedInReader, text: string) =>
    postAs(get().site, reader, { story: story.code, text });

  const waiting = (page: Page, words: string) => page.getByRole('button', { name: words, exact: true });

  it('is nothing more of a reader from the moment on when one mutes that reader, in every tab', async (t) => {
    const { site } = get();
    const [ann, ben, cat] = [
      await newReader('Ann Hears'),
      await newReader('Ben Says'),
      await newReader('Cat'),
    ];
    const story = await newStory();
    await say(story, ben, 'Said before, to be seen.');
    await site.write((tx) => followTarget(tx, ann.reader, { kind: 'reader', target: ben.reader.id }));
    const browser = await openBrowserOf(t, get(), ann);
    const page = await openTab(browser, site, story.path);
    const following = await openTab(browser, site, '/following');
    await say(story, ben, 'Waits behind the button.');
    await waiting(page, '1 new comment').waitFor();
    await following.getByRole('link', { name: 'Show 1 new' }).waitFor();
    const pair = { reader: ann.reader.id, target: ben.reader.id };
    await site.write((tx) => muteReader(tx, pair));
    await page.getByText('Said before, to be seen.').waitFor({ state: 'detached' });
    await waiting(page, '1 new comment').waitFor({ state: 'detached' });
    await following.getByRole('link', { name: 'Show 1 new' }).waitFor({ state: 'hidden' });
    await say(story, ben, 'Not to be heard.');
    await say(story, cat, 'To be heard.');
    await waiting(page, '1 new comment').click();
    await page.getByText('To be heard.', { exact: true }).waitFor();
    assert.equal(await page.getByText('Not to be heard.').count(), 0);
    assert.equal(await following.getByRole('link', { name: /^Show/ }).count(), 0);
    await site.write((tx) => unmuteReader(tx, pair));
    await page.getByText('Not to be heard.').waitFor();
    await isSame(page);
  });

  it('marks a pick of the editors in its place', async (t) => {
    const { site } = get();
    const story = await newStory();
    const dan = await newReader('Dan Writes');
    const code = await say(story, dan, 'Worth being picked.');
    const page = await openAs(t, get(), undefined, story.path);
    const comment = page.locator(`#comment-${code}`);
    await comment.getByText('Worth being picked.').waitFor();
    const mark = comment.getByText('Pick', { exact: true });
    assert.equal(await mark.count(), 0);
    await site.write((tx) => pickComment(tx, { code, isPicked: true }));
    await mark.waitFor();
    await site.write((tx) => pickComment(tx, { code, isPicked: false }));
    await mark.waitFor({ state: 'detached' });
    await isSame(page);
  });

  it('stops where the reader switches it off, for that device, and comes again when switched on', async (t) => {
    const { site } = get();
    const story = await newStory();
    const eve = await newReader('Eve Writes');
    const browser = await openBrowserOf(t, get());
    const page = await openTab(browser, site, story.path);
    const live = page.getByRole('checkbox', { name: 'Tell me of new comments' });
    await say(story, eve, 'The first.');
    await waiting(page, '1 new comment').waitFor();
    const closed = browser.waitForEvent('requestfailed', (request) => request.url().includes('/live?'));
    await live.uncheck();
    await closed;
    await say(story, eve, 'Not told to whoever wants quiet.');
    // A page that is opened later has that comment, asks for no stream, and says so.
    let asked = 0;
    browser.on('request', (request) => {
      if (new URL(request.url()).pathname === '/live') asked += 1;
    });
    const other = await openTab(browser, site, fresh(story.path));
    await other.getByText('Not told to whoever wants quiet.').waitFor();
    await other.locator('[data-live-switch]:not([hidden])').waitFor();
    assert.equal(await other.getByRole('checkbox', { name: 'Tell me of new comments' }).isChecked(), false);
    assert.deepEqual([asked, await waiting(page, '1 new comment').count()], [0, 1]);
    // What happened meanwhile comes too.
    await live.check();
    await waiting(page, '2 new comments').waitFor();
    assert.equal(asked, 1);
    await isSame(page);
  });

  it('is said aloud at most once a minute, and then as it is by then', async (t) => {
    const { site } = get();
    const story = await newStory();
    const fay = await newReader('Fay Writes');
    const browser = await openBrowserOf(t, get());
    await browser.clock.install();
    const page = await openTab(browser, site, story.path);
    const aloud = page.locator('[data-announce]');
    await say(story, fay, 'One.');
    await page.clock.runFor(1000);
    await aloud.getByText('1 new comment').waitFor();
    await say(story, fay, 'Two.');
    await waiting(page, '2 new comments').waitFor();
    await say(story, fay, 'Three.');
    await waiting(page, '3 new comments').waitFor();
    await page.clock.runFor(50_000);
    assert.equal((await aloud.textContent())?.trim(), '1 new comment');
    await page.clock.runFor(10_000);
    await aloud.getByText('3 new comments').waitFor();
    await isSame(page);
  });
});
