import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import type { AlertOwner } from '../../src/alerts/index.ts';
import { blockReader, followTarget } from '../../src/conversation/index.ts';
import { cookieName } from '../../src/platform/http/cookies.ts';
import { newId } from '../../src/platform/ids.ts';
import { hashOf } from '../../src/readers/index.ts';
import { signedInReader, type SignedInReader } from '../../src/readers/testing.ts';
import { saveAuthor, saveSection, saveTopic } from '../../src/stories/index.ts';
import { elements, wordsOf } from '../rig/dom.ts';
import { contentOf, forEachSite, type PublishedStory } from '../rig/site.ts';
import { Visitor, type Visited } from '../rig/visitor.ts';

forEachSite('the page of alerts', {}, (get) => {
  let story: PublishedStory;
  let count = 0;

  const enter = () => signedInReader(get().database, { origin: get().origin });
  const withCookies = (...cookies: readonly string[]) => {
    const visitor = new Visitor(get());
    for (const each of cookies)
      visitor.cookies.set(each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1));
    return visitor;
  };
  const asReader = ({ cookie }: SignedInReader) => withCookies(cookie);
  /** A browser that asked for alerts, as its cookie tells. */
  const asBrowser = async (who?: SignedInReader) => {
    count += 1;
    const token = `browser-token-${'x'.repeat(20)}-${count}`;
    const id = newId(get().clock.now());
    await get().write((tx) =>
      tx.db
        .insertInto('alert_browser')
        .values({
          id,
          token: hashOf(token),
          endpoint: `https://push.example/${count}`,
          host: 'push.example',
          p256dh: 'key',
          auth: 'secret',
          key_id: null,
          reader_id: null,
          session_id: null,
          last_reader_id: null,
          label: `Browser ${count}`,
          zone: 'Asia/Tokyo',
          language: 'en',
          created_at: tx.now,
          seen_at: tx.now,
          subscribed_at: tx.now,
          delivered_at: null,
          day: 0,
          day_count: 0,
        })
        .execute(),
    );
    const own = `${cookieName(get().origin, 'browser')}=${token}`;
    return { id, visitor: withCookies(own, ...(who ? [who.cookie] : [])) };
  };
  const choices = async (owner: AlertOwner) => {
    const rows = await get()
      .database.read.selectFrom('alert_choice')
      .select(['kind', 'target', 'channel'])
      .where('owner', '=', owner)
      .orderBy('kind')
      .orderBy('target')
      .execute();
    return rows.map(({ kind, target, channel }) => `${kind}:${target} ${channel}`);
  };
  const settingOf = (owner: AlertOwner) =>
    get().database.read.selectFrom('alert_setting').selectAll().where('owner', '=', owner).executeTakeFirst();
  const follow = (who: SignedInReader, kind: 'topic' | 'author' | 'reader' | 'story', target: string) =>
    get().write((tx) => followTarget(tx, who.reader, { kind, target }));
  /** The way that a row of the page says. */
  const valueOf = (page: Visited, owner: string, key: string) => {
    const select = elements(page.doc, 'select').find(({ attribs }) => attribs.id === `${owner}-${key}`);
    const chosen = select && elements(select, 'option').find(({ attribs }) => 'selected' in attribs);
    return chosen?.attribs.value;
  };

  before(async () => {
    await get().write(async (tx) => {
      await saveSection(tx, { slug: 'news', name: 'News' });
      for (const name of ['Harbour', 'Harbour trains', 'Eels 100%']) {
        await saveTopic(tx, {
          slug: name
            .toLowerCase()
            .replaceAll(/[^a-z]+/g, '-')
            .replace(/-$/, ''),
          name,
        });
      }
      await saveAuthor(tx, { slug: 'smith', name: 'Ada Harbourly' });
    });
    story = await get().publish(contentOf('A quiet day'));
  });

  it('is for everybody, and says what an account and notifications add', async () => {
    const page = await new Visitor(get()).open('/alerts');
    assert.equal(page.status, 200);
    assert.match(page.headers['cache-control']!, /no-store/);
    assert.match(wordsOf(page.doc), /Notifications are off in this browser/);
    assert.equal(page.headers['set-cookie'], undefined);
    const links = elements(page.doc, 'a').map(({ attribs }) => attribs.href);
    for (const link of ['/alerts/ask', '/sign-in?to=/alerts']) assert.ok(links.includes(link), link);
    // There is nobody yet whose choices could be kept.
    const refused = await new Visitor(get()).send('/alerts/choices', {
      fields: { owner: 'browser', 'breaking:': 'push' },
    });
    assert.equal(refused.status, 403);
    assert.match(wordsOf(refused.doc), /Turn notifications on in this browser first/);
  });

  it('keeps what an account chooses, and only what is not as usual', async () => {
    const ann = await enter();
    const visitor = asReader(ann);
    const page = await visitor.open('/alerts');
    assert.equal(valueOf(page, 'reader', 'reply:'), 'push');
    assert.equal(valueOf(page, 'reader', 'breaking:'), 'off');
    assert.equal(valueOf(page, 'reader', 'topic:'), 'inbox');
    const saved = await visitor.press(page, '/alerts/choices', { 'reply:': 'mail', 'mention:': 'push' });
    assert.equal(saved.path, '/alerts');
    assert.match(wordsOf(saved.doc), /Saved\./);
    assert.deepEqual(await choices(`reader:${ann.reader.id}`), ['reply: mail']);
    assert.equal(valueOf(saved, 'reader', 'reply:'), 'mail');
    await visitor.press(saved, '/alerts/choices', { 'reply:': 'push' });
    assert.deepEqual(await choices(`reader:${ann.reader.id}`), []);
    const sections = { owner: 'reader', 'section:news': 'daily', 'breaking:': 'push' };
    await visitor.send('/alerts/choices', { fields: sections });
    assert.deepEqual(await choices(`reader:${ann.reader.id}`), ['breaking: push', 'section:news daily']);
  });

  it('lists what an account follows and what it chose beside it, each with its own way', async () => {
    const ben = await enter();
    const cat = await enter();
    await follow(ben, 'topic', 'harbour');
    await follow(ben, 'reader', cat.reader.id);
    const visitor = asReader(ben);
    const owner: AlertOwner = `reader:${ben.reader.id}`;
    let page = await visitor.open('/alerts');
    assert.equal(valueOf(page, 'reader', 'topic:harbour'), '');
    assert.equal(valueOf(page, 'reader', `reader:${cat.reader.id}`), '');
    const fields = {
      owner: 'reader',
      'topic:harbour': 'off',
      'author:smith': 'push',
      [`story:${story.id}`]: 'mail',
    };
    await visitor.send('/alerts/choices', { fields });
    assert.deepEqual(await choices(owner), [
      'author:smith push',
      `story:${story.id} mail`,
      'topic:harbour off',
    ]);
    page = await visitor.open('/alerts');
    assert.equal(valueOf(page, 'reader', 'author:smith'), 'push');
    assert.match(wordsOf(page.doc), /A quiet day/);
    await visitor.send('/alerts/choices', { fields: { owner: 'reader', 'author:smith': '' } });
    page = await visitor.open('/alerts');
    assert.equal(valueOf(page, 'reader', 'author:smith'), undefined);
    // What is taken down is not named any more.
    const gone = await get().publish(contentOf('Soon gone'));
    await visitor.send('/alerts/choices', { fields: { owner: 'reader', [`story:${gone.id}`]: 'push' } });
    await get().kill(gone.id);
    assert.doesNotMatch(wordsOf((await visitor.open('/alerts')).doc), /Soon gone/);
    const lost = await visitor.open(`/alerts/one?kind=story&target=${gone.id}`);
    assert.equal(lost.status, 404);
    assert.ok(!lost.text.includes('Soon gone'));
  });

  it('lists many page by page', async () => {
    const dan = await enter();
    const names = Array.from({ length: 70 }, (_, index) => `Long list ${String(index).padStart(2, '0')}`);
    await get().write(async (tx) => {
      for (const name of names) await saveTopic(tx, { slug: name.toLowerCase().replaceAll(' ', '-'), name });
    });
    for (const name of names) await follow(dan, 'topic', name.toLowerCase().replaceAll(' ', '-'));
    const visitor = asReader(dan);
    const first = await visitor.open('/alerts');
    const next = (page: Visited, words: RegExp) =>
      elements(page.doc, 'a').find((link) => words.test(wordsOf(link)))?.attribs.href;
    let path = next(first, /^All topics$/);
    const seen: string[] = [];
    while (path !== undefined) {
      const page = await visitor.open(path);
      seen.push(...(wordsOf(page.doc).match(/Long list \d\d/g) ?? []));
      path = next(page, /^More$/);
    }
    assert.deepEqual([...new Set(seen)], names);
  });

  it('keeps what a browser chooses by itself, with an account or without', async () => {
    const { id, visitor } = await asBrowser();
    const owner: AlertOwner = `browser:${id}`;
    const page = await visitor.open('/alerts');
    assert.match(wordsOf(page.doc), /Notifications are on in this browser/);
    assert.doesNotMatch(wordsOf(page.doc), /Answers to my comments/);
    await visitor.press(page, '/alerts/choices', { 'breaking:': 'push' });
    await visitor.send('/alerts/choices', { fields: { owner: 'browser', 'topic:harbour': 'push' } });
    assert.deepEqual(await choices(owner), ['breaking: push', 'topic:harbour push']);
    for (const wrong of ['reply:', 'reader:someone', 'topic:', 'topic:nothing'])
      assert.ok(
        (await visitor.send('/alerts/choices', { fields: { owner: 'browser', [wrong]: 'push' } })).status >=
          400,
        wrong,
      );
    assert.equal(
      (await visitor.send('/alerts/choices', { fields: { owner: 'browser', 'topic:harbour': 'mail' } }))
        .status,
      422,
    );
    await visitor.send('/alerts/choices', { fields: { owner: 'browser', 'topic:harbour': 'off' } });
    assert.deepEqual(await choices(owner), ['breaking: push', 'topic:harbour off']);
    // Nobody's account is changed from a browser in which nobody is signed in.
    const other = await visitor.send('/alerts/choices', { fields: { owner: 'reader', 'breaking:': 'push' } });
    assert.equal(other.status, 403);
    const eve = await enter();
    const both = await asBrowser(eve);
    const mine = await both.visitor.open('/alerts');
    assert.equal(valueOf(mine, 'browser', 'breaking:'), '');
    assert.equal(valueOf(mine, 'reader', 'breaking:'), 'off');
    await both.visitor.send('/alerts/choices', { fields: { owner: 'browser', 'breaking:': 'off' } });
    assert.deepEqual(await choices(`reader:${eve.reader.id}`), []);
    assert.deepEqual(await choices(`browser:${both.id}`), ['breaking: off']);
    assert.deepEqual(await choices(owner), ['breaking: push', 'topic:harbour off']);
  });

  it('is never changed by a form from elsewhere, nor for others', async () => {
    const fay = await enter();
    const gus = await enter();
    const visitor = asReader(fay);
    const fields = { owner: 'reader', 'breaking:': 'push' };
    const forged = await visitor.send('/alerts/choices', {
      fields,
      headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    });
    assert.equal(forged.status, 403);
    assert.deepEqual(await choices(`reader:${fay.reader.id}`), []);
    for (const owner of [`reader:${gus.reader.id}`, gus.reader.id, '', 'browser:x'])
      await visitor.send('/alerts/choices', { fields: { ...fields, owner } });
    assert.deepEqual(await choices(`reader:${gus.reader.id}`), []);
    for (const wrong of [
      { owner: 'reader' },
      { owner: 'reader', 'breaking:': 'loud' },
      { owner: 'reader', 'nothing:': 'push' },
      { owner: 'reader', [`topic:${'x'.repeat(200)}`]: 'push' },
    ] as Record<string, string>[])
      assert.equal((await visitor.send('/alerts/choices', { fields: wrong })).status, 422);
    const away = { ...fields, to: 'https://evil.example/' };
    const back = await visitor.send('/alerts/choices', { fields: away, follows: false });
    assert.equal(back.headers.location, '/');
    // Whoever has blocked a reader is as one who does not exist.
    await get().write((tx) => blockReader(tx, { reader: gus.reader.id, target: fay.reader.id }));
    const asked = { owner: 'reader', [`reader:${gus.reader.id}`]: 'push' };
    assert.equal((await visitor.send('/alerts/choices', { fields: asked })).status, 404);
  });

  it('keeps quiet hours, how much a day and a pause', async () => {
    const hal = await enter();
    const visitor = asReader(hal);
    const owner: AlertOwner = `reader:${hal.reader.id}`;
    const page = await visitor.open('/alerts');
    const set = { quiet: 'yes', from: '23:30', to: '06:15', zone: 'America/New_York', cap: '3' };
    const saved = await visitor.press(page, '/alerts/when', set);
    assert.match(wordsOf(saved.doc), /Saved\./);
    const row = (await settingOf(owner))!;
    assert.deepEqual(
      [row.quiet_from, row.quiet_to, row.zone, row.daily_cap, row.gravest],
      [23 * 60 + 30, 6 * 60 + 15, 'America/New_York', 3, 1],
    );
    const { from: _, ...noFrom } = set;
    for (const wrong of [
      { ...set, zone: 'Mars/Olympus' },
      { ...set, to: '23:30' },
      { ...set, to: '25:00' },
      { ...set, cap: 'many' },
      noFrom,
    ]) {
      const refused = await visitor.send('/alerts/when', { fields: { owner: 'reader', ...wrong } });
      assert.equal(refused.status, 422);
    }
    assert.equal((await settingOf(owner))!.quiet_from, 23 * 60 + 30);
    await visitor.send('/alerts/when', { fields: { owner: 'reader', pause: 'week' } });
    assert.equal((await settingOf(owner))!.paused_until, get().clock.now() + 7 * 86_400_000);
    assert.match(wordsOf((await visitor.open('/alerts')).doc), /Nothing rings until 1 December 2026/);
    await visitor.send('/alerts/when', { fields: { owner: 'reader', pause: 'end' } });
    assert.equal((await settingOf(owner))!.paused_until, null);
    // A browser keeps its own number, and begins in the zone that it is in.
    const { id, visitor: browser } = await asBrowser(hal);
    await browser.send('/alerts/when', { fields: { owner: 'browser', only: 'cap', cap: '2' } });
    const own = (await settingOf(`browser:${id}`))!;
    assert.deepEqual([own.daily_cap, own.zone], [2, 'Asia/Tokyo']);
    assert.equal((await settingOf(owner))!.daily_cap, 3);
  });

  it('finds what there is to hear of by its name or address', async () => {
    const visitor = asReader(await enter());
    const find = async (words: string) => {
      const page = await visitor.open(`/alerts?find=${encodeURIComponent(words)}`);
      return elements(page.doc, 'a').flatMap(({ attribs }) =>
        /^\/alerts\/one\?/.test(attribs.href ?? '')
          ? new URL(attribs.href!, get().origin).searchParams.get('target')!
          : [],
      );
    };
    assert.deepEqual(await find('harbour'), ['harbour', 'harbour-trains', 'smith']);
    assert.deepEqual(await find('TRAINS'), ['harbour-trains']);
    assert.deepEqual(await find('100%'), ['eels']);
    assert.deepEqual(await find('%'), ['eels']);
    assert.deepEqual(await find('new'), ['news']);
    assert.deepEqual(await find(`${get().origin}${story.path}`), [story.id]);
    assert.deepEqual(await find(`${story.path}?from=mail#conversation`), [story.id]);
    for (const nothing of [
      "'; --",
      `https://evil.example${story.path}`,
      '/2026/11/24/none',
      '_',
      '%E0%A4%A',
      '/%E0%A4%A',
    ])
      assert.deepEqual(await find(nothing), [], nothing);
    const page = await visitor.open(`/alerts/one?kind=topic&target=harbour&to=${story.path}`);
    const chosen = await visitor.press(page, '/alerts/choices', { 'topic:harbour': 'push' });
    assert.match(chosen.path, /^\/alerts\/one\?/);
    assert.equal(valueOf(chosen, 'reader', 'topic:harbour'), 'push');
    const back = elements(chosen.doc, 'a').find((link) => wordsOf(link) === 'Go on reading');
    assert.equal(back?.attribs.href, story.path);
  });

  it('shows only the own browsers, and what rings there', async () => {
    const ida = await enter();
    const here = await asBrowser(ida);
    const there = await asBrowser();
    const others = await asBrowser();
    const session = await get()
      .database.read.selectFrom('reader_session')
      .select('id')
      .where('reader_id', '=', ida.reader.id)
      .executeTakeFirstOrThrow();
    await get().write((tx) =>
      tx.db
        .updateTable('alert_browser')
        .set({ reader_id: ida.reader.id, session_id: session.id, delivered_at: tx.now })
        .where('id', 'in', [here.id, there.id])
        .execute(),
    );
    const page = await here.visitor.open('/alerts');
    const words = wordsOf(page.doc);
    assert.match(words, /this browser/);
    assert.match(words, /last alert 24 November 2026/);
    const named = elements(page.doc, 'input').flatMap(({ attribs }) =>
      attribs.name === 'id' ? (attribs.value ?? []) : [],
    );
    assert.ok(named.includes(there.id) && !named.includes(others.id));
    for (const secret of ['push.example', 'browser-token', 'secret'])
      assert.ok(!page.text.includes(secret), secret);
  });
});
