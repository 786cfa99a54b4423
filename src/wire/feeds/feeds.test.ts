import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import FeedParser from 'feedparser';
import { forEachDatabase, testNow } from '../../platform/database/testing.ts';
import type { TestServer } from '../../platform/http/testing.ts';
import { photograph } from '../../platform/media/testing.ts';
import { assertXml, nasty } from '../../site/testing.ts';
import {
  correctStory,
  fromLocal,
  importStory,
  killStory,
  saveAuthor,
  saveSection,
  saveSeries,
  saveTopic,
  unpublishStory,
  updateStory,
} from '../../stories/index.ts';
import type { Feed } from './feed.ts';
import type { FeedItem } from './feed-item.ts';
import { rfc3339, rfc5322 } from './full-times.ts';
import { readers } from '../import/import-kinds.ts';
import { jsonFeedOf } from './json-feed.ts';
import { rssOf } from './rss.ts';
import { linesOf, mediaOf, readAll, wireMigrations } from '../testing.ts';
import { allBlocks, silence } from '../testing/all-blocks.ts';
import { assertJsonFeed } from '../testing/formats.ts';
import { contentOf, publish, servePaper } from '../testing/served-paper.ts';

const zone = 'Europe/London';
const actor = 'test';
const london = { zone: 'Europe/London' };

async function parse(document: string): Promise<{ meta: FeedParser.Meta; items: FeedParser.Item[] }> {
  const parser = new FeedParser({ addmeta: false, resume_saxerror: false });
  parser.end(document);
  const items: FeedParser.Item[] = [];
  for await (const item of parser) items.push(item);
  return { meta: parser.meta, items };
}

forEachDatabase('feeds', wireMigrations, (get) => {
  let paper: TestServer;
  let full: string;
  const ask = async (path: string) => {
    const got = await paper.ask(path);
    return { ...got, text: got.body.toString() };
  };
  /** What is there when nothing stale is sent. */
  const fresh = (path: string) => {
    paper.store.clear();
    return ask(path);
  };
  const write: ReturnType<typeof get>['database']['write'] = (command) => get().database.write(command);

  before(async () => {
    paper = await servePaper(get());
    const media = mediaOf(get());
    const picture = await media.prepare(await photograph(1200, 800), 'boats.jpg');
    const sound = await media.prepare(silence(), 'bells.wav');
    await write(async (tx) => {
      await saveSection(tx, { slug: 'news', name: 'News & views', description: 'What happened' });
      await saveSection(tx, { slug: 'sport', name: 'Sport' });
      await saveTopic(tx, { slug: 'harbour', name: 'The harbour' });
      await saveAuthor(tx, { slug: 'bo-ek', name: 'Bo Ek' });
      await saveSeries(tx, { slug: 'tides', title: 'Tides' });
      await media.record(tx, picture);
      await media.record(tx, sound);
      await importStory(tx, {
        source: 'archive',
        sourceId: '1',
        hash: '1',
        state: 'published',
        published: fromLocal({ year: 2009, month: 7, day: 28 }, zone),
        content: contentOf('From long ago', {
          credit: 'Reuters',
          dateline: { place: 'LONDON', agency: 'Reuters' },
          canonical: 'https://old.example/story?id=1&x=2',
        }),
      });
    });
    get().clock.advance(60_000);
    const story = await publish(get(), 'Boats & ships: 3 < 4', {
      standfirst: 'After "weeks" at sea',
      section: 'sport',
      topics: ['harbour'],
      byline: [{ author: 'bo-ek', name: 'Bo Ek' }, { name: 'Cy Moor' }],
      series: { slug: 'tides', part: 1 },
      lead: {
        media: picture.item.id,
        alt: 'Boats in a row',
        caption: [{ text: 'Nine boats' }],
        credit: 'A. Bell',
      },
      language: 'en-GB',
      body: allBlocks({ picture: picture.item.id, sound: sound.item.id }),
    });
    full = story.id;
  });
  after(() => paper.server.close());

  it('tells each story whole to a reader of RSS', async () => {
    const got = await ask('/feed.xml');
    assert.equal(got.status, 200);
    assert.equal(got.headers['content-type'], 'application/rss+xml; charset=utf-8');
    assert.equal(got.headers['access-control-allow-origin'], '*');
    assertXml(got.text);
    const { meta, items } = await parse(got.text);
    assert.equal(meta.title, 'The Harbour Ledger');
    assert.equal(meta.link, 'http://paper.example/');
    assert.equal(meta.xmlurl, 'http://paper.example/feed.xml');
    assert.equal(meta.description, 'News of the coast');
    assert.equal(meta.language, 'en');
    assert.equal(meta['rss:ttl']['#'], '15');
    assert.equal(meta.date?.getTime(), testNow + 60_000);
    assert.equal(meta['rss:managingeditor'].email, 'desk@paper.example');
    const [first, second] = items;
    assert.equal(items.length, 2);
    assert.equal(first!.title, 'Boats & ships: 3 < 4');
    assert.match(first!.link, /^http:\/\/paper\.example\/2026\/11\/24\/boats-ships-3-4$/);
    assert.match(first!.guid, /^http:\/\/paper\.example\/s\/[a-z0-9]{8}$/);
    assert.equal(first!.permalink, first!.guid);
    assert.equal(first!.pubdate?.getTime(), testNow + 60_000);
    assert.equal(first!.author, 'Bo Ek');
    assert.deepEqual(first!.categories, ['Sport', 'The harbour']);
    assert.equal(first!.summary, 'After "weeks" at sea');
    assert.match(first!['media:content']['@'].url, /^http:\/\/paper\.example\/media\/\w+\/1200\.jpg$/);
    assert.equal(first!['media:content']['@'].width, '1200');
    assert.equal(first!['media:content']['media:credit']['#'], 'A. Bell');
    assert.deepEqual(
      first!.enclosures.map(({ url, type }) => [url.split('/').at(-1), type]),
      [
        ['1200.jpg', 'image/jpeg'],
        ['file.wav', 'audio/wav'],
      ],
    );
    assert.equal(second!.title, 'From long ago');
    // Only the day is known: its first instant in London, where it was summer.
    assert.match(got.text, /<pubDate>Tue, 28 Jul 2009 00:00:00 \+0100<\/pubDate>/);
    assert.equal(second!.author, 'Reuters');
    const html = second!.description!;
    assert.match(html, /<p>LONDON \(Reuters\) – The words of From long ago\.<\/p>/);
    assert.match(html, /Source: Reuters/);
    assert.match(
      html,
      /First published at <a href="https:\/\/old\.example\/story\?id=1&amp;x=2">old\.example</,
    );
  });

  it('says in JSON what it says in RSS', async () => {
    const got = await ask('/feed.json');
    assert.equal(got.headers['content-type'], 'application/feed+json; charset=utf-8');
    const feed = JSON.parse(got.text);
    assertJsonFeed(feed);
    const { items } = await parse((await ask('/feed.xml')).text);
    assert.deepEqual(
      feed.items.map(({ id, url, title, content_html }: Record<string, string>) => [
        id,
        url,
        title,
        content_html,
      ]),
      items.map(({ guid, link, title, description }) => [guid, link, title, description]),
    );
    const [first, second] = feed.items;
    assert.equal(first.date_published, '2026-11-24T12:01:00+00:00');
    assert.equal(second.date_published, '2009-07-28T00:00:00+01:00');
    assert.deepEqual(first.authors, [
      { name: 'Bo Ek', url: 'http://paper.example/authors/bo-ek' },
      { name: 'Cy Moor' },
    ]);
    assert.equal(first.language, 'en-GB');
    assert.equal(first.attachments[0].mime_type, 'audio/wav');
    assert.equal(first.attachments[0].duration_in_seconds, 1);
    assert.equal(feed.authors, undefined, 'an agency is not the paper');
  });

  it('keeps every kind of block, and asks nobody else', async () => {
    const feed = JSON.parse((await ask('/feed.json')).text);
    const html: string = feed.items[0].content_html;
    assertXml(`<div>${html}</div>`);
    for (const words of ['In short', 'if (a &lt; b &amp;&amp; c) {}', 'Tides', 'The bells', 'Nine boats'])
      assert.ok(html.includes(words), words);
    assert.ok(html.startsWith('<figure><img src="http://paper.example/media/'), html.slice(0, 80));
    assert.match(html, /<a href="https:\/\/video\.example\/1">Open at Video &amp; Co<\/a>/);
    assert.doesNotMatch(html, /<iframe|<script|src="(?!http:\/\/paper\.example\/media\/)/);
    // An address on this site is made whole; one that leads to no public story tells of nothing.
    assert.doesNotMatch(html, /href="\//);
    assert.ok(!html.includes('/2009/07/28/old'));
  });

  it('is read back by our own import', async () => {
    const { text } = await ask('/feed.xml');
    const [item] = await readAll(readers.rss, text);
    assert.equal(item!.sourceId, (await parse(text)).items[0]!.guid);
    const story = await item!.story();
    assert.equal(story.headline, 'Boats & ships: 3 < 4');
    assert.equal(story.lead?.alt, 'Boats in a row');
    assert.equal(story.lead?.credit, 'A. Bell');
    assert.deepEqual(
      story.byline.map(({ name }) => name),
      ['Bo Ek', 'Cy Moor'],
    );
    assert.ok(linesOf(story).some((line) => line.startsWith('Fish & <chips> strong')));
  });

  it('has a feed for each section, topic, author and series, and none for others', async () => {
    const titles = async (path: string) =>
      (await parse((await ask(path)).text)).items.map(({ title }) => title);
    const boats = ['Boats & ships: 3 < 4'];
    assert.deepEqual(await titles('/news/feed.xml'), ['From long ago']);
    for (const path of ['/sport', '/topics/harbour', '/authors/bo-ek', '/series/tides']) {
      assert.deepEqual(await titles(`${path}/feed.xml`), boats, path);
      const feed = JSON.parse((await ask(`${path}/feed.json`)).text);
      assertJsonFeed(feed);
      assert.equal(feed.feed_url, `http://paper.example${path}/feed.json`);
      assert.equal(feed.home_page_url, `http://paper.example${path}`);
      assert.notEqual(feed.description, '');
    }
    const { meta } = await parse((await ask('/news/feed.xml')).text);
    assert.equal(meta.title, 'News & views | The Harbour Ledger');
    assert.equal(meta.description, 'What happened');
    for (const path of ['/nothing', '/topics/nothing', '/authors/nothing', '/series/nothing']) {
      const got = await ask(`${path}/feed.xml`);
      assert.equal(got.status, 404, path);
      assert.equal(JSON.parse(got.text).code, 'page.not-found');
      assert.equal((await ask(`${path}/feed.json`)).status, 404, path);
    }
  });

  it('answers not modified, until something in it changes', async () => {
    const { headers } = await ask('/sport/feed.xml');
    const again = () => paper.ask('/sport/feed.xml', { headers: { 'if-none-match': headers.etag! } });
    assert.equal((await again()).status, 304);
    await write((tx) => correctStory(tx, { id: full, text: 'There were ten boats.', actor, ...london }));
    const { status, body } = await again();
    assert.equal(status, 200);
    assert.match(body.toString(), /Correction, 24 November 2026\..*There were ten boats\./);
  });

  it('keeps the name of a story when its address moves', async () => {
    const before = (await parse((await fresh('/feed.xml')).text)).items[0]!;
    await write((tx) => updateStory(tx, { id: full, actor, content: { slug: 'boats-home' } }));
    const after = (await parse((await fresh('/feed.xml')).text)).items[0]!;
    assert.equal(after.guid, before.guid);
    assert.match(after.link, /\/boats-home$/);
  });

  it('shows nothing of what was taken back, nor a link to it', async () => {
    const paths = ['', '/news', '/topics/secret-affair', '/authors/no-body', '/series/secrets'].flatMap(
      (path) => [`${path}/feed.xml`, `${path}/feed.json`],
    );
    for (const how of ['kill', 'unpublish'] as const) {
      const secret = await publish(get(), `Quixotic ${how}`, {
        standfirst: 'Quixotic standfirst',
        topics: ['secret-affair'],
        byline: [{ author: 'no-body', name: 'Nobody' }],
        series: { slug: 'secrets' },
      });
      const link = { type: 'related' as const, title: `Quixotic ${how}`, href: secret.path! };
      await publish(get(), `Beside ${how}`, { section: 'sport', body: [link, ...contentOf('it').body!] });
      const shown = [...paths, '/sport/feed.xml', '/sport/feed.json'];
      for (const path of shown) assert.match((await fresh(path)).text, /Quixotic/, path);
      await write((tx) =>
        how === 'kill'
          ? killStory(tx, { id: secret.id, reason: 'Court order', actor })
          : unpublishStory(tx, { id: secret.id, actor }),
      );
      for (const path of shown) {
        const got = await ask(path);
        // The names under which it alone stood went with it.
        assert.equal(got.status, /secret|no-body/.test(path) ? 404 : 200, path);
        assert.doesNotMatch(got.text, /Quixotic/, path);
        assert.ok(!got.text.includes(secret.code) && !got.text.includes(secret.path!), path);
      }
    }
  });

  it('tells right-to-left stories so, and addresses of any script', async () => {
    await publish(get(), 'ميناء هادئ', { language: 'ar', direction: 'rtl', section: 'sport' });
    const feed = JSON.parse((await fresh('/sport/feed.json')).text);
    assertJsonFeed(feed);
    assert.match(feed.items[0].content_html, /^<div dir="rtl"><p>/);
    assert.match(feed.items[0].url, /^[\x21-\x7e]+$/);
  });

  it('ends with the fiftieth story', async () => {
    for (let number = 1; number <= 51; number += 1) {
      get().clock.advance(1000);
      await publish(get(), `Result ${number}`, { section: 'sport' });
    }
    const { items } = await parse((await fresh('/sport/feed.xml')).text);
    assert.equal(items.length, 50);
    assert.equal(items[0]!.title, 'Result 51');
    assert.equal(JSON.parse((await fresh('/feed.json')).text).items.length, 50);
  });
});

describe('the formats of feeds', () => {
  it('stay well-formed whatever the words are', () => {
    fc.assert(
      fc.property(nasty, nasty, (one, other) => {
        const feed = feedOf(one, other);
        assertXml(rssOf(feed));
        assertJsonFeed(JSON.parse(JSON.stringify(jsonFeedOf(feed))));
      }),
      { numRuns: 500 },
    );
  });

  it('are empty when the paper is', async () => {
    const feed: Feed = { ...feedOf('a', 'b'), items: [], changedAt: undefined };
    assertXml(rssOf(feed));
    assertJsonFeed(jsonFeedOf(feed));
    assert.deepEqual((await parse(rssOf(feed))).items, []);
  });

  it('write a time in full, in the zone of the publication', () => {
    const day = fromLocal({ year: 2009, month: 7, day: 28 }, 'Europe/London');
    assert.equal(rfc5322(day), 'Tue, 28 Jul 2009 00:00:00 +0100');
    assert.equal(rfc3339(day), '2009-07-28T00:00:00+01:00');
    const west = fromLocal(
      { year: 2026, month: 1, day: 2, hour: 3, minute: 4, second: 5 },
      'America/St_Johns',
    );
    assert.equal(rfc5322(west), 'Fri, 02 Jan 2026 03:04:05 -0330');
    assert.equal(rfc3339(fromLocal({ year: 1969 }, 'Asia/Kolkata')), '1969-01-01T00:00:00+05:30');
    // Before standard time London was 75 seconds behind Greenwich, which no format can write.
    const old = fromLocal({ year: 1840, month: 5, day: 6 }, 'Europe/London');
    assert.equal(rfc5322(old), 'Wed, 06 May 1840 00:01:15 +0000');
    assert.equal(rfc3339(old), '1840-05-06T00:01:15+00:00');
  });
});

function feedOf(one: string, other: string): Feed {
  const time = fromLocal({ year: 2026, month: 3, day: 1 }, zone);
  const item: FeedItem = {
    id: 'http://paper.example/s/abc',
    url: 'http://paper.example/2026/03/01/a',
    title: one,
    summary: other,
    html: `<p>${other}</p>`,
    published: time,
    updated: time,
    authors: [{ name: one }],
    categories: [other],
    language: 'en',
    picture: {
      url: 'http://paper.example/media/a/1.jpg',
      alt: one,
      caption: other,
      credit: one,
      width: 1,
      height: 1,
      bytes: 1,
    },
    sounds: [
      { url: 'http://paper.example/media/b/file.mp3', type: 'audio/mpeg', title: one, bytes: 1, seconds: 2 },
    ],
  };
  return {
    title: one || 'Paper',
    description: other,
    home: 'http://paper.example/',
    rss: 'http://paper.example/feed.xml',
    json: 'http://paper.example/feed.json',
    language: 'en',
    publisher: other,
    contactMail: 'a@paper.example',
    icon: 'http://paper.example/icon-512.png',
    items: [item],
    changedAt: testNow,
    tags: [],
  };
}
