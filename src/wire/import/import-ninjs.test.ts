import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { isoOf } from '../../stories/index.ts';
import { readNinjs } from './import-ninjs.ts';
import type { ReadOptions } from './import-item.ts';
import { assertAllowed, plain, words } from '../testing/html.ts';
import { codesOf, linesOf, readAll, readOne } from '../testing.ts';

const read = (item: unknown, options?: Partial<ReadOptions>) =>
  readOne(readNinjs, JSON.stringify(item), options);
const all = (text: string) => readAll(readNinjs, text);

/** The same story as each version of the standard writes it. */
const versions: Record<string, Record<string, unknown>> = {
  '1.6': {
    $standard: { name: 'ninjs', version: '1.6' },
    uri: 'urn:agency.example:17',
    type: 'text',
    pubstatus: 'usable',
    firstcreated: '2019-05-10T16:02:28+02:00',
    versioncreated: '2019-05-10T18:30:00+02:00',
    language: 'de',
    byline: 'Von Ann Lee und Bo Ek, dpa',
    located: 'Lissabon',
    headline: 'Boote laufen aus',
    description_text: 'Ein ruhiger Morgen.',
    body_xhtml: '<p>Um neun liefen die <b>Boote</b> aus.</p><p>Am Abend waren sie zurück.</p>',
    infosource: [{ name: 'dpa' }],
    subject: [{ name: 'Hafen', rel: 'about' }],
    associations: {
      main: {
        uri: 'urn:agency.example:18',
        type: 'picture',
        headline: 'Zwei Boote',
        description_text: 'Die Boote am Morgen',
        byline: 'Cy Dee',
        renditions: {
          thumb: { href: 'thumb.jpg', mimetype: 'image/jpeg', width: 100 },
          full: { href: 'boats.jpg', mimetype: 'image/jpeg', width: 2000 },
        },
      },
    },
  },
  '2.2': {
    standard: { name: 'ninjs', version: '2.2' },
    uri: 'urn:agency.example:17',
    type: 'text',
    pubstatus: 'usable',
    firstcreated: '2019-05-10T16:02:28+02:00',
    versioncreated: '2019-05-10T18:30:00+02:00',
    language: 'de',
    by: 'Von Ann Lee und Bo Ek, dpa',
    located: 'Lissabon',
    headlines: [{ role: 'main', value: 'Boote laufen aus' }],
    descriptions: [{ role: 'summary', contenttype: 'text/plain', value: 'Ein ruhiger Morgen.' }],
    bodies: [
      {
        role: 'plain',
        contenttype: 'text/plain',
        value: 'Um neun liefen die Boote aus.\n\nAm Abend waren sie zurück.',
      },
      {
        role: 'html',
        contenttype: 'text/html',
        value: '<p>Um neun liefen die <b>Boote</b> aus.</p><p>Am Abend waren sie zurück.</p>',
      },
    ],
    infosources: [{ name: 'dpa' }],
    subjects: [{ name: 'Hafen', rel: 'about' }],
    associations: [
      {
        name: 'main',
        uri: 'urn:agency.example:18',
        type: 'picture',
        headlines: [{ value: 'Zwei Boote' }],
        descriptions: [{ role: 'caption', value: 'Die Boote am Morgen' }],
        by: 'Cy Dee',
        renditions: [
          { name: 'thumb', href: 'thumb.jpg', contenttype: 'image/jpeg', width: 100 },
          { name: 'full', href: 'boats.jpg', contenttype: 'image/jpeg', width: 2000 },
        ],
      },
    ],
  },
};
// 3.x writes 2.x in camel case.
const camel: Record<string, string> = {
  pubstatus: 'pubStatus',
  firstcreated: 'firstCreated',
  versioncreated: 'versionCreated',
  infosources: 'infoSources',
  contenttype: 'contentType',
};
versions['3.1'] = JSON.parse(
  JSON.stringify(versions['2.2']).replaceAll(/"(\w+)":/g, (_, key: string) => `"${camel[key] ?? key}":`),
) as Record<string, unknown>;

const plainStory = {
  uri: 'urn:x:1',
  versionCreated: '2019-05-10T16:02:28Z',
  headlines: [{ value: 'A' }],
  bodies: [{ value: 'Words.' }],
};

describe('ninjs', () => {
  for (const [version, item] of Object.entries(versions))
    it(`${version} becomes a story with all that it has`, async () => {
      const [found] = await all(JSON.stringify(item));
      assert.equal(found!.sourceId, 'urn:agency.example:17');
      assert.equal(found!.version, Date.UTC(2019, 4, 10, 16, 30));
      const story = found!.story();
      assert.deepEqual(linesOf(story), ['Um neun liefen die Boote aus.', 'Am Abend waren sie zurück.']);
      assert.deepEqual(story.blocks[0], {
        type: 'paragraph',
        text: [{ text: 'Um neun liefen die ' }, { text: 'Boote', marks: ['strong'] }, { text: ' aus.' }],
      });
      assert.deepEqual(story.lead, {
        type: 'loose-picture',
        src: 'boats.jpg',
        others: ['thumb.jpg'],
        alt: 'Zwei Boote',
        caption: [{ text: 'Die Boote am Morgen' }],
        credit: 'Cy Dee',
      });
      assert.deepEqual(
        [isoOf(story.published!), isoOf(story.updated!)],
        ['2019-05-10T15:02:28+01:00', '2019-05-10T17:30:00+01:00'],
      );
      const { headline, standfirst, byline, agency, credit, place, topics, language, state, held, notes } =
        story;
      assert.deepEqual(
        { headline, standfirst, byline, agency, credit, place, topics, language, state, held, notes },
        {
          headline: 'Boote laufen aus',
          standfirst: 'Ein ruhiger Morgen.',
          byline: [{ name: 'Ann Lee' }, { name: 'Bo Ek' }],
          agency: 'dpa',
          credit: 'dpa',
          place: 'Lissabon',
          topics: ['Hafen'],
          language: 'de',
          state: 'published',
          held: undefined,
          notes: [],
        },
      );
    });

  it('comes as one object, an array, lines, or in a wrapper', async () => {
    const [a, b] = ['{"uri":"urn:a","headline":"A"}', '{"uri":"urn:b","headline":"B"}'];
    for (const text of [
      `${a}${b}`,
      `[${a},${b}]`,
      `${a}\n${b}\n`,
      `{"items":[${a},${b}]}`,
      `{"results":[{"item":${a}},{"item":${b}}]}`,
    ])
      assert.deepEqual(
        (await all(text)).map(({ position, sourceId }) => [position, sourceId]),
        [
          [1, 'urn:a'],
          [2, 'urn:b'],
        ],
        text,
      );
  });

  it('that is broken is refused alone', async () => {
    const items = await all(
      '[{"uri":"urn:a","headline":"A"},{"uri":"urn:b" "headline":1},{"x":1},{"uri":"urn:c","headline":"C"}]',
    );
    const outcomes = items.map((item) => {
      try {
        return item.story().headline;
      } catch (error) {
        return (error as { code: string }).code;
      }
    });
    assert.deepEqual(outcomes, ['A', 'import.json', 'import.ninjs', 'C']);
    const strange = await all('{"items":[null,1,"x",[],{"item":null},{"uri":"urn:a","headline":"A"}]}');
    assert.deepEqual(
      strange.map(({ position }) => position),
      [1, 2, 3, 4, 5, 6],
    );
    for (const item of strange.slice(0, 5)) assert.throws(() => item.story(), { code: 'import.json' });
    const deep = await all(`{"uri":"urn:deep","x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`);
    assert.throws(() => deep[0]!.story(), { code: 'import.json' });
  });

  it('that ends in the middle is told, after what stood before it', async () => {
    const found: string[] = [];
    await assert.rejects(
      async () => {
        async function* text() {
          yield '[{"uri":"urn:a","headline":"A"},{"uri":"urn:b"';
        }
        for await (const item of readNinjs(text(), { zone: 'UTC', language: 'en', now: 0 }))
          found.push(item.sourceId);
      },
      { code: 'import.json' },
    );
    assert.deepEqual(found, ['urn:a']);
  });

  it('is held when its status is not known, its embargo cannot be read, or it is no story', async () => {
    const held = async (more: Record<string, unknown>) => {
      const { state, held: reason, embargoUntil } = await read({ ...plainStory, ...more });
      return [state, reason, ...(embargoUntil === undefined ? [] : [embargoUntil])];
    };
    const fine = ['published', undefined];
    assert.deepEqual(await held({}), fine);
    assert.deepEqual(await held({ pubStatus: 'usable', embargoedUntil: null }), fine);
    assert.deepEqual(await held({ embargoed: false }), fine);
    assert.deepEqual(await held({ embargoed: '2019-05-10T16:00:00Z' }), fine);
    assert.deepEqual(await held({ embargoedUntil: '2027-01-01T00:00:00Z' }), [
      'published',
      'It is embargoed until 2027-01-01T00:00:00Z.',
      Date.UTC(2027, 0, 1),
    ]);
    for (const embargoed of ['after the speech', true, { until: 'noon' }, ['x']]) {
      const [, reason] = await held({ embargoed });
      assert.match(String(reason), /embargo that could not be read/, JSON.stringify(embargoed));
    }
    assert.deepEqual(await held({ pubStatus: 'withheld' }), ['draft', 'The source withholds it.']);
    assert.deepEqual(await held({ pubStatus: 'canceled' }), ['unpublished', undefined]);
    assert.match(String((await held({ pubStatus: 'spiked' }))[1]), /not known here: spiked/);
    assert.match(String((await held({ pubStatus: { x: 1 } }))[1]), /not known here/);
    for (const type of [
      'picture',
      'graphic',
      'audio',
      'video',
      'event',
      'planning',
      'component',
      'constructor',
    ])
      assert.equal((await held({ type }))[1], `It is not a story but: ${type}.`);
    for (const representationType of ['partial', 'incomplete'])
      assert.equal((await held({ representationType }))[1], 'It is only a part of the item.');
    assert.equal((await held({ versionCreated: 'May 2030' }))[1], 'It is dated in the future: May 2030');
    assert.equal((await held({ versionCreated: undefined }))[1], 'It has no date of publication.');
    assert.equal((await held({ headlines: [] }))[1], 'It has no headline of its own.');
  });

  it('that takes a story back needs no words', async () => {
    const { isNotice, state, held } = await read({
      uri: 'urn:x:1',
      versionCreated: '2019-05-11T10:00:00Z',
      pubStatus: 'canceled',
    });
    assert.deepEqual([isNotice, state, held], [true, 'unpublished', undefined]);
    const whole = await read({ ...plainStory, pubStatus: 'canceled' });
    assert.equal(whole.isNotice, false);
  });

  it('lists the fields that nobody uses and the words that are left out', async () => {
    const story = await read({
      ...plainStory,
      title: 'Another title',
      slugline: 'boats',
      urgency: 3,
      people: [{ name: 'Ann' }],
      expires: '',
      genres: [],
      edNote: 'Adds colour',
      headlines: [
        { role: 'main', value: 'A' },
        { role: 'short', value: 'B' },
        { role: 'kicker', value: 'K' },
      ],
      descriptions: [
        { role: 'summary', value: 'One' },
        { role: 'long', value: 'Two' },
        { role: 'x', value: '<p>One</p>' },
      ],
      associations: [
        { name: 'table', type: 'component' },
        { name: 'p', type: 'picture', headlines: [{ value: 'No file' }] },
      ],
    });
    assert.equal(story.kicker, 'K');
    assert.deepEqual(story.notes.map(({ code, detail }) => `${code} ${detail}`).sort(), [
      'association.left-out p: picture',
      'association.left-out table: component',
      'description.left-out Two',
      'ednote.left-out Adds colour',
      'field.unused people',
      'field.unused slugline',
      'field.unused title',
      'field.unused urgency',
      'headline.left-out B',
      'picture.without-address No file',
    ]);
  });

  it('takes the description for the text where there is no text, and says so', async () => {
    const story = await read({
      ...plainStory,
      bodies: [],
      descriptions: [{ role: 'text', value: 'All that is known.' }],
    });
    assert.deepEqual([linesOf(story), story.standfirst], [['All that is known.'], undefined]);
    assert.deepEqual(codesOf(story), ['body.from-description']);
    const twice = await read({
      ...plainStory,
      bodies: [{ value: 'It was a long and quiet day.\n\nMore.' }],
      descriptions: [{ value: 'It was a long and quiet day…' }],
    });
    assert.deepEqual([twice.standfirst, codesOf(twice)], [undefined, ['standfirst.repeats-body']]);
  });

  it('reads NITF, and takes plain text that says it is plain at its word', async () => {
    const nitf = await read({
      ...plainStory,
      bodies: [
        {
          role: 'nitf',
          contentType: 'text/vnd.IPTC.NITF',
          value:
            '<?xml version="1.0"?><nitf><head><title>T</title></head><body><body.head><hedline><hl1>H</hl1></hedline></body.head><body.content><block><p>One</p><hl2>Two</hl2><p>Three &amp; four</p></block></body.content></body></nitf>',
        },
      ],
    });
    assert.deepEqual(linesOf(nitf), ['One', 'Two', 'Three & four']);
    const typed = await read({
      ...plainStory,
      bodies: [{ contentType: 'text/plain', value: 'Use <p> & &amp; for it.' }],
    });
    assert.deepEqual(linesOf(typed), ['Use <p> & &amp; for it.']);
  });

  it('brings any string through as the same words', async () => {
    await fc.assert(
      fc.asyncProperty(words, words, words, async (one, two, three) => {
        const story = await read({
          uri: 'urn:x',
          versionCreated: '2019-05-10T16:02:28Z',
          headlines: [{ contentType: 'text/plain', value: `A ${one}` }],
          bodies: [{ contentType: 'text/plain', value: `B ${two}\n\n${three}` }],
          located: `C ${three}`,
        });
        assert.equal(plain(story.headline), plain(`A ${one}`));
        assert.equal(plain(linesOf(story).join(' ')), plain(`B ${two} ${three}`));
        assert.equal(plain(story.place!), plain(`C ${three}`));
      }),
      { numRuns: 500 },
    );
  });

  it('never throws but in words, whatever the JSON', async () => {
    const names =
      'uri type pubstatus pubStatus versioncreated firstCreated embargoed headline headlines body_html bodies descriptions associations renditions subject subjects by byline language located title altids standard value role contentType name href width items constructor __proto__ toString'.split(
        ' ',
      );
    const leaf = fc.oneof(
      words,
      fc.constantFrom(
        '\0',
        '\uD83C',
        '',
        '2019-05-10',
        'picture',
        'text/html',
        '<p>x',
        'javascript:x',
        'a.jpg',
      ),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
    );
    const { value } = fc.letrec<{ value: unknown; object: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4, depthSize: 'small' },
        leaf,
        fc.array(tie('value'), { maxLength: 3 }),
        tie('object'),
      ),
      object: fc
        .array(fc.tuple(fc.constantFrom(...names), tie('value')), { maxLength: 6 })
        .map((pairs) => Object.fromEntries(pairs) as unknown),
    }));
    await fc.assert(
      fc.asyncProperty(value, async (json) => {
        for (const item of await all(JSON.stringify({ headline: 'A', uri: 'urn:x', ...(json as object) }))) {
          try {
            const { blocks, headline } = item.story();
            assertAllowed(blocks);
            assert.notEqual(headline.trim(), '');
          } catch (error) {
            assert.match((error as { code?: string }).code ?? String((error as Error).stack), /^import\./);
          }
        }
      }),
      { numRuns: 1500 },
    );
  });
});
