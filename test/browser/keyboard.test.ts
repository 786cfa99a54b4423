import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Page } from 'playwright-core';
import { describeInBrowser, visit, type PageKind } from '../rig/newsroom.ts';

/** Where the focus is, and how it shows. */
interface Stop {
  readonly name: string;
  /** Place in the markup. */
  readonly order: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly isOnScreen: boolean;
  readonly isShown: boolean;
  readonly tag: string;
}

/** Runs in the page. @returns undefined when the focus has left it */
function stop(): Stop | undefined {
  const element = document.activeElement;
  if (!element || element === document.body) return undefined;
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return {
    name: `${element.localName} '${(element.textContent ?? '').trim().slice(0, 40)}'`,
    order: [...document.querySelectorAll('*')].indexOf(element),
    left: left + scrollX,
    top: top + scrollY,
    right: right + scrollX,
    bottom: bottom + scrollY,
    isOnScreen: top < innerHeight && bottom > 0 && left < innerWidth && right > 0,
    isShown:
      outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2 && !outlineColor.endsWith(', 0)'),
    tag: element.localName,
  };
}

/** Every place where the focus stops, from the first to where it leaves the page. */
async function stops(page: Page, key = 'Tab'): Promise<Stop[]> {
  const all: Stop[] = [];
  const most = 500;
  for (let pressed = 0; pressed < most; pressed += 1) {
    await page.keyboard.press(key);
    const here = await page.evaluate(stop);
    if (!here) return all;
    // A player's own controls stop within it.
    if (here.order !== all.at(-1)?.order) all.push(here);
  }
  throw new Error(`The focus does not leave ${page.url()}.`);
}

describeInBrowser('the keyboard', (get) => {
  const open = async (kind: PageKind, width = 1280) => {
    const page = await get().browser.newPage({ viewport: { width, height: 800 } });
    await visit(get(), page, kind);
    return page;
  };

  it('skips to the text first of all', async () => {
    for (const kind of ['front', 'story', 'search with results', 'no page'] as const) {
      const page = await open(kind);
      await page.keyboard.press('Tab');
      const skip = page.locator(':focus');
      assert.equal(await skip.textContent(), 'Skip to the text');
      const { isOnScreen } = (await page.evaluate(stop))!;
      assert.ok(isOnScreen, kind);
      await page.keyboard.press('Enter');
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'text', kind);
      await page.keyboard.press('Tab');
      assert.ok(await page.evaluate(() => document.activeElement?.closest('main') !== null), kind);
      await page.close();
    }
  });

  it('reaches everything that can be pressed, always seen, in the order in which it is read, and leaves again', async () => {
    for (const kind of [
      'front',
      'story with every block',
      'search with a wrong date',
      'section',
      'story with a conversation',
      'thread, signed in',
      'comment, signed in',
      'reply',
      'following, signed in',
      'inbox, signed in',
      'reader, signed in',
      'account, signed in',
      'sign-in',
      'report of a comment, signed in',
    ] as const) {
      for (const width of [1280, 360]) {
        const page = await open(kind, width);
        // Search begins with its field: so that all of the page is gone through, the focus is put before it.
        await page.evaluate(() => {
          (document.activeElement as HTMLElement).blur();
          getSelection()!.setPosition(document.body, 0);
        });
        const all = await stops(page);
        const where = `${kind} at ${width} px`;
        for (const here of all) {
          assert.ok(here.isShown, `${where}: the focus on ${here.name} is not seen`);
          assert.ok(here.isOnScreen, `${where}: ${here.name} has the focus off the screen`);
        }
        for (const [index, here] of all.entries()) {
          const last = all[index - 1];
          if (!last || last.name.includes('Skip')) continue;
          assert.ok(here.order > last.order, `${where}: ${here.name} comes after ${last.name}`);
          const isBack = here.bottom <= last.top && here.right <= last.left;
          assert.ok(!isBack, `${where}: from ${last.name} the focus goes back to ${here.name}`);
        }
        const reached = new Set(all.map(({ order }) => order));
        const missed = await page.evaluate(
          (reached) =>
            [...document.querySelectorAll('*')].flatMap((each, order) =>
              // Of choices of which one holds, the arrows go from one to the next.
              each.matches('a[href], button, input:not([type=radio]), select, summary, [tabindex="0"]') &&
              each.checkVisibility() &&
              !reached.includes(order)
                ? [each.outerHTML.slice(0, 100)]
                : [],
            ),
          [...reached],
        );
        assert.deepEqual(missed, [], where);
        await page.close();
      }
    }
  });

  it('goes back through a story as it came', async () => {
    const page = await open('story with every block');
    const forth = await stops(page);
    // From the last, as the first Shift and Tab would come back to it from the browser's own bars.
    await page.evaluate(() => [...document.links].at(-1)!.focus());
    const back = await stops(page, 'Shift+Tab');
    const orders = (all: readonly Stop[]) => all.map(({ order }) => order);
    const whole = orders(back).slice(0, orders(back).indexOf(forth[0]!.order) + 1);
    assert.deepEqual(whole.reverse(), orders(forth.slice(0, -1)));
    await page.close();
  });

  it('searches, from any page, and opens what it finds', async () => {
    const page = await open('about');
    const tabTo = async (name: string) => {
      for (let pressed = 0; pressed < 60; pressed += 1) {
        await page.keyboard.press('Tab');
        if ((await page.evaluate(() => document.activeElement?.textContent.trim())) === name) return;
      }
      assert.fail(`The focus does not reach ${name}.`);
    };
    await tabTo('Search');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/search$/);
    // The field takes the focus by itself.
    await page.waitForFunction(() => document.activeElement?.matches('main input[name=q]'));
    await page.keyboard.type('empty homes');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/search\?q=empty\+homes/);
    const headline = (await page.locator('.stories h2').first().textContent())!;
    await tabTo(headline);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/\d{4}\/\d{2}\/\d{2}\//);
    assert.equal(await page.locator('h1').textContent(), headline);
    await page.close();
  });

  it('scrolls wide tables and long lines of code', async () => {
    const page = await open('story with very long words', 360);
    for (const selector of ['.table', 'pre']) {
      const wide = page.locator(`main ${selector}`);
      await wide.focus();
      await page.keyboard.press('ArrowRight');
      await page.waitForFunction((name) => document.querySelector(`main ${name}`)!.scrollLeft > 0, selector);
      assert.ok(await wide.evaluate((element) => element.matches(':focus-visible')));
    }
    await page.close();
  });
});
