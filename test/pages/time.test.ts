import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  embargoStory,
  fromInstant,
  fromLocal,
  publishStory,
  saveSection,
  scheduleStory,
} from '../../src/stories/index.ts';
import { until } from '../../src/platform/http/testing.ts';
import { testNow } from '../../src/platform/database/testing.ts';
import { elements, one, parse, structuredData, valuesOf, withClass, wordsOf } from '../rig/dom.ts';
import { actor, contentOf, forEachSite, fresh, zone } from '../rig/site.ts';

// Half a world away from the paper: nothing may come from the machine's own zone.
process.env.TZ = 'Pacific/Auckland';

const hour = 3_600_000;
const day = 24 * hour;
const clockTime = /\b\d{1,2}[:.]\d{2}\b|\bGMT\b|\bBST\b/;

forEachSite('time', {}, (get) => {
  const page = async (path: string) => {
    const got = await get().get(path);
    assert.equal(got.status, 200, path);
    return parse(got.text);
  };
  const at = (year: number, month: number, date: number, clock = 0, minute = 0) =>
    fromLocal({ year, month, day: date, hour: clock, minute }, zone).at;

  it('shows no more of a date than is known, and the day is that of the paper', async () => {
    await get().write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
    const story = await get().publish(
      contentOf('Of a day', { topics: ['days'] }),
      fromLocal({ year: 2009, month: 7, day: 28 }, zone),
    );
    assert.equal(story.published.at, Date.UTC(2009, 6, 27, 23));
    assert.equal(story.path, '/2009/07/28/of-a-day');
    for (const headers of [undefined, { 'accept-language': 'en-US', 'cf-timezone': 'America/New_York' }]) {
      for (const edition of ['', '/text']) {
        const doc = parse((await get().get(fresh(`${edition}${story.path}`), headers)).text);
        const words = wordsOf(one(doc, 'main'));
        assert.match(words, /Tuesday,? 28 July 2009/);
        assert.doesNotMatch(words, clockTime);
        assert.deepEqual(valuesOf(one(doc, 'main'), 'datetime', 'time'), ['2009-07-28']);
      }
    }
    const doc = await page(story.path);
    assert.partialDeepStrictEqual(structuredData(doc)[0], {
      datePublished: '2009-07-28',
      dateModified: '2009-07-28',
    });
    assert.ok(valuesOf(doc, 'content', 'meta').includes('2009-07-28'));
    for (const path of [
      '/',
      '/news',
      '/topics/days',
      '/2009/07/28',
      '/search?q=day',
      '/text',
      '/2009/07/29/of-a-day',
    ]) {
      const got = await get().get(path);
      const words = wordsOf(one(parse(got.text), 'main'));
      assert.match(words, /28 July 2009/, path);
      assert.doesNotMatch(words, clockTime, path);
    }
    // These formats know no date without a clock: they say when the day began where the paper is.
    const rss = (await get().get('/feed.xml')).text;
    assert.match(rss, /<pubDate>Tue, 28 Jul 2009 00:00:00 \+0100<\/pubDate>/);
    assert.doesNotMatch(rss, /27 Jul|2009-07-27/);
    const feed = (await get().get('/feed.json')).text;
    assert.match(feed, /"date_published":"2009-07-28T00:00:00\+01:00"/);
    assert.match((await get().get('/sitemap.xml')).text, /sitemaps\/2009-07\.xml/);
  });

  it('shows a month or a year where that is all there is', async () => {
    for (const [date, shown, iso] of [
      [{ year: 2003, month: 5 }, 'May 2003', '2003-05'],
      [{ year: 1998 }, '1998', '1998'],
    ] as const) {
      const story = await get().publish(contentOf(`Of ${shown}`), fromLocal(date, zone));
      const doc = await page(story.path);
      const [time] = elements(one(doc, 'header', 'story-head'), 'time');
      assert.deepEqual([wordsOf(time!), time!.attribs.datetime], [shown, iso]);
      assert.equal(structuredData(doc)[0]!.datePublished, iso);
    }
  });

  it('shows minutes with the zone, in summer and winter, and in lists the hour of today', async () => {
    for (const [moment, shown, iso] of [
      [at(2026, 7, 1, 9, 5), 'Wednesday 1 July 2026 at 09:05 BST', '2026-07-01T09:05:00+01:00'],
      [at(2026, 11, 24, 9, 5), 'Tuesday 24 November 2026 at 09:05 GMT', '2026-11-24T09:05:00+00:00'],
    ] as const) {
      const story = await get().publish(contentOf(`At ${iso}`), fromInstant(moment, zone));
      const [time] = elements(one(await page(story.path), 'header', 'story-head'), 'time');
      assert.deepEqual([wordsOf(time!).replace(',', ''), time!.attribs.datetime], [shown, iso]);
    }
    const cards = new Set(withClass(await page(fresh('/news')), 'card').map(wordsOf));
    assert.ok(cards.has('At 2026-11-24T09:05:00+00:00 09:05'));
    assert.ok(cards.has('At 2026-07-01T09:05:00+01:00 1 July 2026'));
  });

  it('says how old a story is, anew at each anniversary in the zone of the paper', async () => {
    const story = await get().publish(
      contentOf('Growing old'),
      fromLocal({ year: 2025, month: 6, day: 10 }, zone),
    );
    const note = async () => {
      const main = wordsOf(one(await page(story.path), 'main'));
      const text = wordsOf(one(await page(`/text${story.path}`), 'main'));
      const found = /This story is more than \d+ years? old/.exec(main)?.[0];
      assert.equal(/This story is more than \d+ years? old/.exec(text)?.[0], found);
      return found;
    };
    const anniversary = at(2026, 6, 10);
    const two = at(2027, 6, 10);
    for (const [moment, expected] of [
      [anniversary - 60_000, undefined],
      [anniversary, 'This story is more than 1 year old'],
      [two - 60_000, 'This story is more than 1 year old'],
      // The page that was made a minute ago is over.
      [two, 'This story is more than 2 years old'],
    ] as const) {
      get().clock.set(moment);
      assert.equal(await note(), expected, new Date(moment).toISOString());
    }
    get().clock.set(testNow);
  });

  it('keeps pages until midnight where the paper is, and not a minute longer', async () => {
    const story = await get().publish(contentOf('Fresh today'));
    for (const midnight of [at(2027, 1, 1), at(2027, 7, 1)]) {
      get().clock.set(midnight - 60_000);
      for (const path of [
        '/',
        story.path,
        '/news',
        '/archive',
        '/about',
        '/text',
        '/corrections',
        `/text${story.path}`,
      ]) {
        await get().get(path);
      }
      const before = wordsOf(withClass(await page('/'), 'masthead-date')[0]!);
      get().clock.set(midnight - 1);
      assert.equal(wordsOf(withClass(await page('/'), 'masthead-date')[0]!), before);
      get().clock.set(midnight);
      for (const path of ['/', story.path, '/news', '/archive', '/about', '/corrections']) {
        const date = wordsOf(withClass(await page(path), 'masthead-date')[0]!);
        assert.match(date, /1 (January|July) 2027/, path);
        assert.notEqual(date, before);
      }
    }
    get().clock.set(testNow);
  });

  it('brings a scheduled story out by itself, and not before its time', async () => {
    const { id } = await get().create(contentOf('At the appointed hour', { slug: 'appointed' }));
    const moment = testNow + 3 * hour;
    await get().write((tx) => scheduleStory(tx, { id, at: moment, actor }));
    const path = '/2026/11/24/appointed';
    get().clock.set(moment - 1);
    assert.equal((await get().get(path)).status, 404);
    assert.doesNotMatch((await get().get(fresh('/news'))).text, /appointed/);
    get().clock.set(moment);
    await until(async () => (await get().get(path)).status === 200);
    const doc = await page(path);
    assert.match(wordsOf(one(doc, 'header', 'story-head')), /24 November 2026 at 15:00 GMT/);
    assert.match((await get().get(fresh('/'))).text, /At the appointed hour/);
    assert.match((await get().get('/search?q=appointed')).text, /<mark>appointed<\/mark>/);
  });

  it('lets nothing out that is under embargo', async () => {
    const { id } = await get().create(contentOf('Under embargo', { slug: 'embargoed' }));
    const moment = get().clock.now() + day;
    await get().write((tx) => embargoStory(tx, { id, until: moment, actor }));
    const publish = () => get().write((tx) => publishStory(tx, { id, actor, zone }));
    await assert.rejects(publish, { code: 'story.embargoed', status: 409 });
    for (const path of ['/', '/news', '/search?q=embargo', '/feed.xml', '/news-sitemap.xml']) {
      assert.doesNotMatch((await get().get(fresh(path))).text, /Under embargo/, path);
    }
    get().clock.set(moment);
    // An embargo publishes nothing by itself.
    assert.doesNotMatch((await get().get(fresh('/news'))).text, /Under embargo/);
    const { path } = await publish();
    assert.equal((await get().get(path!)).status, 200);
  });
});
