import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { fromLocal } from '../../src/stories/index.ts';
import { describeInBrowser } from '../rig/newsroom.ts';
import { contentOf, zone } from '../rig/site.ts';

const framed = 'https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1';

describeInBrowser('a story', (get) => {
  const wordsOf = (page: Page) =>
    page.evaluate(() => {
      const main = document.querySelector('main')!.cloneNode(true) as HTMLElement;
      // How much may be written is counted as one writes.
      for (const each of main.querySelectorAll('button, [data-length]')) each.remove();
      return main.textContent.replaceAll(/\s+/g, ' ').trim();
    });

  describe('without scripts', () => {
    const withoutScripts = async (use: (page: Page) => Promise<void>) => {
      const context = await get().browser.newContext({ javaScriptEnabled: false });
      try {
        await use(await context.newPage());
      } finally {
        await context.close();
      }
    };

    before(async () => {
      const { site } = get();
      for (let number = 1; number <= 26; number += 1)
        await site.publish(
          contentOf(`Number ${number}`),
          fromLocal({ year: 2010, month: 1, day: number }, zone),
        );
    });

    it('says all that it says with them', async () => {
      const { browser, pages } = get();
      const scripted = await browser.newPage();
      await withoutScripts(async (page) => {
        for (const kind of ['story with every block', 'long read', 'story from right to left'] as const) {
          await scripted.goto(pages[kind]);
          await page.goto(pages[kind]);
          assert.equal(await wordsOf(page), await wordsOf(scripted), kind);
        }
      });
      await scripted.close();
    });

    it('offers links where scripts would make buttons', async () => {
      const { pages, site } = get();
      await withoutScripts(async (page) => {
        await page.goto(pages['story with every block']);
        assert.equal(await page.locator('main button[type=button]:visible').count(), 0);
        assert.equal(await page.locator('iframe').count(), 0);
        const embed = page.locator('.embed a');
        assert.equal(await embed.getAttribute('href'), 'https://www.youtube.com/watch?v=abcdefghijk');
        assert.ok(await embed.isVisible());
        const mail = await page.locator('.share a[href^="mailto:"]').getAttribute('href');
        assert.ok(decodeURIComponent(mail!).includes(pages['story with every block']));
        const short = page.locator('.share a[href^="/s/"]');
        await short.click();
        assert.equal(page.url(), pages['story with every block']);
        assert.ok(page.url().startsWith(site.origin));
      });
    });

    it('is found by the form of the search, whose filters work', async () => {
      const { pages } = get();
      await withoutScripts(async (page) => {
        await page.goto(pages.front);
        await page.getByRole('link', { name: 'Search' }).first().click();
        await page.getByLabel('Search for').fill('ferry');
        await page.getByRole('main').getByRole('button', { name: 'Search' }).click();
        const found = page.locator('.stories h2');
        const all = await found.count();
        assert.ok(all > 1);
        await page.getByRole('combobox', { name: 'Section' }).selectOption({ label: 'Opinion' });
        await page.getByRole('main').getByRole('button', { name: 'Search' }).click();
        assert.equal(await page.getByLabel('Search for').inputValue(), 'ferry');
        const fewer = await found.count();
        assert.ok(fewer > 0 && fewer < all);
        await found.first().getByRole('link').click();
        assert.match(page.url(), /\/\d{4}\/\d{2}\/\d{2}\/[\w-]+$/);
      });
    });

    it('is reached page by page through a long section, and the way back is there', async () => {
      const { site } = get();
      await withoutScripts(async (page) => {
        await page.goto(`${site.origin}/news`);
        const first = await page.locator('.stories h2').allTextContents();
        await page.getByRole('link', { name: 'Older stories' }).click();
        const second = await page.locator('.stories h2').allTextContents();
        assert.equal(first.length, 25);
        assert.equal(second.at(-1), 'Number 1');
        assert.ok(second.every((headline) => !first.includes(headline)));
        assert.equal(await page.getByRole('link', { name: 'Older stories' }).count(), 0);
        await page.getByRole('link', { name: 'Newest stories' }).click();
        assert.deepEqual(await page.locator('.stories h2').allTextContents(), first);
      });
    });
  });

  describe('with scripts', () => {
    const open = async (prepare: (page: Page) => Promise<unknown>, use: (page: Page) => Promise<void>) => {
      const { browser, pages } = get();
      const context = await browser.newContext();
      const page = await context.newPage();
      try {
        await prepare(page);
        await page.goto(pages['story with every block']);
        await use(page);
      } finally {
        await context.close();
      }
    };
    const said = (page: Page) => page.locator('.share [role=status]');
    const share = (page: Page) => page.getByRole('button', { name: 'Share' }).click();

    it('is shared by copying its address where the device has no sheet, and says so', async () => {
      const { pages } = get();
      await open(
        async (page) => {
          await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
          await page.addInitScript(() => delete (Navigator.prototype as Partial<Navigator>).share);
        },
        async (page) => {
          assert.equal(await said(page).textContent(), '');
          await share(page);
          await said(page).getByText('The address is copied.').waitFor();
          const copied = await page.evaluate(() => navigator.clipboard.readText());
          assert.equal(copied, pages['story with every block']);
        },
      );
    });

    it('shows its address where nothing may be copied', async () => {
      const { pages } = get();
      await open(
        (page) =>
          page.addInitScript(() => {
            delete (Navigator.prototype as Partial<Navigator>).share;
            navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'));
          }),
        async (page) => {
          await share(page);
          await said(page).getByText(pages['story with every block']).waitFor();
        },
      );
    });

    it("is handed to the device's own sheet, and closing that is no failure", async () => {
      const { pages } = get();
      await open(
        (page) =>
          page.addInitScript(() => {
            Navigator.prototype.share = async (data) => {
              (window as unknown as { shared: unknown }).shared = data;
              throw new DOMException('', 'AbortError');
            };
          }),
        async (page) => {
          await share(page);
          const shared = await page.evaluate(() => (window as unknown as { shared: unknown }).shared);
          assert.deepEqual(shared, { url: pages['story with every block'], title: 'The zzheadlinezz wakes' });
          assert.equal(await said(page).textContent(), '');
        },
      );
    });

    it('is printed at the press of a button', async () => {
      await open(
        (page) =>
          page.addInitScript(() => {
            window.print = () => document.documentElement.classList.add('printed');
          }),
        async (page) => {
          await page.getByRole('button', { name: 'Print' }).click();
          assert.equal(await page.locator('html.printed').count(), 1);
        },
      );
    });

    it('asks another site only after a press, and puts what comes into a frame', async () => {
      const asked: string[] = [];
      const { site } = get();
      await open(
        (page) =>
          page.route(
            (url) => url.origin !== site.origin,
            (route) => {
              asked.push(route.request().url());
              return route.fulfill({ contentType: 'text/html', body: '<title>Film</title><p>The film.</p>' });
            },
          ),
        async (page) => {
          await page.locator('.embed').scrollIntoViewIfNeeded();
          assert.equal(await page.locator('iframe').count(), 0);
          assert.deepEqual(asked, []);
          await page.locator('.embed button').click();
          await page.frameLocator('.embed iframe').getByText('The film.').waitFor();
          assert.deepEqual(asked, [framed]);
          assert.equal(await page.locator('.embed iframe').getAttribute('title'), 'zzembedzz');
          assert.equal(await page.evaluate(() => document.activeElement?.localName), 'iframe');
        },
      );
    });
  });
});
