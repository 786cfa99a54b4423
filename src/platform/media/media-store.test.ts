import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { forEachDatabase } from '../database/testing.ts';
import { AppError } from '../errors.ts';
import { JobRunner } from '../jobs/job-runner.ts';
import { migrations as jobMigrations } from '../jobs/migrations.ts';
import { silentLog } from '../log.ts';
import { extensionOf, type PreparedMedia } from './item.ts';
import { avifJob, MediaStore } from './media-store.ts';
import { defineMediaJobs } from './media-jobs.ts';
import { migrations } from './migrations.ts';
import { box, phoneVideo, photograph, pngOfSize, quarters, withSegment } from './testing.ts';

let dataDir: string;
let store: MediaStore;
before(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'freesheet-media-'));
  store = new MediaStore({ dataDir, log: silentLog });
});
after(() => rm(dataDir, { recursive: true, force: true }));

const refused = (code: string) => (error: unknown) => error instanceof AppError && error.code === code;

/** Every file that the store keeps of an item. */
async function filesOf({ item }: PreparedMedia): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const name of await readdir(store.files.pathOf(item.id)))
    files.set(name, await readFile(store.files.pathOf(item.id, name)));
  return files;
}

describe('what is refused', () => {
  it('bombs, before they are decoded', async () => {
    const started = performance.now();
    await assert.rejects(
      store.prepare(pngOfSize(60_000, 60_000), 'bomb.png'),
      refused('media.too-many-pixels'),
    );
    assert.ok(performance.now() - started < 1000);
    await assert.rejects(store.prepare(pngOfSize(30_000, 100), 'strip.png'), refused('media.too-narrow'));
  });

  it('files that end too early, or are empty', async () => {
    const whole = await photograph(1200, 800);
    await assert.rejects(
      store.prepare(whole.subarray(0, whole.length / 2), 'half.jpg'),
      refused('media.broken'),
    );
    const png = await quarters(600, 400);
    await assert.rejects(store.prepare(png.subarray(0, png.length / 2), 'half.png'), refused('media.broken'));
    await assert.rejects(store.prepare(Buffer.alloc(0), 'nothing'), refused('media.empty'));
    await assert.rejects(store.prepare(phoneVideo().subarray(0, 100), 'half.mp4'), refused('media.broken'));
  });

  it('SVG in any dress, HEIC, programs and text, with what to do instead', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    for (const text of [svg, `<?xml version="1.0"?>\n<!-- x -->${svg}`, `\ufeff${svg.toUpperCase()}`])
      await assert.rejects(store.prepare(Buffer.from(text), 'logo.png'), refused('media.svg-refused'));
    await assert.rejects(
      store.prepare(Buffer.from(`\ufeff${svg}`, 'utf16le'), 'logo.png'),
      refused('media.svg-refused'),
    );
    const heic = Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0mif1heic', 'latin1');
    await assert.rejects(store.prepare(heic, 'IMG_0001.HEIC'), refused('media.heic-refused'));
    for (const other of ['<html><script>', 'MZ\u0090', '%PDF-1.7', 'GIF', '#!/bin/sh\n'])
      await assert.rejects(store.prepare(Buffer.from(other), 'x.jpg'), refused('media.unknown-type'));
  });

  it('leaves nothing behind', async () => {
    assert.deepEqual(await readdir(join(dataDir, 'media', '.incoming')), []);
  });
});

describe('two files in one', () => {
  it('are kept as the picture alone', async () => {
    const html = '<script>alert("hello")</script>';
    const jpeg = withSegment(await photograph(400, 300), 0xfe, Buffer.from(html));
    const prepared = await store.prepare(
      Buffer.concat([jpeg, Buffer.from(`PK\u0003\u0004${html}`)]),
      'page.html',
    );
    assert.equal(prepared.item.type, 'image/jpeg');
    for (const [name, content] of await filesOf(prepared)) assert.ok(!content.includes('<script'), name);
  });
});

describe('sound, video and captions', () => {
  it('are kept as they are, with what their containers tell', async () => {
    const { item, notes } = await store.prepare(phoneVideo(), 'clip.mp4');
    assert.deepEqual(
      [item.kind, item.type, item.width, item.height, item.seconds],
      ['video', 'video/mp4', 1080, 1920, 12],
    );
    assert.deepEqual(notes, ['location-removed']);
    const kept = await readFile(store.files.pathOf(item.id, 'file.mp4'));
    assert.ok(!kept.includes('+38.7223'));
    assert.equal(kept.length, phoneVideo().length);
    assert.ok(kept.includes(box('mdat', Buffer.alloc(2000, 5))));
  });

  it('are told apart by their bytes', async () => {
    const wave = Buffer.alloc(44 + 16_000);
    wave.write('RIFF\0\0\0\0WAVEfmt ', 'latin1');
    wave.writeUInt32LE(16, 16);
    wave.writeUInt32LE(8000, 28);
    wave.write('data', 36);
    wave.writeUInt32LE(16_000, 40);
    const webm = Buffer.concat([
      Buffer.from('1a45dfa38b4282847765626d42878104', 'hex'),
      Buffer.from('18538067ff', 'hex'),
      Buffer.from('1549a966902ad7b1830f42404489884140c00000000000', 'hex').subarray(0, 5),
      Buffer.from('2ad7b1830f4240448988', 'hex').subarray(0, 7),
    ]);
    const cases: [Buffer, string, string, number | undefined][] = [
      [wave, 'audio', 'audio/wav', 2],
      [Buffer.from('ID3\u0004\0\0\0\0\0\0'), 'audio', 'audio/mpeg', undefined],
      [Buffer.from([0xff, 0xfb, 0x90, 0x00, 0, 0]), 'audio', 'audio/mpeg', undefined],
      [Buffer.from('OggS\0\u0002'), 'audio', 'audio/ogg', undefined],
      [Buffer.from('WEBVTT\n\n00:00.000 --> 00:01.000\nOlá\n'), 'captions', 'text/vtt', undefined],
      [webm, 'video', 'video/webm', undefined],
    ];
    for (const [source, kind, type, seconds] of cases) {
      const { item } = await store.prepare(source, 'x');
      assert.deepEqual([item.kind, item.type, item.seconds], [kind, type, seconds]);
      assert.deepEqual(await readFile(store.files.pathOf(item.id, `file.${extensionOf(type)}`)), source);
    }
    await assert.rejects(
      store.prepare(Buffer.from('WEBVTT\n\nOl\u00e1', 'latin1'), 'x.vtt'),
      refused('media.broken'),
    );
  });
});

describe('a file from a folder', () => {
  it('is read and left alone, and has the same id as its bytes', async () => {
    const content = await photograph(500, 400);
    const path = join(dataDir, 'mine.jpg');
    await writeFile(path, content);
    const [one, other] = await Promise.all([
      store.prepare({ path }, 'mine.jpg'),
      store.prepare(content, 'other.jpg'),
    ]);
    assert.equal(one.item.id, other.item.id);
    assert.deepEqual(await readFile(path), content);
  });
});

forEachDatabase('media rows', [...jobMigrations, ...migrations], (get) => {
  it('are recorded once, and found by id', async () => {
    const { database } = get();
    const picture = await store.prepare(await photograph(640, 480), 'one.jpg');
    const captions = await store.prepare(Buffer.from('WEBVTT\n'), 'two.vtt');
    const first = await database.write((tx) => store.record(tx, picture));
    assert.deepEqual(first, picture.item);
    assert.deepEqual(await database.write((tx) => store.record(tx, picture)), first);
    await database.write((tx) => store.record(tx, captions));
    const unknown = 'z'.repeat(32);
    const found = await store.byIds(database.read, [
      captions.item.id,
      unknown,
      picture.item.id,
      picture.item.id,
    ]);
    assert.deepEqual(
      found,
      new Map([
        [picture.item.id, picture.item],
        [captions.item.id, captions.item],
      ]),
    );
    assert.equal((await store.byIds(database.read, [])).size, 0);
    assert.equal(
      (
        await store.byIds(
          database.read,
          Array.from({ length: 1200 }, (_, index) => `${index}`),
        )
      ).size,
      0,
    );
    const listed = await store.list(database.read, { limit: 1 });
    const rest = await store.list(database.read, { limit: 10, after: listed[0]!.item.id });
    assert.deepEqual([...listed, ...rest].map((each) => each.fileName).sort(), ['one.jpg', 'two.vtt']);
  });

  it('gain AVIF renditions by a job, and say that pages changed', async () => {
    const { database, clock } = get();
    const tags: string[] = [];
    database.onCommit((events) => tags.push(...events.flatMap((event) => event.tags ?? [])));
    const runner = new JobRunner({ database, clock, log: silentLog });
    defineMediaJobs(runner, { database, media: store });
    const picture = await store.prepare(await photograph(500, 300), 'late.jpg');
    await database.write((tx) => store.record(tx, picture));
    const waiting = () =>
      database.read
        .selectFrom('job')
        .select('id')
        .where('name', '=', avifJob)
        .where('state', '=', 'waiting')
        .execute();
    // One at a time: the pictures of the tests before come first.
    while ((await waiting()).length > 0) {
      await runner.look();
      await runner.idle();
    }
    const item = (await store.find(database.read, picture.item.id))!;
    const made = item.renditions.filter((each) => each.format === 'avif');
    assert.deepEqual(
      made.map((each) => [each.width, each.height]),
      [
        [320, 192],
        [480, 288],
      ],
    );
    assert.deepEqual(item.renditions, [...picture.item.renditions, ...made]);
    assert.ok(tags.includes(`media:${item.id}`));
    const file = await readFile(store.files.pathOf(item.id, '480.avif'));
    assert.equal((await sharp(file).metadata()).format, 'heif');
    await database.write((tx) => store.addRenditions(tx, item.id, made));
    assert.deepEqual(await store.find(database.read, item.id), item);
    await runner.stop();
  });

  it('ask for no AVIF where it is switched off', async () => {
    const { database } = get();
    const plain = new MediaStore({ dataDir, log: silentLog, avif: false });
    const picture = await plain.prepare(await quarters(90, 60), 'plain.png');
    await database.write((tx) => plain.record(tx, picture));
    const jobs = await database.read.selectFrom('job').select('key').where('name', '=', avifJob).execute();
    assert.ok(!jobs.some((job) => job.key === picture.item.id));
  });
});

describe('kill -9 while pictures are taken in', () => {
  it('leaves whole items and nothing half-made in their place', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'freesheet-killed-'));
    try {
      for (let round = 0; round < 3; round++) {
        const script = `
          import { MediaStore } from ${JSON.stringify(new URL('./media-store.ts', import.meta.url).href)};
          import { photograph } from ${JSON.stringify(new URL('./testing.ts', import.meta.url).href)};
          import { silentLog } from ${JSON.stringify(new URL('../log.ts', import.meta.url).href)};
          const store = new MediaStore({ dataDir: ${JSON.stringify(folder)}, log: silentLog });
          for (let width = 200; ; width += 7) {
            await store.prepare(await photograph(width + ${round}, 150), 'x.jpg');
            process.stdout.write('.');
          }`;
        const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', script], {
          cwd: fileURLToPath(new URL('.', import.meta.url)),
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        let seen = 0;
        for await (const dots of child.stdout) if ((seen += dots.length) > 2 + round * 3) break;
        child.kill('SIGKILL');
      }
      const survivor = new MediaStore({ dataDir: folder, log: silentLog });
      let items = 0;
      for (const shard of await readdir(join(folder, 'media'))) {
        if (shard === '.incoming') continue;
        for (const id of await readdir(join(folder, 'media', shard))) {
          const { item } = JSON.parse(String(await survivor.files.read(id, 'media.json'))) as PreparedMedia;
          for (const { width, format, bytes } of item.renditions)
            assert.equal(
              (await survivor.files.read(id, `${width}.${format === 'jpeg' ? 'jpg' : format}`))?.length,
              bytes,
            );
          items += 1;
        }
      }
      assert.ok(items > 8);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
