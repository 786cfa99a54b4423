import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Page } from 'playwright-core';
import { stumbles } from '../rig/layout.ts';
import { describeInBrowser, visit } from '../rig/newsroom.ts';

/** A phone at its narrowest is also a window of 1280 pixels at 400 percent zoom. */
const screens = [
  { width: 320, height: 225 },
  { width: 360, height: 740 },
  { width: 768, height: 1024 },
  { width: 1280, height: 900 },
  { width: 1920, height: 1080 },
];

describeInBrowser('the layout', (get) => {
  const onEachPage = async (look: (page: Page, kind: string) => Promise<readonly string[]>) => {
    const { browser, pages } = get();
    const page = await browser.newPage();
    const found: string[] = [];
    for (const kind of Object.keys(pages)) {
      await visit(get(), page, kind);
      found.push(...(await look(page, kind)).map((what) => `${kind}: ${what}`));
    }
    await page.close();
    assert.deepEqual(found, []);
  };

  it('cuts nothing, hides nothing and never scrolls sideways, from 320 pixels to 1920', async () => {
    await onEachPage(async (page, kind) => {
      const found = new Map<string, number[]>();
      // The text-only edition stands as the browser sets it, and a browser breaks no word.
      const isBare = kind.startsWith('text');
      for (const screen of screens.filter(({ width }) => !isBare || width > 700)) {
        await page.setViewportSize(screen);
        for (const what of await page.evaluate(stumbles)) {
          if (isBare && what.startsWith('is too small')) continue;
          found.set(what, [...(found.get(what) ?? []), screen.width]);
        }
      }
      return [...found].map(([what, widths]) => `${what} at ${widths.join(', ')} px`);
    });
  });

  it('is printed black on white, with what is pressed on a screen left out and no picture cut', async () => {
    const { browser, pages } = get();
    const page = await browser.newPage({ colorScheme: 'dark' });
    for (const kind of [
      'story with every block',
      'long read',
      'story from right to left',
      'front',
    ] as const) {
      await page.goto(pages[kind]);
      await page.evaluate(loadPictures);
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      // As wide as A4 within its margins.
      await page.setViewportSize({ width: 672, height: 900 });
      const shown = await page.evaluate(() => {
        const style = getComputedStyle(document.body);
        const pressed = '.sections, .masthead-tools, .skip, .share, .pager, .foot nav, form, button';
        const width = document.documentElement.clientWidth;
        const ink = [...document.querySelectorAll('h1, h2, p, li, figcaption, td')].map(
          (each) => getComputedStyle(each).color,
        );
        return {
          paper: style.backgroundColor,
          ink: [...new Set(ink)].sort(),
          left: [...document.querySelectorAll(pressed)].filter((each) => each.checkVisibility()).length,
          cut: [...document.querySelectorAll('main img, main video')].filter((each) => {
            if (!each.checkVisibility()) return false;
            const { left, right } = each.getBoundingClientRect();
            return (
              left < 0 ||
              right > width ||
              getComputedStyle(each.closest('figure, .card') ?? each).breakInside !== 'avoid'
            );
          }).length,
        };
      });
      assert.deepEqual(shown, { paper: 'rgb(255, 255, 255)', ink: shown.ink, left: 0, cut: 0 }, kind);
      for (const colour of shown.ink) assert.ok(darkness(colour) > 0.79, `${kind} prints in ${colour}`);
      const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
      assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
      await page.emulateMedia({ media: 'screen' });
    }
    await page.close();
  });

  it('keeps still for readers who asked for it, and shows its edges in colours forced by them', async () => {
    const { browser, pages } = get();
    const page = await browser.newPage({ reducedMotion: 'reduce', forcedColors: 'active' });
    for (const kind of ['story with every block', 'front', 'search with results'] as const) {
      await page.goto(pages[kind]);
      const seen = await page.evaluate(() => {
        const all = [...document.querySelectorAll('*')].filter((each) => each.checkVisibility());
        const edged = [
          ...document.querySelectorAll('.pill, .masthead, .sections, .find input, .find select'),
        ];
        return {
          moving: all.filter((each) => {
            const { transitionDuration, animationName } = getComputedStyle(each);
            return (
              animationName !== 'none' ||
              transitionDuration.split(', ').some((time) => Number.parseFloat(time) > 0)
            );
          }).length,
          edgeless: edged.filter((each) => {
            const { borderBottomWidth, borderBottomStyle } = getComputedStyle(each);
            return each.checkVisibility() && (borderBottomStyle === 'none' || borderBottomWidth === '0px');
          }).length,
          scrolling: getComputedStyle(document.documentElement).scrollBehavior,
        };
      });
      assert.deepEqual(seen, { moving: 0, edgeless: 0, scrolling: 'auto' }, kind);
    }
    await page.close();
  });
});

/** Have all pictures of a page there, those below the fold too. */
async function loadPictures(): Promise<void> {
  const pictures = [...document.images];
  for (const picture of pictures) picture.loading = 'eager';
  await Promise.all(pictures.map((picture) => picture.decode()));
}

/** From 0, white, to 1, black. */
function darkness(colour: string): number {
  const [red = 0, green = 0, blue = 0] = colour.match(/[\d.]+/g)!.map(Number);
  return 1 - (red + green + blue) / (3 * 255);
}
