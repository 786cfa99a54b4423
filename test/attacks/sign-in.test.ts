import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { allMigrations } from '../../src/migrations.ts';
import { forEachDatabase } from '../../src/platform/database/testing.ts';
import { codeOf } from '../../src/readers/sign-in/code.ts';
import { signedInReader } from '../../src/readers/testing.ts';
import { elements, wordsOf } from '../rig/dom.ts';
import { lastCode, lastLink, startReadersServer } from '../rig/readers-server.ts';
import { forEachSite } from '../rig/site.ts';
import { mailsTo, Visitor } from '../rig/visitor.ts';

const hour = 3_600_000;
let count = 0;
const newAddress = () => `victim${(count += 1)}@readers.example`;
const isSignedIn = (visitor: Visitor) => visitor.cookies.has('__Host-session');
const wrongFor = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

/** A browser in a network of its own, at an address that the nearest proxy tells. */
function browserAt(site: { readonly port: number; readonly origin: string }): Visitor {
  count += 1;
  return new Visitor(site, { 'x-forwarded-for': `198.51.${count >> 8}.${count & 255}` });
}

const ask = (visitor: Visitor, email: string, to = '/story') =>
  visitor.send('/sign-in', { fields: { email, to } });
const tryCode = (visitor: Visitor, code: string, cookie?: string) =>
  visitor.send('/sign-in/code', { fields: { code }, ...(cookie !== undefined && { headers: { cookie } }) });

forEachDatabase('attacks on codes', allMigrations, (get) => {
  async function open(t: TestContext) {
    const site = await startReadersServer(t, get());
    const browser = () => browserAt(site);
    const askAndRead = async (visitor: Visitor, email: string) => {
      const asked = await ask(visitor, email);
      return { asked, mail: { code: await lastCode(get(), email), link: await lastLink(get(), email) } };
    };
    return { browser, askAndRead, origin: site.origin };
  }

  it('guess a code five times and no more, however many come at once', async (t) => {
    const { browser, askAndRead } = await open(t);
    const visitor = browser();
    const { mail } = await askAndRead(visitor, newAddress());
    const wrong = wrongFor(mail.code);
    const answers = await Promise.all(Array.from({ length: 20 }, () => tryCode(visitor, wrong)));
    assert.ok(answers.every(({ status }) => status === 422));
    const told = answers.filter(({ doc }) => /You have (?:one try|\d tries) left/.test(wordsOf(doc)));
    assert.equal(told.length, 4);
    const right = await tryCode(visitor, mail.code);
    assert.equal(right.status, 422);
    assert.match(wordsOf(right.doc), /wrong too often/);
    assert.ok(!isSignedIn(visitor));
  });

  it('cannot go on guessing by asking for more codes', async (t) => {
    const { browser } = await open(t);
    const email = newAddress();
    const visitor = browser();
    let wrong = 0;
    let sent = 0;
    for (let round = 0; round < 12; round += 1) {
      const asked = await ask(visitor, email);
      if (asked.status === 429) break;
      sent += 1;
      for (let index = 0; index < 5; index += 1) {
        const tried = await tryCode(visitor, '000000');
        if (tried.status === 422) wrong += 1;
      }
    }
    assert.equal(sent, 5);
    assert.ok(wrong <= 25);
    const elsewhere = await ask(browser(), email);
    assert.equal(elsewhere.status, 200, 'another network may still ask for one');
  });

  it('cannot fill a mailbox from many networks, nor ask for many addresses from one', async (t) => {
    const { browser } = await open(t);
    const email = newAddress();
    const statuses: number[] = [];
    for (let index = 0; index < 12; index += 1) statuses.push((await ask(browser(), email)).status);
    assert.equal(statuses.filter((status) => status === 200).length, 10);
    assert.equal(statuses.at(-1), 429);
    const forger = browser();
    const own = '203.0.113.77';
    let refused = 0;
    for (let index = 0; index < 65; index += 1) {
      // What the client itself writes into the header stands before what the proxy adds.
      const asked = await forger.send('/sign-in', {
        fields: { email: newAddress() },
        headers: { 'x-forwarded-for': `10.9.8.${index}, ${own}` },
      });
      if (asked.status === 429) refused += 1;
    }
    assert.equal(refused, 5);
    const neighbour = await forger.send('/sign-in', {
      fields: { email: newAddress() },
      headers: { 'x-forwarded-for': '2001:db8:1:2::1' },
    });
    assert.equal(neighbour.status, 200);
    get().clock.advance(25 * hour);
    assert.equal((await ask(browser(), email)).status, 200, 'a limit passes');
  });

  it('do not get in with a code that was asked for in another browser', async (t) => {
    const { browser, askAndRead } = await open(t);
    const victim = browser();
    const { mail } = await askAndRead(victim, newAddress());
    const bare = browser();
    assert.equal((await tryCode(bare, mail.code)).status, 409);
    const thief = browser();
    await ask(thief, newAddress());
    assert.equal((await tryCode(thief, mail.code)).status, 422);
    assert.ok(!isSignedIn(bare) && !isSignedIn(thief));
    await tryCode(victim, mail.code);
    assert.ok(isSignedIn(victim));
  });

  it('do not get in by a link that was asked for in another browser, nor use it up', async (t) => {
    const { browser, askAndRead } = await open(t);
    const email = newAddress();
    const victim = browser();
    const { mail } = await askAndRead(victim, email);
    const thief = browser();
    await ask(thief, newAddress());
    for (const scanner of [browser(), thief]) {
      const seen = await scanner.open(mail.link);
      assert.equal(seen.status, 200);
      assert.ok(!elements(seen.doc, 'form').some(({ attribs }) => attribs.action === mail.link));
      assert.ok(!seen.text.includes(email), 'whose it is stays unsaid');
      assert.equal((await scanner.send(mail.link, { method: 'HEAD' })).status, 200);
      await scanner.send(mail.link, { fields: {} });
      assert.ok(!isSignedIn(scanner));
    }
    const seen = await victim.open(mail.link);
    assert.ok(!isSignedIn(victim), 'to open it is not enough');
    await victim.press(seen, mail.link);
    assert.ok(isSignedIn(victim));
  });

  it('cannot use anything twice, nor after its time', async (t) => {
    const { browser, askAndRead } = await open(t);
    const visitor = browser();
    const { mail } = await askAndRead(visitor, newAddress());
    const cookie = visitor.cookie;
    await tryCode(visitor, mail.code);
    assert.ok(isSignedIn(visitor));
    const replay = browser();
    const code = await tryCode(replay, mail.code, cookie);
    assert.ok(code.status >= 400 && !isSignedIn(replay), String(code.status));
    const link = await replay.send(mail.link, { fields: {}, headers: { cookie } });
    assert.equal(link.status, 410);
    assert.ok(!isSignedIn(replay));

    const late = browser();
    const second = await askAndRead(late, newAddress());
    get().clock.advance(10 * 60_000);
    assert.equal((await tryCode(late, second.mail.code)).status, 422);
    assert.equal((await late.send(second.mail.link, { fields: {} })).status, 410);
    assert.ok(!isSignedIn(late));
    const older = browser();
    const third = await askAndRead(older, newAddress());
    await older.send('/sign-in/again', { fields: {} });
    assert.equal((await tryCode(older, third.mail.code)).status, 422, 'a newer code ends the older');
  });

  it('may be given more time, up to ten times', async (t) => {
    const { browser, askAndRead } = await open(t);
    const visitor = browser();
    const { mail } = await askAndRead(visitor, newAddress());
    for (let index = 0; index < 10; index += 1) {
      get().clock.advance(9 * 60_000);
      await visitor.send('/sign-in/extend', { fields: {} });
    }
    // Ten minutes at first, and ten times ten more.
    get().clock.advance(19 * 60_000);
    await visitor.send('/sign-in/extend', { fields: {} });
    const page = await visitor.open('/sign-in/code');
    assert.doesNotMatch(wordsOf(page.doc), /holds no longer/);
    get().clock.advance(2 * 60_000);
    assert.equal((await tryCode(visitor, mail.code)).status, 422);
    assert.ok(!isSignedIn(visitor));
  });

  it('lead nobody to another site', async (t) => {
    const { browser, origin } = await open(t);
    const outside = [
      'https://evil.example/',
      '//evil.example',
      '///evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      '/\t/evil.example',
      '/%09/evil.example',
      '/\n/evil.example',
      'javascript:alert(1)',
      'data:text/html,x',
      ' https://evil.example',
      'evil.example',
      '/.//evil.example',
      '/x/..//evil.example',
      '/%2e%2e//evil.example',
      '/%5cevil.example',
      'https:evil.example',
      '@evil.example',
      '/sign-out',
      `/${'a'.repeat(3000)}`,
      '/\u0000',
      'https://paper.example@evil.example/',
      '/\u2028/evil.example',
    ];
    for (const to of outside) {
      const visitor = browser();
      const email = newAddress();
      await visitor.send('/sign-in', { fields: { email, to } });
      const code = await lastCode(get(), email);
      const answer = await visitor.send('/sign-in/code', { fields: { code }, follows: false });
      assert.equal(answer.status, 303, JSON.stringify(to));
      const where = new URL(answer.headers.location!, origin);
      assert.equal(where.origin, origin, JSON.stringify(to));
      assert.ok(!/^\/\/|^\/\\/.test(answer.headers.location!), JSON.stringify(to));
      const out = await visitor.send('/sign-out', { fields: { to }, follows: false });
      assert.equal(new URL(out.headers.location!, origin).origin, origin, JSON.stringify(to));
      assert.ok(!isSignedIn(visitor));
    }
  });

  it('are answered without a look at the accounts, so that no time tells who has one', async (t) => {
    const { browser } = await open(t);
    const { database } = get();
    const rename = (from: string, to: string) =>
      database.write(({ db }) => db.schema.alterTable(from).renameTo(to).execute());
    await rename('reader', 'reader_put_away');
    t.after(() => rename('reader_put_away', 'reader'));
    const visitor = browser();
    const asked = await ask(visitor, newAddress());
    assert.equal(asked.status, 200);
    assert.equal((await tryCode(visitor, '12345x')).status, 422);
    assert.equal((await visitor.send('/sign-in/again', { fields: {} })).status, 200);
  });

  it('find no code in the database', async (t) => {
    const { browser, askAndRead } = await open(t);
    const visitor = browser();
    const { mail } = await askAndRead(visitor, newAddress());
    const rows = await get().database.read.selectFrom('sign_in').selectAll().execute();
    const kept = JSON.stringify(rows);
    assert.ok(!kept.includes(mail.code));
    const token = mail.link.split('/').at(-1)!;
    assert.equal(codeOf(token), mail.code);
    assert.ok(!kept.includes(token));
    assert.ok(!kept.includes(visitor.cookies.get('__Host-sign-in')!));
  });
});

forEachSite('attacks on signing in', { env: { WRITE_LIMIT: '100000' } }, (get) => {
  const browser = () => browserAt(get());
  const askAndRead = async (visitor: Visitor, email: string) => {
    const known = (await mailsTo(get(), email, 0)).length;
    const asked = await ask(visitor, email);
    return { asked, mail: (await mailsTo(get(), email, known + 1)).at(-1)! };
  };

  it('learn nothing of who has an account', async () => {
    const known = newAddress();
    const unknown = newAddress();
    await signedInReader(get().database, { origin: get().origin, email: known });
    const told = async (email: string) => {
      const visitor = browser();
      const { mail } = await askAndRead(visitor, email);
      const asked = await visitor.open('/sign-in/code');
      const wrong = await tryCode(visitor, wrongFor(mail.code!));
      const plain = (text: string) =>
        text
          .replaceAll(email, 'ADDRESS')
          .replaceAll(mail.code!, 'CODE')
          .replaceAll(`${mail.code!.slice(0, 3)} ${mail.code!.slice(3)}`, 'CODE')
          .replaceAll(/fresh=\d+/g, '');
      const mailed = plain(mail.raw.replaceAll('=\r\n', ''))
        .replaceAll(/\/sign-in\/link\/[\w-]+/g, 'LINK')
        .replaceAll(/-{2,4}_NmP-\w+-Part_\d+/g, 'BOUNDARY')
        .replaceAll(/^(?:Message-ID|Date): .*$/gim, '')
        .replaceAll('To: ADDRESS', '');
      return {
        asked: plain(asked.text),
        wrong: plain(wrong.text),
        mailed,
        headers: Object.keys(asked.headers).toSorted(),
      };
    };
    assert.deepEqual(await told(known), await told(unknown));
  });

  it('cannot plant a session, or a sign-in, of their own', async () => {
    const attacker = await signedInReader(get().database, { origin: get().origin });
    const victim = browser();
    victim.cookies.set('__Host-session', attacker.cookie.split('=')[1]!);
    const { mail } = await askAndRead(victim, newAddress());
    await tryCode(victim, mail.code!);
    assert.notEqual(victim.cookies.get('__Host-session'), attacker.cookie.split('=')[1]);
    const planted = await get().get('/account', { cookie: attacker.cookie });
    assert.equal(planted.status, 303, 'the session that was there has ended');

    const other = browser();
    const secret = 'planted'.repeat(6);
    other.cookies.set('__Host-sign-in', secret);
    await ask(other, newAddress());
    assert.notEqual(other.cookies.get('__Host-sign-in'), secret);
  });

  it('cannot send a form for somebody from another site', async () => {
    const { cookie, reader } = await signedInReader(get().database, { origin: get().origin });
    const writes = get().site.routes.filter(
      ({ method, path }) => method === 'POST' && /^\/(?:sign-in|sign-out|welcome|account)/.test(path),
    );
    assert.ok(writes.length > 10);
    for (const { path, name } of writes) {
      // A provider comes back with a form from its own site; its answer is checked by its own proof.
      if (path.startsWith('/sign-in/with/') || name.includes('sso')) continue;
      const target = path.replaceAll(/:\w+/g, 'none');
      const foreign: Record<string, string>[] = [
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { 'sec-fetch-site': 'none' },
        { 'sec-fetch-site': '', origin: 'https://evil.example' },
        { 'sec-fetch-site': '', origin: 'null' },
      ];
      for (const headers of foreign) {
        const answer = await browser().send(target, {
          fields: { session: reader.id, email: 'x@y.example' },
          headers: { ...headers, cookie },
        });
        assert.equal(answer.status, 403, `${path} ${JSON.stringify(headers)}`);
        assert.equal(answer.headers['set-cookie'], undefined, path);
      }
    }
    assert.equal((await get().get('/sign-out', { cookie })).status, 405);
    assert.equal((await get().get('/account', { cookie })).status, 200);
  });

  it('cannot end, or see, what is another reader’s', async () => {
    const own = await signedInReader(get().database, { origin: get().origin });
    const other = await signedInReader(get().database, { origin: get().origin, name: 'Somebody Else' });
    const { id } = await get()
      .database.read.selectFrom('reader_session')
      .select('id')
      .where('reader_id', '=', other.reader.id)
      .executeTakeFirstOrThrow();
    const send = (path: string, fields: Record<string, string>) =>
      browser().send(path, { fields, headers: { cookie: own.cookie }, follows: false });
    const answers = [
      await send('/account/sessions/end', { session: id }),
      await send('/account/sessions/end', { session: 'none' }),
    ];
    assert.equal(answers[0]!.status, answers[1]!.status);
    assert.equal(answers[0]!.headers.location, answers[1]!.headers.location);
    assert.equal((await get().get('/account', { cookie: other.cookie })).status, 200);
    const page = await get().get('/account', { cookie: own.cookie });
    assert.ok(!page.text.includes('Somebody Else'));
    assert.equal(page.headers['cache-control'], 'no-store');
    assert.equal((await get().get('/account')).status, 303, 'no page of one reader is kept for the next');
  });

  it('write nothing into a page that is more than words', async () => {
    const { cookie } = await signedInReader(get().database, { origin: get().origin });
    const hostile = '"><script>alert(1)</script>\' onfocus=alert(1) {{7*7}}';
    const answers = [
      await browser().send('/sign-in', { fields: { email: hostile, to: '/' } }),
      await browser().open(`/sign-in?to=${encodeURIComponent(`/${hostile}`)}`),
      await browser().send('/account/profile', {
        fields: { name: hostile, handle: hostile, bio: hostile },
        headers: { cookie },
      }),
      await browser().send('/welcome', { fields: { name: hostile, handle: hostile }, headers: { cookie } }),
    ];
    for (const { doc, path } of answers) {
      const scripts = elements(doc, 'script').filter(({ attribs }) => attribs.src === undefined);
      assert.deepEqual(scripts, [], path);
      assert.ok(
        !elements(doc).some(({ attribs }) => Object.keys(attribs).some((name) => name.startsWith('on'))),
        path,
      );
    }
    await browser().send('/account/profile', {
      fields: { name: 'Plain Name', handle: '', bio: hostile },
      headers: { cookie },
    });
    const page = await browser().send('/account', { headers: { cookie } });
    assert.ok(page.text.includes('&lt;script&gt;alert(1)'));
  });
});
