import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import {
  addNotices,
  blockReader,
  countUnread,
  followTarget,
  muteReader,
  removeAlertNotices,
  type CommentState,
} from '../../src/conversation/index.ts';
import { makeNotices } from '../../src/conversation/notices/make-notices.ts';
import { pruneNotices } from '../../src/conversation/notices/read-notices.ts';
import type { RecordedEvent } from '../../src/platform/events/event-log.ts';
import { saveSection } from '../../src/stories/index.ts';
import { signedInReader, type SignedInReader } from '../../src/readers/testing.ts';
import { elements, wordsOf } from '../rig/dom.ts';
import { contentOf, forEachSite, type PublishedStory } from '../rig/site.ts';
import { addComment, setCommentState, type TestComment } from '../rig/talk.ts';
import { Visitor } from '../rig/visitor.ts';

forEachSite('notices', {}, (get) => {
  let story: PublishedStory;
  let ben: SignedInReader;
  let count = 0;

  const newReader = (name: string) => {
    count += 1;
    return signedInReader(get().database, {
      name,
      handle: `${name.toLowerCase()}${count}`,
      origin: get().origin,
    });
  };
  const visitor = (who: SignedInReader) => new Visitor(get(), { cookie: who.cookie });
  const say = (who: SignedInReader, text: string, more: Partial<Parameters<typeof addComment>[1]> = {}) =>
    addComment(get().database, { story: story.id, author: who.reader.id, text, ...more });
  const unread = (who: SignedInReader) => countUnread(get().database.read, who.reader.id);
  /** Resolves when so many wait; the test's own time limit ends it otherwise. */
  const untilUnread = async (who: SignedInReader, wanted: number) => {
    while ((await unread(who)) !== wanted) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  const inbox = async (who: SignedInReader) => wordsOf((await visitor(who).open('/inbox')).doc);
  const make = (events: readonly RecordedEvent[]) => get().write((tx) => makeNotices(tx, events));
  let position = 1_000_000;
  const event = (type: string, payload: Record<string, unknown>): RecordedEvent => {
    position += 1;
    return {
      position,
      id: `e${position}`,
      type,
      payload,
      tags: [],
      urgent: false,
      createdAt: get().clock.now(),
    };
  };
  const recommended = async (comment: TestComment, recommends: number) => {
    await get().write((tx) =>
      tx.db.updateTable('comment').set({ recommends }).where('id', '=', comment.id).execute(),
    );
    return make([event('comment.recommended', { comment: comment.id })]);
  };

  before(async () => {
    await get().write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
    story = await get().publish(contentOf('A quiet day'));
    ben = await newReader('Ben');
  });

  it('tells of an answer, a mention and a follower, as they happen', async () => {
    const ann = await newReader('Ann');
    const root = await say(ann, 'Who knows the ferry?');
    await say(ben, 'I do', { parent: root });
    await say(ben, 'See what she said', { mentions: [ann.reader.id] });
    await get().write((tx) => followTarget(tx, ben.reader, { kind: 'reader', target: ann.reader.id }));
    await untilUnread(ann, 3);
    const words = await inbox(ann);
    assert.match(words, /Ben replied to you I do/);
    assert.match(words, /Ben mentioned you See what she said/);
    assert.match(words, /Ben follows you now/);
    const page = await visitor(ann).open(story.path);
    const bell = elements(page.doc, 'a').find(({ attribs }) => 'data-bell' in attribs)!;
    assert.match(wordsOf(bell), /Inbox 3|Inbox3/);
    assert.doesNotMatch(wordsOf((await new Visitor(get()).open(story.path)).doc), /Inbox/);
  });

  it('makes one of each, however often its events come', async () => {
    const cat = await newReader('Cat');
    const root = await say(cat, 'Top');
    const reply = await say(ben, 'Answer that names her', { parent: root, mentions: [cat.reader.id] });
    await untilUnread(cat, 1);
    const events = ['comment.posted', 'comment.shown', 'comment.edited', 'comment.posted'].map((type) =>
      event(type, { comment: reply.id }),
    );
    assert.deepEqual(await make(events), []);
    assert.deepEqual(await Promise.all([make(events), make(events)]), [[], []]);
    const fresh = await say(cat, 'Another top');
    await recommended(fresh, 1);
    await recommended(fresh, 1);
    assert.equal(await unread(cat), 2);
    await Promise.all([recommended(fresh, 6), recommended(fresh, 6)]);
    // The last summary stands in place of those before it.
    assert.equal(await unread(cat), 2);
    assert.match(await inbox(cat), /6 readers recommend your comment/);
    // Somebody withdraws, and comes back.
    await recommended(fresh, 4);
    await recommended(fresh, 5);
    assert.equal(await unread(cat), 2);
    assert.equal(await unread(ben), 0);
  });

  it('tells nothing of what is hidden, when it happens and later', async () => {
    const dan = await newReader('Dan');
    const root = await say(dan, 'Top');
    const held = await say(ben, 'Held words', { parent: root, state: 'held' });
    const later = await say(ben, 'Later hidden', { parent: root });
    await untilUnread(dan, 1);
    assert.doesNotMatch(await inbox(dan), /Held words/);
    for (const state of ['hidden', 'removed', 'deleted'] satisfies CommentState[]) {
      await setCommentState(get().database, later.id, state);
      assert.equal(await unread(dan), 0);
      assert.doesNotMatch(await inbox(dan), /Later hidden|Ben/);
    }
    await setCommentState(get().database, held.id, 'visible');
    await make([event('comment.shown', { comment: held.id })]);
    assert.equal(await unread(dan), 1);
    assert.match(await inbox(dan), /Held words/);
  });

  it('tells nothing of those whom one has muted or blocked, before and after', async () => {
    const eve = await newReader('Eve');
    const fay = await newReader('Fay');
    const gus = await newReader('Gus');
    const root = await say(eve, 'Top');
    await say(fay, 'Before the mute', { parent: root });
    await say(gus, 'Before the block', { parent: root });
    await untilUnread(eve, 2);
    await get().write((tx) => muteReader(tx, { reader: eve.reader.id, target: fay.reader.id }));
    await get().write((tx) => blockReader(tx, { reader: eve.reader.id, target: gus.reader.id }));
    assert.equal(await unread(eve), 0);
    await say(fay, 'After the mute', { parent: root });
    await say(gus, 'After the block', { mentions: [eve.reader.id] });
    await get().write((tx) => followTarget(tx, fay.reader, { kind: 'reader', target: eve.reader.id }));
    await say(ben, 'From another', { parent: root });
    await untilUnread(eve, 1);
    // Nothing was made of it that a mail could be sent of.
    const rows = await get()
      .database.read.selectFrom('notice')
      .select('actor_id')
      .where('reader_id', '=', eve.reader.id)
      .execute();
    assert.equal(rows.length, 3);
    assert.match(await inbox(eve), /From another/);
    assert.doesNotMatch(await inbox(eve), /Fay|Gus|the mute|the block/);
  });

  it('tells of picks and decisions, and only their owner', async () => {
    const hal = await newReader('Hal');
    const comment = await say(hal, 'Worth it');
    await get().write((tx) =>
      tx.db.updateTable('comment').set({ picked_at: tx.now }).where('id', '=', comment.id).execute(),
    );
    await make([
      event('comment.picked', { comment: comment.id, isPicked: true }),
      event('moderation.decided', { decision: 'd1', owner: hal.reader.id, action: 'hide' }),
      event('moderation.decided', { decision: 'd2', owner: hal.reader.id, action: 'keep' }),
      event('moderation.decided', { decision: 'd3', owner: null, action: 'hide' }),
      event('moderation.look-answered', { decision: 'd4', owner: hal.reader.id, outcome: 'changed' }),
    ]);
    assert.equal(await unread(hal), 2);
    assert.match(await inbox(hal), /The newsroom has picked your comment Worth it/);
  });

  it('tells nothing to and of accounts that are gone', async () => {
    const ida = await newReader('Ida');
    const jon = await newReader('Jon');
    const root = await say(ida, 'Top');
    await get().write((tx) => followTarget(tx, jon.reader, { kind: 'reader', target: ida.reader.id }));
    await untilUnread(ida, 1);
    await get().write((tx) =>
      tx.db.updateTable('reader').set({ state: 'banned' }).where('id', '=', jon.reader.id).execute(),
    );
    assert.equal(await unread(ida), 0);
    await get().write((tx) =>
      tx.db.updateTable('reader').set({ state: 'former' }).where('id', '=', ida.reader.id).execute(),
    );
    const reply = await say(ben, 'Too late', { parent: root });
    assert.deepEqual(await make([event('comment.posted', { comment: reply.id })]), []);
  });

  it('is read one by one or all at once, and never by others', async () => {
    const kim = await newReader('Kim');
    const root = await say(kim, 'Top');
    for (const text of ['One', 'Two', 'Three']) await say(ben, text, { parent: root });
    await untilUnread(kim, 3);
    const page = await visitor(kim).open('/inbox');
    const links = elements(page.doc, 'a')
      .map(({ attribs }) => attribs.href ?? '')
      .filter((href) => href.startsWith('/inbox/'));
    assert.equal(links.length, 3);
    // Another's notice is as one that does not exist.
    assert.equal((await visitor(ben).open(links[0]!)).status, 404);
    const id = links[0]!.slice('/inbox/'.length);
    await visitor(ben).send('/inbox', { fields: { act: 'read', id } });
    assert.equal(await unread(kim), 3);
    const opened = await visitor(kim).send(links[0]!, { follows: false });
    assert.match(opened.headers.location!, new RegExp(`^${story.path}/comments/\\w+#comment-\\w+$`));
    assert.equal(await unread(kim), 2);
    await visitor(kim).send('/inbox', { fields: { act: 'unread', id } });
    assert.equal(await unread(kim), 3);
    await visitor(kim).send(links[0]!, { follows: false, headers: { 'sec-purpose': 'prefetch' } });
    assert.equal(await unread(kim), 3);
    get().clock.advance(1000);
    await say(ben, 'While the page was open', { parent: root });
    await untilUnread(kim, 4);
    await visitor(kim).press(page, '/inbox', { act: 'read-all' });
    assert.equal(await unread(kim), 1);
    assert.equal((await visitor(kim).send('/inbox', { fields: { act: 'none' } })).status, 422);
  });

  it('loses and doubles nothing while more arrives, page by page', async () => {
    const lee = await newReader('Lee');
    const root = await say(lee, 'Top');
    for (let index = 0; index < 65; index += 1) await say(ben, `Number ${index}.`, { parent: root });
    await untilUnread(lee, 65);
    const seen: string[] = [];
    let path: string | undefined = '/inbox';
    while (path !== undefined) {
      const page = await visitor(lee).open(path);
      seen.push(...(wordsOf(page.doc).match(/Number \d+\./g) ?? []));
      path = elements(page.doc, 'a').find(({ attribs }) => attribs.rel === 'next')?.attribs.href;
      get().clock.advance(1);
      const reply = await say(ben, 'Meanwhile', { parent: root });
      await make([event('comment.posted', { comment: reply.id })]);
    }
    assert.equal(seen.length, 65);
    assert.equal(new Set(seen).size, 65);
  });

  it('holds what one asked to hear of: comments of others, and of each story one notice', async () => {
    const [nan, oli, pat] = [await newReader('Nan'), await newReader('Oli'), await newReader('Pat')];
    const readers = [nan, oli, pat].map(({ reader }) => reader.id);
    const ferry = await get().publish(contentOf('The ferry is back', { topics: [] }));
    const at = get().clock.now();
    const told = { kind: 'story', story: ferry.id, at, readers } as const;
    assert.equal(await get().write((tx) => addNotices(tx, told)), 3);
    assert.equal(await get().write((tx) => addNotices(tx, told)), 0);
    assert.match(await inbox(nan), /New story: The ferry is back/);
    assert.equal(await unread(nan), 1);
    // An alert about it takes its place, and nothing comes after that.
    const alert = { ...told, alert: 'a1', readers: readers.slice(0, 2) };
    assert.equal(await get().write((tx) => addNotices(tx, alert)), 2);
    assert.equal(await get().write((tx) => addNotices(tx, told)), 0);
    assert.equal(await unread(nan), 1);
    const opened = await visitor(nan).open('/inbox');
    const link = elements(opened.doc, 'a').find(({ attribs }) => /^\/inbox\/\w/.test(attribs.href ?? ''));
    const to = await visitor(nan).send(link!.attribs.href!, { follows: false });
    assert.equal(to.headers.location, ferry.path);
    // Withdrawn, it is in no inbox; killed, the story is in none.
    assert.equal(await get().write((tx) => removeAlertNotices(tx, { story: ferry.id, alert: 'a1' })), 2);
    assert.equal(await unread(oli), 0);
    assert.equal(await unread(pat), 1);
    const comment = await say(ben, 'From whom they follow');
    await get().write((tx) => muteReader(tx, { reader: pat.reader.id, target: ben.reader.id }));
    const news = { kind: 'follow', comment: comment.id, story: story.id, actor: ben.reader.id, at } as const;
    const all = [...readers, ben.reader.id];
    assert.equal(await get().write((tx) => addNotices(tx, { ...news, readers: all })), 2);
    assert.equal(await get().write((tx) => addNotices(tx, { ...news, readers: all })), 0);
    assert.match(await inbox(oli), /Ben commented From whom they follow/);
    assert.doesNotMatch(await inbox(pat), /Ben/);
    await setCommentState(get().database, comment.id, 'hidden');
    assert.equal(await unread(oli), 0);
    await get().kill(ferry.id);
    assert.equal(await unread(pat), 0);
    assert.doesNotMatch(await inbox(pat), /ferry/);
  });

  it('shows what is unread or of one kind alone, marks these alone, and says how many wait', async () => {
    const quin = await newReader('Quin');
    const root = await say(quin, 'Top');
    await say(ben, 'An answer', { parent: root });
    await get().write((tx) => followTarget(tx, ben.reader, { kind: 'reader', target: quin.reader.id }));
    await untilUnread(quin, 2);
    const news = {
      kind: 'story',
      story: story.id,
      at: get().clock.now(),
      readers: [quin.reader.id],
    } as const;
    await get().write((tx) => addNotices(tx, news));
    const of = async (what: string) => wordsOf((await visitor(quin).open(`/inbox?of=${what}`)).doc);
    const marks = { answers: /replied to you/, following: /New story: A quiet day/, own: /follows you now/ };
    for (const [what] of Object.entries(marks)) {
      const words = await of(what);
      for (const [other, mark] of Object.entries(marks))
        assert.equal(mark.test(words), other === what, `${other} in ${what}`);
    }
    assert.deepEqual(JSON.parse((await visitor(quin).open('/inbox/count')).text), {
      unread: 3,
      shown: '3',
    });
    const page = await visitor(quin).open('/inbox?of=answers');
    const marked = await visitor(quin).press(page, '/inbox', { act: 'read-all' });
    assert.equal(marked.path, '/inbox?of=answers');
    assert.equal(await unread(quin), 2);
    const left = await of('unread');
    assert.ok(marks.own.test(left) && marks.following.test(left) && !marks.answers.test(left));
    assert.match(await of('nothing'), /replied to you/);
    assert.notEqual((await new Visitor(get()).send('/inbox/count', { follows: false })).status, 200);
  });

  it('is spared what its reader wants to hear nothing of', async () => {
    const rob = await newReader('Rob');
    const root = await say(rob, 'Top');
    const reply = await say(ben, 'An answer', { parent: root });
    await untilUnread(rob, 1);
    await get().write((tx) => tx.db.deleteFrom('notice').where('reader_id', '=', rob.reader.id).execute());
    const told = [event('comment.posted', { comment: reply.id })];
    const spared = async () => new Set([`${rob.reader.id} reply`]);
    assert.deepEqual(await get().write((tx) => makeNotices(tx, told, spared)), []);
    assert.equal((await make(told)).length, 1);
  });

  it('is kept for ninety days', async () => {
    const moe = await newReader('Moe');
    const root = await say(moe, 'Top');
    await say(ben, 'An answer', { parent: root });
    await untilUnread(moe, 1);
    await get().write(pruneNotices);
    assert.equal(await unread(moe), 1);
    get().clock.advance(91 * 86_400_000);
    await get().write(pruneNotices);
    assert.equal(await unread(moe), 0);
  });
});
