import assert from 'node:assert/strict';
import { it } from 'node:test';
import { followTarget } from '../../src/conversation/index.ts';
import { signedInReader } from '../../src/readers/testing.ts';
import { runCommand } from '../../src/cli/testing.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { until } from '../../src/platform/http/testing.ts';
import { listener } from '../../src/platform/live/testing.ts';
import { correctStory, killStory, saveSection, setFront, updateStory } from '../../src/stories/index.ts';
import { addMedia, bodyFields, publishFull, storyFields, word, type TestMedia } from '../rig/full-story.ts';
import {
  actor,
  contentOf,
  forEachSite,
  paragraph,
  zone,
  type PublishedStory,
  type TestSite,
} from '../rig/site.ts';
import { addressesOf, askAll, wordsFound, type RouteValues } from '../rig/sweep.ts';
import { addComment } from '../rig/talk.ts';

/** All but its series, which goes on without it. */
const fields = [...storyFields, ...bodyFields].filter((field) => field !== 'series');
const words = [...fields, 'link', 'inline'].map(word);
/** Never shown to readers. */
const reason = word('reason');

/** An address of each route, for a story and what belongs to it. */
function addressesAround(site: TestSite, story: PublishedStory, media: TestMedia, comment: string): string[] {
  const [, year, month, day, slug] = story.path.split('/') as [string, string, string, string, string];
  const values: RouteValues = {
    '/:year': [year],
    'text/:year': [year],
    ':year/:month': [month],
    ':month/:day': [day],
    ':day/:slug': [slug],
    's/:code': [story.code],
    '/:section': ['news'],
    '/:slug': ['news'],
    'text/:section': ['news'],
    'topics/:slug': [...story.topics],
    'authors/:slug': story.byline.flatMap(({ author }) => author ?? []),
    'series/:slug': [story.series!.slug],
    'sitemaps/:file': ['pages.xml', `${year}-${month}.xml`],
    'media/:id': [media.picture],
    ':id/:name': ['480.jpg', 'social.jpg'],
    'assets/:name': ['none.css'],
    'link/:token': ['none'],
    'notices/:code': ['none'],
    'decisions/:id': ['none'],
    'with/:way': ['none'],
    'reader-pictures/:file': ['none-96.webp'],
    'readers/:handle': [`talker-${story.code}`],
    'feed/:file': [`${feedSecretOf(story)}.xml`],
    'inbox/:id': ['none'],
    'comments/:code': [comment],
    'data/:id': ['none'],
    ':id/:file': ['none.html'],
  };
  return [
    ...addressesOf(site.site.routes, values),
    `${story.path}?page=2`,
    `${story.path}/`,
    `/text${story.path}.html`,
    story.path.toUpperCase(),
    '/search?section=news&from=2026',
    '/search?author=known-author',
    '/text/search?section=news&q=words',
  ];
}

/** Whatever else may bring up one of the words: looking for it, and missing it. */
const asking = 'headline paragraph caption leadalt author second topic correction cell link reason'
  .split(' ')
  .map(word)
  .flatMap((each) => [`/search?q=${each}`, `/text/search?q=${each}`, `/2020/01/01/${each}`]);

/** Address of the feed of somebody who follows whoever speaks under the story. */
const feedSecretOf = ({ code }: Pick<PublishedStory, 'code'>) => code.padEnd(32, 'a');

/** A reader who speaks under the story, and one who follows that reader. @returns code of the comment */
async function talkUnder(site: TestSite, story: PublishedStory): Promise<string> {
  const { reader } = await signedInReader(site.database, { handle: `talker-${story.code}` });
  const { reader: follower } = await signedInReader(site.database, { handle: `follower-${story.code}` });
  const { code } = await addComment(site.database, { story: story.id, author: reader.id, text: 'Well put.' });
  await site.write(async (tx) => {
    await followTarget(tx, follower, { kind: 'reader', target: reader.id });
    await tx.db
      .insertInto('following_feed')
      .values({ reader_id: follower.id, secret: feedSecretOf(story), since: tx.now })
      .execute();
  });
  return code;
}

/** A story with a word in each of its fields, which leads the front, and another that links to it twice. */
async function publishKnown(
  site: TestSite,
  media: TestMedia,
): Promise<{ story: PublishedStory; linking: PublishedStory; paths: string[] }> {
  const { story } = await publishFull(site, media);
  const comment = await talkUnder(site, story);
  const inline = `${site.origin}${story.path}?from=${word('inline')}`;
  const linking = await site.publish(
    contentOf('A story beside it', {
      body: [
        {
          type: 'paragraph',
          text: [{ text: 'We wrote of it ' }, { text: 'before', href: inline }, { text: '.' }],
        },
        { type: 'related', title: `Again ${word('link')}`, href: story.path },
      ],
    }),
  );
  await site.write((tx) => setFront(tx, { slots: [story.id], actor }));
  const paths = [...addressesAround(site, story, media, comment), linking.path, `/text${linking.path}`];
  return { story, linking, paths };
}

/** Warms the page store, and sees to it that each word is somewhere to be found. */
async function warm(site: TestSite, paths: readonly string[], expected: readonly string[]): Promise<void> {
  const found = wordsFound(await askAll(site, paths), expected);
  assert.deepEqual(
    expected.filter((each) => !found.has(each)),
    [],
    'not even there before',
  );
}

async function assertGone(site: TestSite, paths: readonly string[], gone: readonly string[]): Promise<void> {
  const asked = [...(await askAll(site, paths)), ...(await askAll(site, asking, [{}]))];
  assert.deepEqual(Object.fromEntries(wordsFound(asked, gone)), {});
}

forEachSite('taking a story down', {}, (get) => {
  let media: TestMedia;

  it('is tested at every route: one without an example fails', async () => {
    await get().write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
    media = await addMedia(get());
    assert.throws(() => addressesOf(get().site.routes, {}), /needs an example for/);
  });

  for (const [how, status] of [
    ['kill', 410],
    ['unpublish', 404],
  ] as const) {
    it(`leaves no word of it anywhere: ${how}`, async (t) => {
      const site = get();
      const { story, linking, paths } = await publishKnown(site, media);
      await warm(site, paths, words);
      const before = await askAll(site, [story.path, '/', linking.path, '/feed.xml'], [{}]);
      if (how === 'unpublish') await site.unpublish(story.id);
      else await site.write((tx) => killStory(tx, { id: story.id, reason, actor }));
      // What a browser or a cache still holds is not confirmed.
      for (const { path, got } of before) {
        const again = await site.get(path, { 'if-none-match': String(got.headers.etag) });
        assert.notEqual(again.status, 304, path);
      }
      await assertGone(site, paths, [...words, reason]);
      for (const path of [story.path, `/text${story.path}`, `/s/${story.code}`]) {
        assert.equal((await site.get(path)).status, status, path);
      }
      // Nor for those who follow live and were away since before it was there.
      const reader = listener(t);
      await reader.open(site.port, `/live?topics=front,story:${story.id}&after=0`);
      const last = how === 'kill' ? 'story-killed' : 'story-withdrawn';
      await until(() => reader.events.some(({ name, data }) => name === last && isOf(data, story)));
      const told = JSON.stringify(reader.events).toLowerCase();
      assert.deepEqual(
        words.filter((each) => told.includes(each)),
        [],
      );
      const beside = await site.get(linking.path);
      assert.equal(beside.status, 200);
      assert.match(beside.text, /We wrote of it before\./);
      await site.kill(linking.id);
    });
  }

  it('leaves no word of what a correction put right', async () => {
    const site = get();
    const { story } = await publishFull(site, media);
    const paths = addressesAround(site, story, media, await talkUnder(site, story));
    const kept = new Set('author second role topic correction canonical supplier place agency'.split(' '));
    const changed = fields.filter((field) => !kept.has(field)).map(word);
    await warm(site, paths, changed);
    const content = {
      ...contentOf('All is well', { slug: 'all-is-well', standfirst: 'Nothing happened.' }),
      body: [paragraph('Calm.')],
      kicker: '',
      lead: undefined,
      series: undefined,
    };
    await site.write(async (tx) => {
      await updateStory(tx, { id: story.id, content, actor, zone });
      await correctStory(tx, { id: story.id, text: 'It was another ship.', actor, zone });
    });
    await assertGone(site, paths, changed);
    assert.match((await site.get('/2026/11/24/all-is-well')).text, /It was another ship\./);
    await site.kill(story.id);
  });

  it('holds while pages are being made', async () => {
    const site = get();
    const stories: PublishedStory[] = [];
    for (let number = 0; number < 8; number += 1) {
      const slug = `zzraced${number}zz`;
      const body = [paragraph(`Of ${slug}.`)];
      stories.push(await site.publish(contentOf(`Raced ${slug}`, { slug, topics: ['races'], body })));
    }
    const shared = ['/', '/news', '/text', '/topics/races', '/2026/11/24', '/feed.xml', '/news/feed.json'];
    shared.push('/search?q=raced', '/sitemaps/2026-11.xml', '/sitemap.xml');
    const race = { killed: 0, count: 0, isOver: false };
    const read = async (reader: number) => {
      for (let turn = reader; !race.isOver; turn += 1) {
        const gone = stories.slice(0, race.killed);
        const path = turn % 3 === 0 ? stories[turn % stories.length]!.path : shared[turn % shared.length]!;
        // Now and then by an address of its own, so that at any moment something is being made.
        const own = turn % 2 === 0 ? '' : `${path.includes('?') ? '&' : '?'}n=${turn % 7}`;
        const got = await site.get(`${path}${own}`);
        race.count += 1;
        for (const { path: of, slug } of gone) {
          if (path === of) assert.equal(got.status, 410, path);
          else assert.ok(!got.text.includes(slug!), `${path} after the kill of ${slug}`);
        }
      }
    };
    const kill = async () => {
      for (const { id } of stories) {
        await untilRead(race, 30);
        await site.kill(id);
        race.killed += 1;
      }
      await untilRead(race, 30);
    };
    const readers = Promise.all([0, 1, 2, 3, 4, 5].map(read));
    try {
      await Promise.race([readers, kill()]);
    } finally {
      race.isOver = true;
    }
    await readers;
    assert.equal(race.killed, stories.length);
  });
});

function isOf(data: unknown, { id }: PublishedStory): boolean {
  return (data as { story?: string }).story === id;
}

async function untilRead(race: { count: number; isOver: boolean }, more: number): Promise<void> {
  const { count } = race;
  await until(() => race.isOver || race.count >= count + more);
}

forEachSite('taking a story down from another process', { clock: systemClock }, (get) => {
  it('is told as done when no server shows a word of it', async () => {
    const site = get();
    await site.write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
    const { story, paths } = await publishKnown(site, await addMedia(site));
    await warm(site, paths, words);
    const { dataDir, env } = site;
    const done = await runCommand(['story', 'kill', story.path, '--reason', reason], { dataDir, env });
    assert.deepEqual([done.code, done.err], [0, '']);
    await assertGone(site, paths, [...words, reason]);
    assert.equal((await site.get(story.path)).status, 410);
  });
});
