import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Everything that axe can tell of WCAG 2.2 AA, and what it holds to be good. */
export const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Of a page in the dark only the colours are others. */
export const colourRules = ['color-contrast', 'link-in-text-block'];

/** What a page breaks: rule, first elements, and why. The context must bypass the page's CSP. */
export async function violations(
  page: Page,
  values: readonly string[],
  type: 'tag' | 'rule',
): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
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

/**
 * What a page breaks as it stands, wide and narrow, in light and dark; also whether it is wider than a narrow screen.
 * @param what how the page is named in what is found
 */
export async function look(page: Page, what: string): Promise<string[]> {
  const found: string[] = [];
  const note = (where: string, broken: readonly string[]) =>
    found.push(...broken.map((rule) => `${what}, ${where}: ${rule}`));
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 900 });
  note('wide', await violations(page, tags, 'tag'));
  await page.setViewportSize({ width: 320, height: 740 });
  note('narrow', await violations(page, tags, 'tag'));
  await page.emulateMedia({ colorScheme: 'dark' });
  note('dark', await violations(page, colourRules, 'rule'));
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  if (isWide) found.push(`${what}: wider than a narrow screen`);
  return found;
}
