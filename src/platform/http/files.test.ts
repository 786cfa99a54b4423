import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { assetRoutes } from './assets.ts';
import { fileAnswer, matches, type FileOptions } from './files.ts';
import { route, startTestServer, type TestServer } from './testing.ts';
import { text } from './answers.ts';

const content = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251));
const script = 'export const paper = 1;\n'.repeat(100);
let folder: string;
let site: TestServer;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'freesheet-files-'));
  await writeFile(join(folder, 'sound.mp3'), content);
  await writeFile(join(folder, 'empty.txt'), '');
  await writeFile(join(folder, 'app-1a2b.js'), script);
  await writeFile(join(folder, 'face-1a2b.woff2'), content);
  await writeFile(join(folder, 'secret.env'), 'secret');
  const file = (path: string, name: string, options: FileOptions) =>
    route(
      path,
      async (request) =>
        (await fileAnswer(request, join(folder, name), options)) ?? text('none', { status: 404 }),
    );
  site = await startTestServer([
    file('/sound', 'sound.mp3', { type: 'audio/mpeg' }),
    file('/for-ever', 'sound.mp3', {
      type: 'audio/mpeg',
      etag: '"x"',
      isImmutable: true,
      headers: { 'x-a': 'b' },
    }),
    file('/empty', 'empty.txt', { type: 'text/plain' }),
    file('/none', 'none.txt', { type: 'text/plain' }),
    file('/folder', '.', { type: 'text/plain' }),
    ...assetRoutes(folder),
  ]);
});
after(async () => {
  await site.server.close();
  await rm(folder, { recursive: true, force: true });
});

const range = (value: string, more: Record<string, string> = {}) =>
  site.ask('/sound', { headers: { range: value, ...more } });

describe('files', () => {
  it('are sent whole, with what a cache needs', async () => {
    const got = await site.ask('/sound');
    assert.equal(got.status, 200);
    assert.deepEqual(got.body, content);
    assert.equal(got.headers['content-type'], 'audio/mpeg');
    assert.equal(got.headers['content-length'], '1000');
    assert.equal(got.headers['accept-ranges'], 'bytes');
    assert.equal(got.headers['cache-control'], 'no-cache');
    assert.match(got.headers.etag!, /^"[a-z0-9]+-[a-z0-9]+"$/);
    const again = await site.ask('/sound', { headers: { 'if-none-match': got.headers.etag! } });
    assert.deepEqual([again.status, again.body.length], [304, 0]);
    const lasting = await site.ask('/for-ever');
    assert.equal(lasting.headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.deepEqual([lasting.headers.etag, lasting.headers['x-a']], ['"x"', 'b']);
    const head = await site.ask('/sound', { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers['content-length'], head.body.length], [200, '1000', 0]);
  });

  it('are sent in parts (RFC 9110, section 14)', async () => {
    for (const [asked, from, to] of [
      ['bytes=0-0', 0, 0],
      ['bytes=0-99', 0, 99],
      ['bytes=990-', 990, 999],
      ['bytes=990-2000', 990, 999],
      ['bytes=-1', 999, 999],
      ['bytes=-5000', 0, 999],
    ] as const) {
      const got = await range(asked);
      assert.equal(got.status, 206, asked);
      assert.equal(got.headers['content-range'], `bytes ${from}-${to}/1000`);
      assert.equal(got.headers['content-length'], String(to - from + 1));
      assert.deepEqual(got.body, content.subarray(from, to + 1));
    }
    for (const whole of ['bytes=5-2', 'bytes=-', 'bytes=a-b', 'bytes=0-1,5-6', 'lines=0-1', 'bytes=0', '']) {
      const got = await range(whole);
      assert.deepEqual([got.status, got.body.length], [200, 1000], whole);
    }
    for (const beyond of ['bytes=1000-', 'bytes=5000-6000', 'bytes=-0', 'bytes=999999999999999-']) {
      const got = await range(beyond);
      assert.deepEqual([got.status, got.body.length], [416, 0], beyond);
      assert.equal(got.headers['content-range'], 'bytes */1000');
      assert.equal(got.headers['cache-control'], 'no-store');
    }
  });

  it('any part is that part', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1100), fc.nat(1100), async (from, to) => {
        const got = await range(`bytes=${from}-${to}`);
        if (from > 999) assert.equal(got.status, 416);
        else if (from > to) assert.equal(got.status, 200);
        else assert.deepEqual(got.body, content.subarray(from, to + 1));
      }),
      { numRuns: 60 },
    );
  });

  it('come whole when the part was of an older one', async () => {
    const etag = (await site.ask('/sound')).headers.etag!;
    assert.equal((await range('bytes=0-9', { 'if-range': etag })).status, 206);
    for (const other of ['"other"', `W/${etag}`, 'Tue, 24 Nov 2026 12:00:00 GMT'])
      assert.equal((await range('bytes=0-9', { 'if-range': other })).status, 200);
  });

  it('may be empty, and may not be there', async () => {
    const empty = await site.ask('/empty');
    assert.deepEqual([empty.status, empty.body.length, empty.headers['content-length']], [200, 0, '0']);
    assert.equal((await site.ask('/empty', { headers: { range: 'bytes=0-' } })).status, 416);
    assert.equal((await site.ask('/none')).status, 404);
    assert.equal((await site.ask('/folder')).status, 404);
  });

  it('know their validator in a list, weak or not', () => {
    for (const header of ['"a"', 'W/"a"', '"b", "a"', '"b",W/"a" ', '*', ' * '])
      for (const etag of ['"a"', 'W/"a"']) assert.ok(matches(header, etag), header);
    for (const header of [undefined, '', '"b"', 'a', '"a', '"ab"'])
      assert.equal(matches(header, '"a"'), false);
  });
});

describe('assets', () => {
  it('are sent for ever, compressed where the client takes it', async () => {
    for (const [accepted, encoding] of [
      ['', undefined],
      ['gzip', 'gzip'],
      ['gzip, br', 'br'],
      ['br;q=0, gzip', 'gzip'],
      ['br;q=0', undefined],
    ] as const) {
      const got = await site.ask('/assets/app-1a2b.js', { headers: { 'accept-encoding': accepted } });
      assert.equal(got.status, 200);
      assert.equal(got.headers['content-encoding'], encoding);
      assert.equal(got.headers['content-type'], 'text/javascript; charset=utf-8');
      assert.equal(got.headers['cache-control'], 'public, max-age=31536000, immutable');
      assert.equal(got.headers.vary, 'Accept-Encoding');
      const plain =
        encoding === 'br'
          ? brotliDecompressSync(got.body)
          : encoding === 'gzip'
            ? gunzipSync(got.body)
            : got.body;
      assert.equal(plain.toString(), script);
    }
    const face = await site.ask('/assets/face-1a2b.woff2', { headers: { 'accept-encoding': 'br, gzip' } });
    assert.equal(face.headers['content-encoding'], undefined);
    assert.deepEqual(face.body, content);
  });

  it('are what stands in their folder and may be sent, and nothing else', async () => {
    for (const name of [
      'none.js',
      'secret.env',
      'sound.mp3',
      '..%2f..%2fetc%2fpasswd',
      '..',
      '.',
      '%00.js',
      'app-1a2b.js%00',
      `..%2f${encodeURIComponent(folder.split('/').at(-1)!)}%2fapp-1a2b.js`,
    ]) {
      const got = await site.ask(`/assets/${name}`);
      // A NUL is refused anywhere.
      assert.equal(got.status, name.includes('%00') ? 400 : 404, name);
    }
  });
});
