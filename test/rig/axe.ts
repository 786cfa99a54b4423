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
