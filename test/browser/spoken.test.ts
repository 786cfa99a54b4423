import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { it, type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { describeInBrowser, visit, type PageKind } from '../rig/newsroom.ts';
import { spoken } from '../rig/spoken.ts';
import { mailsTo } from '../rig/visitor.ts';

/** Write what is told now as what is to be told. */
const rewrites = process.env.REWRITE_SPOKEN === '1';

describeInBrowser('what a screen reader tells', (get) => {
  async function open(t: TestContext, kind: PageKind): Promise<Page> {
    const context = await get().browser.newContext();
    t.after(() => context.close());
    const page = await context.newPage();
    page.on('pageerror', (error) => assert.fail(error));
    await visit(get(), page, kind);
    return page;
  }

  /** @param parts what was told, by what was done before */
  async function compare(file: string, parts: readonly (readonly [string, string])[]): Promise<string> {
    const url = new URL(`spoken/${file}.txt`, import.meta.url);
    const told = parts.map(([title, text]) => `# ${title}\n${text}`).join('\n');
    if (rewrites) await writeFile(url, told);
    assert.equal(
      told,
      await readFile(url, 'utf8'),
      `${file}.txt tells something else. If it is as good, run this test with REWRITE_SPOKEN=1, and read what changed.`,
    );
    return told;
  }

  it('of a conversation under a story, to whoever is not signed in and to whoever is', async (t) => {
    const page = await open(t, 'story with a conversation');
    const top = await spoken(page, '.story-by');
    const away = await spoken(page, '#conversation');
    await visit(get(), page, 'story with a conversation, signed in');
    const told = await compare('story', [
      ['Under the headline', top],
      ['Signed out', away],
      ['Signed in', await spoken(page, '#conversation')],
    ]);
    for (const action of [
      "link 'Reply to Runa Kvist'",
      "button 'Recommend the comment by Edda Marsh",
      "button 'Follow Jo Tavares'",
      "button 'Following Runa Kvist: stop following'",
      "disclosure 'More about the comment by Nadia Brandt' closed",
    ])
      assert.ok(told.includes(action), action);
  });

  it('of what can be done with a comment', async (t) => {
    const page = await open(t, 'story with a conversation, signed in');
    const comment = page.locator('.comments > .comment').filter({ hasText: 'second mate' });
    await comment
      .locator('.more')
      .first()
      .evaluate((more) => more.setAttribute('open', ''));
    const told = await compare('actions', [
      ['The first comment of a thread', await spoken(page, `#${await comment.getAttribute('id')} .more`)],
    ]);
    for (const action of ['Link to this comment by', 'Reply with a quote to', 'Report the comment by'])
      assert.ok(told.includes(`link '${action} Runa Kvist'`), action);
  });

  it('of a comment that one arrives at: it has the focus, and stands in its thread', async (t) => {
    const page = await open(t, 'comment, signed in');
    const code = get().forum.comments.deep;
    await page.goto(`${page.url()}#comment-${code}`);
    assert.equal(await page.evaluate(() => document.activeElement?.id), `comment-${code}`);
    const told = await compare('thread', [['Arrived', await spoken(page, 'main')]]);
    assert.match(told, /article 'Comment by Runa Kvist' focused/);
  });

  it('of a reply, from the link to the comment that is posted', async (t) => {
    const page = await open(t, 'story with a conversation, signed in');
    const { answer } = get().forum.comments;
    const comment = `#comment-${answer}`;
    await page.getByRole('link', { name: 'Reply to Edda Marsh' }).click();
    const field = page.locator(`${comment} > .comment-body comment-composer textarea`);
    await field.waitFor();
    const form = await spoken(page, `${comment} > .comment-body comment-composer`);
    await page.keyboard.type('I kept one too.');
    await page.locator(`${comment} > .comment-body`).getByRole('button', { name: 'Post your reply' }).click();
    await page.locator(`${comment} .comment`).getByText('I kept one too.').waitFor();
    const posted = page.locator('.comment').filter({ hasText: 'I kept one too.' }).last();
    await page.waitForFunction(() => document.activeElement?.matches('.comment') === true);
    const id = await posted.getAttribute('id');
    assert.equal(await page.evaluate(() => document.activeElement?.id), id);
    const told = await compare('reply', [
      ['The form in its place', form],
      ['What was posted', await spoken(page, `#${id}`)],
    ]);
    assert.match(told, /text field 'Your reply to Edda Marsh'.* focused/);
    assert.match(told, /article 'Comment by Nadia Brandt' focused/);
  });

  it('of each step of signing in', async (t) => {
    const page = await open(t, 'sign-in');
    const steps: [string, string][] = [['The address', await spoken(page, 'main')]];
    const email = 'hears@readers.example';
    await page.getByLabel('Mail address').fill(email);
    await page.getByRole('button', { name: 'Send me a code' }).click();
    const code = page.getByLabel('Code', { exact: true });
    await code.waitFor();
    steps.push(['The code', await spoken(page, 'main')]);
    await code.fill('1');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('The code is six digits long').waitFor();
    steps.push(['A code that is none', await spoken(page, 'main')]);
    await code.fill((await mailsTo(get().site, email))[0]!.code!);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    const said = page.getByRole('status').filter({ hasText: 'Welcome, you are in.' });
    await said.waitFor();
    steps.push(['The line that says so', await spoken(page, '[data-personal=said]')]);
    await page.goto(`${get().site.origin}/welcome`);
    steps.push(['The name', await spoken(page, 'main')]);
    const told = await compare('sign-in', steps);
    assert.match(steps[1]![1], /text field 'Code'.* focused/);
    assert.match(told, /text field 'Code'.* focused invalid/);
    assert.match(told, /status.* live: polite/);
  });
});
