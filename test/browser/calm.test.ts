import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { cookieFor, describeInBrowser, visit } from '../rig/newsroom.ts';

interface Seen {
  readonly shifts: readonly { readonly by: number; readonly what: readonly string[] }[];
  readonly barred: readonly string[];
}

/** Runs before a page's own scripts: notes what moves and what the policy bars. */
function watch(): void {
  const seen = { shifts: [] as { by: number; what: string[] }[], barred: [] as string[] };
  (window as unknown as { seen: Seen }).seen = seen;
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    seen.barred.push(`${violatedDirective}: ${blockedURI}`);
  });
  const note = (entries: PerformanceEntryList) => {
    for (const entry of entries as unknown as { value: number; sources: { node?: Element }[] }[]) {
      const what = entry.sources.map(({ node }) => `${node?.nodeName} ${node?.textContent?.slice(0, 30)}`);
      seen.shifts.push({ by: entry.value, what });
    }
  };
  new PerformanceObserver((list) => note(list.getEntries())).observe({
    type: 'layout-shift',
    buffered: true,
  });
}

/** Goes down the page a screen at a time, as a reader does, until all its pictures are there. */
async function readDown(): Promise<void> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  for (let top = 0; top < document.body.scrollHeight; top += innerHeight / 2) {
    scrollTo(0, top);
    await frame();
  }
  await Promise.all([...document.images].map((picture) => picture.decode()));
  await frame();
  await frame();
}

/** A reader who was never here: nothing is in the cache. */
async function newcomer(
  browser: Browser,
  viewport: { width: number; height: number },
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport, deviceScaleFactor: 2 });
  await context.addInitScript(watch);
  return context;
}

async function seen(page: Page): Promise<Seen> {
  await page.evaluate(readDown);
  return page.evaluate(() => (window as unknown as { seen: Seen }).seen);
}

describeInBrowser('the pages are calm', (get) => {
  const phone = { width: 360, height: 740 };
  const desk = { width: 1280, height: 900 };

  it('nothing moves, nothing is barred or fails, nobody else is asked and no cookie is set', async () => {
    const { browser, pages } = get();
    const found: string[] = [];
    for (const [kind, url] of Object.entries(pages)) {
      const context = await newcomer(browser, kind.startsWith('archive') ? desk : phone);
      const page = await context.newPage();
      page.on('console', (message) => {
        // A page that says that something is not there is answered with 404, which the browser notes too.
        const isAnswer = message.location().url === url && /status of 4(04|10)/.test(message.text());
        if (/error|warning/.test(message.type()) && !isAnswer) found.push(`${kind}: ${message.text()}`);
      });
      page.on('pageerror', (error) => found.push(`${kind}: ${error.message}`));
      page.on('request', (request) => {
        const { origin } = new URL(request.url());
        if (origin !== new URL(url).origin) found.push(`${kind} asks ${request.url()}`);
      });
      page.on('requestfailed', (request) => {
        const why = request.failure()?.errorText;
        // Closing a page gives up what is still on its way.
        if (why !== 'net::ERR_ABORTED') found.push(`${kind} is not given ${request.url()}: ${why}`);
      });
      await visit(get(), page, kind);
      const { shifts, barred } = await seen(page);
      found.push(...shifts.map((shift) => `${kind} moves: ${JSON.stringify(shift)}`));
      found.push(...barred.map((what) => `${kind} is barred from ${what}`));
      // Whoever signs in, or begins to, is known by a cookie; whoever only reads is not.
      const own = kind === 'sign-in' ? kind : cookieFor(get(), kind)?.split('=')[0];
      const cookies = (await context.cookies()).filter(({ name }) => name !== own);
      for (const { name } of cookies) found.push(`${kind} sets the cookie ${name}`);
      const kept = await page.evaluate(() => localStorage.length + sessionStorage.length);
      if (kept > 0 && !cookieFor(get(), kind)) found.push(`${kind} keeps something in the browser`);
      await context.close();
    }
    assert.deepEqual(found, []);
  });

  it('nothing moves where fonts and pictures come only when the words are long there', async () => {
    const { browser, pages } = get();
    for (const [kind, viewport] of [
      ['story', phone],
      ['story', desk],
      ['front', phone],
      ['front', desk],
      ['section', phone],
      ['author', phone],
    ] as const) {
      const context = await newcomer(browser, viewport);
      const page = await context.newPage();
      const painted = Promise.withResolvers<void>();
      const isLate = (url: URL) => url.pathname.startsWith('/media/') || url.pathname.endsWith('.woff2');
      await page.route(isLate, async (route) => {
        await painted.promise;
        await route.continue();
      });
      await page.goto(pages[kind], { waitUntil: 'commit' });
      await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
      painted.resolve();
      await page.waitForLoadState('load');
      await page.evaluate(readDown);
      const { shifts } = await page.evaluate(() => (window as unknown as { seen: Seen }).seen);
      assert.deepEqual(shifts, [], `${kind} at ${viewport.width} px`);
      await context.close();
    }
  });
});
