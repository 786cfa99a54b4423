import assert from 'node:assert/strict';
import { it } from 'node:test';
import { colourRules, tags, violations } from '../rig/axe.ts';
import { describeInBrowser, visit } from '../rig/newsroom.ts';

describeInBrowser('axe finds nothing', (get) => {
  it('on any page, wide and narrow, in light and dark', async () => {
    const { browser, pages } = get();
    const context = await browser.newContext({ bypassCSP: true });
    const found: string[] = [];
    for (const kind of Object.keys(pages)) {
      const page = await context.newPage();
      const note = (where: string, broken: readonly string[]) =>
        found.push(...broken.map((rule) => `${kind}, ${where}: ${rule}`));
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize({ width: 1280, height: 900 });
      await visit(get(), page, kind);
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
