import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import type { Answer, Request } from '../http/route-table.ts';
import { silentLog } from '../log.ts';
import type { MediaItem } from './item.ts';
import { MediaStore } from './media-store.ts';
import { mediaRoutes } from './routes.ts';
import { mediaHref, objectPosition, pictureSources, socialHref } from './sources.ts';
import { photograph, phoneVideo, quarters } from './testing.ts';

let dataDir: string;
let store: MediaStore;
let picture: MediaItem;
let video: MediaItem;
before(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'freesheet-media-'));
  store = new MediaStore({ dataDir, log: silentLog });
  picture = (await store.prepare(await photograph(1500, 1000), 'a.jpg')).item;
  video = (await store.prepare(phoneVideo(), 'a.mp4')).item;
});
after(() => rm(dataDir, { recursive: true, force: true }));

async function get(
  path: string,
  headers: Record<string, string> = {},
): Promise<Answer & { content: Buffer }> {
  const [, , id = '', name = ''] = path.split('/');
  const request = {
    method: 'GET',
    params: { id: decodeURIComponent(id), name: decodeURIComponent(name) },
    headers,
  };
  const answer = await mediaRoutes({ media: store })[0]!.handle(request as unknown as Request);
  const { body } = answer;
  return { ...answer, content: body instanceof Readable ? await buffer(body) : Buffer.from(body) };
}

describe('media routes', () => {
  it('give out nothing of what is withheld, until it is released', async () => {
    const hear = (type: string) => store.withheld.hear([{ type, payload: { ids: [picture.id] } }]);
    const href = mediaHref(picture);
    hear('media.withheld');
    for (const path of [href, socialHref(picture)]) {
      const { status, headers } = await get(path);
      assert.equal(status, 410, path);
      assert.ok(!/immutable/.test(JSON.stringify(headers)));
    }
    hear('media.released');
    assert.equal((await get(href)).status, 200);
  });

  it('answer every address that pages are given, for ever', async () => {
    const sources = pictureSources(picture)!;
    const addresses = [sources.webp, sources.jpeg].flatMap((set) =>
      set.split(', ').map((each) => each.split(' ')[0]!),
    );
    assert.equal(addresses.length, 9);
    for (const path of [...addresses, sources.src, mediaHref(picture), socialHref(picture)]) {
      const answer = await get(path);
      assert.equal(answer.status, 200, path);
      assert.equal(answer.type, path.endsWith('.webp') ? 'image/webp' : 'image/jpeg');
      assert.match(answer.headers?.['cache-control'] ?? '', /immutable/);
      assert.ok((await sharp(answer.content).metadata()).width);
      const again = await get(path, { 'if-none-match': answer.headers!.etag! });
      assert.deepEqual([again.status, again.content.length], [304, 0]);
    }
  });

  it('give parts of sound and video', async () => {
    const whole = await get(mediaHref(video));
    assert.deepEqual([whole.status, whole.type, whole.content.length], [200, 'video/mp4', video.bytes]);
    const part = await get(mediaHref(video), { range: 'bytes=4-7' });
    assert.deepEqual([part.status, part.content.toString()], [206, 'ftyp']);
    assert.equal(part.headers?.['content-range'], `bytes 4-7/${video.bytes}`);
  });

  it('crop the social picture around the focal point', async () => {
    const corners = (await store.prepare(await quarters(1000, 1000), 'corners.png')).item;
    for (const [focal, expected] of [
      [{ x: 0.5, y: 0 }, [255, 0, 0]],
      [{ x: 0.5, y: 1 }, [0, 0, 255]],
    ] as const) {
      const { content } = await get(socialHref(corners, focal));
      const { data, info } = await sharp(content).raw().toBuffer({ resolveWithObject: true });
      assert.deepEqual([info.width, info.height], [1200, 630]);
      const from = (40 * 1200 + 40) * 3;
      for (const [index, value] of expected.entries()) assert.ok(Math.abs(data[from + index]! - value) < 30);
    }
    assert.equal(socialHref(corners, { x: 0.52, y: 0.49 }), socialHref(corners));
  });

  it('know nothing else: no original, no description, no other folder', async () => {
    await writeFile(join(dataDir, 'settings.json'), '{}');
    const { id } = picture;
    const paths = [
      'original.jpg',
      'media.json',
      '9999.webp',
      '480.avif',
      '480.png',
      'social-11-0.jpg',
      'file.mp4',
      '..%2f..%2f..%2fsettings.json',
      '480.webp%00.jpg',
    ].map((name) => `/media/${id}/${name}`);
    for (const path of [
      ...paths,
      `/media/${'0'.repeat(32)}/480.webp`,
      `/media/${'0'.repeat(32)}/social-1-1.jpg`,
    ]) {
      const answer = await get(path);
      assert.deepEqual([answer.status, answer.noStore], [404, true], path);
    }
    for (const path of ['/media/..%2f..%2f/file.json', `/media/${id.toUpperCase()}/480.webp`]) {
      await assert.rejects(get(path), { code: 'page.not-found', status: 404 }, path);
    }
  });
});

describe('picture sources', () => {
  const widthsIn = (set: string) => set.split(', ').map((each) => Number.parseInt(each.split(' ')[1]!, 10));

  it('stay within the widths asked for, and never run empty', () => {
    assert.deepEqual(widthsIn(pictureSources(picture)!.webp), [320, 480, 640, 800, 1080, 1440]);
    assert.deepEqual(widthsIn(pictureSources(picture, { maxWidth: 700 })!.webp), [320, 480, 640]);
    assert.deepEqual(widthsIn(pictureSources(picture, { minWidth: 700, maxWidth: 1100 })!.webp), [800, 1080]);
    assert.deepEqual(widthsIn(pictureSources(picture, { maxWidth: 10 })!.jpeg), [480]);
    assert.deepEqual(widthsIn(pictureSources(picture, { minWidth: 5000 })!.jpeg), [1440]);
    assert.equal(pictureSources(picture)!.avif, undefined);
    assert.equal(pictureSources(video), undefined);
  });

  it('turn a focal point into a position', () => {
    assert.equal(objectPosition({ x: 0.333, y: 1 }), '33% 100%');
    assert.equal(objectPosition({ x: 0.5, y: 0.5 }), undefined);
    assert.equal(objectPosition(undefined), undefined);
  });
});
