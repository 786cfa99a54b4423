import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { sql } from 'kysely';
import { saveSection } from '../../src/stories/index.ts';
import { elements, one, parse, valuesOf, wordsOf } from '../rig/dom.ts';
import { contentOf, forEachSite, type Got, type PublishedStory } from '../rig/site.ts';

forEachSite('errors', {}, (get) => {
  let story: PublishedStory;
  let killed: PublishedStory;

  before(async () => {
    await get().write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
    story = await get().publish(contentOf('The long bridge opens at last'));
    killed = await get().publish(contentOf('A rumour'));
    await get().kill(killed.id);
  });

  const codeOf = (got: Got) => /Code: ([\w.-]+)/.exec(wordsOf(one(parse(got.text), 'main')))?.[1];
  const asJson = { accept: 'application/json' };

  it('answers 404 with what may have been meant, and the way to search', async () => {
    for (const path of [
      '/2025/01/01/long-bridge-opens',
      '/news/the-bridge-1234.html',
      '/text/old/bridge-opens.php?id=5',
    ]) {
      const got = await get().get(path);
      assert.equal(got.status, 404, path);
      assert.equal(codeOf(got), 'page.not-found');
      const main = one(parse(got.text), 'main');
      assert.match(
        wordsOf(main),
        /Perhaps you looked for one of these The long bridge opens at last, 24 November 2026/,
      );
      assert.ok(valuesOf(main, 'href', 'a').includes(story.path));
      assert.equal(got.headers['cache-control'], 'no-store');
    }
    const nothing = await get().get('/%F0%9F%A6%9B');
    assert.equal(nothing.status, 404);
    assert.doesNotMatch(nothing.text, /Perhaps you looked/);
    const doc = parse((await get().get('/2025/01/01/tall-tower')).text);
    const field = elements(doc, 'input').find(({ attribs }) => attribs.name === 'q');
    assert.equal(field!.attribs.value, 'tall tower');
  });

  it('answers 410 for what was killed, in every edition and by its short link', async () => {
    for (const path of [
      killed.path,
      `/text${killed.path}`,
      `/s/${killed.code}`,
      `${killed.path}/`,
      `${killed.path.toUpperCase()}.HTML`,
    ]) {
      const got = await get().get(path);
      assert.equal(got.status, 410, path);
      assert.equal(codeOf(got), 'story.gone');
      assert.match(got.text, /This story was taken down/);
    }
  });

  it('answers 405 to what an address does not take, and says what it does', async () => {
    for (const [method, path] of [
      ['POST', '/'],
      ['PUT', story.path],
      ['DELETE', '/search'],
      ['PATCH', '/text'],
    ] as const) {
      const got = await get().get(path, {}, method);
      assert.equal(got.status, 405, `${method} ${path}`);
      assert.equal(got.headers.allow, 'GET, HEAD');
      assert.equal(codeOf(got), 'request.method-not-allowed');
    }
    for (const method of ['TRACE', 'PROPFIND', 'MKCOL']) {
      const { status } = await get().get('/', {}, method);
      assert.ok(status >= 400 && status < 500, method);
    }
  });

  it('answers programs in JSON, with the same codes', async () => {
    for (const [path, status, code] of [
      ['/nowhere', 404, 'page.not-found'],
      [killed.path, 410, 'story.gone'],
      ['/corrections?before=x', 400, 'list.bad-cursor'],
      ['/%zz', 400, 'request.malformed'],
    ] as const) {
      const got = await get().get(path, asJson);
      assert.equal(got.status, status, path);
      assert.match(got.headers['content-type']!, /^application\/json/);
      const { error } = JSON.parse(got.text) as { error: { code: string; message: string } };
      assert.equal(error.code, code);
      assert.ok(error.message.length > 10);
    }
    const browser = await get().get('/nowhere', { accept: 'text/html,application/json;q=0.9' });
    assert.match(browser.headers['content-type']!, /^text\/html/);
  });

  it('answers HEAD as GET, without a body', async () => {
    for (const [path, status] of [
      ['/', 200],
      [story.path, 200],
      ['/nowhere', 404],
      [killed.path, 410],
    ] as const) {
      const got = await get().get(path, {}, 'HEAD');
      assert.deepEqual([got.status, got.body.length], [status, 0], path);
    }
  });

  const rename = (from: string, to: string) =>
    get().write(({ db }) => sql`alter table ${sql.table(from)} rename to ${sql.table(to)}`.execute(db));

  it('says of a fault of ours that it is one, and nothing of what it was', async () => {
    await rename('story_correction', 'story_correction_away');
    try {
      for (const headers of [{}, asJson]) {
        const got = await get().get('/corrections?x=1', headers);
        assert.equal(got.status, 500);
        assert.match(got.text, /internal/);
        assert.doesNotMatch(got.text, /story_correction|select |\.ts\b|\.js:|node_modules|\n\s+at /i);
      }
      const page = await get().get('/corrections?x=1');
      assert.match(wordsOf(one(parse(page.text), 'main')), /Something went wrong on our side/);
    } finally {
      await rename('story_correction_away', 'story_correction');
    }
    assert.equal((await get().get('/corrections?x=1')).status, 200);
  });

  it('wears the whole armour on errors too', async () => {
    for (const path of [
      '/nowhere',
      '/%zz',
      killed.path,
      '/corrections?before=x',
      '/assets/none.js',
      '/media/x/y',
    ]) {
      const { headers } = await get().get(path);
      assert.match(String(headers['content-security-policy']), /script-src 'self'/, path);
      assert.equal(headers['x-content-type-options'], 'nosniff', path);
      assert.equal(headers['set-cookie'], undefined);
    }
  });
});
