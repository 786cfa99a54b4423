import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { forEachDatabase } from '../platform/database/testing.ts';
import { photograph } from '../platform/media/testing.ts';
import { assertXml, nasty } from '../site/testing.ts';
import {
  correctStory,
  createStory,
  fromLocal,
  importStory,
  killStory,
  publishStory,
  saveSection,
  unpublishStory,
  type Block,
  type Run,
  type StoryContentInput,
} from '../stories/index.ts';
import { ninjsItems, type NinjsItem } from './export-ninjs.ts';
import { readers } from './import/import-kinds.ts';
import { mediaOf, readAll, wireMigrations } from './testing.ts';
import { allBlocks, silence } from './testing/all-blocks.ts';
import { contentOf, publish } from './testing/served-paper.ts';

const zone = 'Europe/London';
const actor = 'test';
const options = { origin: 'https://paper.example', copyrightHolder: 'Ledger Press' };

function validator(schema: object): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  // The one of IPTC points at it for places, of which we write none.
  ajv.addSchema({ $id: 'https://geojson.org/schema/GeoJSON.json', type: 'object' });
  return ajv.compile(schema);
}

const own = validator(
  JSON.parse(readFileSync(new URL('testing/ninjs-3.1.schema.json', import.meta.url), 'utf8')) as object,
);
/** The file ninjs-schema_3.1.json of https://github.com/iptc/newsinjson, where a path to it is set. */
const theirPath = process.env.NINJS_SCHEMA;
const their = theirPath ? validator(JSON.parse(readFileSync(theirPath, 'utf8')) as object) : undefined;

function assertValid(item: unknown, validate: ValidateFunction): void {
  assert.ok(validate(item), `${JSON.stringify(validate.errors)}\n${JSON.stringify(item)}`);
}

forEachDatabase('ninjs out', wireMigrations, (get) => {
  const write: ReturnType<typeof get>['database']['write'] = (command) => get().database.write(command);
  const all = async (): Promise<NinjsItem[]> =>
    JSON.parse(JSON.stringify(await Array.fromAsync(ninjsItems(get().database, mediaOf(get()), options))));
  const take = (id: string, more: Partial<StoryContentInput>, year: number, precision: 'day' | 'year') =>
    write((tx) =>
      importStory(tx, {
        source: 'archive',
        sourceId: id,
        hash: '1',
        state: 'published',
        published: fromLocal(precision === 'year' ? { year } : { year, month: 7, day: 28 }, zone),
        content: contentOf(`Old ${id}`, more),
      }),
    );
  let media: { picture: string; sound: string };
  let items: NinjsItem[];
  const byHeadline = (words: string) =>
    items.find((item) => JSON.stringify(item.headlines ?? '').includes(words))!;

  before(async () => {
    const store = mediaOf(get());
    const picture = await store.prepare(await photograph(900, 600), 'boats.jpg');
    const sound = await store.prepare(silence(), 'bells.wav');
    await write(async (tx) => {
      await saveSection(tx, { slug: 'news', name: 'News & views' });
      await saveSection(tx, { slug: 'порт', name: 'Порт' });
      await store.record(tx, picture);
      await store.record(tx, sound);
    });
    media = { picture: picture.item.id, sound: sound.item.id };
    const full = await publish(get(), 'Boats & "ships" <home>', {
      kicker: 'Harbour',
      standfirst: 'After weeks',
      section: 'порт',
      topics: ['harbour', 'بحر'],
      byline: [{ author: 'bo-ek', name: 'Bo Ek', role: 'in London' }, { name: 'Cy Moor' }],
      dateline: { place: 'London', agency: 'Agency' },
      series: { slug: 'tides', part: 1 },
      lead: { media: media.picture, alt: 'Boats', caption: [{ text: 'Nine boats' }], credit: 'A. Bell' },
      body: allBlocks(media),
    });
    await write((tx) => correctStory(tx, { id: full.id, text: 'Ten boats.', actor, zone }));
    await take('day', { credit: 'Reuters', canonical: 'https://old.example/1' }, 2009, 'day');
    await take('year', { language: 'ar', direction: 'rtl' }, 1840, 'year');
    await publish(get(), 'Bare');
    const gone = await publish(get(), 'Quixotic kill');
    await publish(get(), 'Beside', {
      body: [
        { type: 'related', title: 'Quixotic kill', href: gone.path! },
        { type: 'paragraph', text: [{ text: 'Words' }] },
      ],
    });
    await write((tx) => killStory(tx, { id: gone.id, reason: 'Court order', actor }));
    const back = await publish(get(), 'Quixotic withdrawal');
    await write((tx) => unpublishStory(tx, { id: back.id, actor }));
    await write((tx) => createStory(tx, { content: contentOf('Quixotic draft'), actor }));
    items = await all();
  });

  it('is valid by the rules that we know', () => {
    assert.equal(items.length, 6);
    for (const item of items) assertValid(item, own);
  });

  it("is valid by IPTC's own schema", { skip: their ? false : 'NINJS_SCHEMA names no file' }, () => {
    for (const item of items) assertValid(item, their!);
  });

  it('says all that a story has', () => {
    const full = byHeadline('Boats');
    assert.match(full.uri, /^https:\/\/paper\.example\/s\/[a-z0-9]{8}$/);
    assert.equal(full.type, 'composite');
    assert.equal(full.by, 'Bo Ek, in London; Cy Moor');
    assert.equal(full.located, 'London');
    assert.equal(full.copyrightHolder, 'Ledger Press');
    assert.match(String(full.edNote), /^Corrected 2026-11-24T\S+: Ten boats\.$/);
    const [html, plain] = full.bodies as { value: string }[];
    assertXml(`<div>${html!.value}</div>`);
    assert.match(plain!.value, /Fish & <chips> strong linked/);
    const [main, ...others] = full.associations as unknown as NinjsItem[];
    assert.equal(main!.name, 'main');
    assert.equal(main!.by, 'A. Bell');
    assert.deepEqual(
      others.map(({ name }) => name),
      ['picture-1', 'picture-2'],
    );
    assert.deepEqual(
      (full.subjects as { uri: string }[]).map(({ uri }) => decodeURI(uri)),
      [
        'https://paper.example/порт',
        'https://paper.example/topics/harbour',
        'https://paper.example/topics/بحر',
      ],
    );
  });

  it('keeps what is known of a date beside the moment that the format asks for', () => {
    const known = (item: NinjsItem) =>
      (item.altIds as { role: string; value: string }[]).find(({ role }) => role === 'published')?.value;
    assert.equal(byHeadline('Old day').firstCreated, '2009-07-28T00:00:00+01:00');
    assert.equal(known(byHeadline('Old day')), '2009-07-28');
    assert.equal(known(byHeadline('Old year')), '1840');
  });

  it('cancels what was killed without a word of it, and leaves out what is not public', () => {
    const canceled = items.filter(({ pubStatus }) => pubStatus === 'canceled');
    assert.equal(canceled.length, 1);
    assert.deepEqual(Object.keys(canceled[0]!), ['uri', 'standard', 'type', 'version', 'pubStatus']);
    assert.doesNotMatch(JSON.stringify(items), /quixotic/i);
  });

  it('comes back through our own import', async () => {
    const lines = items.map((item) => JSON.stringify(item)).join('\n');
    const stories = await Promise.all((await readAll(readers.ninjs, lines)).map((item) => item.story()));
    const full = stories.find(({ headline }) => headline === 'Boats & "ships" <home>')!;
    assert.deepEqual(
      [full.kicker, full.standfirst, full.section, full.lead?.alt],
      ['Harbour', 'After weeks', 'Порт', 'Boats'],
    );
    assert.deepEqual(
      full.byline.map(({ name }) => name),
      ['Bo Ek', 'Cy Moor'],
    );
  });

  it('is valid whatever the words are', async () => {
    const headlines = nasty.map((words) => `X${words}`.slice(0, 200));
    const samples = fc.sample(fc.tuple(headlines, fc.array(blockOf(nasty, media), { maxLength: 6 })), {
      numRuns: 60,
      seed: 20_261_124,
    });
    for (const [headline, body] of samples) {
      const content = contentOf(headline, {
        standfirst: headline,
        credit: headline,
        body: [...body, ...contentOf('x').body!],
      });
      const { id } = await write((tx) => createStory(tx, { content, actor }));
      await write((tx) => publishStory(tx, { id, actor, zone }));
    }
    const items = await all();
    assert.equal(items.length, 66);
    for (const item of items) {
      assertValid(item, own);
      if (their) assertValid(item, their);
      assert.ok(JSON.parse(JSON.stringify(item), wellFormed));
      const [html] = (item.bodies ?? []) as { value: string }[];
      if (html) assertXml(`<div>${html.value}</div>`);
    }
  });
});

describe('our reading of ninjs', () => {
  const item = {
    uri: 'https://paper.example/s/a',
    type: 'text',
    headlines: [{ role: 'main', contentType: 'text/plain', value: 'A' }],
  };

  it('refuses what the format does not know', () => {
    assertValid(item, own);
    for (const wrong of [
      { ...item, uri: undefined },
      { ...item, uri: 'not an address' },
      { ...item, type: 'story' },
      { ...item, headline: 'A' },
      { ...item, firstCreated: '2009-07-28' },
      { ...item, headlines: [{ value: 'A', lang: 'en' }] },
      { ...item, associations: [item] },
      { ...item, associations: [{ ...item, name: 'main', headline: 'A' }] },
    ]) {
      const json = JSON.parse(JSON.stringify(wrong)) as unknown;
      assert.ok(!own(json), JSON.stringify(wrong));
      if (their) assert.ok(!their(json), JSON.stringify(wrong));
    }
  });
});

function wellFormed(_key: string, value: unknown): unknown {
  if (typeof value === 'string') assert.ok(value.isWellFormed());
  return value;
}

/** Any block with these words in it. */
function blockOf(
  words: fc.Arbitrary<string>,
  media: { picture: string; sound: string },
): fc.Arbitrary<Block> {
  const text = fc.array(
    fc.record(
      {
        text: words,
        marks: fc.subarray(['em', 'strong', 'code', 'sub', 'sup', 'strike'] as const),
        href: words.map((each) => `https://elsewhere.example/${each}`),
        lang: fc.constant('fr'),
      },
      { requiredKeys: ['text'] },
    ) as fc.Arbitrary<Run>,
    { maxLength: 4 },
  );
  const { picture, sound } = media;
  const kinds: ((one: string, text: Run[]) => Block)[] = [
    (_one, text) => ({ type: 'paragraph', text }),
    (_one, text) => ({ type: 'list', ordered: text.length > 1, items: [text] }),
    (one, text) => ({ type: 'quote', text, cite: one }),
    (one, text) => ({
      type: 'picture',
      media: picture,
      alt: one,
      caption: text,
      credit: one,
      width: 'column',
    }),
    (one) => ({ type: 'gallery', title: one, pictures: [{ media: picture, alt: one }] }),
    (one, text) => ({ type: 'audio', media: sound, title: one, transcript: text }),
    (one) => ({ type: 'video', media: 'gone', title: one }),
    (one, text) => ({ type: 'table', caption: one, rows: [[text]], rowHeads: true }),
    (one) => ({ type: 'embed', url: `https://elsewhere.example/${one}`, provider: one, title: one }),
    (one) => ({ type: 'related', title: one, href: 'https://elsewhere.example/' }),
    (one) => ({ type: 'code', code: one }),
    (one, text) => ({ type: 'keyfacts', title: one, items: [text] }),
  ];
  return fc.tuple(fc.constantFrom(...kinds), words, text).map(([kind, one, text]) => kind(one, text));
}
