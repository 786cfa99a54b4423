import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { saveSection, saveSeries, updateStory } from '../../src/stories/index.ts';
import {
  elements,
  one,
  parse,
  structuredData,
  valuesOf,
  withClass,
  wordsOf,
  type Element,
} from '../rig/dom.ts';
import { addMedia, bodyFields, publishFull, storyFields, word, type TestMedia } from '../rig/full-story.ts';
import { contentOf, forEachSite, fresh, paragraph, type PublishedStory } from '../rig/site.ts';

const hour = 3_600_000;

forEachSite('a story', {}, (get) => {
  let media: TestMedia;
  let story: PublishedStory;
  let other: PublishedStory;

  const page = async (path: string, headers = {}) => {
    const got = await get().get(fresh(path), headers);
    assert.equal(got.status, 200, path);
    return parse(got.text);
  };

  before(async () => {
    await get().write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
    media = await addMedia(get(), 800);
    ({ story, other } = await publishFull(get(), media));
  });

  it('stands on its page whole, word for word', async () => {
    const doc = await page(story.path);
    const said = wordsOf(doc);
    const described = [...valuesOf(doc, 'alt'), ...valuesOf(doc, 'aria-label', 'video')].join(' ');
    for (const field of [...storyFields, ...bodyFields]) {
      if (/alt$|^video$/.test(field)) assert.ok(described.includes(word(field)), field);
      else assert.ok(said.toLowerCase().includes(word(field)), field);
    }
  });

  it('is whole in the text-only edition too, which loads nothing', async () => {
    const doc = await page(`/text${story.path}`);
    const said = wordsOf(one(doc, 'main')).toLowerCase();
    for (const field of [...storyFields, ...bodyFields]) {
      assert.ok(said.includes(word(field)), field);
    }
    const loading = ['script', 'style', 'img', 'audio', 'video', 'iframe', 'object', 'picture'];
    assert.deepEqual(elements(doc, ...loading), []);
    assert.deepEqual(
      elements(doc, 'link').map(({ attribs }) => attribs.rel),
      ['canonical', 'icon'],
    );
    const links = valuesOf(one(doc, 'article'), 'href', 'a');
    assert.ok(links.includes(`/text${other.path}`));
    assert.ok(links.includes(`/media/${media.audio}/file.wav`));
    assert.ok(links.includes(`/media/${media.video}/file.mp4`));
    assert.ok(valuesOf(doc, 'href', 'a').includes(story.path), 'leads to the full edition');
  });

  it('shows each kind of block as what it is', async () => {
    const body = one(await page(story.path), 'div', 'body');
    const first = elements(body, 'p')[0]!;
    assert.equal(
      wordsOf(first),
      `${word('place')} (${word('agency')}) – First ${word('paragraph')}, ${word('strong')}, ${word('linked')} and ${word('foreign')}`,
    );
    assert.equal(wordsOf(elements(first, 'strong')[0]!), word('strong'));
    assert.equal(elements(first, 'br').length, 1);
    assert.deepEqual(valuesOf(first, 'lang', 'span'), ['pt']);
    assert.deepEqual(valuesOf(first, 'href', 'a'), [other.path]);
    const inside = (outer: string, inner: string) =>
      elements(body, outer).flatMap((each) => elements(each, inner).map(wordsOf));
    assert.ok(
      elements(body, 'h2')
        .map(wordsOf)
        .includes(`Words of ${word('subheading')} here.`),
    );
    assert.deepEqual(elements(body, 'h3').map(wordsOf), [`Words of ${word('lower')} here.`]);
    assert.ok(inside('ul', 'li').includes(`Words of ${word('item')} here.`));
    assert.deepEqual(inside('ol', 'li'), [`Words of ${word('numbered')} here.`]);
    assert.deepEqual(inside('blockquote', 'cite'), [word('cite'), word('pullcite')]);
    assert.deepEqual(valuesOf(body, 'cite', 'blockquote'), ['https://source.example/']);
    const [sound] = elements(body, 'audio');
    assert.equal(sound!.attribs.src, `/media/${media.audio}/file.wav`);
    assert.equal(sound!.attribs.preload, 'none');
    const film = one(body, 'video');
    assert.equal(film.attribs.src, `/media/${media.video}/file.mp4`);
    assert.match(film.attribs.poster!, new RegExp(`^/media/${media.picture}/\\d+\\.jpg$`));
    assert.deepEqual(valuesOf(film, 'src', 'track'), [`/media/${media.captions}/file.vtt`]);
    const table = one(body, 'table');
    assert.deepEqual(
      elements(table, 'th').map(({ attribs }) => attribs.scope),
      ['col', 'col', 'row'],
    );
    const embed = one(body, 'embed-frame');
    assert.equal(
      embed.attribs['data-frame'],
      'https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1',
    );
    assert.deepEqual(valuesOf(embed, 'href', 'a'), ['https://www.youtube.com/watch?v=abcdefghijk']);
    assert.deepEqual(valuesOf(one(body, 'p', 'read-on'), 'href', 'a'), [other.path]);
    assert.equal(elements(body, 'hr').length, 1);
    assert.equal(wordsOf(one(body, 'pre')), `let ${word('code')} = 1 < 2;`);
    assert.equal(wordsOf(elements(one(body, 'section', 'keyfacts'), 'h2')[0]!), word('facts'));
    assert.equal(withClass(body, 'gallery').flatMap((each) => elements(each, 'figure')).length, 2);
  });

  it('keeps the place of every picture free, and offers it in several sizes', async () => {
    const doc = await page(story.path);
    const pictures = elements(one(doc, 'article'), 'img');
    assert.equal(pictures.length, 4);
    for (const { attribs } of pictures) {
      assert.match(attribs.width!, /^\d+$/);
      assert.match(attribs.height!, /^\d+$/);
      assert.equal(typeof attribs.alt, 'string');
      assert.ok(attribs.srcset!.split(', ').length > 1);
      assert.ok(attribs.sizes);
    }
    assert.equal(pictures[0]!.attribs.fetchpriority, 'high');
    assert.equal(pictures[0]!.attribs.class, 'fx2 fy7');
    assert.ok(pictures.slice(1).every(({ attribs }) => attribs.loading === 'lazy'));
    for (const src of new Set([...valuesOf(doc, 'src'), ...valuesOf(doc, 'poster')])) {
      assert.equal((await get().get(src)).status, 200, src);
    }
  });

  it('tells machines what it is, and that it costs nothing', async () => {
    const { origin } = get();
    const doc = await page(story.path);
    const [data] = structuredData(doc);
    assert.partialDeepStrictEqual(data, {
      '@context': 'https://schema.org',
      '@type': 'NewsArticle',
      url: `${origin}${story.path}`,
      headline: story.headline,
      description: story.standfirst,
      datePublished: '2026-11-24T12:00:00+00:00',
      author: [
        { '@type': 'Person', name: `Ann ${word('author')}`, url: `${origin}/authors/known-author` },
        { '@type': 'Person', name: `Cy ${word('second')}`, jobTitle: word('role') },
      ],
      articleSection: 'News',
      inLanguage: 'en',
      isAccessibleForFree: true,
      isBasedOn: story.canonical,
      creditText: word('supplier'),
      correction: [{ '@type': 'CorrectionComment', text: `It was ${word('correction')}.` }],
    });
    const meta = (name: string) =>
      elements(doc, 'meta').find(({ attribs }) => (attribs.property ?? attribs.name) === name)?.attribs
        .content;
    assert.equal(meta('og:title'), story.headline);
    assert.equal(meta('og:url'), `${origin}${story.path}`);
    assert.equal(meta('og:image'), `${origin}/media/${media.picture}/social-2-7.jpg`);
    assert.equal(meta('article:published_time'), '2026-11-24T12:00:00+00:00');
    assert.equal(meta('description'), story.standfirst);
    const social = await get().get(new URL(meta('og:image')!).pathname);
    assert.equal(social.status, 200);
    const canonical = elements(doc, 'link').find(({ attribs }) => attribs.rel === 'canonical');
    assert.equal(canonical!.attribs.href, story.canonical);
  });

  it('says when it was updated and corrected, and where its short link leads', async () => {
    get().clock.advance(2 * hour);
    const changed = await get().publish(contentOf('A changing story'));
    get().clock.advance(hour);
    await get().write((tx) =>
      updateStory(tx, {
        id: changed.id,
        content: { standfirst: 'Now with more.' },
        significant: true,
        zone: 'Europe/London',
        actor: 'test',
      }),
    );
    await get().correct(changed.id, 'One.');
    await get().correct(changed.id, 'Two.');
    const doc = await page(changed.path);
    const head = wordsOf(one(doc, 'header', 'story-head'));
    assert.match(head, /Tuesday,? 24 November 2026 at 14:00 GMT/);
    assert.match(head, /Updated 24 November 2026 at 15:00 GMT/);
    assert.match(head, /This story was corrected 2 times\./);
    assert.deepEqual(
      elements(doc, 'p')
        .filter(({ attribs }) => attribs.class === 'correction')
        .map(wordsOf),
      ['Correction, 24 November 2026. One.', 'Correction, 24 November 2026. Two.'],
    );
    assert.equal(structuredData(doc)[0]!.dateModified, '2026-11-24T15:00:00+00:00');
    const short = valuesOf(one(doc, 'share-story'), 'href', 'a').find((href) => href.startsWith('/s/'))!;
    const led = await get().get(short);
    assert.deepEqual([led.status, led.headers.location], [302, changed.path]);
    assert.equal((await get().get('/s/nothing')).status, 404);
  });

  it('shows the parts of its series in order, and what shares its topics', async () => {
    await get().write((tx) => saveSeries(tx, { slug: 'tides', title: 'Of tides' }));
    const parts: PublishedStory[] = [];
    for (const part of [1, 2, 3]) {
      get().clock.advance(1000);
      parts.push(
        await get().publish(
          contentOf(`Tide ${part}`, { series: { slug: 'tides', part }, topics: ['water'] }),
        ),
      );
    }
    const doc = await page(parts[1]!.path);
    const list = elements(one(doc, 'section', 'series-list'), 'li');
    assert.deepEqual(list.map(wordsOf), ['Tide 1', 'Tide 2', 'Tide 3']);
    assert.equal(list[1]!.attribs['aria-current'], 'page');
    const related = withClass(one(doc, 'aside'), 'card-link').map(wordsOf);
    assert.deepEqual(related.slice(0, 2), ['Tide 3', 'Tide 1']);
  });

  it('is read from the right where its language is, in both editions, and the words of the paper from the left', async () => {
    const arabic = await get().publish(
      contentOf('الميناء يستيقظ', {
        language: 'ar',
        direction: 'rtl',
        byline: [{ name: 'هدى' }],
        body: [paragraph('كلمات')],
      }),
    );
    const path = encodeURI(arabic.path);
    for (const doc of [await page(path), await page(`/text${path}`)]) {
      const html = one(doc, 'html');
      assert.deepEqual([html.attribs.lang, html.attribs.dir], ['en', 'ltr']);
      const article = elements(doc, 'article')[0]!;
      assert.deepEqual([article.attribs.lang, article.attribs.dir], ['ar', 'rtl']);
      const date = elements(article, 'time')[0]!;
      const own = [date.parent, date.parent?.parent].find(
        (each) => (each as Element).attribs.lang,
      ) as Element;
      assert.deepEqual([own.attribs.lang, own.attribs.dir], ['en', 'ltr']);
    }
    const card = withClass(await page('/news'), 'card').find(({ attribs }) => attribs.dir === 'rtl');
    assert.equal(card!.attribs.lang, 'ar');
  });

  it('leaves the words of a picture whose file is gone, and the dateline of a body without a paragraph', async () => {
    const bare = await get().publish(
      contentOf('Bare', {
        dateline: { place: 'PORTO' },
        lead: { media: 'a'.repeat(32), alt: 'A boat' },
        body: [{ type: 'list', items: [[{ text: 'One thing' }]] }],
      }),
    );
    const words = wordsOf(one(await page(bare.path), 'article', 'story'));
    assert.match(words, /Picture, not here any more: A boat/);
    assert.match(words, /PORTO –/);
    assert.match(wordsOf(one(await page(`/text${bare.path}`), 'article')), /A boat.*PORTO –/);
  });
});
