import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { page } from './answers.ts';
import type { Identity, Request } from './route-table.ts';
import { serve, stored, until } from './testing.ts';

const long = 'A story that is long enough to be worth its compression. '.repeat(50);

describe('shared pages', () => {
  it('are rendered once, and known again by their validator', async (t) => {
    let count = 0;
    const { ask, store } = await serve(t, [
      stored('/story', () => {
        count += 1;
        return page(long, { tags: ['story:1'] });
      }),
    ]);
    const first = await ask('/story');
    const { etag } = first.headers;
    assert.match(etag!, /^W\/"[\w-]{22}"$/);
    assert.equal(first.headers['cache-control'], 'no-cache');
    for (const header of [etag!, `"other", ${etag}`, etag!.slice(2), '*']) {
      const again = await ask('/story', { headers: { 'if-none-match': header } });
      assert.deepEqual([again.status, again.body.length], [304, 0]);
      assert.equal(again.headers.etag, etag);
      assert.equal(again.headers['content-length'], undefined);
    }
    assert.equal((await ask('/story', { headers: { 'if-none-match': '"other"' } })).status, 200);
    assert.equal(count, 1);
    store.drop(['story:1'], true);
    await ask('/story');
    assert.equal(count, 2);
  });

  it('can be made before anybody asks, and are not made again then', async (t) => {
    let count = 0;
    const { ask, server } = await serve(t, [
      stored('/story', () => {
        count += 1;
        return page(long, { tags: ['story:1'] });
      }),
    ]);
    await server.warm('/story');
    assert.equal(count, 1);
    for (const encoding of ['br', 'gzip', ''])
      assert.equal((await ask('/story', { headers: { 'accept-encoding': encoding } })).status, 200);
    assert.equal(count, 1);
    await assert.rejects(server.warm('/no-such'), /404/);
  });

  it('come in the encoding that the client takes', async (t) => {
    const { ask } = await serve(t, [stored('/story', () => page(long, { tags: ['story:1'] }))]);
    for (const [accepted, encoding] of [
      [undefined, undefined],
      ['', undefined],
      ['identity', undefined],
      ['gzip', 'gzip'],
      ['gzip, deflate', 'gzip'],
      ['gzip, deflate, br', 'br'],
      ['GZIP, BR', 'br'],
      ['br;q=0, gzip', 'gzip'],
      ['br; q=0.000, gzip ;q=0', undefined],
      ['br;q=0.5, gzip;q=0.1', 'br'],
      ['brotli, gzip-foo;q=0', undefined],
    ] as const) {
      const headers: Record<string, string> = accepted === undefined ? {} : { 'accept-encoding': accepted };
      const got = await ask('/story', { headers });
      assert.equal(got.headers['content-encoding'], encoding, String(accepted));
      assert.equal(got.headers['content-length'], String(got.body.length));
      assert.match(got.headers.vary!, /Accept-Encoding/);
      const plain =
        encoding === 'br'
          ? brotliDecompressSync(got.body)
          : encoding === 'gzip'
            ? gunzipSync(got.body)
            : got.body;
      assert.equal(plain.toString(), long);
    }
  });

  it('do not depend on where a visitor came from', async (t) => {
    const seen: string[] = [];
    const { ask, store } = await serve(t, [
      stored('/story', ({ url }) => {
        seen.push(url.pathname + url.search);
        return page(url.search, { tags: ['story:1'] });
      }),
    ]);
    for (const query of ['', '?', '?utm_source=a', '?fbclid=1&utm_medium=%22', '?gclid=<script>'])
      assert.equal((await ask(`/story${query}`)).body.toString(), '');
    for (const query of ['?page=2&a=1', '?utm_campaign=x&a=1&page=2', '?a=1&fbclid=x&page=2'])
      assert.equal((await ask(`/story${query}`)).body.toString(), '?a=1&page=2');
    assert.deepEqual(seen, ['/story', '/story?a=1&page=2']);
    assert.equal(store.size.pages, 2);
  });

  it('are kept for each country that the edge names, and for those who save data', async (t) => {
    const shown = ({ country, saveData }: Request) =>
      page(`${country ?? 'nowhere'}${saveData ? ' saved' : ''}`, { tags: [] });
    const { ask, store } = await serve(t, [stored('/story', shown)], { countryHeader: 'X-Country' });
    for (const [headers, expected] of [
      [{}, 'nowhere'],
      [{ 'x-country': 'PT' }, 'PT'],
      [{ 'x-country': 'pt' }, 'PT'],
      [{ 'x-country': 'PT', 'save-data': 'on' }, 'PT saved'],
      [{ 'x-country': 'XX1' }, 'nowhere'],
      [{ 'x-country': 'P T' }, 'nowhere'],
      [{ 'cf-ipcountry': 'PT' }, 'nowhere'],
    ] as const) {
      const got = await ask('/story', { headers });
      assert.equal(got.body.toString(), expected);
      for (const name of ['Accept-Encoding', 'Cookie', 'Save-Data', 'X-Country'])
        assert.ok(got.headers.vary!.split(', ').includes(name));
    }
    assert.equal(store.size.pages, 3);
  });

  it('are not for a reader who is signed in', async (t) => {
    let count = 0;
    const { ask, store } = await serve(t, [stored('/story', () => page(`${(count += 1)}`, { tags: [] }))], {
      identity: {
        isClaimed: ({ cookie = '' }) => cookie.startsWith('session='),
        find: async ({ cookie }) => (cookie === 'session=ann' ? ({ id: 'ann' } as Identity) : undefined),
      },
    });
    const bodyFor = async (cookie: string) => (await ask('/story', { headers: { cookie } })).body.toString();
    assert.equal(await bodyFor('other=1'), '1');
    assert.equal(await bodyFor('session=ann'), '2');
    assert.equal(await bodyFor('session=ann'), '3');
    assert.equal(await bodyFor('session=nobody'), '1');
    assert.equal(await bodyFor(''), '1');
    const got = await ask('/story', { headers: { cookie: 'session=ann' } });
    assert.equal(got.headers['cache-control'], 'private, no-cache');
    assert.equal(store.size.pages, 1);
  });

  it('outlive the one who asked first', async (t) => {
    let release = () => {};
    let isAsked = false;
    const { ask, port, server } = await serve(t, [
      stored('/story', async ({ signal }) => {
        isAsked = true;
        await new Promise<void>((resolve) => (release = resolve));
        signal.throwIfAborted();
        return page('whole', { tags: [] });
      }),
    ]);
    const first = connect(port, '127.0.0.1');
    first.write('GET /story HTTP/1.1\r\nHost: x\r\n\r\n');
    await until(() => isAsked);
    const second = ask('/story');
    const connections = () =>
      new Promise<number>((tell) => server.app.server.getConnections((_, count) => tell(count)));
    await until(async () => (await connections()) === 2);
    first.destroy();
    await until(async () => (await connections()) === 1);
    await new Promise((resolve) => setImmediate(resolve));
    release();
    assert.equal((await second).body.toString(), 'whole');
  });
});
