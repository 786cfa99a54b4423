import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { sql } from 'kysely';
import { assertXml, childrenOf, textIn, type XmlElement } from '../../src/site/testing.ts';
import { createStory, keptWords, saveSection, type StoryContentInput } from '../../src/stories/index.ts';
import { elements, parse, structuredData, wordsOf, type Document } from '../rig/dom.ts';
import { addMedia, type TestMedia } from '../rig/full-story.ts';
import { actor, contentOf, forEachSite, fresh, type PublishedStory } from '../rig/site.ts';
import { publishHostile } from './hostile-story.ts';
import { addresses, payloads } from './payloads.ts';

const addressAttributes = new Set('href src action formaction poster cite data background'.split(' '));
const unsafeScheme = /^(?:javascript|vbscript|data|blob|filesystem|view-source|file|x):/i;

/** Element names, and names of attributes with them, such as `a` and `a href`. */
function shapes(doc: Document): Set<string> {
  return new Set(
    elements(doc).flatMap(({ name, attribs }) => [
      name,
      ...Object.keys(attribs).map((each) => `${name} ${each}`),
    ]),
  );
}

const env = { NAME: '"><script>alert(1)</script>', TAGLINE: "' onload='alert(1)" };

forEachSite('hostile words', { env }, (get, dialect) => {
  let media: TestMedia;
  /** What pages of harmless words are made of, in either edition and in feeds. */
  let known: Set<string>;
  // The other database is there for what it may not store.
  const tried = payloads
    .map((words, number) => ({ words, number }))
    .filter(
      ({ words, number }) =>
        dialect === 'sqlite' || number % 4 === 0 || !words.isWellFormed() || /\p{Cc}/u.test(words),
    );

  const pathsOf = (story: PublishedStory, number: number, words: string) => {
    const asked = encodeURIComponent(words.toWellFormed().replaceAll('\0', ''));
    const slug = `n${number}`;
    const always = [
      story.path,
      `/text${story.path}`,
      '/news',
      `/topics/${slug}`,
      `/authors/${slug}`,
      `/search?q=${asked}`,
      `/2020/01/01/${asked}`,
    ];
    const now = [
      '/text/news',
      `/text/authors/${slug}`,
      `/series/${slug}`,
      `/search?q=n&section=${asked}&author=${asked}&from=${asked}&to=${asked}&after=${asked}`,
      `/text/search?q=${asked}`,
      `/news/${asked}`,
      `/text/${asked}/x`,
    ];
    // The same words come to each of these pages by the same way.
    return number % 4 === 0 ? [...always, ...now] : always;
  };

  before(async () => {
    media = await addMedia(get());
    await get().write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
    const story = await publishHostile(get(), media, 'harmless', 1000);
    for (let other = 980; other < 1000; other += 1)
      await publishHostile(get(), media, 'also harmless', other);
    known = new Set(['br']);
    for (const path of [
      ...pathsOf(story, 1000, 'harmless'),
      '/',
      '/text',
      '/topics',
      '/authors',
      '/corrections',
      '/archive',
      '/2026',
    ]) {
      const got = await get().get(path);
      for (const shape of shapes(parse(got.text))) known.add(shape);
    }
    const feed = JSON.parse((await get().get('/feed.json')).text) as { items: { content_html: string }[] };
    for (const { content_html } of feed.items)
      for (const shape of shapes(parse(content_html))) known.add(shape);
    assert.ok(!known.has('script onload') && known.has('embed-frame data-frame'));
  });

  function assertHarmless(markup: string, where: string): Document {
    const doc = parse(markup);
    assert.deepEqual(
      [...shapes(doc)].filter((shape) => !known.has(shape)),
      [],
      where,
    );
    for (const { name, attribs } of elements(doc)) {
      for (const [attribute, value] of Object.entries(attribs)) {
        if (!addressAttributes.has(attribute)) continue;
        // oxlint-disable-next-line no-control-regex
        assert.doesNotMatch(value.replaceAll(/[\u0000-\u0020]/g, ''), unsafeScheme, where);
      }
      if (name === 'script' && attribs.src !== undefined)
        assert.match(attribs.src, /^\/assets\/[\w-]+\.js$/, where);
    }
    assert.deepEqual(
      doc.children.filter(({ type }) => type !== 'tag' && type !== 'text' && type !== 'directive'),
      [],
      where,
    );
    return doc;
  }

  it('stay words in every field of a story and of what it belongs to, on every page', async () => {
    for (const { words, number } of tried) {
      const story = await publishHostile(get(), media, words, number);
      for (const path of pathsOf(story, number, words)) {
        const got = await get().get(fresh(path));
        assert.ok(got.status < 500, path);
        const doc = assertHarmless(got.text, `${path}: ${words}`);
        assert.match(
          String(got.headers['content-security-policy']),
          /script-src 'self';.*require-trusted-types-for 'script'/,
        );
        assert.match(String(got.headers['content-type']), /^text\/html; charset=utf-8$/);
        for (const script of elements(doc, 'script')) if (!script.attribs.src) JSON.parse(wordsIn(script));
        if (path !== story.path) continue;
        // Nothing of them is lost either.
        const shown = squeeze(keptWords(words));
        assert.equal(squeeze(wordsOf(elements(doc, 'h1')[0]!)), shown);
        const [data] = structuredData(doc);
        assert.equal(squeeze(String(data!.headline)), shown);
        const alt = elements(doc, 'img').find(({ attribs }) => attribs.srcset)!.attribs.alt!;
        assert.equal(squeeze(alt), shown);
      }
    }
  });

  it('stay words in lists, feeds, sitemaps and the files of the site', async () => {
    for (const path of [
      '/',
      '/text',
      '/topics',
      '/authors',
      '/series',
      '/corrections',
      '/archive',
      '/2026/11/24',
      '/text/2026/11',
    ]) {
      const got = await get().get(fresh(path));
      assert.equal(got.status, 200, path);
      assertHarmless(got.text, path);
    }
    for (const path of [
      '/sitemap.xml',
      '/sitemaps/2026-11.xml',
      '/sitemaps/pages.xml',
      '/news-sitemap.xml',
      '/opensearch.xml',
      '/favicon.svg',
    ]) {
      const got = await get().get(fresh(path));
      assert.equal(got.status, 200, path);
      const root = assertXml(got.text);
      assert.deepEqual(
        namesIn(root).filter((name) => /^(script|on\w+|iframe|img|x|xss|foreignObject|style|a)$/i.test(name)),
        [],
        path,
      );
    }
    JSON.parse((await get().get('/manifest.webmanifest')).text);
    for (const { words, number } of tried) {
      const shown = squeeze(keptWords(words));
      const rss = assertXml((await get().get(fresh(`/topics/n${number}/feed.xml`))).text);
      const [channel] = childrenOf(rss, 'channel');
      const [item] = childrenOf(channel!, 'item');
      assert.equal(squeeze(textIn(item!, 'title')!), shown);
      assertHarmless(textIn(item!, 'content:encoded')!, `rss: ${words}`);
      const feed = JSON.parse((await get().get(fresh(`/topics/n${number}/feed.json`))).text) as {
        items: { title: string; content_html: string }[];
      };
      assert.equal(squeeze(feed.items[0]!.title), shown);
      assertHarmless(feed.items[0]!.content_html, `json: ${words}`);
    }
  });

  it('are refused as addresses, wherever a story takes one', async () => {
    const created = (more: Partial<StoryContentInput>) =>
      get().write((tx) => createStory(tx, { content: contentOf('Links', more), actor }));
    for (const href of addresses) {
      for (const more of [
        { body: [{ type: 'paragraph', text: [{ text: 'x', href }] }] },
        { body: [{ type: 'related', title: 'x', href }] },
        { body: [{ type: 'quote', text: [{ text: 'x' }], source: href }] },
        { body: [{ type: 'embed', url: href, provider: 'x', title: 'x' }] },
        { canonical: href },
        { slug: href },
        { section: href },
        { topics: [href] },
        { byline: [{ name: 'x', author: href }] },
        { language: href },
      ] satisfies Partial<StoryContentInput>[]) {
        await assert.rejects(created(more), (error: { code?: string }) => {
          assert.match(String(error.code), /^(story\.invalid|section\.unknown)$/, JSON.stringify(more));
          return true;
        });
      }
    }
  });

  it('are no addresses even where somebody wrote them into the database', async () => {
    const story = await get().publish(contentOf('Written by hand'));
    for (const href of addresses.filter((each) => !each.includes('\0'))) {
      const body = [
        { type: 'paragraph', text: [{ text: 'x', href }] },
        { type: 'related', title: 'x', href },
        { type: 'quote', text: [{ text: 'x' }], source: href },
        { type: 'embed', url: href, provider: 'x', title: 'x' },
      ];
      await get().write(({ db }) =>
        sql`update story set body = ${JSON.stringify(body)} where id = ${story.id}`.execute(db),
      );
      for (const path of [story.path, `/text${story.path}`]) {
        const got = await get().get(fresh(path));
        assert.equal(got.status, 200, href);
        assertHarmless(got.text, href);
      }
      const feed = JSON.parse((await get().get(fresh('/news/feed.json'))).text) as {
        items: { url: string; content_html: string }[];
      };
      const item = feed.items.find(({ url }) => url.endsWith(story.path))!;
      assertHarmless(item.content_html, `feed: ${href}`);
    }
  });
});

function squeeze(words: string): string {
  return words.replaceAll(/\s+/g, ' ').trim();
}

function wordsIn(script: Parameters<typeof wordsOf>[0]): string {
  return script.children.map((child) => ('data' in child ? child.data : '')).join('');
}

function namesIn(element: XmlElement): string[] {
  return [element.name, ...Object.keys(element.attributes), ...element.children.flatMap(namesIn)];
}
