import assert from 'node:assert/strict';
import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { allMigrations } from '../../migrations.ts';
import { forEachDatabase, testNow } from '../../platform/database/testing.ts';
import { silentLog } from '../../platform/log.ts';
import { MediaStore } from '../../platform/media/media-store.ts';
import { findDocuments } from '../../platform/search/search.ts';
import {
  block,
  bodyPart,
  countWords,
  createStory,
  findImported,
  findStoryByPath,
  frontStories,
  listSections,
  localDateOf,
  publishStory,
  saveSection,
  setFront,
  storyContent,
  storyMediaIds,
  updateStory,
  type Block,
  type Story,
  type StoryContent,
} from '../../stories/index.ts';
import { runCommand, temporaryFolder } from '../testing.ts';
import { pictures } from './draw.ts';
import { filmName } from './film.ts';
import { loadForum } from './load-forum.ts';
import { loadSample, pictureFiles, removeSample, sampleSource } from './load-sample.ts';
import { authors, frontOrder, sections, series, topics } from './newsroom.ts';
import { contentOf } from './resolve.ts';
import { sounds } from './sound.ts';
import { stories } from './stories/index.ts';

const allSlugs = new Set(stories.map(({ slug }) => slug));
const fileNames = async () => [
  ...(await pictureFiles()).map((name) => name.replace(/\.webp$/, '')),
  ...Object.keys(sounds),
];

/** Every story as it is stored, with names in place of ids. */
async function contents(): Promise<Map<string, StoryContent>> {
  const names = {
    ids: new Map((await fileNames()).map((name) => [name, name])),
    paths: new Map(stories.map(({ slug }) => [slug, `/2026/11/24/${slug}`])),
    names: new Map(authors.map(({ slug, name }) => [slug, name])),
  };
  return new Map(stories.map((story) => [story.slug, storyContent.parse(contentOf(story, names))]));
}

describe('the words of the sample newsroom', () => {
  let all: Map<string, StoryContent>;
  before(async () => {
    all = await contents();
  });
  const some = (test: (content: StoryContent) => boolean) => [...all.values()].filter(test);

  it('show every type of block at least once', () => {
    const shown = new Set([...all.values()].flatMap(({ body }) => body.map(({ type }) => type)));
    const types = block.options.map(({ shape }) => shape.type.value);
    assert.deepEqual([...shown].sort(), [...types].sort());
  });

  it('show every picture that there is, and each is drawn by code that is here', async () => {
    const shown = new Set([...all.values()].flatMap(storyMediaIds));
    for (const { portrait } of authors) if (portrait) shown.add(portrait);
    assert.deepEqual([...shown].sort(), (await fileNames()).sort());
    const drawn = [...Object.keys(pictures), filmName, `${filmName}.webm`, `${filmName}.vtt`];
    assert.deepEqual([...shown].filter((name) => !(name in sounds)).sort(), drawn.sort());
  });

  it('fill each section, lead the front with stories that exist, and leave no name unused', () => {
    for (const { slug } of sections)
      assert.ok(some(({ section }) => section === slug).length >= 3, `too little in ${slug}`);
    for (const { slug } of topics)
      assert.ok(some((content) => content.topics.includes(slug)).length > 0, `nothing is about ${slug}`);
    for (const { slug, portrait } of authors) {
      assert.equal(portrait, slug);
      assert.ok(some(({ byline }) => byline.some(({ author }) => author === slug)).length > 0, slug);
    }
    for (const { slug } of series)
      assert.deepEqual(
        some((content) => content.series?.slug === slug)
          .map((content) => content.series?.part)
          .sort(),
        [1, 2, 3],
      );
    assert.deepEqual(
      frontOrder.filter((slug) => !allSlugs.has(slug)),
      [],
    );
    for (const content of all.values())
      for (const topic of content.topics)
        assert.ok(
          topics.some(({ slug }) => slug === topic),
          topic,
        );
  });

  it('have one of each kind that a page must be able to show', () => {
    const old = stories.filter(({ published }) => typeof published === 'object');
    assert.equal(old.length, 1);
    assert.deepEqual(old[0]!.published, { year: 2009, month: 7, day: 28 });
    assert.ok(old[0]!.agency && old[0]!.content.credit && old[0]!.place);
    assert.ok(stories.some(({ corrections }) => corrections));
    assert.ok(some(({ sensitive }) => sensitive).length > 0);
    assert.ok(some(({ lead }) => !lead).length > 0);

    const [arabic] = some(({ direction }) => direction === 'rtl');
    assert.equal(arabic?.language, 'ar');
    for (const words of [arabic!.headline, arabic!.standfirst, arabic!.kicker])
      assert.match(words, /^[\p{Script_Extensions=Arabic}\p{N}\p{P}\s]+$/u);
    assert.ok(countWords(arabic!.body, 'ar') >= 250);

    const longest = some(({ body }) => countWords(body, 'en') >= 1800);
    const types = new Set(longest.flatMap(({ body }) => body.map(({ type }) => type)));
    for (const type of ['subheading', 'pullquote', 'picture', 'gallery'] satisfies Block['type'][])
      assert.ok(types.has(type), `the long read has no ${type}`);
  });

  it('are set with the quotation marks of a printer', () => {
    for (const [slug, content] of all) {
      const { headline, standfirst, kicker } = content;
      const body = content.body.filter(({ type }) => type !== 'code');
      const words = JSON.stringify([headline, standfirst, kicker, content.lead, body]);
      assert.doesNotMatch(words, /'|\\"|\p{L}‘|‘\s|—|\*/u, slug);
    }
  });
});

// Renditions take long to make: once made, they are copied to where the next load looks for them.
let made: string;
before(async () => {
  made = await temporaryFolder();
});

forEachDatabase('the sample newsroom', allMigrations, (get) => {
  let media: MediaStore;
  before(() => {
    media = new MediaStore({ dataDir: get().dataDir, log: silentLog });
  });
  const read = () => get().database.read;
  const load = async (progress?: (done: number, total: number) => void) => {
    const { database, clock, dataDir } = get();
    await cp(made, dataDir, { recursive: true });
    const result = await loadSample({
      database,
      media,
      clock,
      config: { ZONE: 'Europe/London' },
      ...(progress && { progress }),
    });
    await cp(join(dataDir, 'media'), join(made, 'media'), { recursive: true });
    await loadForum({ database, clock, config: { ZONE: 'Europe/London', NAME: 'The Lantern' } });
    return result;
  };
  const remove = () => removeSample({ database: get().database, media });
  const find = async (slug: string) => (await findImported(read(), sampleSource, slug))!;
  const tables = async () => {
    const rows: Record<string, unknown[]> = {};
    for (const table of [
      'section',
      'topic',
      'author',
      'series',
      'story',
      'story_revision',
      'story_listing',
      'story_correction',
      'front_slot',
      'redirect',
      'media',
      'reader',
      'reader_handle',
      'comment',
      'comment_recommend',
      'comment_mention',
      'comment_document',
      'story_thread',
      'follow',
      'notice',
      'moderation_post',
      'moderation_standing',
      'moderation_hold',
    ] as const)
      rows[table] = await read().selectFrom(table).selectAll().execute();
    return rows;
  };
  const foldersOf = async () => {
    const { root } = media.files;
    const shards = (await readdir(root)).filter((name) => name.length === 2);
    return (await Promise.all(shards.map((shard) => readdir(join(root, shard))))).flat().sort();
  };

  it('comes whole, dated back from now, and says how far it is', async () => {
    const seen: [number, number][] = [];
    const result = await load((...step) => seen.push(step));
    assert.deepEqual(result, { created: stories.length, updated: 0, total: stories.length });
    const total = (await fileNames()).length;
    assert.deepEqual(seen.at(-1), [total, total]);
    assert.equal(seen.length, total);

    const states = await read().selectFrom('story').select('state').distinct().execute();
    assert.deepEqual(
      states.map(({ state }) => state),
      ['published'],
    );
    assert.deepEqual(
      (await frontStories(read(), frontOrder.length)).map(({ path }) => path.split('/').at(-1)),
      frontOrder,
    );
    assert.deepEqual(
      (await listSections(read())).map(({ slug }) => slug),
      sections.map(({ slug }) => slug),
    );
    const ferry = await find('night-ferry-saved-by-one-vote');
    assert.equal(ferry.published?.at, testNow - 38 * 60_000);
    const old = await find('old-light-goes-dark-after-151-years');
    assert.equal(old.path, '/2009/07/28/old-light-goes-dark-after-151-years');
    assert.equal(old.published?.precision, 'day');
    assert.equal(localDateOf(old.published!), '2009-07-28');
    const yard = await find('turbine-jobs-for-the-old-shipyard');
    assert.equal(yard.corrections[0]?.at.at, testNow - 4 * 3_600_000);
  });

  it('resolves every link, shows every file, and is found by its words', async () => {
    const hrefs = (part: unknown): string[] =>
      part && typeof part === 'object'
        ? Object.entries(part).flatMap(([key, value]) => (key === 'href' ? [String(value)] : hrefs(value)))
        : [];
    for (const { slug } of stories) {
      const story: Story = await find(slug);
      for (const href of hrefs(story.body).filter((each) => each.startsWith('/')))
        assert.ok(await findStoryByPath(read(), href), `${slug} links to ${href}`);
      const items = await media.byIds(read(), storyMediaIds(story));
      assert.equal(items.size, storyMediaIds(story).length, `${slug} names a file that is not here`);
      assert.doesNotMatch(String(bodyPart(story.body, items)), /undefined|\[object/);
    }
    for (const [words, slug] of [
      ['eels otolith', 'the-eels-came-back'],
      ['العديني', 'seamens-cafe-opens-again'],
    ]) {
      const { items } = await findDocuments(read(), { words: words!, limit: 5 });
      assert.deepEqual(
        items.map(({ id }) => id),
        [(await find(slug!)).id],
      );
    }
  });

  it('changes nothing when it is loaded again later', async () => {
    const first = await tables();
    get().clock.advance(3 * 3_600_000);
    assert.deepEqual(await load(), { created: 0, updated: 0, total: stories.length });
    assert.deepEqual(await tables(), first);
  });

  it('leaves alone what was edited here, and brings what a newer version wrote anew with its old dates', async () => {
    const { database } = get();
    const edited = await find('a-ferry-is-a-street');
    await database.write((tx) =>
      updateStory(tx, { id: edited.id, content: { headline: 'A boat is a street' }, actor: 'editor' }),
    );
    const before = await find('first-tram-crosses-the-hal');
    await database.write(({ db }) =>
      db
        .updateTable('story')
        .set({ source_hash: 'of an older version', headline: 'As it was written before' })
        .where('id', 'in', [edited.id, before.id])
        .execute(),
    );
    assert.deepEqual(await load(), { created: 0, updated: 1, total: stories.length });
    const after = await find('first-tram-crosses-the-hal');
    assert.equal(after.headline, before.headline);
    assert.deepEqual(
      [after.published, after.updated, after.path],
      [before.published, before.updated, before.path],
    );
    assert.equal((await find('a-ferry-is-a-street')).headline, 'As it was written before');
  });

  it('goes without a trace', async () => {
    assert.ok((await foldersOf()).length > 0);
    assert.equal(await remove(), stories.length);
    for (const [table, rows] of Object.entries(await tables())) assert.deepEqual(rows, [], table);
    assert.deepEqual(await foldersOf(), []);
    assert.equal(await remove(), 0);
  });

  it('takes nothing of others with it', async () => {
    const { database } = get();
    const own = await database.write(async (tx) => {
      const body: Block[] = [{ type: 'paragraph', text: [{ text: 'Written here.' }] }];
      await saveSection(tx, { slug: 'coast', name: 'Our coast' });
      const { id } = await createStory(tx, {
        content: { headline: 'Our own', section: 'coast', body },
        actor: 'editor',
      });
      return publishStory(tx, { id, actor: 'editor', zone: 'UTC' });
    });
    await database.write((tx) => setFront(tx, { slots: [own.id], actor: 'editor' }));
    await load();
    assert.equal((await frontStories(read(), 1))[0]?.id, own.id);
    const lead = (await find('search-for-skipper-ends')).lead!;
    await database.write((tx) =>
      updateStory(tx, {
        id: own.id,
        content: { lead, section: 'city', byline: [{ author: 'tobias-renn', name: 'Tobias Renn' }] },
        actor: 'editor',
      }),
    );
    await remove();
    const left = await tables();
    const slugs = (table: string) => left[table]!.map((row) => (row as { slug: string }).slug).sort();
    assert.deepEqual(
      left.story!.map((row) => (row as { id: string }).id),
      [own.id],
    );
    assert.deepEqual(slugs('section'), ['city', 'coast']);
    assert.deepEqual(slugs('author'), ['tobias-renn']);
    const kept = left.media!.map((row) => (row as { id: string }).id).sort();
    assert.deepEqual(await foldersOf(), kept);
    assert.equal(kept.length, 2, 'the picture of the story and the portrait of its author');
    assert.ok(kept.includes(lead.media));
  });
});

describe('freesheet sample', () => {
  it('loads and removes', async () => {
    const dataDir = await temporaryFolder();
    await cp(made, dataDir, { recursive: true });
    const loaded = await runCommand(['sample', 'load'], { dataDir });
    assert.deepEqual([loaded.code, loaded.err.includes('Preparing')], [0, true]);
    assert.match(loaded.out, new RegExp(`${stories.length} stories, ${stories.length} new`));
    assert.match(loaded.out, /forum is here: \d+ readers, \d+ comments/);
    const again = await runCommand(['sample', 'load'], { dataDir });
    assert.doesNotMatch(again.out, /forum/);
    assert.match(again.out, /nothing changed/);
    const removed = await runCommand(['sample', 'remove'], { dataDir });
    assert.match(removed.out, new RegExp(`gone: ${stories.length} stories`));
  });

  it('says what it can do, and which pictures it can draw', async () => {
    const dataDir = await temporaryFolder();
    const unknown = await runCommand(['sample', 'lod'], { dataDir });
    assert.equal(unknown.code, 2);
    assert.match(unknown.err, /sample load/);
    const draw = await runCommand(['sample', 'draw', 'nigth-ferry'], { dataDir });
    assert.equal(draw.code, 1);
    assert.match(draw.err, /There are: .*night-ferry/);
  });
});
