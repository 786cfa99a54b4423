import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { SignedInReader } from '../../src/readers/testing.ts';
import type { TestSite } from './site.ts';

/** Where pages are opened. */
export interface Stage {
  readonly browser: Browser;
  readonly site: Pick<TestSite, 'origin'>;
}

/** A browser of its own until the test ends, signed in as a reader if one is given. */
export async function openBrowserOf(
  t: TestContext,
  { browser, site }: Stage,
  who?: Pick<SignedInReader, 'cookie'>,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  t.after(() => context.close());
  if (who) await signIn(context, site, who);
  return context;
}

/** As if the reader had signed in in that browser; open pages do not know yet. */
export async function signIn(
  context: BrowserContext,
  site: Stage['site'],
  { cookie }: Pick<SignedInReader, 'cookie'>,
): Promise<void> {
  const [name, value] = cookie.split('=');
  await context.addCookies([{ name: name!, value: value!, url: site.origin, httpOnly: true }]);
}

/** A page in a tab; whatever its scripts throw fails the test. */
export async function openTab(context: BrowserContext, site: Stage['site'], path: string): Promise<Page> {
  const page = await context.newPage();
  page.on('pageerror', (error) => assert.fail(error));
  await page.goto(`${site.origin}${path}`);
  await page.evaluate(() => document.documentElement.setAttribute('data-was-here', ''));
  return page;
}

/** A page in a browser of its own. */
export async function openAs(
  t: TestContext,
  stage: Stage,
  who: SignedInReader | undefined,
  path: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  return openTab(await openBrowserOf(t, stage, who, options), stage.site, path);
}

/** Resolves as long as a tab was not loaded anew since it was opened. */
export function isSame(page: Page): Promise<void> {
  return page.locator('html[data-was-here]').waitFor({ state: 'attached' });
}
