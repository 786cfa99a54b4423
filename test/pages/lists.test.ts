import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import {
  fromLocal,
  saveAuthor,
  saveSection,
  saveSeries,
  saveTopic,
  setFront,
} from '../../src/stories/index.ts';
import { elements, one, parse, valuesOf, withClass, wordsOf } from '../rig/dom.ts';
import { actor, contentOf, forEachSite, fresh, type PublishedStory } from '../rig/site.ts';

const hour = 3_600_000;

const env = {
  NAME: 'The Sheet',
  PUBLISHER: 'Sheet House Ltd',
  CONTACT_MAIL: 'desk@paper.example',
  POSTAL_ADDRESS: '1 Quay Street, Porto',
};

forEachSite('lists of stories', { env }, (get) => {
  const page = async (path: string) => {
    const got = await get().get(fresh(path));
    assert.equal(got.status, 200, path);
    return parse(got.text);
  };
  const headlines = (root: Parameters<typeof withClass>[0]) => withClass(root, 'card-link').map(wordsOf);
  const published: PublishedStory[] = [];

  before(async () => {
    const empty = await get().get('/');
    assert.match(empty.text, /Nothing is published yet/);
    assert.match(empty.text, /npx freesheet story create/);
    await get().write(async (tx) => {
      await saveSection(tx, { slug: 'news', name: 'News', description: 'What happened.' });
      await saveSection(tx, { slug: 'sport', name: 'Sport' });
      await saveSection(tx, { slug: 'quiet', name: 'Quiet section' });
      await saveTopic(tx, { slug: 'harbour', name: 'The harbour', description: 'Ships and quays.' });
      await saveAuthor(tx, {
        slug: 'ann-bell',
        name: 'Ann Bell',
        role: 'Reporter',
        bio: 'Writes of ships.',
      });
      await saveSeries(tx, { slug: 'tides', title: 'Of tides', description: 'In three parts.' });
    });
    for (let number = 1; number <= 60; number += 1) {
      const isSport = number % 3 === 0;
      published.push(
        await get().publish(
          contentOf(`Headline ${number}`, {
            section: isSport ? 'sport' : 'news',
            topics: number % 2 ? ['harbour'] : [],
            byline: number % 2 ? [{ author: 'ann-bell', name: 'Ann Bell' }, { name: 'Cy Moor' }] : [],
            ...(number <= 3 && { series: { slug: 'tides', part: number } }),
          }),
        ),
      );
      get().clock.advance(hour / 60);
    }
  });

  it('puts the chosen stories first on the front, then the newest, and the rest into bands by section', async () => {
    const chosen = [published[4]!, published[9]!];
    await get().write((tx) => setFront(tx, { slots: chosen.map(({ id }) => id), actor }));
    const doc = await page('/');
    const top = headlines(one(doc, 'div', 'front'));
    assert.deepEqual(top, [
      'Headline 5',
      'Headline 10',
      ...[60, 59, 58, 57, 56, 55, 54].map((n) => `Headline ${n}`),
    ]);
    assert.equal(wordsOf(one(doc, 'div', 'front-lead')).startsWith('News Headline 5'), true);
    const bands = withClass(doc, 'band').map((band) => [wordsOf(elements(band, 'h2')[0]!), headlines(band)]);
    assert.deepEqual(bands, [
      ['News', ['Headline 53', 'Headline 52', 'Headline 50', 'Headline 49']],
      ['Sport', ['Headline 51', 'Headline 48', 'Headline 45', 'Headline 42']],
    ]);
    assert.equal(elements(doc, 'h1').length, 1);
    // The text-only edition shows the same stories in the same order.
    const text = await page('/text');
    const links = valuesOf(one(text, 'main'), 'href', 'a').filter((href) =>
      /^\/text\/\d{4}\/\d\d\/\d\d\//.test(href),
    );
    assert.deepEqual(
      links,
      [
        ...withClass(one(doc, 'div', 'front'), 'card-link'),
        ...withClass(doc, 'band').flatMap((band) => withClass(band, 'card-link')),
      ].map(({ attribs }) => `/text${attribs.href}`),
    );
    await get().write((tx) => setFront(tx, { slots: [], actor }));
    assert.equal((await headlinesOf('/'))[0], 'Headline 60');
  });

  const headlinesOf = async (path: string) => headlines(await page(path));
  it('pages through each kind of list to its end, without a gap or a double', async () => {
    const numbers = (wanted: (number: number) => boolean) =>
      Array.from({ length: 60 }, (_, index) => 60 - index)
        .filter(wanted)
        .map((number) => `Headline ${number}`);
    for (const [path, title, lede, expected] of [
      ['/news', 'News', 'What happened.', numbers((n) => n % 3 !== 0)],
      ['/sport', 'Sport', '', numbers((n) => n % 3 === 0)],
      ['/topics/harbour', 'The harbour', 'Ships and quays.', numbers((n) => n % 2 === 1)],
      ['/authors/ann-bell', 'Ann Bell', 'Writes of ships.', numbers((n) => n % 2 === 1)],
      ['/series/tides', 'Of tides', 'In three parts.', ['Headline 1', 'Headline 2', 'Headline 3']],
      ['/2026/11/24', 'Tuesday, 24 November 2026', '', numbers(() => true)],
      ['/2026/11', 'November 2026', '', numbers(() => true)],
      ['/2026', '2026', '', numbers(() => true)],
    ] as const) {
      for (const edition of ['', '/text']) {
        const found: string[] = [];
        let next: string | undefined = `${edition}${path}`;
        for (let count = 0; next !== undefined; count += 1) {
          const doc = await page(next);
          assert.equal(wordsOf(one(doc, 'h1')), title, next);
          if (lede) assert.ok(wordsOf(one(doc, 'main')).includes(lede), next);
          const main = one(doc, 'main');
          found.push(
            ...elements(main, 'a')
              .map(wordsOf)
              .filter((words) => /^Headline \d+$/.test(words)),
          );
          next = elements(main, 'a').find(({ attribs }) => attribs.rel === 'next')?.attribs.href;
          assert.ok(count < 5, path);
        }
        assert.deepEqual(found, expected, `${edition}${path}`);
      }
    }
  });

  it('says of an author who it is, and of a section without stories that there are none', async () => {
    const author = await page('/authors/ann-bell');
    assert.match(wordsOf(one(author, 'main')), /^Author Ann Bell Reporter Writes of ships\./);
    assert.match(wordsOf(one(await page('/quiet'), 'main')), /No stories here yet/);
    assert.match(wordsOf(one(await page('/text/quiet'), 'main')), /No stories here yet/);
  });

  it('names a page of its own in each list, with its feed', async () => {
    for (const [path, feed] of [
      ['/news', '/news/feed.xml'],
      ['/topics/harbour', '/topics/harbour/feed.xml'],
      ['/authors/ann-bell', '/authors/ann-bell/feed.xml'],
      ['/series/tides', '/series/tides/feed.xml'],
      ['/', '/feed.xml'],
    ] as const) {
      const doc = await page(path);
      const head = one(doc, 'head');
      const link = (rel: string) =>
        elements(head, 'link')
          .filter(({ attribs }) => attribs.rel === rel)
          .map(({ attribs }) => attribs.href);
      assert.deepEqual(link('canonical'), [`${get().origin}${path}`]);
      assert.deepEqual(link('alternate'), [feed, feed.replace('.xml', '.json')]);
    }
    const next = elements(await page('/news'), 'a').find(({ attribs }) => attribs.rel === 'next')!.attribs
      .href!;
    const second = one(await page(next), 'head');
    const canonical = elements(second, 'link').find(({ attribs }) => attribs.rel === 'canonical');
    assert.equal(canonical?.attribs.href, `${get().origin}${next}`);
  });

  it('lists topics, authors and series that have stories, by name', async () => {
    const names = async (path: string) =>
      elements(one(one(await page(path), 'main'), 'ul'), 'a').map(wordsOf);
    assert.deepEqual(await names('/topics'), ['The harbour']);
    assert.deepEqual(await names('/authors'), ['Ann Bell Reporter']);
    assert.deepEqual(await names('/series'), ['Of tides']);
    await get().write(async (tx) => {
      await saveTopic(tx, { slug: 'unused', name: 'Unused' });
      await saveTopic(tx, { slug: 'harbour', name: 'The old harbour' });
    });
    assert.deepEqual(await names('/topics'), ['The old harbour']);
    await get().write((tx) => saveTopic(tx, { slug: 'harbour', name: 'The harbour' }));
    assert.equal((await get().get('/topics/unused')).status, 404);
    assert.equal((await get().get('/text/topics/unused')).status, 404);
  });

  it('walks down the archive from the years to the day', async () => {
    await get().publish(contentOf('Long ago'), fromLocal({ year: 2009, month: 7, day: 28 }, 'Europe/London'));
    await get().publish(contentOf('Some July'), fromLocal({ year: 2009, month: 7 }, 'Europe/London'));
    await get().publish(contentOf('That year'), fromLocal({ year: 2009 }, 'Europe/London'));
    const periods = async (path: string) => {
      const root = one(await page(path), 'main');
      const list = elements(root, 'ul')[0];
      return list ? elements(list, 'a').map((link) => [link.attribs.href, wordsOf(link)]) : [];
    };
    assert.deepEqual(await periods('/archive'), [
      ['/2026', '2026 60 stories'],
      ['/2009', '2009 3 stories'],
    ]);
    assert.deepEqual(await periods('/2009'), [['/2009/07', 'July 2 stories']]);
    assert.deepEqual(await periods('/2009/07'), [['/2009/07/28', '28 Tuesday 1 story']]);
    assert.deepEqual(await headlinesOf('/2009/07/28'), ['Long ago']);
    assert.deepEqual(await headlinesOf('/2009/07'), ['Long ago', 'Some July']);
    assert.deepEqual(await headlinesOf('/2009'), ['Long ago', 'Some July', 'That year']);
    const crumbs = await page('/text/2009/07/28');
    assert.deepEqual(valuesOf(elements(one(crumbs, 'main'), 'p')[0]!, 'href', 'a'), [
      '/text/archive',
      '/text/2009',
      '/text/2009/07',
    ]);
    for (const edition of ['', '/text']) {
      const empty = await get().get(`${edition}/2009/07/27`);
      assert.equal(empty.status, 404);
      assert.match(empty.text, /No stories from this time/);
      for (const none of ['/2009/02/30', '/2009/13', '/0000', '/2009/7', '/20091']) {
        assert.equal((await get().get(`${edition}${none}`)).status, 404, none);
      }
    }
  });

  it('puts a story of another zone under the day that it had there', async () => {
    for (const [index, zone] of ['Asia/Tokyo', 'Pacific/Auckland', 'America/Los_Angeles'].entries()) {
      const story = await get().publish(
        contentOf(`From far away ${index}`),
        fromLocal({ year: 2011, month: 3, day: 10 + index, hour: index === 2 ? 23 : 1, minute: 0 }, zone),
      );
      const day = story.path.slice(0, '/2011/03/10'.length);
      assert.equal(day, `/2011/03/${10 + index}`);
      assert.deepEqual(await headlinesOf(day), [story.headline], zone);
    }
    const words = wordsOf(one(await page('/2011/03'), 'main'));
    assert.match(words, /10 Thursday 1 story/);
    assert.match(words, /12 Saturday 1 story/);
  });

  it('shows every correction on one page, the newest first', async () => {
    assert.match(wordsOf(one(await page('/corrections'), 'main')), /Nothing has been corrected so far/);
    await get().correct(published[0]!.id, 'The ship was a barge.');
    get().clock.advance(hour);
    await get().correct(published[1]!.id, 'The barge was a ferry.');
    const doc = await page('/corrections');
    const notes = elements(one(doc, 'ol', 'corrections'), 'li').map(wordsOf);
    assert.deepEqual(notes, [
      '24 November 2026 The barge was a ferry. In Headline 2, 24 November 2026',
      '24 November 2026 The ship was a barge. In Headline 1, 24 November 2026',
    ]);
  });

  it('has pages about the paper, made from the settings', async () => {
    const about = wordsOf(one(await page('/about'), 'main'));
    assert.match(about, /The Sheet is published by Sheet House Ltd\./);
    assert.match(about, /desk@paper\.example/);
    assert.match(about, /1 Quay Street, Porto/);
    assert.match(
      wordsOf(one(await page('/privacy'), 'main')),
      /No cookie is set until you begin to sign in\./,
    );
    assert.match(wordsOf(one(await page('/accessibility'), 'main')), /level AA/);
    assert.match((await get().get('/corrections')).text, /mailto:desk@paper\.example/);
  });
});
