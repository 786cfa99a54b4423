import assert from 'node:assert/strict';
import { it } from 'node:test';
import { findReader } from '../../src/readers/index.ts';
import { signedInReader } from '../../src/readers/testing.ts';
import { wordsOf } from '../rig/dom.ts';
import { forEachSite } from '../rig/site.ts';
import { mailsTo, Visitor } from '../rig/visitor.ts';

forEachSite('changing the mail address', { env: { WRITE_LIMIT: '1000' } }, (get) => {
  /** A browser that is signed in as a new reader. */
  const enter = async (handle: string) => {
    const { reader, cookie } = await signedInReader(get().database, { origin: get().origin, handle });
    const visitor = new Visitor(get(), { 'sec-fetch-site': 'same-origin' });
    const [name = '', value = ''] = cookie.split('=');
    visitor.cookies.set(name, value);
    return { reader, visitor, old: reader.email! };
  };
  const addressOf = async (id: string) => (await findReader(get().database.read, id))!.email;
  const begin = async (visitor: Visitor, email: string) =>
    visitor.press(await visitor.open('/account/email'), '/account/email', { email });
  const codesOf = async (old: string, now: string) => {
    const [first, second] = [await mailsTo(get(), old), await mailsTo(get(), now)];
    return { old: first.at(-1)!.code!, new: second.at(-1)!.code! };
  };

  it('asks for a code from the old address and one from the new, and then signs others out', async () => {
    const { reader, visitor, old } = await enter('moves');
    const other = await signedInReader(get().database, { origin: get().origin, handle: 'stays' });
    const second = new Visitor(get());
    const asked = await begin(visitor, 'Moved@Readers.example');
    assert.equal(asked.path, '/account/email');
    assert.match(wordsOf(asked.doc), /moves@readers\.example.*moved@readers\.example/);
    const codes = await codesOf(old, 'moved@readers.example');
    assert.notEqual(codes.old, codes.new);
    // Each alone, and both the wrong way round, are not enough.
    for (const wrong of [
      { old: codes.old, new: codes.old },
      { old: codes.new, new: codes.new },
      { old: codes.new, new: codes.old },
      { old: codes.old, new: '' },
    ]) {
      const refused = await visitor.press(asked, '/account/email/confirm', wrong);
      assert.equal(refused.status, 422);
      assert.match(refused.text, /aria-invalid="true"/);
    }
    assert.equal(await addressOf(reader.id), old);
    const done = await visitor.press(asked, '/account/email/confirm', codes);
    assert.equal(done.path, '/account');
    assert.equal(await addressOf(reader.id), 'moved@readers.example');
    const told = (await mailsTo(get(), old, 2)).at(-1)!;
    assert.match(told.subject, /was changed/);
    assert.equal(await addressOf(other.reader.id), 'stays@readers.example');
    assert.match((await second.open('/account/email')).path, /^\/sign-in/);
  });

  it('holds in the browser alone that asked', async () => {
    const { reader, visitor, old } = await enter('bound');
    const asked = await begin(visitor, 'bound2@readers.example');
    const codes = await codesOf(old, 'bound2@readers.example');
    const thief = await signedInReader(get().database, { origin: get().origin, handle: 'thief' });
    const elsewhere = new Visitor(get(), { cookie: thief.cookie, 'sec-fetch-site': 'same-origin' });
    const refused = await elsewhere.send('/account/email/confirm', { fields: codes });
    assert.equal(refused.status, 422);
    assert.equal(await addressOf(thief.reader.id), 'thief@readers.example');
    assert.equal((await visitor.press(asked, '/account/email/confirm', codes)).path, '/account');
    assert.equal(await addressOf(reader.id), 'bound2@readers.example');
  });

  it('takes five wrong tries, and holds for an hour', async () => {
    const { reader, visitor, old } = await enter('guess');
    const asked = await begin(visitor, 'guess2@readers.example');
    const codes = await codesOf(old, 'guess2@readers.example');
    const wrong = { old: codes.old === '000000' ? '000001' : '000000', new: codes.new };
    const answers = [];
    for (let time = 0; time < 5; time += 1)
      answers.push(wordsOf((await visitor.send('/account/email/confirm', { fields: wrong })).doc));
    assert.match(answers[0]!, /4 tries left/);
    assert.match(answers[3]!, /one try left/);
    assert.match(answers[4]!, /Begin again/);
    assert.equal((await visitor.send('/account/email/confirm', { fields: codes })).status, 422);
    await begin(visitor, 'guess3@readers.example');
    const later = await codesOf(old, 'guess3@readers.example');
    get().clock.advance(61 * 60_000);
    assert.equal((await visitor.send('/account/email/confirm', { fields: later })).status, 422);
    assert.equal(await addressOf(reader.id), old);
    assert.equal(asked.status, 200);
  });

  it('tells nobody whether an address has an account, but its owner', async () => {
    const { visitor, old, reader } = await enter('curious');
    const { old: known } = await enter('known');
    const page = (text: string) => text.replaceAll(/known@|nobody@/g, 'x@').replaceAll(/\d\d:\d\d/g, '');
    const taken = await begin(visitor, known);
    const toKnown = (await mailsTo(get(), known)).at(-1)!;
    assert.match(toKnown.subject, /^Your account at/);
    assert.equal(toKnown.code, undefined);
    const oldCode = (await mailsTo(get(), old)).at(-1)!.code!;
    const refused = await visitor.send('/account/email/confirm', { fields: { old: oldCode, new: '123456' } });
    await visitor.press(await visitor.open('/account/email'), '/account/email/drop');
    const free = await begin(visitor, 'nobody@readers.example');
    const refusedFree = await visitor.send('/account/email/confirm', {
      fields: { old: oldCode, new: '123456' },
    });
    assert.equal(page(wordsOf(taken.doc)), page(wordsOf(free.doc)));
    assert.equal(page(wordsOf(refused.doc)), page(wordsOf(refusedFree.doc)));
    assert.equal(await addressOf(reader.id), old);
  });

  it('refuses what is no address, the same one, and the sixth time in a day', async () => {
    const { visitor, old } = await enter('often');
    for (const [email, words] of [
      ['no address', /That is not a mail address/],
      [`Ann <${old}>`, /That is not a mail address/],
      [old.toUpperCase(), /That is your address already/],
    ] as const) {
      const refused = await begin(visitor, email);
      assert.equal(refused.status, 422);
      assert.match(wordsOf(refused.doc), words);
      assert.ok(refused.text.includes('aria-describedby'));
    }
    for (let time = 0; time < 5; time += 1) {
      assert.equal((await begin(visitor, `often${time}@readers.example`)).status, 200);
      await visitor.send('/account/email/drop', { fields: {} });
    }
    assert.equal((await begin(visitor, 'often5@readers.example')).status, 429);
  });
});
