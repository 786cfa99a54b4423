import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { fromLocal, saveSection } from '../../src/stories/index.ts';
import { elements, one, parse, valuesOf, withClass, wordsOf, type Document } from '../rig/dom.ts';
import { contentOf, forEachSite, paragraph, zone } from '../rig/site.ts';

forEachSite('search', {}, (get) => {
  const page = async (query: Record<string, string>, edition = '') => {
    const got = await get().get(`${edition}/search?${new URLSearchParams(query)}`);
    assert.equal(got.status, 200);
    return parse(got.text);
  };
  const found = (doc: Document) => withClass(doc, 'card-link').map(wordsOf);

  before(async () => {
    await get().write(async (tx) => {
      await saveSection(tx, { slug: 'news', name: 'News' });
      await saveSection(tx, { slug: 'sport', name: 'Sport' });
    });
    const day = (day: number) => fromLocal({ year: 2009, month: 7, day }, zone);
    await get().publish(
      contentOf('Ferries stop at the old quay', {
        byline: [{ author: 'ann-bell', name: 'Ann Bell' }],
        body: [paragraph('The Genève line is closed. Nobody knows when the ferry will sail again.')],
      }),
      day(27),
    );
    await get().publish(
      contentOf('A rower wins on the lake', {
        section: 'sport',
        byline: [{ author: 'cy-moor', name: 'Cy Moor' }],
        body: [paragraph('She passed the ferry at the quay, and the lake of Genève lay still.')],
      }),
      day(28),
    );
    for (let number = 1; number <= 25; number += 1) {
      await get().publish(contentOf(`Tram report ${number}`), fromLocal({ year: 2010, month: 1 }, zone));
    }
  });

  it('marks what was looked for, in the headline and in the text', async () => {
    const doc = await page({ q: 'quay geneve' });
    assert.deepEqual(found(doc).sort(), ['A rower wins on the lake', 'Ferries stop at the old quay']);
    const marks = (root: Document) => elements(root, 'mark').map((mark) => wordsOf(mark).toLowerCase());
    assert.deepEqual(marks(doc).sort(), ['genève', 'genève', 'quay', 'quay']);
    assert.match(wordsOf(one(doc, 'main')), /2 stories/);
    const text = await page({ q: 'quay geneve' }, '/text');
    assert.deepEqual(marks(text).sort(), ['genève', 'genève', 'quay', 'quay']);
    assert.equal(
      elements(doc, 'input').find(({ attribs }) => attribs.name === 'q')!.attribs.value,
      'quay geneve',
    );
    const robots = elements(doc, 'meta').find(({ attribs }) => attribs.name === 'robots');
    assert.equal(robots!.attribs.content, 'noindex');
  });

  it('keeps to the section, the author and the days that were chosen, and shows what was', async () => {
    for (const [filter, expected] of [
      [{ section: 'sport' }, ['A rower wins on the lake']],
      [{ author: 'ann-bell' }, ['Ferries stop at the old quay']],
      [{ from: '2009-07-28' }, ['A rower wins on the lake']],
      [{ to: '2009-07-27' }, ['Ferries stop at the old quay']],
      [
        { from: '2009-07-27', to: '2009-07-28' },
        ['A rower wins on the lake', 'Ferries stop at the old quay'],
      ],
      [{ from: '2009', to: '2009-07' }, ['A rower wins on the lake', 'Ferries stop at the old quay']],
      [{ section: 'nowhere' }, []],
    ] as const) {
      const doc = await page({ q: 'ferr', ...filter });
      assert.deepEqual(found(doc).sort(), expected, JSON.stringify(filter));
      const [[name, value]] = Object.entries(filter) as [[string, string]];
      const chosen = [...elements(doc, 'option'), ...elements(doc, 'input')].filter(
        ({ attribs }) => 'selected' in attribs || attribs.name === name,
      );
      if (value !== 'nowhere')
        assert.ok(
          chosen.some(({ attribs }) => attribs.value === value),
          name,
        );
    }
    assert.deepEqual(found(await page({ section: 'sport' })), ['A rower wins on the lake']);
  });

  it('says of a date that is none that it is none, and gives the form back with what was typed', async () => {
    for (const [from, problem] of [
      ['28.7.2009', "'28.7.2009' is not a date. Write it as 2009-07-28."],
      ['2009-02-30', "'2009-02-30' is not a date."],
      ['<b>', "'<b>' is not a date."],
    ] as const) {
      const doc = await page({ q: 'quay', from });
      const said = one(doc, 'span', 'problem');
      assert.ok(wordsOf(said).startsWith(problem));
      const field = elements(doc, 'input').find(({ attribs }) => attribs.name === 'from')!;
      assert.partialDeepStrictEqual(field.attribs, {
        value: from,
        type: 'text',
        'aria-invalid': 'true',
        'aria-describedby': said.attribs.id!,
      });
      assert.equal(elements(doc, 'input').find(({ attribs }) => attribs.name === 'q')!.attribs.value, 'quay');
      // The rest is searched all the same.
      assert.equal(found(doc).length, 2);
    }
  });

  it('pages through many results, in both editions', async () => {
    for (const edition of ['', '/text']) {
      const first = await page({ q: 'tram report' }, edition);
      const next = elements(first, 'a').find(({ attribs }) => attribs.rel === 'next')!.attribs.href!;
      assert.ok(next.startsWith(`${edition}/search?`));
      const second = parse((await get().get(next)).text);
      const links = (doc: Document) =>
        valuesOf(one(doc, 'ol'), 'href', 'a').map((href) => href.replace(/^\/text/, ''));
      assert.equal(new Set([...links(first), ...links(second)]).size, 25);
      assert.equal(
        elements(second, 'a').some(({ attribs }) => attribs.rel === 'next'),
        false,
      );
    }
  });

  it('says what to do before anything is asked, and when nothing is found', async () => {
    assert.match(wordsOf(one(await page({}), 'main')), /Write a few words\./);
    for (const edition of ['', '/text']) {
      const none = await page({ q: 'hippopotamus' }, edition);
      assert.match(wordsOf(one(none, 'main')), /Nothing was found.*Try fewer words/);
    }
  });
});
