import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { isoOf } from '../../stories/index.ts';
import { readFeed } from './import-feed.ts';
import { assertAllowed, escaped, plain, soup, words } from '../testing/html.ts';
import { codesOf, linesOf, readAll, readOne } from '../testing.ts';

const read = (text: string) => readOne(readFeed, text);
const all = (text: string) => readAll(readFeed, text);
const rss = (item: string, channel = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>The Ledger</title><link>https://www.ledger.example/</link><language>pt-pt</language>${channel}${item}</channel></rss>`;
const atom = (entry: string) =>
  `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Le Livre</title><link rel="self" href="https://livre.example/feed"/><link href="https://livre.example/"/><author><name>La Rédaction</name></author>${entry}</feed>`;
const json = (item: Record<string, unknown>, feed: Record<string, unknown> = {}) =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'The Ledger',
    home_page_url: 'https://www.ledger.example/',
    ...feed,
    items: [item],
  });

describe('RSS', () => {
  it('becomes a story with all that it has', async () => {
    const [item] = await all(
      rss(`<item>
        <title>Boats &amp;amp; boats</title><link>https://www.ledger.example/2009/07/boats</link>
        <guid isPermaLink="false">ledger-17</guid>
        <pubDate>Tue, 28 Jul 2009 10:30:00 +0000</pubDate>
        <dc:creator><![CDATA[Ann Lee]]></dc:creator><author>desk@ledger.example (Bo Ek)</author>
        <category>Harbour</category><category domain="x">Sea</category>
        <description>A quiet &lt;b&gt;morning&lt;/b&gt;.</description>
        <content:encoded><![CDATA[<p>They <a href="/went">went</a>.</p><p>They came.</p>]]></content:encoded>
        <media:content url="https://cdn.ledger.example/boats.jpg" medium="image"><media:title>Two boats</media:title><media:description>The boats at nine</media:description><media:credit>Cy Dee</media:credit></media:content>
        <enclosure url="https://cdn.ledger.example/boats.mp3" type="audio/mpeg" length="1"/>
        <source url="https://agency.example/rss">Agency</source>
      </item>`),
    );
    assert.deepEqual([item!.position, item!.source, item!.sourceId], [1, 'feed:ledger.example', 'ledger-17']);
    const story = item!.story();
    assert.equal(isoOf(story.published!), '2009-07-28T11:30:00+01:00');
    assert.deepEqual(story.blocks, [
      { type: 'loose-audio', src: 'https://cdn.ledger.example/boats.mp3', title: '' },
      {
        type: 'paragraph',
        text: [{ text: 'They ' }, { text: 'went', href: 'https://www.ledger.example/went' }, { text: '.' }],
      },
      { type: 'paragraph', text: [{ text: 'They came.' }] },
    ]);
    const { headline, standfirst, lead, byline, topics, language, credit, url, state, held } = story;
    assert.deepEqual(
      { headline, standfirst, lead, byline, topics, language, credit, url, state, held },
      {
        headline: 'Boats & boats',
        standfirst: 'A quiet morning.',
        lead: {
          type: 'loose-picture',
          src: 'https://cdn.ledger.example/boats.jpg',
          alt: 'Two boats',
          caption: [{ text: 'The boats at nine' }],
          credit: 'Cy Dee',
        },
        byline: [{ name: 'Ann Lee' }, { name: 'Bo Ek' }],
        topics: ['Harbour', 'Sea'],
        language: 'pt-PT',
        credit: 'Agency',
        url: 'https://www.ledger.example/2009/07/boats',
        state: 'published',
        held: undefined,
      },
    );
    assert.deepEqual(codesOf(story), ['text.entities', 'html.markup-in-line']);
  });

  it('of any age is read: 0.91, 1.0, without namespaces declared', async () => {
    const old = await read(
      '<rss version="0.91"><channel><item><title>A</title><link>https://x.example/a</link><description>Words</description></item></channel></rss>',
    );
    assert.deepEqual(
      [old.headline, old.held, linesOf(old)],
      ['A', 'It has no date of publication.', ['Words']],
    );
    assert.deepEqual(codesOf(old), ['body.from-summary']);
    const [rdf] = await all(
      '<rdf:RDF xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://x.example/"><link>https://x.example/</link></channel><item rdf:about="https://x.example/a"><title>A</title><dc:date>2009-07-28</dc:date></item></rdf:RDF>',
    );
    assert.deepEqual([rdf!.sourceId, isoOf(rdf!.story().published!)], ['https://x.example/a', '2009-07-28']);
  });

  it('keeps plain descriptions plain, with their paragraphs and their < and &', async () => {
    const story = await read(
      rss(
        '<item><title>If x &lt; y</title><pubDate>2009-07-28</pubDate><description>One &lt; two &amp; three.\n\nFour.</description></item>',
      ),
    );
    assert.deepEqual([story.headline, ...linesOf(story)], ['If x < y', 'One < two & three.', 'Four.']);
  });

  it('lists what it leaves out', async () => {
    const story = await read(
      rss(`<item><title></title><description>Words without a name stand here for all to see.</description><pubDate>soon</pubDate>
        <georss:point>45 7</georss:point><enclosure url="https://x.example/a.pdf" type="application/pdf"/>
        <media:content url="https://x.example/a.jpg" type="image/jpeg"/><media:content url="https://x.example/b.jpg" type="image/jpeg"/></item>`),
    );
    assert.equal(story.held, 'Its date could not be read: soon');
    assert.deepEqual(codesOf(story).sort(), [
      'body.from-summary',
      'date.unreadable',
      'enclosure.left-out',
      'field.unused',
      'headline.made',
      'picture.left-out',
    ]);
  });

  it('that ends in the middle of an item is told', async () => {
    const text = rss('<item><title>A</title></item><item><title>B</title><description>Wor');
    await assert.rejects(all(text.slice(0, text.indexOf('Wor') + 3)), { code: 'import.xml' });
  });
});

describe('Atom', () => {
  it('becomes a story with all that it has', async () => {
    const [item] = await all(
      atom(`<entry><id>tag:livre.example,2009:17</id><title type="html">Les &lt;em&gt;bateaux&lt;/em&gt;</title>
        <link rel="enclosure" type="video/mp4" href="https://livre.example/v.mp4"/><link rel="alternate" href="https://livre.example/17"/>
        <published>2009-07-28T10:30:00+02:00</published><updated>2009-07-29T10:30:00+02:00</updated>
        <author><name>Ann Lée</name><email>x@livre.example</email></author><category term="port" label="Le port"/>
        <summary>Un matin.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Ils <b>partent</b>.</p></div></content></entry>`),
    );
    assert.deepEqual([item!.source, item!.sourceId], ['feed:livre.example', 'tag:livre.example,2009:17']);
    const story = item!.story();
    const { headline, standfirst, byline, topics, language, url, blocks, published, updated } = story;
    assert.deepEqual(
      [isoOf(published!), isoOf(updated!)],
      ['2009-07-28T09:30:00+01:00', '2009-07-29T09:30:00+01:00'],
    );
    assert.deepEqual(
      { headline, standfirst, byline, topics, language, url },
      {
        headline: 'Les bateaux',
        standfirst: 'Un matin.',
        byline: [{ name: 'Ann Lée' }],
        topics: ['Le port'],
        language: 'fr',
        url: 'https://livre.example/17',
      },
    );
    assert.deepEqual(
      blocks.map(({ type }) => type),
      ['loose-video', 'paragraph'],
    );
  });

  it('with an update alone has its date from there, and says so', async () => {
    const story = await read(
      atom(
        '<entry><id>x</id><title>A</title><updated>2009-07-28T10:30:00Z</updated><content type="text">a &lt;b&gt; c</content></entry>',
      ),
    );
    assert.deepEqual([isoOf(story.published!), story.updated], ['2009-07-28T11:30:00+01:00', undefined]);
    assert.deepEqual(codesOf(story), ['date.from-updated']);
    assert.deepEqual([linesOf(story), story.byline], [['a <b> c'], [{ name: 'La Rédaction' }]]);
  });
});

describe('JSON Feed', () => {
  it('becomes a story with all that it has', async () => {
    const [item] = await all(
      json({
        id: '17',
        url: 'https://www.ledger.example/boats',
        title: 'Boats & boats',
        summary: 'A morning.',
        content_html: '<p>They <a href="/went">went</a>.</p>',
        image: 'https://www.ledger.example/boats.jpg',
        date_published: '2009-07-28T10:30:00Z',
        date_modified: '2009-07-29T10:30:00Z',
        authors: [{ name: 'Ann Lee' }, { name: 'Bo Ek' }],
        tags: ['Harbour', 7],
        language: 'en-GB',
        attachments: [
          { url: 'https://www.ledger.example/a.mp3', mime_type: 'audio/mpeg', title: 'Waves' },
          { url: 'x.pdf', mime_type: 'application/pdf' },
        ],
        external_url: 'https://else.example/',
      }),
    );
    assert.deepEqual([item!.source, item!.sourceId], ['feed:ledger.example', '17']);
    const story = item!.story();
    const { headline, standfirst, byline, topics, language, lead } = story;
    assert.deepEqual(
      { headline, standfirst, byline, topics, language, lead },
      {
        headline: 'Boats & boats',
        standfirst: 'A morning.',
        byline: [{ name: 'Ann Lee' }, { name: 'Bo Ek' }],
        topics: ['Harbour'],
        language: 'en-GB',
        lead: { type: 'loose-picture', src: 'https://www.ledger.example/boats.jpg', alt: '' },
      },
    );
    assert.deepEqual(
      story.blocks.map(({ type }) => type),
      ['loose-audio', 'paragraph'],
    );
    assert.deepEqual(codesOf(story), ['field.unused', 'enclosure.left-out']);
  });

  it('has its text as it is typed, and names from the feed where the item has none', async () => {
    const story = await read(
      json(
        { id: 1, content_text: 'One < two\n\nThree', date_modified: '2009-07-28' },
        { author: { name: 'The Desk' } },
      ),
    );
    assert.deepEqual(linesOf(story), ['One < two', 'Three']);
    assert.deepEqual([story.byline, isoOf(story.published!)], [[{ name: 'The Desk' }], '2009-07-28']);
    assert.deepEqual(codesOf(story), ['date.from-updated', 'headline.made']);
  });

  it('that is none is refused', async () => {
    for (const text of ['{"version":"https://jsonfeed.org/version/1.1"', '{"items":1}', '{}'])
      await assert.rejects(all(text), { code: /^import\.(json|feed)$/ }, text);
    assert.deepEqual(await all('{"items":[null,1]}'), []);
  });
});

describe('a feed', () => {
  it('that is none of the kinds is refused', async () => {
    for (const text of ['<html><body>Not found</body></html>', '<x/>', 'words', '   '])
      await assert.rejects(all(text), { code: 'import.feed' }, text);
  });

  it('brings any words through as they are', async () => {
    const safe = words.map((text) => text.replaceAll(/\p{Cc}/gu, ''));
    await fc.assert(
      fc.asyncProperty(safe, safe, async (one, two) => {
        const html = `<p>${escaped(`B ${two}`)}</p>`;
        const cdata = html.replaceAll(']]>', ']]]]><![CDATA[>');
        for (const [title, body] of [
          [escaped(`A ${one}`), escaped(html)],
          [`<![CDATA[${`A ${one}`.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`, `<![CDATA[${cdata}]]>`],
        ] as const) {
          const story = await read(
            rss(`<item><title>${title}</title><content:encoded>${body}</content:encoded></item>`),
          );
          assert.equal(plain(linesOf(story).join(' ')), plain(`B ${two}`));
          // Entities in a title are taken back: RSS does not say whether it is HTML.
          if (!/&amp;|<b>/.test(one)) assert.equal(plain(story.headline), plain(`A ${one}`));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never throws but in words, whatever the text', async () => {
    const text = fc
      .tuple(soup, soup, soup)
      .map(([a, b, c]) => `<rss><channel>${a}<item><title>${b}</title><description>${c}`);
    await fc.assert(
      fc.asyncProperty(text, async (feed) => {
        try {
          for (const item of await all(feed)) assertAllowed(item.story().blocks);
        } catch (error) {
          assert.match((error as { code?: string }).code ?? String((error as Error).stack), /^import\./);
        }
      }),
      { numRuns: 500 },
    );
  });
});
