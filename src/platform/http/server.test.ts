import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import { createLog, type Log } from '../log.ts';
import { page, redirect, text } from './answers.ts';
import type { Answer } from './route-table.ts';
import { codeOf, own, route, serve, startTestServer, stored, testOrigin, until } from './testing.ts';

const long = 'A story that is long enough to be worth its compression. '.repeat(50);

/** What every answer carries. */
const promised = [
  'content-security-policy',
  'referrer-policy',
  'x-content-type-options',
  'cross-origin-opener-policy',
  'permissions-policy',
];

describe('routing', () => {
  it('answers what is in the table, 404 what is not, and 405 another method', async (t) => {
    const { ask } = await serve(t, [
      route('/people/:name', ({ params }) => text(`Hello, ${params.name}`)),
      route('/form', ({ body }) => text(JSON.stringify(body)), { method: 'POST' }),
    ]);
    assert.equal((await ask('/people/Ren%C3%A9e')).body.toString(), 'Hello, Renée');
    const missing = await ask('/nothing');
    assert.deepEqual([missing.status, codeOf(missing)], [404, 'page.not-found']);
    for (const asked of [
      { method: 'POST', body: 'a=1' },
      { method: 'POST', body: '<x/>', headers: { 'content-type': 'application/xml' } },
      { method: 'DELETE' },
      { method: 'OPTIONS' },
    ] as const) {
      const refused = await ask('/people/Ann', asked);
      assert.deepEqual([refused.status, codeOf(refused)], [405, 'request.method-not-allowed']);
      assert.equal(refused.headers.allow, 'GET, HEAD');
      assert.equal((await ask('/nothing', asked)).status, 404);
    }
    const get = await ask('/form');
    assert.deepEqual([get.status, get.headers.allow], [405, 'POST']);
    const posted = await ask('/form', {
      method: 'POST',
      headers: { ...own, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'name=Ren%C3%A9e+X&empty=',
    });
    assert.deepEqual(JSON.parse(posted.body.toString()), { name: 'Renée X', empty: '' });
  });

  it('gives handlers an address on the own origin, whatever the request says', async (t) => {
    const { say } = await serve(t, [route('/*', ({ url }) => text(url.href))]);
    const hrefOf = async (target: string) =>
      (await say(`GET ${target} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`)).split(
        '\r\n\r\n',
      )[1];
    assert.equal(await hrefOf('/a?b=1'), `${testOrigin}/a?b=1`);
    assert.equal(await hrefOf('http://evil.example/a?b=1'), `${testOrigin}/a?b=1`);
    assert.equal(await hrefOf('//evil.example/a'), `${testOrigin}/evil.example/a`);
    assert.equal(await hrefOf('/\\evil.example/a'), `${testOrigin}/evil.example/a`);
  });

  it('answers HEAD as GET, without the body', async (t) => {
    let isDestroyed = false;
    const endless = () =>
      new Readable({
        read() {
          this.push(Buffer.alloc(1000));
        },
        destroy(_error, done) {
          isDestroyed = true;
          done(null);
        },
      });
    const { ask } = await serve(t, [
      route('/plain', () => text('Grüße')),
      stored('/story', () => page(long, { tags: ['story:1'] })),
      route('/endless', () => ({
        status: 200,
        type: 'video/mp4',
        body: endless(),
        headers: { 'content-length': '9' },
      })),
      route('/taken', () => ({
        status: 200,
        type: 'text/plain',
        body: '',
        take: () => assert.fail('taken'),
      })),
    ]);
    for (const path of ['/plain', '/story', '/nothing', '/endless', '/taken', '/story']) {
      const head = await ask(path, { method: 'HEAD' });
      assert.equal(head.body.length, 0);
      if (path === '/endless') {
        assert.equal(head.headers['content-length'], '9');
        assert.ok(isDestroyed);
      } else if (path !== '/taken') {
        const get = await ask(path);
        assert.equal(head.status, get.status);
        assert.equal(head.headers['content-length'], String(get.body.length));
        assert.equal(head.headers['content-type'], get.headers['content-type']);
        assert.equal(head.headers.etag, get.headers.etag);
      }
    }
  });

  it('tells a handler that its client has gone, and not when a form has been read', async (t) => {
    const signals: AbortSignal[] = [];
    let release = () => {};
    const { ask, port } = await serve(t, [
      route(
        '/wait',
        async ({ signal }) => {
          signals.push(signal);
          await new Promise<void>((resolve) => {
            release = resolve;
            signal.addEventListener('abort', () => resolve());
          });
          return text(signal.aborted ? 'gone' : 'here');
        },
        { method: 'POST' },
      ),
    ]);
    const waiting = ask('/wait', {
      method: 'POST',
      headers: { ...own, 'content-type': 'application/json' },
      body: '{}',
    });
    await until(() => signals.length === 1);
    for (let turns = 0; turns < 50; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    release();
    assert.equal((await waiting).body.toString(), 'here');
    assert.equal(signals[0]!.aborted, false);
    const socket = connect(port, '127.0.0.1');
    socket.write(
      'POST /wait HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 0\r\n\r\n',
    );
    await until(() => signals.length === 2);
    socket.destroy();
    await until(() => signals[1]!.aborted);
    assert.equal(signals[0]!.aborted, false);
  });

  it('lets a route write its body itself, for as long as the connection holds', async (t) => {
    const { say } = await serve(t, [
      route('/live', () => ({
        status: 200,
        type: 'text/event-stream',
        body: '',
        noStore: true,
        take: (response) => response.write('one\n', () => response.end('two\n')),
      })),
    ]);
    for (const version of ['1.1', '1.0']) {
      const heard = await say(`GET /live HTTP/${version}\r\nHost: x\r\n\r\n`);
      const [head, body] = heard.split('\r\n\r\n');
      assert.equal(body, 'one\ntwo\n');
      assert.match(head!, /^HTTP\/1.1 200/);
      assert.match(head!, /content-type: text\/event-stream\r/i);
      assert.match(head!, /connection: close/i);
      assert.match(head!, /content-security-policy: /i);
      assert.doesNotMatch(head!, /transfer-encoding|content-length/i);
    }
  });
});

describe('errors', () => {
  function listen(): { log: Log; lines: string[] } {
    const lines: string[] = [];
    const log = createLog('error');
    log.error = ((fields: { err: Error }, message: string) =>
      void lines.push(`${message}: ${fields.err.message}`)) as Log['error'];
    return { log, lines };
  }
  const broken = route('/broken', () => {
    throw new Error('secret of the house');
  });

  it('have a code and say nothing of our inside', async (t) => {
    const { log, lines } = listen();
    const { ask } = await serve(t, [broken, stored('/shared', broken.handle)], { log });
    for (const path of ['/broken', '/shared']) {
      const got = await ask(path);
      assert.deepEqual([got.status, codeOf(got)], [500, 'internal']);
      assert.doesNotMatch(got.body.toString(), /secret|at .*\.ts|stack/);
    }
    assert.deepEqual(lines, Array(2).fill('a request failed: secret of the house'));
  });

  it('are told even when their page breaks', async (t) => {
    const { log, lines } = listen();
    const errorAnswer = (): Answer => {
      throw new Error('The error page is broken too.');
    };
    const { ask } = await serve(t, [broken], { log, errorAnswer });
    const got = await ask('/nothing');
    assert.deepEqual(
      [got.status, got.body.toString()],
      [404, 'There is no page at this address. [page.not-found]\n'],
    );
    assert.equal(got.headers['cache-control'], 'no-store');
    assert.equal(lines.length, 1);
  });

  it('of making a stale page anew are logged, and the page stays', async (t) => {
    const { log, lines } = listen();
    let isBroken = false;
    const { ask, store } = await serve(
      t,
      [
        stored('/story', () => {
          if (isBroken) throw new Error('The database is away.');
          return page('good', { tags: ['story:1'] });
        }),
      ],
      { log },
    );
    await ask('/story');
    isBroken = true;
    store.drop(['story:1']);
    assert.equal((await ask('/story')).body.toString(), 'good');
    assert.deepEqual(lines, ['a page stays as it was: it cannot be made anew: The database is away.']);
  });

  it('of the request itself are answered in the same way', async (t) => {
    const { ask, say } = await serve(t, [route('/people/:name', () => text('x'))]);
    for (const [path, status] of [
      ['/people/%zz', 400],
      [`/people/${'x'.repeat(500)}`, 414],
    ] as const) {
      const got = await ask(path);
      assert.deepEqual([got.status, codeOf(got)], [status, 'request.malformed']);
      for (const name of promised) assert.ok(got.headers[name], `${path} lacks ${name}`);
    }
    for (const [bytes, status] of [
      ['nonsense\r\n\r\n', 400],
      ['GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', 400],
      ['GET / HTTP/1.1\r\nHost: x\r\nBad Header: 1\r\n\r\n', 400],
      [`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ] as const) {
      const heard = await say(bytes);
      assert.match(heard, new RegExp(`^HTTP/1.1 ${status} `));
      assert.match(heard, /\r\n\r\nThis request could not be read\. \[request\.malformed\]\n$/);
      for (const name of promised) assert.match(heard.toLowerCase(), new RegExp(`\r\n${name}: `));
    }
  });

  it('carry the security headers, as every answer does', async (t) => {
    const routes = [
      stored('/story', () => page(long, { tags: ['story:1'] })),
      broken,
      route('/moved', () => redirect('/story')),
      route('/text', () => text('x')),
      route('/form', () => text('x'), { method: 'POST' }),
    ];
    const { ask } = await serve(t, routes);
    const etag = (await ask('/story')).headers.etag!;
    const answers = [
      await ask('/story'),
      await ask('/story', { headers: { 'if-none-match': etag } }),
      await ask('/story', { method: 'HEAD' }),
      await ask('/broken'),
      await ask('/moved'),
      await ask('/text'),
      await ask('/nothing'),
      await ask('/text', { method: 'POST' }),
      await ask('/form', { method: 'POST' }),
      await ask('/form', {
        method: 'POST',
        headers: { ...own, 'content-type': 'text/plain' },
        body: long.repeat(30),
      }),
    ];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 304, 200, 500, 301, 200, 404, 405, 403, 413],
    );
    for (const { status, headers } of answers) {
      for (const name of promised) assert.ok(headers[name], `${status} lacks ${name}`);
      assert.doesNotMatch(headers['content-security-policy'] as string, /unsafe-inline|unsafe-eval|\*/);
      assert.equal(headers['strict-transport-security'], undefined);
      assert.equal(headers['x-powered-by'], undefined);
    }
    const secure = await serve(t, routes, { origin: 'https://paper.example' });
    for (const path of ['/story', '/nothing', '/text'])
      assert.ok((await secure.ask(path)).headers['strict-transport-security']);
  });
});

describe('a server that stops', () => {
  it(
    'finishes what runs, takes no more, and does not wait for idle connections',
    { timeout: 7000 },
    async () => {
      let release = () => {};
      let isAsked = false;
      const site = await startTestServer([
        route('/slow', async () => {
          isAsked = true;
          await new Promise<void>((resolve) => (release = resolve));
          return text('whole');
        }),
        route('/quick', () => text('quick')),
      ]);
      const agent = new Agent({ keepAlive: true });
      await site.ask('/quick', { agent });
      const idle = connect(site.port, '127.0.0.1');
      await new Promise((resolve) => idle.once('connect', resolve));
      const running = site.ask('/slow', { agent });
      await until(() => isAsked);
      const closed = site.server.close();
      await assert.rejects(site.ask('/quick'), { code: 'ECONNREFUSED' });
      release();
      assert.equal((await running).body.toString(), 'whole');
      await closed;
      agent.destroy();
      idle.destroy();
    },
  );

  it('says which port is taken', async (t) => {
    const { port } = await serve(t, []);
    await assert.rejects(startTestServer([], {}, port), { code: 'server.port-taken' });
  });
});
