import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { signedInReader, type SignedInReader } from '../../src/readers/testing.ts';
import { until } from '../../src/platform/http/testing.ts';
import { describeInBrowser } from '../rig/newsroom.ts';
import { contentOf, type PublishedStory } from '../rig/site.ts';
import { isSame, openBrowserOf, openTab as open } from '../rig/tabs.ts';
import { postAs, sendAs } from '../rig/talk.ts';

describeInBrowser('a conversation', (get) => {
  const base = () => get().site.origin;
  let count = 0;

  async function newStory(): Promise<PublishedStory> {
    count += 1;
    return get().site.publish(contentOf(`The talk of the town ${count}`));
  }

  const newBrowser = (t: TestContext, reader?: SignedInReader) => openBrowserOf(t, get(), reader);

  async function openTab(context: BrowserContext, path: string): Promise<Page> {
    const page = await open(context, get().site, path);
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) assert.fail(message.text());
    });
    return page;
  }

  const newReader = (name: string) =>
    signedInReader(get().site.database, {
      origin: base(),
      name,
      handle: name.toLowerCase().replaceAll(/\W/g, ''),
    });

  const post = (reader: SignedInReader, story: PublishedStory, text: string, parent = '') =>
    postAs(get().site, reader, { story: story.code, text, parent });
  const act = (reader: SignedInReader, path: string, fields: Record<string, string> = {}) =>
    sendAs(get().site, reader, path, fields);
  const codeOf = async (comment: Locator) => (await comment.getAttribute('id'))!.replace('comment-', '');

  /** The code that was mailed to an address. */
  async function mailedCode(address: string): Promise<string> {
    const folder = join(get().site.dataDir, 'mail');
    let code: string | undefined;
    await until(() => {
      if (!existsSync(folder)) return false;
      // One that begins with a dot is being written.
      const mails = readdirSync(folder)
        .filter((name) => !name.startsWith('.'))
        .sort();
      const mail = mails
        .map((name) => readFileSync(join(folder, name), 'utf8'))
        .findLast((text) => text.includes(address));
      code = mail && /^Subject: (\d{3}) (\d{3})/m.exec(mail)?.slice(1).join('');
      return code !== undefined;
    });
    return code!;
  }

  it(
    'takes in somebody who writes a reply, asks for a sign-in, and posts it in its place with every tab signed in',
    { timeout: 60_000 },
    async (t) => {
      const story = await newStory();
      const host = await newReader('Hanne Host');
      const first = await post(host, story, 'What do you all think?');
      const context = await newBrowser(t);
      const page = await openTab(context, story.path);
      const other = await openTab(context, '/');
      await page.locator(`#comment-${first}`).getByRole('link', { name: 'Reply to Hanne Host' }).click();
      const reply = page.locator(`#comment-${first} comment-composer`);
      await reply.getByRole('textbox').fill('I think *so*.');
      await reply.getByRole('button', { name: 'Post your reply' }).click();
      await page.getByLabel('Mail address').fill('newcomer@readers.example');
      await page.getByLabel('Mail address').press('Enter');
      await page.getByLabel('Code').fill(await mailedCode('newcomer@readers.example'));
      await page.getByLabel('Code').press('Enter');
      await page.getByLabel('Name', { exact: true }).fill('Nell Newcomer');
      await page.getByLabel(/handle/i).fill('nellnew');
      await page
        .locator('[data-flow] form')
        .filter({ has: page.getByLabel(/handle/i) })
        .locator('button[type=submit]')
        .click();
      const posted = page.locator(`#comment-${first} [data-replies] .comment`);
      await posted.getByText('I think so.').waitFor();
      assert.equal(await posted.count(), 1);
      assert.equal(await page.evaluate(() => document.activeElement?.id), await posted.getAttribute('id'));
      await page.locator('.masthead-tools').getByText('Nell Newcomer').waitFor();
      await other.locator('.masthead-tools').getByText('Nell Newcomer').waitFor();
      await isSame(page);
      await isSame(other);
      assert.match((await page.locator('[data-welcome]').textContent()) ?? '', /\w/);
      assert.equal(
        await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length),
        0,
      );
      // Whoever answers is followed in place, and what they write later is found on the Following page.
      await post(host, story, 'Welcome here.', await codeOf(posted));
      const answer = page.locator('.comment').filter({ hasText: 'Welcome here.' }).last();
      await answer.getByRole('button', { name: 'Follow Hanne Host' }).click();
      await answer.getByRole('button', { name: /following/i }).waitFor();
      await isSame(page);
      await post(host, await newStory(), 'My later words.');
      await page.goto(`${base()}/following`);
      await page.getByText('My later words.').waitFor();
    },
  );

  it(
    'brings whoever left to fetch the code back to where it is typed, with the draft',
    { timeout: 60_000 },
    async (t) => {
      const story = await newStory();
      const context = await newBrowser(t);
      const page = await openTab(context, story.path);
      await page.getByRole('textbox', { name: 'Your comment' }).fill('Words that must not be lost.');
      await page.getByRole('button', { name: 'Post', exact: true }).click();
      await page.getByLabel('Mail address').fill('away@readers.example');
      await page.getByLabel('Mail address').press('Enter');
      await page.getByLabel('Code').waitFor();
      await page.close();
      const again = await openTab(context, story.path);
      await again.getByLabel('Code').fill(await mailedCode('away@readers.example'));
      await again.getByLabel('Code').press('Enter');
      await again.getByLabel('Name', { exact: true }).fill('Ada Away');
      await again.getByLabel(/handle/i).fill('adaaway');
      await again.getByLabel(/handle/i).press('Enter');
      await again.locator('.comment-text').getByText('Words that must not be lost.').waitFor();
      await isSame(again);
    },
  );

  it('leaves a line where a comment with answers was, and nothing of its words', async (t) => {
    const story = await newStory();
    const [ida, jan] = [await newReader('Ida Deletes'), await newReader('Jan Stays')];
    const gone = await post(ida, story, 'Words to be deleted.');
    const answer = await post(jan, story, 'An answer that stays.', gone);
    const page = await openTab(await newBrowser(t), story.path);
    await act(ida, `/comments/${gone}/delete`);
    await page.locator(`#comment-${gone} > p`).getByText('has deleted it').waitFor();
    await page.locator(`#comment-${answer}`).getByText('An answer that stays.').waitFor();
    assert.equal(await page.getByText('Words to be deleted.').count(), 0);
    await isSame(page);
  });

  it('forgets drafts when its reader signs out, as others may use the device', async (t) => {
    const story = await newStory();
    const context = await newBrowser(t, await newReader('Sol Signs Out'));
    const page = await openTab(context, story.path);
    await page.getByRole('textbox', { name: 'Your comment' }).fill('A secret thought');
    const other = await openTab(context, '/');
    await context.clearCookies();
    await other.reload();
    await page.locator('.masthead-tools').getByText('Sign in').waitFor();
    await page.reload();
    assert.equal(await page.getByRole('textbox', { name: 'Your comment' }).inputValue(), '');
  });

  it('holds what others write behind a button, moves nothing, and shows it when that is pressed', async (t) => {
    const story = await newStory();
    const [ann, ben] = [await newReader('Ann Early'), await newReader('Ben Later')];
    const first = await post(ann, story, 'The first.');
    const page = await openTab(await newBrowser(t), story.path);
    await page.locator(`#comment-${first}`).waitFor();
    await post(ben, story, 'The second.');
    await post(ben, story, 'An answer to the first.', first);
    const button = page.getByRole('button', { name: '2 new comments' });
    await button.waitFor();
    assert.equal(await page.locator('.comment').count(), 1);
    await button.click();
    assert.deepEqual(await page.locator('.comment-text').allInnerTexts(), [
      'The second.',
      'The first.',
      'An answer to the first.',
    ]);
    assert.match((await page.evaluate(() => document.activeElement?.textContent)) ?? '', /The second/);
    assert.equal(await button.count(), 0);
    await isSame(page);
  });

  it('shows a reply to me at once, and what changes in its place', async (t) => {
    const story = await newStory();
    const [mia, jon] = [await newReader('Mia Mine'), await newReader('Jon Answers')];
    const mine = await post(mia, story, 'My own words.');
    const page = await openTab(await newBrowser(t, mia), story.path);
    const answer = await post(jon, story, 'An answer to you.', mine);
    const shown = page.locator(`#comment-${mine} #comment-${answer}`);
    await shown.getByText('An answer to you.').waitFor();
    await act(jon, `/comments/${answer}/edit`, { text: 'A better answer.' });
    await shown.getByText('A better answer.').waitFor();
    await shown.getByText('edited').waitFor();
    await act(jon, `/comments/${mine}/recommend`, { act: 'recommend' });
    await page.locator(`#comment-${mine}`).getByText('Recommended 1 time').waitFor();
    await act(jon, `/comments/${answer}/delete`);
    await shown.waitFor({ state: 'detached' });
    await isSame(page);
  });

  it('keeps a draft on the device, and posts once however often it is pressed', async (t) => {
    const story = await newStory();
    const una = await newReader('Una Once');
    const context = await newBrowser(t, una);
    const page = await openTab(context, story.path);
    const field = page.getByRole('textbox', { name: 'Your comment' });
    await field.fill('Half a thought');
    await page.reload();
    assert.equal(await field.inputValue(), 'Half a thought');
    await field.fill('A whole thought');
    await page.getByRole('button', { name: 'Post', exact: true }).dblclick();
    await page.locator('.comment-text').getByText('A whole thought').waitFor();
    assert.equal(await field.inputValue(), '');
    await page.reload();
    assert.equal(await field.inputValue(), '');
    assert.equal(await page.locator('.comment-text').getByText('A whole thought').count(), 1);
  });

  it('completes handles by keyboard', async (t) => {
    const story = await newStory();
    await newReader('Quentin Quay');
    const page = await openTab(await newBrowser(t, await newReader('Rita Writes')), story.path);
    const field = page.getByRole('textbox', { name: 'Your comment' });
    await field.click();
    await field.pressSequentially('Hello @quen');
    await page.getByRole('option', { name: 'Quentin Quay @quentinquay' }).waitFor();
    await field.press('Enter');
    assert.equal(await field.inputValue(), 'Hello @quentinquay ');
    assert.equal(await page.getByRole('listbox').count(), 0);
  });

  it('recommends in place, and takes it back', async (t) => {
    const story = await newStory();
    const [vera, will] = [await newReader('Vera Votes'), await newReader('Will Writes')];
    const code = await post(will, story, 'Recommend me.');
    const page = await openTab(await newBrowser(t, vera), story.path);
    const comment = page.locator(`#comment-${code}`);
    await comment.getByRole('button', { name: /^Recommend the comment by Will Writes/ }).click();
    await comment.getByRole('button', { name: /^Recommended/ }).waitFor();
    await comment.getByRole('button', { name: /^Recommended/ }).click();
    await comment.getByRole('button', { name: /^Recommend the comment/ }).waitFor();
    await isSame(page);
  });
});
