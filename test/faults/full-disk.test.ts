import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { writeBackup } from '../../src/cli/backup/write-backup.ts';
import { dist } from '../../src/cli/build.ts';
import { createSite } from '../../src/main.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { loadConfig } from '../../src/platform/config.ts';
import { AppError } from '../../src/platform/errors.ts';
import { silentLog } from '../../src/platform/log.ts';
import { quarters } from '../../src/platform/media/testing.ts';
import { createStory, findStory, publishStory, saveSection } from '../../src/stories/index.ts';
import { anyOf, assertConsistent, rounds } from '../rig/faults.ts';

/** A small disk of its own, which only root may make. */
function mountDisk(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'freesheet-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${64 + rounds}m`, 'tmpfs', folder], {
      stdio: 'ignore',
    });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
}

const disk = mountDisk();
after(() => {
  if (!disk) return;
  execFileSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true });
});

describe('a full disk', { skip: disk ? false : 'no disk of its own: needs root on Linux' }, () => {
  const ballast = join(disk ?? '', 'ballast');
  /** Take all room but some bytes. */
  const fill = async (left: number) => {
    const { bavail, bsize } = await statfs(disk!);
    try {
      await writeFile(ballast, Buffer.alloc(Math.max(0, bavail * bsize - left)));
    } catch (error) {
      // The server wrote meanwhile: there is no room left at all.
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  };
  const empty = () => rm(ballast, { force: true });

  it('loses nothing that was acknowledged, shows every page, and writing goes on when there is room', async () => {
    const dataDir = join(disk!, 'data');
    const env = { DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent', AVIF: 'off' };
    const site = await createSite({ config: loadConfig(env), log: silentLog, dist });
    const { database, media } = site;
    try {
      const port = await site.listen();
      const acknowledged: string[] = [];
      const publish = async (text: string) => {
        const { id } = await database.write(async (tx) => {
          const body = [{ type: 'paragraph' as const, text: [{ text: `The harbour. ${text}` }] }];
          const draft = await createStory(tx, {
            content: { headline: 'Harbour', section: 'news', body },
            actor: 'test',
          });
          return publishStory(tx, { id: draft.id, actor: 'test', zone: 'Europe/London' });
        });
        acknowledged.push(id);
      };
      await database.write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
      await publish('');
      for (let round = 0; round < rounds; round += 1) {
        await fill(anyOf(0, 400_000));
        const untilFull = async () => {
          for (;;) {
            try {
              await publish('words '.repeat(anyOf(10, 2000)));
            } catch (error) {
              return error;
            }
          }
        };
        const refusals = await Promise.all([untilFull(), untilFull(), untilFull(), untilFull()]);
        for (const error of refusals) {
          assert.ok(error instanceof AppError, String(error));
          assert.equal(error.status, 503);
        }
        // Readers notice nothing, and what is kept is whole.
        const page = await fetch(`http://127.0.0.1:${port}/news?round=${round}`);
        assert.equal(page.status, 200);
        assert.match(await page.text(), /Harbour/);
        assert.equal((await fetch(`http://127.0.0.1:${port}/health`)).status, 200);
        await empty();
        await publish('and on it goes');
      }
      for (const id of acknowledged)
        assert.equal((await findStory(database.read, id))?.state, 'published', `story ${id} is lost`);
      const { count } = await database.read
        .selectFrom('story')
        .select((expression) => expression.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      assert.equal(count, acknowledged.length);
      await assertConsistent(database, 'harbour');

      await fill(30_000);
      await assert.rejects(media.prepare(await quarters(1200, 900), 'large.png'));
      assert.deepEqual(await readdir(join(dataDir, 'media', '.incoming')), []);
      await empty();
      const picture = await media.prepare(await quarters(1200, 900), 'large.png');
      await database.write((tx) => media.record(tx, picture));
    } finally {
      await empty();
      await site.close();
    }
  });

  it('refuses a backup, keeps the one before, and leaves no part of the new one', async () => {
    const folder = join(disk!, 'backups');
    await mkdir(folder);
    const site = await createSite({
      config: loadConfig({ DATA_DIR: join(disk!, 'data'), PORT: '0', LOG_LEVEL: 'silent' }),
      log: silentLog,
      dist,
    });
    try {
      const parts = { ...site, dataDir: join(disk!, 'data'), clock: systemClock };
      const file = join(folder, 'paper.tar.gz');
      const first = await writeBackup(parts, file);
      // Room for the words alone, and for nothing.
      for (const left of [first.bytes / 2, 0]) {
        await fill(left);
        await assert.rejects(writeBackup(parts, file), { code: 'backup.unwritable' });
        await empty();
        assert.deepEqual(await readdir(folder), ['paper.tar.gz']);
      }
      const { manifest } = await writeBackup(parts, file);
      assert.equal(manifest.rows, first.manifest.rows);
      assert.deepEqual(manifest.parts.media, first.manifest.parts.media);
    } finally {
      await empty();
      await site.close();
    }
  });
});
