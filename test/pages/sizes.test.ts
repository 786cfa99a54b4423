import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { saveSection } from '../../src/stories/index.ts';
import { findBrowser, openBrowser } from '../rig/chromium.ts';
import { elements, parse, valuesOf } from '../rig/dom.ts';
import { addMedia, fullContent } from '../rig/full-story.ts';
import { contentOf, openTestSite, paragraph, type PublishedStory } from '../rig/site.ts';

const kilobyte = 1024;

let seed = 11;

/** Words of no language, with about as many different ones as a newspaper uses; the same each time. */
function prose(words: number): string {
  const parts = 'ka lo mir sen tor vas pel dun gra hil jor nem rus tif wek bol cas dra'.split(' ');
  const random = (below: number) =>
    ((seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff) >>> 12) % below;
  // A few words stand everywhere, most of them seldom.
  const word = () =>
    Array.from(
      { length: 1 + random(3) },
      () => parts[Math.min(random(parts.length), random(parts.length))],
    ).join('');
  return Array.from({ length: words }, word).join(' ');
}

describe('what a story weighs', () => {
  let site: Awaited<ReturnType<typeof openTestSite>>;
  let story: PublishedStory;

  after(() => site.close());
  before(async () => {
    site = await openTestSite('sqlite');
    await site.write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
    const media = await addMedia(site, 1440);
    const lead = { media: media.picture, alt: 'A picture' };
    for (let number = 1; number <= 6; number += 1) {
      await site.publish(contentOf(prose(8), { standfirst: prose(20), lead, topics: ['a-topic'] }));
    }
    const full = fullContent(media, '/');
    const text = Array.from({ length: 25 }, () => paragraph(prose(48)));
    story = await site.publish({ ...full, topics: ['a-topic'], body: [...text, ...full.body!] });
    assert.ok(story.words > 1200);
  });

  const sizeOf = async (path: string) => (await site.get(path, { 'accept-encoding': 'br' })).body.length;
  const total = async (paths: readonly string[]) =>
    (await Promise.all([...new Set(paths)].map(sizeOf))).reduce((sum, size) => sum + size, 0);

  it('is at most 25 KB of page and style, 15 KB of scripts, and 100 KB without its pictures', async () => {
    const doc = parse((await site.get(story.path)).text);
    const links = (rel: string) =>
      elements(doc, 'link')
        .filter(({ attribs }) => attribs.rel === rel)
        .map(({ attribs }) => attribs.href!);
    const page = await sizeOf(story.path);
    const styles = await total(links('stylesheet'));
    const scripts = await total(valuesOf(doc, 'src', 'script'));
    const fonts = await total(links('preload'));
    assert.ok(page + styles <= 25 * kilobyte, `page and style: ${page} + ${styles}`);
    assert.ok(scripts <= 15 * kilobyte, `scripts: ${scripts}`);
    assert.ok(page + styles + scripts + fonts <= 100 * kilobyte, `${page + styles + scripts + fonts}`);
  });

  it('has no font and no wide picture for readers who save data', async () => {
    const saving = { 'save-data': 'on' };
    const widths: number[] = [];
    for (const path of [story.path, '/', '/news', '/topics/a-topic']) {
      const got = await site.get(path, saving);
      const doc = parse(got.text);
      assert.deepEqual(valuesOf(doc, 'as', 'link'), [], path);
      const addresses = [
        ...valuesOf(doc, 'src', 'img', 'source'),
        ...valuesOf(doc, 'poster'),
        ...valuesOf(doc, 'srcset').flatMap((value) => value.split(', ').map((each) => each.split(' ')[0]!)),
      ];
      assert.ok(addresses.length > 0, path);
      for (const address of addresses) widths.push(Number(/\/(\d+)\.\w+$/.exec(address)![1]));
      assert.match(String(got.headers.vary), /Save-Data/);
      const whole = parse((await site.get(path)).text);
      assert.deepEqual(valuesOf(whole, 'as', 'link'), ['font'], path);
    }
    assert.ok(Math.max(...widths) <= 480, String(Math.max(...widths)));
  });

  it(
    'weighs that in a real browser too',
    {
      skip: findBrowser() ? false : 'no browser',
    },
    async () => {
      const browser = await openBrowser();
      try {
        const weigh = async (headers: Record<string, string>) => {
          const context = await browser.newContext({
            viewport: { width: 360, height: 740 },
            deviceScaleFactor: 2,
            extraHTTPHeaders: headers,
          });
          const page = await context.newPage();
          const client = await context.newCDPSession(page);
          await client.send('Network.enable');
          const seen = new Map<string, { type: string; url: string; bytes: number }>();
          client.on('Network.responseReceived', ({ requestId, type, response }) =>
            seen.set(requestId, { type, url: response.url, bytes: 0 }),
          );
          client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
            const one = seen.get(requestId);
            if (one) one.bytes = encodedDataLength;
          });
          await page.goto(`http://127.0.0.1:${site.port}${story.path}`, { waitUntil: 'networkidle' });
          await context.close();
          // Browsers draw their players' buttons from addresses that hold the picture themselves.
          return [...seen.values()].filter(({ url }) => !url.startsWith('data:'));
        };
        const all = await weigh({});
        assert.deepEqual(
          all.filter(({ url }) => new URL(url).host !== `127.0.0.1:${site.port}`),
          [],
        );
        const of = (...types: string[]) =>
          all.filter(({ type }) => types.includes(type)).reduce((sum, { bytes }) => sum + bytes, 0);
        const bare = of('Document', 'Stylesheet', 'Script', 'Font', 'Manifest', 'Other');
        assert.ok(bare <= 100 * kilobyte, JSON.stringify(all, null, 1));
        assert.ok(of('Font') > 0);
        const saved = await weigh({ 'save-data': 'on' });
        assert.deepEqual(
          saved.filter(({ type }) => type === 'Font'),
          [],
        );
      } finally {
        await browser.close();
      }
    },
  );
});
