import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import {
  blockReader,
  followTarget,
  muteReader,
  unblockReader,
  unmuteReader,
} from '../../src/conversation/index.ts';
import { saveAuthor, saveSection, saveTopic } from '../../src/stories/index.ts';
import { signedInReader, type SignedInReader } from '../../src/readers/testing.ts';
import { contentOf, forEachSite, type PublishedStory } from '../rig/site.ts';
import { elements, wordsOf } from '../rig/dom.ts';
import { addComment, setCommentState } from '../rig/talk.ts';
import { mailsTo, Visitor } from '../rig/visitor.ts';

forEachSite('following', {}, (get) => {
  let story: PublishedStory;
  let other: PublishedStory;
  let ann: SignedInReader;
  let ben: SignedInReader;
  let cat: SignedInReader;
  let count = 0;

  const newReader = (name: string) => {
    count += 1;
    return signedInReader(get().database, {
      name,
      handle: `${name.toLowerCase()}${count}`,
      origin: get().origin,
    });
  };
  const follow = (who: SignedInReader, whom: SignedInReader) =>
    get().write((tx) => followTarget(tx, who.reader, { kind: 'reader', target: whom.reader.id }));
  const visitor = (who: SignedInReader) => new Visitor(get(), { cookie: who.cookie });
  const say = (who: SignedInReader, text: string, more: Partial<Parameters<typeof addComment>[1]> = {}) =>
    addComment(get().database, { story: story.id, author: who.reader.id, text, ...more });

  before(async () => {
    await get().write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
    await get().write((tx) => saveTopic(tx, { slug: 'harbour', name: 'The harbour' }));
    await get().write((tx) => saveAuthor(tx, { slug: 'ada', name: 'Ada Moor' }));
    story = await get().publish(contentOf('A quiet day'));
    other = await get().publish(contentOf('A loud night'));
    ann = await newReader('Ann');
    ben = await newReader('Ben');
    cat = await newReader('Cat');
  });

  it('is for those who are signed in', async () => {
    for (const path of ['/following', '/following/all', '/following/muted', '/inbox']) {
      const got = await new Visitor(get()).send(path, { follows: false });
      assert.equal(got.headers.location, `/sign-in?to=${encodeURIComponent(path)}`, path);
    }
  });

  it('shows what is new of those one follows, with what it answers', async () => {
    await follow(ann, ben);
    const first = await say(cat, 'Ferries are late');
    await say(ben, 'They always were', { parent: first });
    const page = await visitor(ann).open('/following');
    assert.equal(page.status, 200);
    assert.equal(page.headers['cache-control'], 'no-store');
    const words = wordsOf(page.doc);
    assert.match(words, /They always were/);
    assert.match(words, /In reply to Cat: Ferries are late/);
    assert.match(words, /A quiet day/);
    assert.doesNotMatch(wordsOf((await visitor(cat).open('/following')).doc), /They always were/);
  });

  it('shows stories of followed topics and authors, and what is said where one follows the talk', async () => {
    const dan = await newReader('Dan');
    const { write } = get();
    await write((tx) => followTarget(tx, dan.reader, { kind: 'topic', target: 'harbour' }));
    await write((tx) => followTarget(tx, dan.reader, { kind: 'author', target: 'ada' }));
    await write((tx) => followTarget(tx, dan.reader, { kind: 'story', target: other.id }));
    const root = await say(cat, 'A thread begins');
    await write((tx) => followTarget(tx, dan.reader, { kind: 'thread', target: root.id }));
    await say(ben, 'Within the thread', { parent: root });
    await say(ben, 'Under the other story', { story: other.id });
    await say(dan, 'My own words', { story: other.id });
    await get().publish(
      contentOf('Dredgers at work', { topics: ['harbour'], byline: [{ name: 'Ada Moor', author: 'ada' }] }),
    );
    const words = wordsOf((await visitor(dan).open('/following')).doc);
    for (const wanted of [/Within the thread/, /A thread begins/, /Under the other story/])
      assert.match(words, wanted);
    // By author and by topic, and once.
    assert.equal(words.split('Dredgers at work').length, 2);
    assert.doesNotMatch(words, /My own words/);
  });

  it('hides what is hidden, and what is under a story that was taken down', async () => {
    const eve = await newReader('Eve');
    await follow(eve, ben);
    const gone = await get().publish(contentOf('Untrue from the start'));
    await say(ben, 'Words under it', { story: gone.id });
    const comment = await say(ben, 'Soon to be hidden');
    await say(ben, 'Waits for moderators', { state: 'held' });
    const open = async () => wordsOf((await visitor(eve).open('/following')).doc);
    assert.match(await open(), /Soon to be hidden/);
    assert.match(await open(), /Words under it/);
    assert.doesNotMatch(await open(), /Waits for moderators/);
    await setCommentState(get().database, comment.id, 'hidden');
    await get().kill(gone.id);
    assert.doesNotMatch(await open(), /Soon to be hidden|Words under it|Untrue from the start/);
  });

  it('spares readers those whom they muted or blocked, wherever they stand', async () => {
    const fay = await newReader('Fay');
    const gus = await newReader('Gus');
    const pair = { reader: fay.reader.id, target: gus.reader.id };
    await follow(fay, gus);
    await get().write((tx) => followTarget(tx, fay.reader, { kind: 'story', target: story.id }));
    const root = await say(gus, 'Gus begins');
    await say(ben, 'An answer', { parent: root });
    const feed = await visitor(fay).press(await visitor(fay).open('/following'), '/following/feed', {
      act: 'renew',
    });
    const address = elements(feed.doc, 'input').find(({ attribs }) => attribs.type === 'url')!.attribs.value!;
    const both = async () => [
      wordsOf((await visitor(fay).open('/following')).doc),
      (await get().get(new URL(address).pathname)).text,
    ];
    for (const text of await both()) assert.match(text, /Gus begins/);
    await get().write((tx) => muteReader(tx, pair));
    for (const text of await both()) {
      assert.doesNotMatch(text, /Gus/);
      assert.match(text, /An answer/);
    }
    // Nothing of it is told to the other.
    assert.match(wordsOf((await visitor(gus).open(`/readers/${fay.reader.handle}`)).doc), /Follow/);
    await get().write((tx) => unmuteReader(tx, pair));
    for (const text of await both()) assert.match(text, /Gus begins/);
    await get().write((tx) => blockReader(tx, pair));
    for (const text of await both()) assert.doesNotMatch(text, /Gus begins/);
    await get().write((tx) => unblockReader(tx, pair));
  });

  it('fills its pages with what is seen, however much the muted write', async () => {
    const pia = await newReader('Pia');
    const ron = await newReader('Ron');
    const sue = await newReader('Sue');
    await follow(pia, ron);
    await follow(pia, sue);
    await say(sue, 'Behind all that', { at: get().clock.now() - 1000 });
    for (let index = 0; index < 21; index += 1) await say(ron, 'Again and again');
    await get().write((tx) => muteReader(tx, { reader: pia.reader.id, target: ron.reader.id }));
    assert.match(wordsOf((await visitor(pia).open('/following')).doc), /Behind all that/);
  });

  it('lets nobody follow whoever has blocked them, and ends what was there', async () => {
    const hal = await newReader('Hal');
    const ida = await newReader('Ida');
    await follow(hal, ida);
    await follow(ida, hal);
    await get().write((tx) => blockReader(tx, { reader: ida.reader.id, target: hal.reader.id }));
    const row = await get()
      .database.read.selectFrom('follow')
      .select('since')
      .where('reader_id', 'in', [hal.reader.id, ida.reader.id])
      .execute();
    assert.deepEqual(row, []);
    await assert.rejects(follow(hal, ida), { code: 'follow.refused' });
    await assert.rejects(follow(ida, hal), { code: 'follow.refused' });
    await assert.rejects(follow(hal, hal), { code: 'follow.own' });
  });

  it('lets those who are suspended or banned follow nobody, until their time is over', async () => {
    const jon = await newReader('Jon');
    const until = get().clock.now() + 1000;
    await assert.rejects(
      get().write((tx) =>
        followTarget(
          tx,
          { ...jon.reader, state: 'suspended', suspendedUntil: until },
          { kind: 'reader', target: ben.reader.id },
        ),
      ),
      { code: 'follow.suspended' },
    );
    await assert.rejects(
      get().write((tx) =>
        followTarget(tx, { ...jon.reader, state: 'banned' }, { kind: 'reader', target: ben.reader.id }),
      ),
      { code: 'follow.suspended' },
    );
  });

  it('follows nothing that is not there', async () => {
    const held = await say(ben, 'Held at the top', { state: 'held' });
    const reply = await say(ben, 'No thread of its own', { parent: await say(cat, 'Top') });
    for (const what of [
      { kind: 'reader', target: 'nobody' },
      { kind: 'author', target: 'nobody' },
      { kind: 'topic', target: 'nothing' },
      { kind: 'story', target: 'none' },
      { kind: 'thread', target: held.id },
      { kind: 'thread', target: reply.id },
    ] as const)
      await assert.rejects(
        get().write((tx) => followTarget(tx, ann.reader, what)),
        { code: 'follow.not-found' },
        `${what.kind} ${what.target}`,
      );
  });

  it('loses and doubles nothing while others write, page by page', async () => {
    const kim = await newReader('Kim');
    const lee = await newReader('Lee');
    await follow(kim, lee);
    const now = get().clock.now();
    const hour = 3_600_000;
    for (let index = 0; index < 45; index += 1) {
      // Many at one instant, others years apart.
      const at = index < 20 ? now - hour : now - index * index * 24 * hour;
      await say(lee, `Number ${index}.`, { at });
    }
    const seen: string[] = [];
    let path: string | undefined = '/following';
    let pages = 0;
    for (; path !== undefined && pages < 10; pages += 1) {
      const page = await visitor(kim).open(path);
      seen.push(...(wordsOf(page.doc).match(/Number \d+\./g) ?? []));
      path = elements(page.doc, 'a').find(({ attribs }) => attribs.rel === 'next')?.attribs.href;
      await say(lee, 'Meanwhile');
    }
    assert.equal(seen.length, 45);
    assert.equal(new Set(seen).size, 45);
    assert.equal(pages, 3);
    assert.equal((await visitor(kim).open('/following?before=nonsense')).status, 400);
  });

  it('follows by the button, in place for scripts and back to the page for others', async () => {
    const moe = await newReader('Moe');
    const path = `/readers/${ben.reader.handle}`;
    const page = await visitor(moe).open(path);
    const back = await visitor(moe).press(page, '/following', { act: 'follow' });
    assert.equal(back.path, path);
    assert.match(wordsOf(back.doc), /Following Ben: stop following/);
    const inPlace = await visitor(moe).press(
      back,
      '/following',
      { act: 'unfollow' },
      {
        headers: { 'sec-fetch-dest': 'empty' },
      },
    );
    assert.match(inPlace.path, /^\/following\/one\?/);
    assert.match(wordsOf(inPlace.doc), /Follow Ben/);
    assert.equal(elements(inPlace.doc, 'div').filter(({ attribs }) => 'data-flow' in attribs).length, 1);
    const elsewhere = await visitor(moe).press(
      page,
      '/following',
      { act: 'follow', to: 'https://evil.example/' },
      { follows: false },
    );
    assert.equal(elsewhere.headers.location, '/');
    const broken = await visitor(moe).send('/following', { fields: { kind: 'reader' } });
    assert.equal(broken.status, 422);
  });

  it('takes no follow from another site', async () => {
    const got = await visitor(ann).send('/following', {
      fields: { kind: 'topic', target: 'harbour', act: 'follow' },
      headers: { 'sec-fetch-site': 'cross-site' },
      follows: false,
    });
    assert.equal(got.status, 403);
  });

  it('follows after signing in what somebody wanted to follow before', async () => {
    const visitor = new Visitor(get());
    const path = `/readers/${ben.reader.handle}`;
    const asked = await visitor.press(await visitor.open(path), '/following', { act: 'follow' });
    assert.equal(asked.path, '/sign-in');
    const code = await visitor.press(asked, '/sign-in', { email: 'olga@readers.example' });
    const [mail] = await mailsTo(get(), 'olga@readers.example');
    // Others see who follows them: the name comes first.
    const welcome = await visitor.press(code, '/sign-in/code', { code: mail!.code! });
    assert.equal(welcome.path, '/welcome');
    const back = await visitor.press(welcome, '/welcome', { name: 'Olga Sand' });
    assert.equal(back.path, path);
    assert.match(wordsOf(back.doc), /Following Ben: stop following/);
    const topic = await visitor.press(await visitor.open('/topics/harbour'), '/following', { act: 'follow' });
    assert.match(wordsOf(topic.doc), /Following The harbour: stop following/);
    const all = await visitor.open('/following/all');
    assert.match(wordsOf(all.doc), /Readers 1 .*Topics 1/);
    const left = await visitor.press(all, '/following', { act: 'unfollow' });
    assert.doesNotMatch(wordsOf(left.doc), /Readers 1/);
  });

  it('gives the feed to whoever has its address, and no more once it is renewed or removed', async () => {
    const ned = await newReader('Ned');
    await follow(ned, ben);
    const addressIn = (page: Awaited<ReturnType<Visitor['open']>>) =>
      elements(page.doc, 'input').find(({ attribs }) => attribs.type === 'url')?.attribs.value;
    const first = await visitor(ned).open('/following');
    assert.equal(addressIn(first), undefined);
    const made = await visitor(ned).press(first, '/following/feed', { act: 'renew' });
    const one = new URL(addressIn(made)!);
    assert.equal(one.origin, get().origin);
    const feed = await get().get(one.pathname);
    assert.equal(feed.status, 200);
    assert.match(feed.headers['content-type']!, /^application\/atom\+xml/);
    assert.equal(feed.headers['x-robots-tag'], 'noindex');
    assert.equal(feed.headers['cache-control'], 'no-store');
    assert.match(feed.text, /They always were/);
    const renewed = await visitor(ned).press(made, '/following/feed', { act: 'renew' });
    const two = new URL(addressIn(renewed)!);
    assert.notEqual(two.pathname, one.pathname);
    assert.equal((await get().get(one.pathname)).status, 404);
    assert.equal((await get().get(two.pathname)).status, 200);
    await visitor(ned).press(renewed, '/following/feed', { act: 'end' });
    assert.equal((await get().get(two.pathname)).status, 404);
    assert.equal((await get().get('/following/feed/none.xml')).status, 404);
  });
});
