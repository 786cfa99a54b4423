import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { securityHeaders } from '../../src/platform/http/security-headers.ts';
import { saveAuthor, saveSection, saveTopic } from '../../src/stories/index.ts';
import { findBrowser, openBrowser } from '../rig/chromium.ts';
import { addMedia } from '../rig/full-story.ts';
import { openTestSite, type PublishedStory, type TestSite } from '../rig/site.ts';
import { publishHostile } from './hostile-story.ts';
import { payloads } from './payloads.ts';

describe('hostile words in a real browser', { skip: findBrowser() ? false : 'no browser' }, () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof openTestSite>>;
  let stories: PublishedStory[];

  before(async () => {
    site = await openTestSite('sqlite');
    [browser, stories] = await Promise.all([openBrowser(), fill(site)]);
  });
  after(async () => {
    await browser.close();
    await site.close();
  });

  /** A context in which `alert` is noted instead of shown, and nobody but us is reached. */
  async function watched(options: { bypassCSP?: boolean }, origin: string) {
    const context = await browser.newContext(options);
    const ran: string[] = [];
    const asked: string[] = [];
    await context.addInitScript(() => {
      for (const name of ['alert', 'confirm', 'prompt'] as const) {
        Object.defineProperty(window, name, {
          value: () => {
            let place: Window = window;
            // A frame within has no address of its own.
            while (place !== place.parent && !place.location.href.startsWith('http')) place = place.parent;
            console.info(`it ran: ${place.location.href}`);
          },
        });
      }
    });
    context.on('console', (message) => {
      if (message.text().startsWith('it ran: ')) ran.push(message.text());
    });
    await context.route(
      (url) => url.origin !== origin && /^(https?|file):$/.test(url.protocol),
      (route) => {
        asked.push(route.request().url());
        return route.abort();
      },
    );
    return { context, ran, asked };
  }

  it('run nothing, ask nobody and are no links, not even where the policy is put aside', async () => {
    const origin = `http://127.0.0.1:${site.port}`;
    const asked = encodeURIComponent('"><svg onload=alert(1)>');
    const paths = [
      '/',
      '/news',
      '/topics',
      '/authors',
      '/corrections',
      ...stories.flatMap(({ path }) => [path, `/text${path}`]),
      `/search?q=${asked}&from=${asked}&author=${asked}`,
      '/search?q=alert',
      `/2020/01/01/${asked}`,
      `/text/search?q=${asked}`,
    ];
    for (const bypassCSP of [true, false]) {
      const { context, ran, asked: others } = await watched({ bypassCSP }, origin);
      const page = await context.newPage();
      for (const path of bypassCSP ? paths : ['/', stories.at(-1)!.path, paths.at(-2)!]) {
        await page.goto(`${origin}${path}`, { waitUntil: 'load' });
        const found = await page.evaluate(() => {
          const bad: string[] = [];
          for (const element of document.querySelectorAll('*')) {
            for (const { name, value } of element.attributes) {
              if (name.startsWith('on') || name === 'style' || name === 'srcdoc')
                bad.push(`${element.tagName} ${name}`);
              if (/^(href|src|action|formaction|data|xlink:href)$/.test(name)) {
                const { protocol } = new URL(value, location.href);
                if (!/^(https?|mailto|tel):$/.test(protocol)) bad.push(`${element.tagName} ${name} ${value}`);
              }
            }
            if (
              /^(iframe|object|embed|base|template|marquee|math|foreignobject|animate)$/i.test(
                element.tagName,
              )
            )
              bad.push(element.tagName);
            for (const kind of ['mouseover', 'focus', 'click', 'animationstart', 'toggle', 'error', 'load'])
              if (element.tagName !== 'A' && element.tagName !== 'BUTTON')
                element.dispatchEvent(new Event(kind));
          }
          return bad;
        });
        assert.deepEqual(found, [], path);
      }
      assert.deepEqual(ran, [], `policy put aside: ${bypassCSP}`);
      assert.deepEqual(others, []);
      await context.close();
    }
  });

  it('would run nothing even where they stood in a page as they are', async () => {
    const policy = await serveRaw(securityHeaders(false));
    const bare = await serveRaw([]);
    try {
      assert.deepEqual(await runsOf(policy), []);
      // Of such words many do run where there is no policy: the test can tell.
      assert.ok((await runsOf(bare)).length > 25);
    } finally {
      for (const { server } of [policy, bare]) {
        server.closeAllConnections();
        server.close();
      }
    }
  });

  async function runsOf({ origin }: { origin: string }): Promise<string[]> {
    const { context, ran } = await watched({}, origin);
    const page = await context.newPage();
    await page.goto(`${origin}/all`, { waitUntil: 'load' });
    // Focus and animations come with the next frames.
    await page.evaluate(async () => {
      for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    });
    await context.close();
    return [...new Set(ran)];
  }
});

/**
 * A server whose pages hold one of the words each, unescaped, between tags, in an attribute and in an address; `/all`
 * shows them all in frames.
 */
async function serveRaw(
  headers: readonly (readonly [string, string])[],
): Promise<{ server: Server; origin: string }> {
  const server = createServer((request, response) => {
    const words = payloads[Number(request.url!.slice(1))];
    response.setHeader('content-type', 'text/html; charset=utf-8');
    if (words === undefined) {
      const frames = payloads.map((_, number) => `<iframe src="/${number}"></iframe>`);
      response.end(request.url === '/all' ? frames.join('') : '');
      return;
    }
    for (const [name, value] of headers)
      response.setHeader(name, value.replace(/frame-ancestors[^;]*; /, ''));
    response.end(
      `<!doctype html><title>x</title><p title="${words}">x</p><div>${words}</div><iframe src="${words.trim()}"></iframe>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** A few stories that hold all of the words, each field another, and one of each in a story of its own. */
async function fill(site: TestSite): Promise<PublishedStory[]> {
  await site.write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
  const media = await addMedia(site);
  const stories: PublishedStory[] = [];
  for (const [number, words] of payloads.entries()) {
    if (number % 24 === 0) stories.push(await publishHostile(site, media, words, number));
  }
  await site.write(async (tx) => {
    for (const [number, name] of payloads.entries()) {
      await saveTopic(tx, { slug: `t${number}`, name });
      await saveAuthor(tx, { slug: `t${number}`, name, role: name });
    }
  });
  for (let start = 0; start < payloads.length; start += 48) {
    const part = payloads.slice(start, start + 48);
    const slugs = part.map((_, index) => `t${start + index}`);
    const text = (words: string) => [{ text: words }];
    const picture = (words: string) => ({
      media: media.picture,
      alt: words,
      caption: text(words),
      credit: words,
    });
    const story = await site.publish({
      headline: part[0]!,
      section: 'news',
      topics: slugs,
      byline: part.map((name, index) => ({ name, author: slugs[index]! })),
      body: part.flatMap((words) => [
        { type: 'paragraph' as const, text: text(words) },
        { type: 'picture' as const, ...picture(words) },
        { type: 'embed' as const, url: 'https://vimeo.com/12345678', provider: words, title: words },
        { type: 'related' as const, title: words, href: '/news' },
        { type: 'code' as const, code: words },
        { type: 'table' as const, caption: words, rows: [[text(words)]] },
      ]),
    });
    for (const words of part) await site.correct(story.id, words);
    stories.push(story);
  }
  return stories;
}
