import assert from 'node:assert/strict';
import { it } from 'node:test';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../rig/newsroom.ts';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Of a page in the dark only the colours are others. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/** What a page breaks: rule, first elements, and why. */
function violations(page: Page, values: readonly string[], type: 'tag' | 'rule'): Promise<string[]> {
  return page.evaluate(
    async ([values, type]) => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      const { violations } = await axe.run({
        runOnly: { type, values: [...values] },
        resultTypes: ['violations'],
      });
      return violations.map(({ id, nodes }) => {
        const where = nodes.slice(0, 3).map(({ target }) => target.join(' '));
        return `${id} at ${where.join(', ')} (${nodes.length} in all): ${nodes[0]?.failureSummary}`;
      });
    },
    [values, type] as const,
  );
}

describeInBrowser('axe finds nothing', (get) => {
  it('on any page, wide and narrow, in light and dark', async () => {
    const { browser, pages } = get();
    const context = await browser.newContext({ bypassCSP: true });
    const found: string[] = [];
    for (const [kind, url] of Object.entries(pages)) {
      const page = await context.newPage();
      const note = (where: string, broken: readonly string[]) =>
        found.push(...broken.map((rule) => `${kind}, ${where}: ${rule}`));
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(url);
      await page.evaluate(axe.source);
      note('wide and light', await violations(page, tags, 'tag'));
      await page.setViewportSize({ width: 360, height: 740 });
      note('narrow and light', await violations(page, tags, 'tag'));
      // The text-only edition has the browser's own colours, and axe takes its dark paper for white.
      if (!kind.startsWith('text')) {
        await page.emulateMedia({ colorScheme: 'dark' });
        note('narrow and dark', await violations(page, colourRules, 'rule'));
        await page.setViewportSize({ width: 1280, height: 900 });
        note('wide and dark', await violations(page, colourRules, 'rule'));
      }
      await page.close();
    }
    await context.close();
    assert.deepEqual(found, []);
  });
});
