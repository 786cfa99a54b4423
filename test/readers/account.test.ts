import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import sharp from 'sharp';
import { beginSession, findReader } from '../../src/readers/index.ts';
import { signedInReader, type SignedInReader } from '../../src/readers/testing.ts';
import { saveAuthor, saveSection } from '../../src/stories/index.ts';
import { elements, wordsOf } from '../rig/dom.ts';
import { contentOf, forEachSite } from '../rig/site.ts';
import { Visitor, type Visited } from '../rig/visitor.ts';

const day = 86_400_000;

forEachSite('the account', { env: { WRITE_LIMIT: '100000' } }, (get) => {
  before(async () => {
    await get().write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
    await get().write((tx) => saveAuthor(tx, { slug: 'maud-wren', name: 'Maud Wren' }));
    await get().publish(contentOf('By Maud', { byline: [{ name: 'Maud Wren', author: 'maud-wren' }] }));
  });

  const open = async (more: Parameters<typeof signedInReader>[1] = {}) => {
    const reader = await signedInReader(get().database, { origin: get().origin, ...more });
    return { ...reader, visitor: visitorOf(reader) };
  };
  const visitorOf = ({ cookie }: SignedInReader, userAgent = '') => {
    const visitor = new Visitor(get(), { 'user-agent': userAgent });
    const [name = '', value = ''] = cookie.split('=');
    visitor.cookies.set(name, value);
    return visitor;
  };
  const save = async (visitor: Visitor, typed: Readonly<Record<string, string>>) =>
    visitor.press(await visitor.open('/account'), '/account/profile', typed);
  const problemOf = ({ doc }: Visited, field: string) => {
    const found = elements(doc, 'p').find(({ attribs }) => attribs.id === `field-${field}-problem`);
    return found && wordsOf(found);
  };
  const readerNow = async (id: string) => {
    return (await findReader(get().database.read, id))!;
  };

  it('is shown to its owner alone, and to nobody who is signed out', async () => {
    const asked = await new Visitor(get()).open('/account');
    assert.equal(asked.path, '/sign-in?to=%2Faccount');
    const { visitor, reader } = await open();
    const page = await visitor.open('/account');
    assert.equal(page.status, 200);
    assert.equal(page.headers['cache-control'], 'no-store');
    assert.ok(page.text.includes(reader.email!));
    assert.match(page.text, /<meta name="robots" content="noindex">/);
  });

  it('keeps name, handle and a line about oneself, and says so', async () => {
    const { visitor, reader } = await open();
    const page = await save(visitor, {
      name: ' Nell  Ångström ',
      handle: '@Nell-A',
      bio: 'Reads.\r\nWrites.',
    });
    assert.equal(page.path, '/account');
    assert.match(wordsOf(page.doc), /Saved\./);
    const kept = await readerNow(reader.id);
    assert.deepEqual([kept.name, kept.handle, kept.bio], ['Nell Ångström', 'nell-a', 'Reads.\nWrites.']);
  });

  it('gives a form back with what was typed and what is to be mended', async () => {
    const { visitor, reader } = await open();
    const page = await save(visitor, { name: 'Editor', handle: 'x', bio: 'y'.repeat(301) });
    assert.equal(page.status, 422);
    for (const field of ['name', 'handle', 'bio']) assert.ok(problemOf(page, field), field);
    for (const typed of ['value="Editor"', 'value="x"', 'y'.repeat(301)])
      assert.ok(page.text.includes(typed));
    assert.equal((await readerNow(reader.id)).name, reader.name);
  });

  it('lets a handle be changed twice in 30 days, and keeps the old ones for their reader', async () => {
    const { visitor, reader } = await open({ handle: 'first-one' });
    for (const handle of ['second-one', 'third-one'])
      assert.equal((await save(visitor, { handle })).status, 200, handle);
    const third = await save(visitor, { handle: 'fourth-one' });
    assert.match(problemOf(third, 'handle')!, /can be changed again from 24 December 2026/);
    assert.equal((await save(visitor, { name: 'Other Name', handle: 'third-one' })).status, 200);
    const moved = await new Visitor(get()).send('/readers/first-one', { follows: false });
    assert.equal(moved.status, 301);
    assert.equal(moved.headers.location, '/readers/third-one');
    const { visitor: other } = await open();
    for (const handle of ['first-one', 'third-one', 'th1rd-one', 'third_one', 'thirdone'])
      assert.ok(problemOf(await save(other, { handle }), 'handle'), handle);
    get().clock.advance(30 * day + 1);
    assert.equal((await save(visitor, { handle: 'first-one' })).status, 200, 'one goes back to an own one');
    assert.equal((await readerNow(reader.id)).handle, 'first-one');
  });

  it('lets nobody look like those who speak for the paper', async () => {
    await open({ handle: 'chief', name: 'Ida Marlow', roles: ['moderator'] });
    const { visitor } = await open();
    for (const name of ['Ida Marlow', 'lda MarIow', 'Ida Mаrlow', 'Maud Wren', 'MAUD WRÉN'])
      assert.ok(problemOf(await save(visitor, { name }), 'name'), name);
    assert.equal((await save(visitor, { name: 'Ida Marl' })).status, 200);
    const { visitor: staff } = await open({ roles: ['author'] });
    assert.equal((await save(staff, { name: 'Maud Wren' })).status, 200, 'they themselves may');
  });

  it('makes a picture anew as a square, without what the camera wrote, and lets it be removed', async () => {
    const { visitor, reader } = await open();
    const sent = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#0b5c4d' } })
      .withExif({ IFD0: { Copyright: 'secret-words' } })
      .jpeg()
      .toBuffer();
    const page = await sendPicture(visitor, sent);
    assert.equal(page.path, '/account');
    const { picture } = await readerNow(reader.id);
    for (const side of [96, 320]) {
      const got = await get().get(`/reader-pictures/${picture}-${side}.webp`);
      assert.equal(got.headers['content-type'], 'image/webp');
      const { width, height, format, exif } = await sharp(got.body).metadata();
      assert.deepEqual([width, height, format, exif], [side, side, 'webp', undefined]);
      assert.ok(!got.body.includes('secret-words'));
    }
    await visitor.press(page, '/account/picture/remove');
    assert.equal((await get().get(`/reader-pictures/${picture}-96.webp`)).status, 404);
    assert.equal((await readerNow(reader.id)).picture, undefined);
  });

  it('takes nothing for a picture that is none', async () => {
    const { visitor, reader } = await open();
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    const tiny = await sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const whole = await sharp({ create: { width: 300, height: 300, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer();
    const bombs = [
      Buffer.from(svg),
      tiny,
      whole.subarray(0, whole.length / 2),
      Buffer.from('GIF89a<script>alert(1)</script>'),
      Buffer.alloc(0),
      hugePng(),
    ];
    for (const bytes of bombs) {
      const page = await sendPicture(visitor, bytes);
      assert.equal(page.status, 422, bytes.subarray(0, 20).toString('latin1'));
      assert.ok(problemOf(page, 'picture'));
    }
    const large = await sendPicture(visitor, Buffer.concat([whole, Buffer.alloc(5 * 1024 * 1024)]));
    assert.equal(large.status, 422);
    assert.equal((await sendPicture(visitor, Buffer.alloc(6 * 1024 * 1024))).status, 413);
    assert.equal((await readerNow(reader.id)).picture, undefined);
  });

  it('keeps what others may see', async () => {
    const { visitor, reader } = await open();
    const page = await visitor.open('/account');
    await visitor.send('/account/settings', {
      fields: { followers: 'nobody', following: 'public', isIndexed: 'yes' },
    });
    assert.deepEqual((await readerNow(reader.id)).settings, {
      followers: 'nobody',
      following: 'public',
      showComments: false,
      showRecommends: false,
      isIndexed: true,
    });
    await visitor.press(page, '/account/settings');
    const usual = (await readerNow(reader.id)).settings;
    assert.deepEqual([usual.followers, usual.showComments, usual.isIndexed], ['followers', true, false]);
  });

  it('lists the browsers that are signed in, and signs out one, the others, or all', async () => {
    const { visitor, reader } = await open();
    const others = await get().write(async (tx) => [
      await beginSession(tx, { reader: reader.id, method: 'code', device: 'Firefox on Android' }),
      await beginSession(tx, { reader: reader.id, method: 'code', device: 'Safari on iPhone' }),
      await beginSession(tx, { reader: reader.id, method: 'link', device: 'Edge on Windows' }),
    ]);
    const cookies = others.map(({ token }) => `__Host-session=${token}`);
    const statuses = async () =>
      Promise.all(cookies.map(async (cookie) => (await get().get('/account', { cookie })).status));
    const page = await visitor.open('/account');
    for (const device of ['A test', 'Firefox on Android', 'Safari on iPhone', 'Edge on Windows'])
      assert.ok(wordsOf(page.doc).includes(device), device);
    const ended = await visitor.send('/account/sessions/end', { fields: { session: others[0]!.id } });
    assert.match(wordsOf(ended.doc), /That browser is signed out\./);
    assert.deepEqual(await statuses(), [303, 200, 200]);
    await visitor.press(ended, '/account/sessions/end-others');
    assert.deepEqual(await statuses(), [303, 303, 303]);
    assert.equal((await visitor.open('/account')).path, '/account');
    const second = await get().write((tx) =>
      beginSession(tx, { reader: reader.id, method: 'code', device: 'One more' }),
    );
    await visitor.send('/sign-out', { fields: { scope: 'all', to: '/archive' } });
    const cookie = `__Host-session=${second.token}`;
    assert.equal((await get().get('/account', { cookie })).status, 303);
    assert.ok(!visitor.cookies.has('__Host-session'));
  });

  async function sendPicture(visitor: Visitor, bytes: Buffer): Promise<Visited> {
    const form = new FormData();
    form.set('picture', new File([new Uint8Array(bytes)], 'me.jpg', { type: 'image/jpeg' }));
    const request = new Request('http://x.example', { method: 'POST', body: form });
    return visitor.send('/account/picture', {
      body: Buffer.from(await request.arrayBuffer()),
      headers: { 'content-type': request.headers.get('content-type')! },
    });
  }
});

/** A head that promises 60,000 pixels each way, and little more. */
function hugePng(): Buffer {
  const head = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  const size = Buffer.alloc(17);
  size.writeUInt32BE(60_000, 0);
  size.writeUInt32BE(60_000, 4);
  size[8] = 8;
  size[9] = 2;
  return Buffer.concat([head, size, Buffer.from('0000000049454e44ae426082', 'hex')]);
}
