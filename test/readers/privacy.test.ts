import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { until } from '../../src/platform/http/testing.ts';
import { findReader, findReaderByHandle } from '../../src/readers/index.ts';
import { signedInReader } from '../../src/readers/testing.ts';
import { elements, wordsOf } from '../rig/dom.ts';
import { forEachSite } from '../rig/site.ts';
import { mailsTo, Visitor } from '../rig/visitor.ts';

const day = 86_400_000;

forEachSite('what is kept of a reader', { env: { WRITE_LIMIT: '1000' } }, (get) => {
  const enter = async (handle: string) => {
    const { reader, cookie } = await signedInReader(get().database, { origin: get().origin, handle });
    return { reader, visitor: new Visitor(get(), { cookie, 'sec-fetch-site': 'same-origin' }) };
  };
  const readerOf = async (id: string) => (await findReader(get().database.read, id))!;
  const linksOf = ({ doc }: Awaited<ReturnType<Visitor['open']>>) =>
    elements(doc, 'a').flatMap(({ attribs }) => (attribs.download === undefined ? [] : [attribs.href!]));
  const exportsIn = () => readdir(join(get().dataDir, 'exports')).catch(() => []);

  it('is put together as a page and as JSON, for its owner alone, for a week', async () => {
    const { reader, visitor } = await enter('reads-own');
    const asked = await visitor.press(await visitor.open('/account/data'), '/account/data');
    assert.equal(asked.path, '/account/data');
    assert.equal(asked.headers['cache-control'], 'no-store');
    const [mail] = await mailsTo(get(), reader.email!);
    assert.match(mail!.subject, /^Your data at .* is ready$/);
    const page = await visitor.open('/account/data');
    const links = linksOf(page);
    assert.equal(links.length, 2);
    const [html, json] = await Promise.all(links.map((path) => visitor.open(path)));
    const data = JSON.parse(json!.text) as { account: Record<string, unknown> };
    assert.equal(data.account.email, reader.email);
    assert.equal(data.account.handle, 'reads-own');
    assert.match(String(json!.headers['content-disposition']), /^attachment; filename="my-data\.json"$/);
    assert.equal(json!.headers['cache-control'], 'no-store');
    assert.match(wordsOf(html!.doc), /reads-own@readers\.example/);
    assert.match(wordsOf(html!.doc), /24 November 2026/);
    const { visitor: other } = await enter('reads-others');
    for (const path of links) {
      assert.equal((await other.open(path)).status, 404);
      assert.match((await new Visitor(get()).open(path)).path, /^\/sign-in/);
    }
    for (const path of ['data.txt', '..%2f..%2fsettings.json', '__proto__'])
      assert.equal((await visitor.open(links[0]!.replace('data.html', path))).status, 404);
    get().clock.advance(7 * day);
    assert.equal((await visitor.open(links[0]!)).status, 404);
    // The nights' work removes the files too.
    get().clock.advance(day);
    await until(async () => (await exportsIn()).length === 0);
  });

  it('is not put together twice at once, nor a fourth time in a day', async () => {
    const { reader, visitor } = await enter('again');
    for (let time = 1; time <= 3; time += 1) {
      await visitor.send('/account/data', { fields: {} });
      await mailsTo(get(), reader.email!, time);
    }
    const refused = await visitor.send('/account/data', { fields: {} });
    assert.equal(refused.status, 429);
    assert.equal(linksOf(refused).length, 6);
  });

  it('shows what markup was typed as words', async () => {
    const { reader, visitor } = await enter('markup');
    await get().write(({ db }) =>
      db
        .updateTable('reader')
        .set({ bio: '<img src=x onerror=alert(1)>' })
        .where('id', '=', reader.id)
        .execute(),
    );
    await visitor.send('/account/data', { fields: {} });
    await mailsTo(get(), reader.email!);
    const html = await visitor.open(
      linksOf(await visitor.open('/account/data')).find((each) => each.endsWith('html'))!,
    );
    assert.equal(elements(html.doc, 'img').length, 0);
    assert.match(wordsOf(html.doc), /<img src=x onerror=alert\(1\)>/);
  });

  it('is erased a day after its reader has asked for it, and not before', async () => {
    const { reader, visitor } = await enter('leaves');
    const other = await signedInReader(get().database, { origin: get().origin, handle: 'remains' });
    const page = await visitor.open('/account/leave');
    const unchosen = await visitor.press(page, '/account/leave');
    assert.equal(unchosen.status, 422);
    assert.match(wordsOf(unchosen.doc), /Choose what becomes of your comments/);
    assert.equal((await readerOf(reader.id)).state, 'active');
    const asked = await visitor.press(page, '/account/leave', { comments: 'keep' });
    assert.match(wordsOf(asked.doc), /Your comments stay/);
    assert.equal((await readerOf(reader.id)).state, 'leaving');
    const [mail] = await mailsTo(get(), reader.email!);
    assert.match(mail!.raw, /\/account\/leave/);
    get().clock.advance(day - 1000);
    assert.equal((await visitor.open('/account')).status, 200);
    assert.match(wordsOf((await visitor.open('/account')).doc), /This account is deleted on/);
    get().clock.advance(1000);
    await until(async () => (await readerOf(reader.id)).state === 'former');
    const former = await readerOf(reader.id);
    assert.deepEqual(
      [former.email, former.handle, former.name, former.bio, former.picture],
      [undefined, undefined, '', '', undefined],
    );
    assert.equal(await findReaderByHandle(get().database.read, 'leaves'), undefined);
    assert.match((await visitor.open('/account')).path, /^\/sign-in/);
    assert.equal((await readerOf(other.reader.id)).state, 'active');
  });

  it('stays when its reader comes back within the day', async () => {
    const { reader, visitor } = await enter('returns');
    await visitor.send('/account/leave', { fields: { comments: 'delete' } });
    get().clock.advance(day / 2);
    const back = await visitor.press(await visitor.open('/account/leave'), '/account/stay');
    assert.equal(back.path, '/account');
    get().clock.advance(day);
    // One that leaves later shows that the jobs before it were looked at.
    const { reader: marker, visitor: second } = await enter('marks');
    await second.send('/account/leave', { fields: { comments: 'delete' } });
    get().clock.advance(day);
    await until(async () => (await readerOf(marker.id)).state === 'former');
    const { state, email } = await readerOf(reader.id);
    assert.deepEqual([state, email], ['active', 'returns@readers.example']);
  });

  it('is no way out of a ban', async () => {
    const { reader, visitor } = await enter('banned');
    await get().write(({ db }) =>
      db.updateTable('reader').set({ state: 'banned' }).where('id', '=', reader.id).execute(),
    );
    await visitor.send('/account/leave', { fields: { comments: 'delete' } });
    assert.equal((await readerOf(reader.id)).state, 'banned');
    await visitor.send('/account/stay', { fields: {} });
    const { state, leavingAt } = await readerOf(reader.id);
    assert.deepEqual([state, leavingAt], ['banned', undefined]);
  });

  const leave = async ({ reader, visitor }: Awaited<ReturnType<typeof enter>>) => {
    await visitor.send('/account/leave', { fields: { comments: 'delete' } });
    get().clock.advance(day);
    await until(async () => (await readerOf(reader.id)).state === 'former');
  };
  const tryToJoin = async (email: string) => {
    const visitor = new Visitor(get());
    const sent = await mailsTo(get(), email, 0);
    const asked = await visitor.press(await visitor.open('/sign-in'), '/sign-in', { email });
    assert.equal(asked.path, '/sign-in/code');
    const { code, link } = (await mailsTo(get(), email, sent.length + 1)).at(-1)!;
    return { visitor, asked, code: code!, link: link! };
  };
  const barred = () => get().database.read.selectFrom('barred_address').selectAll().execute();
  const setState = (id: string, state: string, suspended_until: number | null = null) =>
    get().write(({ db }) =>
      db.updateTable('reader').set({ state, suspended_until }).where('id', '=', id).execute(),
    );
  /** Let time pass, with the nights' work of it. */
  const pass = async (time: number) => {
    const isDone = async () => {
      const now = get().clock.now();
      const rows = await get()
        .database.read.selectFrom('job')
        .select(['run_at', 'state'])
        .where('name', '=', 'readers.prune')
        .where('state', 'in', ['waiting', 'running'])
        .execute();
      return rows.length > 0 && rows.every(({ run_at, state }) => state === 'waiting' && run_at > now);
    };
    await until(isDone);
    get().clock.advance(time);
    await until(isDone);
  };

  it('of one who was banned is a hash of the address, and opens no new account for two years', async () => {
    const banned = await enter('banned-left');
    const { email } = banned.reader;
    await setState(banned.reader.id, 'banned');
    await leave(banned);
    assert.ok(!JSON.stringify(await barred()).includes('banned-left'));
    const { visitor, asked, code, link } = await tryToJoin(email!);
    for (const refused of [
      await visitor.press(asked, '/sign-in/code', { code }),
      await visitor.press(await visitor.open(link), link),
    ]) {
      assert.equal(refused.status, 403);
      assert.match(wordsOf(refused.doc), /was barred from writing here.*account\.barred/s);
      assert.equal(
        elements(refused.doc, 'a').some(({ attribs }) => attribs.href === '/account'),
        false,
      );
    }
    // Of one who may write nothing is kept, and the address opens an account again.
    const other = await enter('free-left');
    const before = await barred();
    await leave(other);
    assert.deepEqual(await barred(), before);
    const free = await tryToJoin(other.reader.email!);
    assert.notEqual((await free.visitor.press(free.asked, '/sign-in/code', { code: free.code })).status, 403);
    await pass(2 * 365 * day);
    assert.deepEqual(await barred(), []);
    const later = await tryToJoin(email!);
    assert.equal((await later.visitor.press(later.asked, '/sign-in/code', { code: later.code })).status, 200);
  });

  it('of one who was suspended is that hash until the suspension would have ended', async () => {
    const suspended = await enter('suspended-left');
    const ends = get().clock.now() + 9 * day;
    await setState(suspended.reader.id, 'suspended', ends);
    await leave(suspended);
    assert.deepEqual(
      (await barred()).map(({ until: end }) => end),
      [ends],
    );
    const soon = await tryToJoin(suspended.reader.email!);
    assert.equal((await soon.visitor.press(soon.asked, '/sign-in/code', { code: soon.code })).status, 403);
    await pass(8 * day);
    const later = await tryToJoin(suspended.reader.email!);
    assert.equal((await later.visitor.press(later.asked, '/sign-in/code', { code: later.code })).status, 200);
  });

  it('is gone with the account from what names an address that it had long ago, which stays barred too', async () => {
    const who = await enter('moved-often');
    const [first, second] = [who.reader.email!, 'moved-second@readers.example'];
    const change = await who.visitor.press(await who.visitor.open('/account/email'), '/account/email', {
      email: second,
    });
    const [old, fresh] = [(await mailsTo(get(), first)).at(-1)!, (await mailsTo(get(), second)).at(-1)!];
    await who.visitor.press(change, '/account/email/confirm', { old: old.code!, new: fresh.code! });
    const sent = await new Visitor(get()).send('/notices', {
      fields: {
        address: `${get().origin}/`,
        law: 'The law of the sea',
        reason: 'Told by one who has moved since.',
        name: 'Mo Often',
        email: first,
        faith: 'yes',
      },
    });
    assert.match(sent.path, /^\/notices\//);
    // Long after the change, and after the nights' work.
    await pass(40 * day);
    await setState(who.reader.id, 'banned');
    await leave(who);
    const notices = await get().database.read.selectFrom('moderation_notice').selectAll().execute();
    assert.equal(notices.length, 1);
    assert.doesNotMatch(JSON.stringify(notices), /moved-often|Mo Often|has moved since/);
    for (const email of [first, second]) {
      const { visitor, asked, code } = await tryToJoin(email);
      assert.equal((await visitor.press(asked, '/sign-in/code', { code })).status, 403);
    }
  });
});
