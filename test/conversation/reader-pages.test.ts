import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { blockReader, followTarget, muteReader } from '../../src/conversation/index.ts';
import { readerChanged, type Audience, type ReaderSettings } from '../../src/readers/index.ts';
import { signedInReader, type SignedInReader } from '../../src/readers/testing.ts';
import { saveSection } from '../../src/stories/index.ts';
import { elements, wordsOf } from '../rig/dom.ts';
import { contentOf, forEachSite, type PublishedStory } from '../rig/site.ts';
import { addComment, setCommentState } from '../rig/talk.ts';
import { Visitor } from '../rig/visitor.ts';

forEachSite('pages of readers', {}, (get) => {
  let story: PublishedStory;
  let count = 0;

  const newReader = (name: string) => {
    count += 1;
    return signedInReader(get().database, {
      name,
      handle: `${name.toLowerCase()}${count}`,
      origin: get().origin,
    });
  };
  const visitor = (who?: SignedInReader) => new Visitor(get(), who ? { cookie: who.cookie } : {});
  const pathOf = ({ reader }: SignedInReader) => `/readers/${reader.handle}`;
  const say = (who: SignedInReader, text: string, more: Partial<Parameters<typeof addComment>[1]> = {}) =>
    addComment(get().database, { story: story.id, author: who.reader.id, text, ...more });
  const change = (who: SignedInReader, values: Record<string, string | number | null>) =>
    get().write(async (tx) => {
      await tx.db.updateTable('reader').set(values).where('id', '=', who.reader.id).execute();
      tx.emit(readerChanged(who.reader.id));
    });
  const settle = (who: SignedInReader, settings: Partial<ReaderSettings>) =>
    change(who, { settings: JSON.stringify(settings) });
  const wordsAt = async (path: string, who?: SignedInReader) => {
    const page = await visitor(who).open(path);
    return { status: page.status, words: wordsOf(page.doc), page };
  };

  before(async () => {
    await get().write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
    story = await get().publish(contentOf('A quiet day'));
  });

  it('shows what a reader wrote, and hides it as soon as it is hidden', async () => {
    const ann = await newReader('Ann');
    const comment = await say(ann, 'The tide is high');
    await say(ann, 'Nobody sees this yet', { state: 'held' });
    const { words, page } = await wordsAt(pathOf(ann));
    assert.match(words, /Ann @ann\d+/);
    assert.match(words, /1 comment /);
    assert.match(words, /The tide is high/);
    assert.doesNotMatch(words, /Nobody sees/);
    assert.match(page.text, /<meta name="robots" content="noindex">/);
    assert.match(page.headers['cache-control']!, /no-cache|max-age=0/);
    await setCommentState(get().database, comment.id, 'hidden');
    const after = await wordsAt(pathOf(ann));
    assert.doesNotMatch(after.words, /The tide is high|1 comment/);
  });

  it('forgets a story that was taken down, with its headline', async () => {
    const bob = await newReader('Bob');
    const untrue = await get().publish(contentOf('An untrue thing'));
    await say(bob, 'Words under it', { story: untrue.id });
    assert.match((await wordsAt(pathOf(bob))).words, /An untrue thing/);
    await get().kill(untrue.id);
    assert.doesNotMatch((await wordsAt(pathOf(bob))).words, /An untrue thing|Words under it/);
  });

  it('shows what its owner lets be known', async () => {
    const cat = await newReader('Cat');
    const comment = await say(cat, 'Well said');
    await get().write((tx) =>
      tx.db.updateTable('comment').set({ recommends: 7 }).where('id', '=', comment.id).execute(),
    );
    assert.match((await wordsAt(pathOf(cat))).words, /Recommended 7 times/);
    await settle(cat, { showRecommends: false, showComments: false, isIndexed: true });
    const { words, page } = await wordsAt(pathOf(cat));
    assert.doesNotMatch(words, /Well said|7 times|1 comment/);
    assert.doesNotMatch(page.text, /name="robots"/);
    const own = await wordsAt(pathOf(cat), cat);
    assert.match(own.words, /Only you see your comments here/);
    assert.match(own.words, /Well said/);
  });

  it('shows lists of follows to whom their owner shows them, and the rest see nothing there', async () => {
    const dan = await newReader('Dan');
    const fan = await newReader('Fan');
    const eve = await newReader('Eve');
    await get().write((tx) => followTarget(tx, fan.reader, { kind: 'reader', target: dan.reader.id }));
    await get().write((tx) => followTarget(tx, dan.reader, { kind: 'reader', target: eve.reader.id }));
    const seen = async (who?: SignedInReader) => {
      const lists = [`${pathOf(dan)}/followers`, `${pathOf(dan)}/following`];
      const answers = await Promise.all(lists.map((path) => wordsAt(path, who)));
      const { words } = await wordsAt(pathOf(dan), who);
      assert.equal(/1 follower\b/.test(words), answers[0]!.status === 200);
      assert.equal(/Follows 1 reader/.test(words), answers[1]!.status === 200);
      return answers.map(({ status }) => status);
    };
    const expected: Record<Audience, [number, number, number]> = {
      public: [200, 200, 200],
      followers: [404, 200, 200],
      nobody: [404, 404, 200],
    };
    for (const audience of ['public', 'followers', 'nobody'] as const) {
      await settle(dan, { followers: audience, following: audience });
      const [anyone, follower, owner] = expected[audience];
      assert.deepEqual(await seen(), [anyone, anyone], `${audience} to anyone`);
      assert.deepEqual(await seen(eve), [anyone, anyone], `${audience} to one who is followed`);
      assert.deepEqual(await seen(fan), [follower, follower], `${audience} to a follower`);
      assert.deepEqual(await seen(dan), [owner, owner], `${audience} to the owner`);
    }
    // The same answer as for somebody who does not exist.
    const shut = await wordsAt(`${pathOf(dan)}/followers`);
    const none = await wordsAt('/readers/nobody-at-all/followers');
    assert.equal(shut.status, none.status);
    assert.equal(
      shut.words.replaceAll(dan.reader.handle!, ''),
      none.words.replaceAll('nobody-at-all', '').replaceAll('nobody at all', ''),
    );
  });

  it('counts and lists nobody who is banned, leaving or gone', async () => {
    const gil = await newReader('Gil');
    await settle(gil, { followers: 'public' });
    for (const state of ['active', 'suspended', 'banned', 'leaving', 'former']) {
      const one = await newReader(`Of${state}`);
      await get().write((tx) => followTarget(tx, one.reader, { kind: 'reader', target: gil.reader.id }));
      await change(one, { state });
    }
    assert.match((await wordsAt(pathOf(gil))).words, /2 followers/);
    const { words } = await wordsAt(`${pathOf(gil)}/followers`);
    assert.match(words, /Ofactive/);
    assert.match(words, /Ofsuspended/);
    assert.doesNotMatch(words, /Ofbanned|Ofleaving|Offormer/);
  });

  it('lists nobody whom the one who looks has muted or blocked', async () => {
    const hal = await newReader('Hal');
    const ida = await newReader('Ida');
    const jon = await newReader('Jon');
    const kim = await newReader('Kim');
    await settle(hal, { followers: 'public' });
    for (const one of [ida, jon])
      await get().write((tx) => followTarget(tx, one.reader, { kind: 'reader', target: hal.reader.id }));
    await say(ida, 'Ida speaks');
    await get().write((tx) => muteReader(tx, { reader: kim.reader.id, target: ida.reader.id }));
    await get().write((tx) => blockReader(tx, { reader: kim.reader.id, target: jon.reader.id }));
    assert.doesNotMatch((await wordsAt(`${pathOf(hal)}/followers`, kim)).words, /Ida|Jon/);
    assert.match((await wordsAt(`${pathOf(hal)}/followers`)).words, /Ida.*|Jon/);
    const page = await wordsAt(pathOf(ida), kim);
    assert.match(page.words, /You have muted this reader/);
    assert.doesNotMatch(page.words, /Ida speaks/);
    // To the muted one, and to everybody else, nothing has changed.
    assert.match((await wordsAt(pathOf(ida), ida)).words, /Ida speaks/);
    assert.doesNotMatch((await wordsAt(pathOf(kim), ida)).words, /mute[d]/i);
    assert.match((await wordsAt('/following/muted', kim)).words, /Unmute Ida.*Unblock Jon/);
  });

  it('leads on from a handle that was given up, and to nobody who has left', async () => {
    const lee = await newReader('Lee');
    const before = pathOf(lee);
    await get().write(async (tx) => {
      await tx.db
        .updateTable('reader_handle')
        .set({ until: tx.now })
        .where('reader_id', '=', lee.reader.id)
        .execute();
      await tx.db
        .insertInto('reader_handle')
        .values({ handle: 'lee-the-second', reader_id: lee.reader.id, since: tx.now, until: null })
        .execute();
    });
    await change(lee, { handle: 'lee-the-second', handle_look: 'lee-the-second' });
    for (const rest of ['', '/followers', '?before=1.a']) {
      const got = await visitor().send(`${before}${rest}`, { follows: false });
      assert.equal(got.status, 301);
      assert.equal(got.headers.location, `/readers/lee-the-second${rest}`);
    }
    const shouted = await visitor().send('/readers/LEE-the-second', { follows: false });
    assert.equal(shouted.headers.location, '/readers/lee-the-second');
    for (const state of ['leaving', 'former']) {
      await change(lee, { state });
      assert.equal((await wordsAt('/readers/lee-the-second')).status, 404, state);
    }
  });

  it('names a writer who has left a former reader, and leads nowhere', async () => {
    const moe = await newReader('Moe');
    const ned = await newReader('Ned');
    const root = await say(moe, 'Words that stay');
    await say(ned, 'An answer to it', { parent: root });
    await change(moe, { state: 'former', name: '', handle: null, handle_look: null, email: null });
    const { words, page } = await wordsAt(pathOf(ned));
    assert.match(words, /In reply to Former reader: Words that stay/);
    assert.doesNotMatch(page.text, /Moe/);
  });

  it('escapes names and bios', async () => {
    const eve = await newReader('<img src=x onerror=alert(1)>');
    await change(eve, { handle: 'eve-x', handle_look: 'eve-x', bio: '</p><script>alert(2)</script>' });
    await get().write((tx) =>
      tx.db
        .insertInto('reader_handle')
        .values({ handle: 'eve-x', reader_id: eve.reader.id, since: tx.now, until: null })
        .execute(),
    );
    await settle(eve, { isIndexed: true });
    const { page } = await wordsAt('/readers/eve-x');
    assert.equal(page.status, 200);
    assert.equal(elements(page.doc, 'img').length, 0);
    assert.doesNotMatch(page.text, /<script>alert/);
  });
});
