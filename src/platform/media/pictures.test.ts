import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { silentLog } from '../log.ts';
import { mediaIdPattern } from './files.ts';
import { extensionOf, type PreparedMedia } from './item.ts';
import { MediaStore } from './media-store.ts';
import { iim, photograph, pngChunk, quarters, withIim, withSegment } from './testing.ts';

let dataDir: string;
let store: MediaStore;
before(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'freesheet-media-'));
  store = new MediaStore({ dataDir, log: silentLog });
});
after(() => rm(dataDir, { recursive: true, force: true }));

/** Every file that the store keeps of an item. */
async function filesOf({ item }: PreparedMedia): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const name of await readdir(store.files.pathOf(item.id)))
    files.set(name, await readFile(store.files.pathOf(item.id, name)));
  return files;
}

describe('pictures', () => {
  it('come out as WebP and JPEG at sensible widths, light enough for a small screen', async () => {
    const prepared = await store.prepare(await photograph(3000, 2000), 'C:\\pictures\\harbour\u0007.jpg');
    const { item } = prepared;
    assert.match(item.id, mediaIdPattern);
    assert.equal(prepared.fileName, 'harbour.jpg');
    assert.deepEqual([item.kind, item.type, item.width, item.height], ['picture', 'image/jpeg', 3000, 2000]);
    const sizesOf = (format: string) =>
      item.renditions.filter((each) => each.format === format).map((each) => `${each.width}x${each.height}`);
    assert.deepEqual(
      sizesOf('webp'),
      '320x213 480x320 640x427 800x533 1080x720 1440x960 1920x1280'.split(' '),
    );
    assert.deepEqual(sizesOf('jpeg'), '480x320 800x533 1440x960 1920x1280'.split(' '));
    const files = await filesOf(prepared);
    for (const rendition of item.renditions) {
      const file = files.get(`${rendition.width}.${rendition.format === 'jpeg' ? 'jpg' : 'webp'}`)!;
      assert.equal(file.length, rendition.bytes);
      const header = await sharp(file).metadata();
      assert.deepEqual(
        [header.format, header.width, header.height],
        [rendition.format, rendition.width, rendition.height],
      );
    }
    const onSmallScreen = item.renditions.filter((each) => each.format === 'webp' && each.width <= 1080);
    for (const { width, bytes } of onSmallScreen) assert.ok(bytes <= 60_000, `${width}: ${bytes} bytes`);
    const social = await sharp(files.get('social.jpg')).metadata();
    assert.deepEqual([social.format, social.width, social.height], ['jpeg', 1200, 630]);
  });

  it('are never made wider than they are', async () => {
    const { item } = await store.prepare(await photograph(700, 500), 'a.jpg');
    assert.deepEqual([...new Set(item.renditions.map((each) => each.width))], [320, 480, 640]);
    const small = await store.prepare(await quarters(40, 30), 'dot.png');
    assert.deepEqual(
      small.item.renditions.map((each) => [each.width, each.height]),
      [
        [40, 30],
        [40, 30],
      ],
    );
    const wide = await store.prepare(await photograph(1000, 400), 'b.jpg');
    assert.deepEqual(
      [...new Set(wide.item.renditions.map((each) => each.width))],
      [320, 480, 640, 800, 1000],
    );
  });

  it('are read from every format that is taken', async () => {
    const source = sharp(await quarters(400, 300));
    const kept: Record<string, string> = {
      png: 'image/png',
      webp: 'image/webp',
      gif: 'image/png',
      tiff: 'image/jpeg',
      avif: 'image/jpeg',
      jpeg: 'image/jpeg',
    };
    for (const format of ['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const) {
      const prepared = await store.prepare(
        await source.clone().toFormat(format).toBuffer(),
        `name-lies.${format}.exe`,
      );
      assert.equal(prepared.item.type, kept[format], format);
      assert.deepEqual([prepared.item.width, prepared.item.height], [400, 300]);
      assert.ok((await filesOf(prepared)).has(`original.${extensionOf(prepared.item.type)}`));
    }
  });

  it('with transparency stay transparent as WebP and stand on white as JPEG', async () => {
    const clear = await sharp({
      create: { width: 400, height: 300, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    const files = await filesOf(await store.prepare(clear, 'clear.png'));
    assert.equal((await sharp(files.get('320.webp')).metadata()).hasAlpha, true);
    const [pixel] = await sharp(files.get('400.jpg')).raw().toBuffer();
    assert.ok(pixel! > 250);
  });

  it('are turned upright from each of the eight EXIF orientations', async () => {
    const upright = await quarters(400, 200);
    for (let orientation = 1; orientation <= 8; orientation++) {
      const source = await sharp(upright).jpeg({ quality: 95 }).withMetadata({ orientation }).toBuffer();
      const expected = await sharp(source).autoOrient().raw().toBuffer({ resolveWithObject: true });
      const prepared = await store.prepare(source, 'phone.jpg');
      const { width, height } = expected.info;
      assert.deepEqual(
        [prepared.item.width, prepared.item.height],
        [width, height],
        `orientation ${orientation}`,
      );
      const files = await filesOf(prepared);
      for (const name of ['original.jpg', `${width === 400 ? 400 : 200}.webp`]) {
        const actual = await sharp(files.get(name)).autoOrient().raw().toBuffer({ resolveWithObject: true });
        for (const [x, y] of [
          [0.25, 0.25],
          [0.75, 0.25],
          [0.25, 0.75],
          [0.75, 0.75],
        ] as const) {
          const at = (of: typeof actual) => {
            const from = (Math.floor(y * of.info.height) * of.info.width + Math.floor(x * of.info.width)) * 3;
            return [...of.data.subarray(from, from + 3)].map((value) => (value > 128 ? 1 : 0));
          };
          assert.deepEqual(at(actual), at(expected), `${name}, orientation ${orientation}, at ${x} ${y}`);
        }
      }
    }
  });

  it('keep their colours when their profile is dropped', async () => {
    const wide = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#ff8040' } })
      .withIccProfile('p3')
      .png()
      .toBuffer();
    const files = await filesOf(await store.prepare(wide, 'p3.png'));
    const header = await sharp(files.get('400.webp')).metadata();
    assert.equal(header.icc, undefined);
    const pixel = [...(await sharp(files.get('400.jpg')).raw().toBuffer()).subarray(0, 3)];
    for (const [index, value] of [255, 128, 64].entries())
      assert.ok(Math.abs(pixel[index]! - value) < 8, `${pixel}`);
  });

  it('carry no place, name or comment in any file that is kept', async () => {
    const secret = 'SECRET-PLACE-38.7223';
    const plain = await photograph(900, 600);
    const exif = {
      IFD0: { Make: secret, Copyright: 'Jane Doe' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '38/1 43/1 20/1', GPSDateStamp: secret },
    };
    const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="${secret}"/></rdf:RDF></x:xmpmeta>`;
    for (const format of ['jpeg', 'png', 'webp', 'tiff', 'avif'] as const) {
      let source = await sharp(plain).toFormat(format).withExif(exif).withXmp(xmp).toBuffer();
      if (format === 'jpeg')
        source = Buffer.concat([withSegment(source, 0xfe, Buffer.from(secret)), Buffer.from(secret)]);
      if (format === 'png')
        source = Buffer.concat([
          source.subarray(0, 33),
          pngChunk('tEXt', Buffer.from(`Comment\0${secret}`)),
          source.subarray(33),
          Buffer.from(secret),
        ]);
      assert.ok(source.includes(secret), `${format}: the test has nothing to find`);
      const prepared = await store.prepare(source, 'x');
      const files = await filesOf(prepared);
      assert.ok(files.size >= 10);
      for (const [name, content] of files) {
        assert.ok(!content.includes(secret), `${format}: ${name}`);
        if (name === 'media.json') continue;
        const header = await sharp(content).metadata();
        assert.equal(header.exif, undefined, `${format}: ${name} has EXIF`);
        assert.equal(header.xmp, undefined, `${format}: ${name} has XMP`);
      }
    }
  });

  it('tell their caption, credit, rights and title', async () => {
    const plain = await photograph(400, 300);
    const fields = (text: (value: string) => Buffer) => [
      iim(2, 105, text('Barcos à tarde')),
      iim(2, 120, text('Fishing boats in Setúbal – “the last ones”')),
      iim(2, 80, text('Inês Prata')),
      iim(2, 110, text('Agência Sul')),
      iim(2, 116, text('© 2026 Agência Sul')),
    ];
    const latin = (value: string) =>
      Buffer.from(
        value.replaceAll('–', '\u0096').replaceAll('“', '\u0093').replaceAll('”', '\u0094'),
        'latin1',
      );
    const utf8 = (value: string) => Buffer.from(value);
    const declared = iim(1, 90, Buffer.from([0x1b, 0x25, 0x47]));
    for (const [name, block] of Object.entries({
      'UTF-8, said so': Buffer.concat([declared, ...fields(utf8)]),
      'UTF-8, not said': Buffer.concat(fields(utf8)),
      'Latin-1': Buffer.concat(fields(latin)),
    })) {
      const { item } = await store.prepare(withIim(plain, block), 'boats.jpg');
      assert.deepEqual(
        [item.title, item.caption, item.credit, item.rights],
        [
          'Barcos à tarde',
          'Fishing boats in Setúbal – “the last ones”',
          'Inês Prata / Agência Sul',
          '© 2026 Agência Sul',
        ],
        name,
      );
    }
    const xmp = `<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:ps="http://ns.adobe.com/photoshop/1.0/" ps:Credit="Wire &amp; Co" ps:Headline="Flood">
        <dc:description><rdf:Alt><rdf:li xml:lang="de">Hochwasser</rdf:li><rdf:li xml:lang="x-default">The river at 7 m &lt;record&gt;</rdf:li></rdf:Alt></dc:description>
        <dc:creator><rdf:Seq><rdf:li>Ann Lee</rdf:li><rdf:li>Bo Ek</rdf:li></rdf:Seq></dc:creator>
        <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">All rights reserved</rdf:li></rdf:Alt></dc:rights>
      </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
    const told = await store.prepare(await sharp(plain).withXmp(xmp).toBuffer(), 'flood.jpg');
    assert.deepEqual(
      [told.item.title, told.item.caption, told.item.credit, told.item.rights],
      ['Flood', 'The river at 7 m <record>', 'Ann Lee, Bo Ek / Wire & Co', 'All rights reserved'],
    );
    const exif = {
      IFD0: { ImageDescription: 'A quiet street', Artist: 'Ann Lee', Copyright: 'Ann Lee 2020' },
    };
    const camera = await store.prepare(await sharp(plain).withExif(exif).toBuffer(), 'street.jpg');
    assert.deepEqual(
      [camera.item.caption, camera.item.credit, camera.item.rights],
      ['A quiet street', 'Ann Lee', 'Ann Lee 2020'],
    );
  });

  it('that move are kept still', async () => {
    const frames = await Promise.all(
      ['#f00', '#00f'].map((background) =>
        sharp({ create: { width: 60, height: 40, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const animated = await sharp(frames, { join: { animated: true } })
      .gif({ delay: [100, 100] })
      .toBuffer();
    const prepared = await store.prepare(animated, 'blink.gif');
    assert.deepEqual(prepared.notes, ['first-frame-only']);
    assert.deepEqual([prepared.item.width, prepared.item.height], [60, 40]);
    for (const [name, content] of await filesOf(prepared))
      if (name !== 'media.json') assert.equal((await sharp(content).metadata()).pages ?? 1, 1, name);
  });
});
