import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { setThread } from '../../src/conversation/threads/set-thread.ts';
import { recommendComment } from '../../src/conversation/threads/recommend-comment.ts';
import type { SignedInReader } from '../../src/readers/testing.ts';
import { findBrowser, openBrowser } from '../rig/chromium.ts';
import { freePort } from '../rig/postgres.ts';
import { openTestSite, type PublishedStory } from '../rig/site.ts';
import { member, openCast, sayUnder, storyOf } from './cast.ts';
import { payloads } from './payloads.ts';

describe('hostile words of readers in a real browser', { skip: findBrowser() ? false : 'no browser' }, () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof openTestSite>>;
  let story: PublishedStory;
  let writer: SignedInReader;
  let other: SignedInReader;
  let answered: string;

  before(async () => {
    const port = await freePort();
    site = await openTestSite('sqlite', {
      env: { PORT: String(port), ORIGIN: `http://127.0.0.1:${port}`, WRITE_LIMIT: '100000' },
    });
    browser = await openBrowser();
    ({ other } = await openCast(site));
    writer = await member(site, 'Writer');
    story = await storyOf(site, 'What is said');
    const root = await sayUnder(site, story, other, 'What somebody else has said.');
    answered = root.code;
    await setThreadNote();
    for (const words of payloads.filter((each) => !each.includes('\0'))) {
      for (const text of [words, `[x](${words}) \`${words}\``])
        await sayUnder(site, story, writer, text, root)
          .then(({ code }) =>
            site.write((tx) => recommendComment(tx, { code, reader: other.reader, isOn: true })),
          )
          // Some are refused: that is as well.
          .catch(() => undefined);
    }
    const hostile = '"><img src=x onerror=alert(1)><svg onload=alert(1)>';
    await site.write(({ db }) =>
      db
        .updateTable('reader')
        .set({ name: hostile, bio: hostile })
        .where('id', '=', writer.reader.id)
        .execute(),
    );
  });
  after(async () => {
    await browser.close();
    await site.close();
  });

  const setThreadNote = () =>
    site.write((tx) =>
      setThread(tx, story.id, { note: '<img src=x onerror=alert(1)>"><svg onload=alert(1)>' }),
    );

  it('run nothing on any page, nor when they come live, and no policy is broken', async () => {
    const context = await browser.newContext();
    const ran: string[] = [];
    await context.addInitScript(() => {
      for (const name of ['alert', 'confirm', 'prompt'] as const)
        Object.defineProperty(window, name, { value: () => console.info(`it ran: ${location.href}`) });
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        console.info(`it broke: ${violatedDirective} ${blockedURI} ${location.href}`),
      );
    });
    context.on('console', (message) => {
      if (/^it (?:ran|broke): /.test(message.text())) ran.push(message.text());
    });
    await context.route(
      (url) => url.origin !== site.origin && /^https?:$/.test(url.protocol),
      (route) => {
        ran.push(`asked: ${route.request().url()}`);
        return route.abort();
      },
    );
    const [name = '', value = ''] = other.cookie.split('=');
    await context.addCookies([{ name, value, url: site.origin }]);
    const page = await context.newPage();
    const paths = [
      `${story.path}/comments?sort=best`,
      `${story.path}/comments/${answered}`,
      '/',
      '/readers/writer',
      '/following',
      '/inbox',
      `/comments/new?parent=${answered}&quote=1`,
      '/search?in=comments&q=alert',
      story.path,
    ];
    for (const path of paths) {
      await page.goto(`${site.origin}${path}`, { waitUntil: 'load' });
      const bad = await page.evaluate(() =>
        [...document.querySelectorAll('*')].flatMap((element) =>
          [...element.attributes].flatMap(({ name, value }) => {
            const isAddress = /^(?:href|src|action|formaction)$/.test(name);
            const isBad =
              isAddress && !/^(?:https?|mailto|tel):$/.test(new URL(value, location.href).protocol);
            return isBad || /^on|^srcdoc$/.test(name) ? [`${element.tagName} ${name} ${value}`] : [];
          }),
        ),
      );
      assert.deepEqual(bad, [], path);
    }
    // What comes while the page is open is put in by script, past Trusted Types.
    const said: string[] = [];
    for (const words of payloads.filter((_, number) => number % 9 === 0))
      await sayUnder(site, story, writer, `A new one: ${words} \`${words}\``)
        .then(({ code }) => said.push(code))
        .catch(() => undefined);
    assert.ok(said.length > 3);
    await page.waitForFunction((code) => {
      document.querySelector<HTMLElement>('[data-new]:not([hidden]) button')?.click();
      return document.getElementById(`comment-${code}`) !== null;
    }, said.at(-1)!);
    await page
      .locator('textarea[name=text]')
      .first()
      .fill('<img src=x onerror=alert(1)> **words** `<svg onload=alert(1)>`');
    await page.evaluate(async () => {
      for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    });
    assert.deepEqual(ran, []);
    const isKept = await page.evaluate(() => {
      try {
        document.createElement('div').innerHTML = '<b>x</b>';
        return false;
      } catch {
        return true;
      }
    });
    assert.ok(isKept, 'Trusted Types hold for whoever has no policy');
    await context.close();
  });
});
