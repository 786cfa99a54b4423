import assert from 'node:assert/strict';
import { it } from 'node:test';
import { followTarget, muteReader } from '../../src/conversation/index.ts';
import { signedInReader } from '../../src/readers/testing.ts';
import { look } from '../rig/axe.ts';
import { describeInBrowser } from '../rig/newsroom.ts';
import { contentOf } from '../rig/site.ts';
import { isSame, openAs } from '../rig/tabs.ts';
import { addComment } from '../rig/talk.ts';

describeInBrowser('following', (get) => {
  let count = 0;

  const newReader = (name: string) => {
    const { site } = get();
    count += 1;
    return signedInReader(site.database, {
      origin: site.origin,
      name,
      handle: `follows-${name.split(' ')[0]!.toLowerCase()}${count}`,
    });
  };

  async function storyId(): Promise<string> {
    const { site } = get();
    const row = await site.database.read
      .selectFrom('story')
      .select('id')
      .where('state', '=', 'published')
      .orderBy('id')
      .limit(1)
      .executeTakeFirstOrThrow();
    return row.id;
  }

  it('follows with the button in place, by the keyboard, and stops again', async (t) => {
    const ann = await newReader('Ann Ferry');
    const ben = await newReader('Ben Quay');
    const page = await openAs(t, get(), ann, `/readers/${ben.reader.handle}`);
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    await button('Follow Ben Quay').focus();
    await page.keyboard.press('Enter');
    await button('Following Ben Quay: stop following').waitFor();
    await page.keyboard.press('Enter');
    await button('Follow Ben Quay').waitFor();
    await isSame(page);
  });

  it('rings the bell in every tab when something is for the reader, and quietens it when it is read', async (t) => {
    const cat = await newReader('Cat Marsh');
    const dan = await newReader('Dan Moor');
    const story = await storyId();
    const { site } = get();
    const root = await addComment(site.database, { story, author: cat.reader.id, text: 'Top' });
    const page = await openAs(t, get(), cat, '/account');
    const inbox = await page.context().newPage();
    await inbox.goto(`${site.origin}/inbox`);
    await addComment(site.database, { story, author: dan.reader.id, text: 'An answer', parent: root });
    const bell = page.locator('[data-bell] b');
    await bell.getByText('1', { exact: true }).waitFor();
    await inbox.goto(`${site.origin}/inbox`);
    await inbox.getByRole('button', { name: 'Mark all as read' }).click();
    await bell.waitFor({ state: 'hidden' });
    await inbox.locator('[data-bell] b').waitFor({ state: 'hidden' });
  });

  it('says how much is new, moves nothing, and shows it when pressed', async (t) => {
    const { site } = get();
    const eve = await newReader('Eve Sound');
    const fay = await newReader('Fay Strand');
    const gus = await newReader('Gus Quiet');
    const story = await storyId();
    for (const one of [fay, gus])
      await site.write((tx) => followTarget(tx, eve.reader, { kind: 'reader', target: one.reader.id }));
    await site.write((tx) => muteReader(tx, { reader: eve.reader.id, target: gus.reader.id }));
    await addComment(site.database, { story, author: fay.reader.id, text: 'The first of them' });
    const page = await openAs(t, get(), eve, '/following');
    await page.getByText('The first of them').waitFor();
    // Said by one who is muted: nothing to tell.
    await addComment(site.database, { story, author: gus.reader.id, text: 'Unheard' });
    await addComment(site.database, { story, author: fay.reader.id, text: 'The second of them' });
    const more = page.getByRole('link', { name: 'Show 1 new' });
    await more.waitFor();
    assert.equal(await page.getByText('The second of them').count(), 0);
    await more.click();
    await page.getByText('The second of them').waitFor();
    assert.equal(await page.getByText('Unheard').count(), 0);
  });

  it('hears of new stories of a topic, and not of what another tab of the browser follows', async (t) => {
    const { site } = get();
    const una = await newReader('Una Reads');
    const vic = await newReader('Vic Writes');
    await site.write((tx) => followTarget(tx, una.reader, { kind: 'topic', target: 'ferries' }));
    const page = await openAs(t, get(), una, '/following');
    const talk = await site.publish({ ...contentOf('Nobody follows this'), section: 'coast' });
    const tab = await page.context().newPage();
    await tab.goto(`${site.origin}${talk.path}`);
    await addComment(site.database, { story: talk.id, author: vic.reader.id, text: 'Heard in that tab' });
    await tab.getByRole('button', { name: '1 new comment' }).waitFor();
    assert.equal(await page.getByRole('link', { name: /^Show/ }).count(), 0);
    const content = { ...contentOf('One more ferry'), section: 'coast', topics: ['ferries'] };
    await site.publish(content);
    await page.getByRole('link', { name: 'Show 1 new' }).click();
    await page.getByText('One more ferry').waitFor();
  });

  it('gives axe nothing to find, wide and narrow, in light and dark', async (t) => {
    const { site } = get();
    const hal = await newReader('Hal Tide');
    const ida = await newReader('Ida Dune');
    const jon = await newReader('Jon Reef');
    const story = await storyId();
    await site.write((tx) => followTarget(tx, hal.reader, { kind: 'reader', target: ida.reader.id }));
    await site.write((tx) => followTarget(tx, ida.reader, { kind: 'reader', target: hal.reader.id }));
    await site.write((tx) => followTarget(tx, hal.reader, { kind: 'story', target: story }));
    await site.write((tx) => muteReader(tx, { reader: hal.reader.id, target: jon.reader.id }));
    const root = await addComment(site.database, { story, author: hal.reader.id, text: 'Top' });
    await addComment(site.database, { story, author: ida.reader.id, text: 'An answer', parent: root });
    const page = await openAs(t, get(), hal, '/inbox', { bypassCSP: true });
    await page.locator('.notices').waitFor();
    const found: string[] = [];
    const handle = ida.reader.handle!;
    for (const path of [
      '/following',
      '/following/all',
      '/following/muted',
      '/inbox',
      `/readers/${handle}`,
      `/readers/${hal.reader.handle}/followers`,
    ]) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(`${site.origin}${path}`);
      for (const more of await page.locator('summary').all()) await more.click();
      found.push(...(await look(page, path)));
    }
    assert.deepEqual(found, []);
  });
});
