import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readArchive, writeArchive, type ArchiveFile } from './archive.ts';
import { readTar, writeTar } from './tar.ts';

const now = 1_795_521_600_000;
const contents: readonly [string, Buffer][] = [
  ['dump.jsonl', Buffer.from('{"a":"Zażółć"}\n'.repeat(5000))],
  ['empty', Buffer.alloc(0)],
  ['media/0123456789abcdef0123456789abcdef/block.webp', Buffer.alloc(512, 7)],
  ['media/0123456789abcdef0123456789abcdef/over.webp', Buffer.alloc(513, 8)],
  ['manifest.json', Buffer.from('{}')],
];

async function* filesOf(list: readonly [string, Buffer][] = contents): AsyncGenerator<ArchiveFile> {
  for (const [name, bytes] of list)
    yield { name, size: bytes.length, content: [bytes.subarray(0, 100), bytes.subarray(100)] };
}

async function readBack(path: string): Promise<[string, Buffer][]> {
  const found: [string, Buffer][] = [];
  for await (const { name, content } of readArchive(path))
    found.push([name, Buffer.concat(await Array.fromAsync(content))]);
  return found;
}

async function inFolder(work: (folder: string, path: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'freesheet-archive-'));
  try {
    await work(folder, join(folder, 'a.tar.gz'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const write = (path: string, files = filesOf(), check = async (_path: string) => {}) =>
  writeArchive(path, files, { now, check });

describe('an archive', () => {
  it('gives back what was put in, also when only some of it is read', () =>
    inFolder(async (_folder, path) => {
      assert.equal(await write(path), (await stat(path)).size);
      assert.deepEqual(await readBack(path), contents);
      const names: string[] = [];
      for await (const { name } of readArchive(path)) names.push(name);
      assert.deepEqual(
        names,
        contents.map(([name]) => name),
      );
      for await (const { name } of readArchive(path)) if (name === 'empty') break;
    }));

  it('is open to its owner alone, as it holds settings', { skip: process.platform === 'win32' }, () =>
    inFolder(async (_folder, path) => {
      await writeFile(`${path}.part`, 'left by a crash', { mode: 0o644 });
      await write(path);
      assert.equal((await stat(path)).mode & 0o777, 0o600);
    }),
  );

  it('is opened by the tar of the system', { skip: spawnSync('tar', ['--version']).status !== 0 }, () =>
    inFolder(async (folder, path) => {
      await write(path);
      execFileSync('tar', ['-xzf', path, '-C', folder]);
      for (const [name, bytes] of contents) assert.deepEqual(await readFile(join(folder, name)), bytes);
    }),
  );

  it('has no name before it was read back, and leaves nothing when something fails', () =>
    inFolder(async (folder, path) => {
      await writeFile(path, 'the one before');
      await assert.rejects(
        write(path, filesOf(), async (part) => {
          assert.equal(await readFile(path, 'utf8'), 'the one before');
          assert.equal((await readBack(part)).length, contents.length);
          throw new Error('not good');
        }),
        { message: 'not good' },
      );
      async function* grown(): AsyncGenerator<ArchiveFile> {
        yield { name: 'a', size: 3, content: [Buffer.from('four')] };
      }
      await assert.rejects(write(path, grown()), /has 4 bytes, not 3/);
      assert.deepEqual(await readdir(folder), ['a.tar.gz']);
      assert.equal(await readFile(path, 'utf8'), 'the one before');
    }));

  it('is refused wherever it is cut off, and whichever of its bits is turned', () =>
    inFolder(async (_folder, path) => {
      await write(path);
      const whole = await readFile(path);
      for (let length = 0; length < whole.length; length += length < 40 ? 1 : 23) {
        await writeFile(path, whole.subarray(0, length));
        await assert.rejects(readBack(path), { code: 'archive.damaged' }, `cut at ${length}`);
      }
      // The first ten bytes are gzip's own header, which says nothing of the content.
      for (let at = 10; at < whole.length; at += 11) {
        const turned = Buffer.from(whole);
        turned[at]! ^= 1 << (at % 8);
        await writeFile(path, turned);
        await assert.rejects(readBack(path), { code: 'archive.damaged' }, `turned at ${at}`);
      }
    }));

  it('is refused when it is something else', () =>
    inFolder(async (folder, path) => {
      await assert.rejects(readBack(path), { code: 'archive.no-file' });
      await assert.rejects(readBack(folder), { code: 'archive.no-file' });
      for (const other of [Buffer.alloc(0), Buffer.from('words'), gzipSync('words'), gzipSync('')]) {
        await writeFile(path, other);
        await assert.rejects(readBack(path), { code: 'archive.damaged' });
      }
    }));

  it('notes a length beyond eight gigabytes as other tars do', async () => {
    const size = 9 * 1024 ** 3;
    const writing = writeTar(
      (async function* () {
        yield { name: 'large', size, content: [Buffer.from('the beginning')] };
      })(),
      0,
    );
    const { value } = await writing.next();
    async function* beginning(): AsyncGenerator<Buffer> {
      yield value as Buffer;
    }
    const { value: file } = await readTar(beginning()).next();
    assert.deepEqual([file!.name, file!.size], ['large', size]);
  });

  it('is the same bytes for the same content', () =>
    inFolder(async (_folder, path) => {
      await write(path);
      const once = gunzipSync(await readFile(path));
      await write(path);
      assert.deepEqual(gunzipSync(await readFile(path)), once);
    }));
});
