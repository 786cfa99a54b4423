import assert from 'node:assert/strict';
import { before, it, type TestContext } from 'node:test';
import { renewFeed } from '../../src/conversation/follows/following-feed.ts';
import { followTarget } from '../../src/conversation/follows/follow-target.ts';
import { pickComment } from '../../src/conversation/threads/pick-comment.ts';
import { recommendComment } from '../../src/conversation/threads/recommend-comment.ts';
import { until } from '../../src/platform/http/testing.ts';
import { listener } from '../../src/platform/live/testing.ts';
import { replaceProfile } from '../../src/readers/index.ts';
import type { SignedInReader } from '../../src/readers/testing.ts';
import { forEachSite, type PublishedStory } from '../rig/site.ts';
import { Visitor } from '../rig/visitor.ts';
import {
  become,
  fates,
  meetFates,
  member,
  openCast,
  sayUnder,
  storyOf,
  type Cast,
  type SaidComment,
} from './cast.ts';

forEachSite('what is seen no more', { env: { WRITE_LIMIT: '1000000' } }, (get) => {
  let cast: Cast;
  let friend: SignedInReader;
  let feed: string;
  let spoken = 0;

  before(async () => {
    cast = await openCast(get());
    friend = await member(get(), 'Friend');
    await get().write((tx) =>
      followTarget(tx, friend.reader, { kind: 'reader', target: cast.owner.reader.id }),
    );
    feed = await get().write((tx) => renewFeed(tx, friend.reader.id));
  });

  /** A word that stands nowhere else. */
  const wordFor = (what: string) => `zebra${what}${(spoken += 1)}`;

  /** Every place in which words of a comment stand, with who looks there. */
  const doorsOf = (story: PublishedStory, { code }: SaidComment): readonly (readonly [string, string])[] => [
    ...['', friend.cookie, cast.staff.cookie].flatMap((cookie) =>
      [
        story.path,
        `${story.path}/comments`,
        `${story.path}/comments?sort=best`,
        `${story.path}/comments/${code}`,
        `/comments/new?parent=${code}&quote=1`,
        `/comments/${code}/recommend`,
        '/',
        '/news',
        `/readers/${cast.owner.reader.handle!}`,
        '/search?in=comments&q=gathering',
      ].map((path) => [path, cookie] as const),
    ),
    ['/following', friend.cookie],
    [`/following/feed/${feed}.xml`, ''],
    ['/inbox', friend.cookie],
    ['/following/all?kind=thread', friend.cookie],
  ];

  async function shown(story: PublishedStory, said: SaidComment, word: string): Promise<string[]> {
    const found: string[] = [];
    for (const [path, cookie] of doorsOf(story, said)) {
      const { text } = await get().get(path, cookie === '' ? {} : { cookie });
      if (text.includes(word)) found.push(`${path}${cookie && ' signed in'}`);
    }
    return found;
  }

  /** What somebody hears who was away since the first event; until a mark that is said now has come. */
  async function heard(
    t: TestContext,
    story: PublishedStory,
    after: string,
    { cookie, mark }: { cookie?: string; mark: string },
  ): Promise<string> {
    const back = listener(t);
    back.lastId = after;
    const me = cookie === undefined ? '' : 'me,';
    const topics = `${me}thread:${story.id},by:${cast.owner.reader.id},by:${cast.muted.reader.id}`;
    await back.open(get().port, `/live?topics=${topics}`, cookie === undefined ? {} : { cookie });
    const text = () => JSON.stringify(back.events);
    await until(() => text().includes(mark));
    await back.leave();
    return text();
  }

  const start = async () => {
    const row = await get()
      .database.read.selectFrom('outbox')
      .select((is) => is.fn.max('position').as('last'))
      .executeTakeFirstOrThrow();
    return String(row.last ?? 0);
  };

  /** A comment that everybody has seen, liked and was told of. */
  async function famous(story: PublishedStory, word: string): Promise<SaidComment> {
    const first = await sayUnder(get(), story, friend, `What does the gathering say of ${word.slice(5)}?`);
    const said = await sayUnder(
      get(),
      story,
      cast.owner,
      `The gathering of @friend says ${word} to everybody.`,
      first,
    );
    await get().write((tx) => recommendComment(tx, { code: said.code, reader: friend.reader, isOn: true }));
    await get().write((tx) =>
      recommendComment(tx, { code: said.code, reader: cast.other.reader, isOn: true }),
    );
    await get().write((tx) => pickComment(tx, { code: said.code, isPicked: true }));
    const { read } = get().database;
    await until(
      async () =>
        (await read.selectFrom('notice').select('id').where('comment_id', '=', said.id).execute()).length > 1,
    );
    return said;
  }

  for (const fate of fates.filter((each) => each !== 'visible')) {
    it(`stands nowhere when a comment is ${fate}`, async (t) => {
      const story = await storyOf(get(), `The story of ${fate}`);
      const word = wordFor(fate);
      const from = await start();
      const said = await famous(story, word);
      const doors = doorsOf(story, said).length;
      // All but the list of followed threads, and the button by itself; a page may be sent once more as it was.
      await until(async () => (await shown(story, said, word)).length >= doors - 4);
      const openly = {
        mark:
          (await sayUnder(get(), story, cast.other, `A mark for ${word.slice(5)}x`)) &&
          `for ${word.slice(5)}x`,
      };
      assert.ok((await heard(t, story, from, openly)).includes(word));
      await become(get(), said, fate);
      assert.deepEqual(await shown(story, said, word), []);
      const mark = `Another mark ${word.slice(5)}y`;
      await sayUnder(get(), story, cast.other, mark);
      for (const cookie of [undefined, friend.cookie, cast.staff.cookie])
        assert.ok(!(await heard(t, story, from, { ...(cookie && { cookie }), mark })).includes(word));
      const { text } = await get().get(story.path);
      assert.match(text, /3 comments/);
      assert.equal((await get().get(`/comments/${said.code}`)).status, 404);
    });
  }

  for (const end of ['unpublish', 'kill'] as const) {
    it(`stands nowhere when a story is taken back: ${end}`, async (t) => {
      const story = await storyOf(get(), `The story to ${end}`);
      const word = wordFor(end);
      const from = await start();
      const said = await famous(story, word);
      assert.ok((await shown(story, said, word)).length > 20);
      const openly = `for ${word}`;
      await sayUnder(get(), story, cast.other, `A mark ${openly}`);
      assert.ok((await heard(t, story, from, { mark: openly })).includes(`says ${word}`));
      await get()[end](story.id);
      assert.deepEqual(await shown(story, said, `says ${word}`), []);
      const elsewhere = await storyOf(get(), `Beside the story to ${end}`);
      const mark = `Mark beside ${end}`;
      await sayUnder(get(), elsewhere, cast.owner, mark);
      assert.ok(!(await heard(t, story, from, { mark })).includes(`says ${word}`));
    });
  }

  it('is a name that moderators have taken away, on pages that were kept too', async () => {
    const story = await storyOf(get(), 'The story of a name');
    const rude = await member(get(), 'Zebraname');
    const said = await sayUnder(get(), story, rude, 'The gathering hears what a rude name says.');
    await get().write((tx) => recommendComment(tx, { code: said.code, reader: friend.reader, isOn: true }));
    const pages = [
      story.path,
      `${story.path}/comments`,
      `${story.path}/comments/${said.code}`,
      '/',
      '/news',
      '/readers/zebraname',
    ];
    for (const path of pages) assert.match((await get().get(path)).text, /Zebraname/, path);
    await get().write((tx) =>
      replaceProfile(tx, { id: rude.reader.id, name: 'Plain', bio: '', picture: undefined }),
    );
    for (const path of pages) assert.doesNotMatch((await get().get(path)).text, /Zebraname/, path);
  });

  it('is a reader whom one has muted or blocked, and they cannot tell', async (t) => {
    const story = await storyOf(get(), 'The story of the muted');
    const root = await sayUnder(get(), story, cast.owner, 'What is said by the owner of this.');
    for (const name of ['muted', 'blocked'] as const) {
      await get().write((tx) =>
        followTarget(tx, cast.owner.reader, { kind: 'reader', target: cast[name].reader.id }),
      );
      await get().write((tx) => followTarget(tx, cast.owner.reader, { kind: 'story', target: story.id }));
    }
    const from = await start();
    const words = { muted: wordFor('muted'), blocked: wordFor('blocked') };
    await sayUnder(get(), story, cast.muted, `The gathering of @owner says ${words.muted}.`, root);
    await sayUnder(get(), story, cast.blocked, `The gathering of @owner says ${words.blocked}.`, root);
    const seenBy = async (who: SignedInReader) => {
      const pages = [
        story.path,
        '/readers/owner',
        '/readers/owner/followers',
        '/comments/mentions?q=own',
        `/comments/${root.code}/recommend`,
      ];
      const texts = await Promise.all(
        pages.map(async (path) => (await get().get(path, { cookie: who.cookie })).text),
      );
      return texts.join('\n').replaceAll(/name="key" value="[^"]*"|data-after="\d+"/g, '');
    };
    const before = await seenBy(cast.muted);
    const told = listener(t);
    await told.open(get().port, `/live?topics=me,thread:${story.id}`, { cookie: cast.muted.cookie });
    await meetFates(get(), cast, 'delete');
    assert.equal(await seenBy(cast.muted), before, 'the muted reader learns nothing');

    const pages = [
      story.path,
      `${story.path}/comments`,
      `${story.path}/comments/${root.code}`,
      '/following',
      `/following/feed/${await get().write((tx) => renewFeed(tx, cast.owner.reader.id))}.xml`,
      '/inbox',
      '/readers/muted',
      '/readers/blocked',
    ];
    const { cookie } = cast.owner;
    for (const word of Object.values(words)) {
      for (const path of pages)
        assert.ok(!(await get().get(path, { cookie })).text.includes(word), `${word} on ${path}`);
      assert.ok((await get().get(story.path)).text.includes(word), 'others see it');
    }
    const mark = 'A mark for those who were muted';
    await sayUnder(get(), story, cast.other, mark);
    const live = await heard(t, story, from, { cookie, mark });
    for (const word of Object.values(words)) assert.ok(!live.includes(word), word);
    assert.ok((await heard(t, story, from, { mark })).includes(words.muted));
    assert.ok(!told.events.some(({ name }) => /mute|block|relation/.test(name)));

    const reply = new Visitor(get(), { cookie: cast.blocked.cookie });
    const refused = await reply.send('/comments', {
      fields: {
        story: story.code,
        parent: root.code,
        text: 'The blocked reader answers all the same.',
        key: '',
      },
    });
    assert.ok(refused.status >= 400, String(refused.status));
    await reply.send('/comments', {
      fields: { story: story.code, text: 'The blocked reader names @owner all the same.', key: '' },
    });
    await reply.send(`/comments/${root.code}/recommend`, { fields: { act: 'recommend' }, follows: false });
    const { read } = get().database;
    const { recommends } = await read
      .selectFrom('comment')
      .select('recommends')
      .where('id', '=', root.id)
      .executeTakeFirstOrThrow();
    assert.equal(recommends, 0);
    assert.ok(!(await get().get('/inbox', { cookie })).text.includes('all the same'));
    const completion = await get().get('/comments/mentions?q=own', { cookie: cast.blocked.cookie });
    assert.deepEqual(JSON.parse(completion.text), { readers: [] });
  });

  it('are readers who are banned, about to leave or gone, where readers are named', async () => {
    for (const name of ['banned', 'leaving', 'former'] as const) {
      const handle = cast[name].reader.handle!;
      const { text } = await get().get(`/comments/mentions?q=${handle}`, { cookie: friend.cookie });
      assert.deepEqual(JSON.parse(text), { readers: [] }, name);
    }
    for (const name of ['leaving', 'former'] as const)
      assert.equal((await get().get(`/readers/${cast[name].reader.handle!}`)).status, 404, name);
  });

  it('is what the barred would still say of themselves', async () => {
    for (const name of ['suspended', 'banned'] as const) {
      const visitor = new Visitor(get(), { cookie: cast[name].cookie });
      const word = wordFor(name);
      await visitor.send('/account/profile', { fields: { name: word, handle: word, bio: word } });
      await visitor.send('/welcome', { fields: { name: word, handle: word } });
      await visitor.send('/following', {
        fields: { kind: 'reader', target: friend.reader.id, act: 'follow', to: '/' },
      });
      const { read } = get().database;
      const row = await read
        .selectFrom('reader')
        .selectAll()
        .where('id', '=', cast[name].reader.id)
        .executeTakeFirstOrThrow();
      assert.deepEqual(
        [row.name, row.handle, row.bio],
        [cast[name].reader.name, cast[name].reader.handle, ''],
        name,
      );
      const follows = await read.selectFrom('follow').selectAll().where('reader_id', '=', row.id).execute();
      assert.deepEqual(follows, [], name);
    }
  });
});
