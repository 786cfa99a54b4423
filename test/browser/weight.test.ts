import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { BrowserContextOptions } from 'playwright-core';
import { describeInBrowser } from '../rig/newsroom.ts';

/** One thing that a page loaded, with what went over the line for it: head and body, compressed. */
interface Loaded {
  readonly url: string;
  readonly type: string;
  readonly bytes: number;
}

const kilobyte = 1024;

describeInBrowser('the weight of a story', (get) => {
  const load = async (url: string, options: BrowserContextOptions): Promise<Loaded[]> => {
    const context = await get().browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
    const page = await context.newPage();
    const line = await context.newCDPSession(page);
    const asked = new Map<string, { url: string; type: string }>();
    const loaded: Loaded[] = [];
    line.on('Network.responseReceived', ({ requestId, response, type }) =>
      asked.set(requestId, { url: response.url, type }),
    );
    line.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const what = asked.get(requestId);
      if (what) loaded.push({ ...what, bytes: encodedDataLength });
    });
    await line.send('Network.enable');
    await page.goto(url, { waitUntil: 'load' });
    await page.evaluate(async () => {
      await document.fonts.ready;
      const [lead] = document.querySelectorAll<HTMLImageElement>('.story-lead img');
      await lead?.decode();
    });
    await context.close();
    return loaded;
  };
  const weigh = (loaded: readonly Loaded[], ...types: string[]) =>
    loaded.filter(({ type }) => types.includes(type)).reduce((sum, { bytes }) => sum + bytes, 0);
  const kinds = [
    'story',
    'long read',
    'story with every block',
    'story from right to left',
    'story of 2009',
    'story with a conversation',
    'story with 50 comments',
  ] as const;

  it('is within its budget: page and style 25 KB, scripts 15 KB, all but pictures 100 KB', async () => {
    for (const kind of kinds) {
      const loaded = await load(get().pages[kind], {});
      const list = JSON.stringify(loaded, null, 1);
      const style = weigh(loaded, 'Document', 'Stylesheet');
      const scripts = weigh(loaded, 'Script');
      const all = loaded.filter(({ type }) => type !== 'Image').reduce((sum, { bytes }) => sum + bytes, 0);
      assert.ok(style > 0 && scripts > 0, list);
      assert.ok(style <= 25 * kilobyte, `${kind}: page and style weigh ${style} bytes: ${list}`);
      assert.ok(scripts <= 15 * kilobyte, `${kind}: scripts weigh ${scripts} bytes: ${list}`);
      assert.ok(all <= 100 * kilobyte, `${kind}: all but pictures weighs ${all} bytes: ${list}`);
    }
  });

  it('has a lead picture of at most 60 KB on a phone, however fine its screen', async () => {
    const { pages } = get();
    for (const kind of ['story', 'long read', 'story from right to left', 'story of 2009'] as const) {
      for (const deviceScaleFactor of [1, 2, 3]) {
        const pictures = (await load(pages[kind], { deviceScaleFactor })).filter(
          ({ type }) => type === 'Image',
        );
        const lead = pictures.find(({ url }) => url.includes('/media/'));
        assert.ok(lead, `${kind} has no lead picture`);
        assert.ok(lead.bytes <= 60 * kilobyte, `${kind}: ${lead.url} weighs ${lead.bytes} bytes`);
      }
    }
  });

  it('is less for readers who save data: no font, and small pictures', async () => {
    const { pages } = get();
    const options = { deviceScaleFactor: 3, extraHTTPHeaders: { 'Save-Data': 'on' } };
    const saved = await load(pages.story, options);
    assert.equal(weigh(saved, 'Font'), 0);
    const whole = await load(pages.story, { deviceScaleFactor: 3 });
    assert.ok(weigh(whole, 'Font') > 0);
    assert.ok(weigh(saved, 'Image') < weigh(whole, 'Image') / 2);
  });
});
