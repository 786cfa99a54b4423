import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import type { Page, Request } from 'playwright-core';
import { until } from '../../src/platform/http/testing.ts';
import { readerChanged } from '../../src/readers/index.ts';
import { signedInReader } from '../../src/readers/testing.ts';
import { describeInBrowser } from '../rig/newsroom.ts';
import { isSame as isSameTab, openBrowserOf, signIn } from '../rig/tabs.ts';

describeInBrowser('ten tabs of one browser', (get) => {
  /** A browser of its own, with the streams that its tabs hold open. */
  async function openTabs(t: TestContext, count: number, cookie?: string) {
    const { pages } = get();
    const context = await openBrowserOf(t, get(), cookie === undefined ? undefined : { cookie });
    const open = new Set<Request>();
    let asked = 0;
    context.on('request', (request) => {
      if (new URL(request.url()).pathname !== '/live') return;
      asked += 1;
      open.add(request);
    });
    context.on('requestfinished', (request) => open.delete(request));
    context.on('requestfailed', (request) => open.delete(request));
    const tabs: Page[] = [];
    for (let index = 0; index < count; index += 1) {
      const tab = await context.newPage();
      tab.on('pageerror', (error) => assert.fail(error));
      await tab.goto(index % 2 === 0 ? pages.story : pages.front);
      await tab.evaluate(() => document.documentElement.setAttribute('data-was-here', ''));
      tabs.push(tab);
    }
    // Of a tab that was closed nothing is told any more.
    const streams = () => [...open].filter((request) => !request.frame().page().isClosed()).length;
    return { context, tabs, streams, asked: () => asked };
  }

  const says = (tabs: readonly Page[], words: string) =>
    Promise.all(tabs.map((tab) => tab.locator('.masthead-tools').getByText(words).waitFor()));
  const isSame = (tabs: readonly Page[]) => Promise.all(tabs.map(isSameTab));

  async function rename(id: string, name: string): Promise<void> {
    await get().site.write(async (tx) => {
      await tx.db.updateTable('reader').set({ name }).where('id', '=', id).execute();
      tx.emit(readerChanged(id));
    });
  }

  it('hold one stream over HTTP/1.1, and all stay live, also when the tab that asks for it goes', async (t) => {
    const { site } = get();
    const { reader, cookie } = await signedInReader(site.database, {
      origin: site.origin,
      name: 'Nora Quist',
    });
    const { tabs, streams } = await openTabs(t, 10, cookie);
    await says(tabs, 'Nora Quist');
    await rename(reader.id, 'Nora Second');
    await says(tabs, 'Nora Second');
    assert.equal(streams(), 1);
    await isSame(tabs);
    // Whichever tab asks for it, it is among the first five.
    for (const tab of tabs.splice(0, 5)) await tab.close();
    await rename(reader.id, 'Nora Third');
    await says(tabs, 'Nora Third');
    assert.equal(streams(), 1);
    await isSame(tabs);
  });

  it('ask for no stream where there is nothing to follow, or data is saved', async (t) => {
    const { pages } = get();
    const { asked, context } = await openTabs(t, 0);
    const page = await context.newPage();
    await page.goto(pages.front);
    await page.goto(pages.about);
    await context.setExtraHTTPHeaders({ 'Save-Data': 'on' });
    await page.goto(pages.story);
    await page.locator('comment-thread:defined').waitFor({ state: 'attached' });
    assert.equal(asked(), 0);
    await context.setExtraHTTPHeaders({});
    await page.goto(pages.story);
    await until(() => asked() === 1);
  });

  it('are signed in and out together, without a refresh', async (t) => {
    const { site } = get();
    const { cookie } = await signedInReader(site.database, { origin: site.origin, name: 'Ole Brandt' });
    const { context, tabs } = await openTabs(t, 4);
    await says(tabs, 'Sign in');
    await signIn(context, site, { cookie });
    const [first, ...others] = tabs;
    await first!.reload();
    await says(tabs, 'Ole Brandt');
    await isSame(others);
    await context.clearCookies();
    await first!.reload();
    await says(tabs, 'Sign in');
    await isSame(others);
  });

  it('are told by another device that their session has ended', async (t) => {
    const { site } = get();
    const { reader, cookie } = await signedInReader(site.database, { origin: site.origin, name: 'Ida Falk' });
    const { tabs } = await openTabs(t, 3, cookie);
    await says(tabs, 'Ida Falk');
    await rename(reader.id, 'Ida Live');
    await says(tabs, 'Ida Live');
    await site.write(async (tx) => {
      const ended = await tx.db
        .deleteFrom('reader_session')
        .where('reader_id', '=', reader.id)
        .returning('id')
        .execute();
      tx.emit({
        type: 'session.ended',
        payload: { reader: reader.id, sessions: ended.map(({ id }) => id) },
      });
    });
    await says(tabs, 'Sign in');
    await isSame(tabs);
  });
});
