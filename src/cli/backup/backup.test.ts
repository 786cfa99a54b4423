import assert from 'node:assert/strict';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sql, type Kysely } from 'kysely';
import { beginRestore, migrate, type Migration } from '../../platform/database/migrate.ts';
import { tablesHere } from '../../platform/database/schema.ts';
import { testNow, type TestDatabase } from '../../platform/database/testing.ts';
import { EventLog } from '../../platform/events/event-log.ts';
import { silentLog } from '../../platform/log.ts';
import { avifJob, MediaStore } from '../../platform/media/media-store.ts';
import { allMigrations } from '../../migrations.ts';
import { createStory, publishStory } from '../../stories/index.ts';
import { backupTables } from '../../wire/index.ts';
import { readBackup } from './read-backup.ts';
import { restoreBackup, type RestoreOptions } from './restore-backup.ts';
import {
  contentOf,
  dialects,
  dumpOf,
  fillPaper,
  hashOfPaper,
  madeAnew,
  mediaHashes,
  partsOf,
  publish,
  withNewsrooms,
} from './testing.ts';
import { writeBackup } from './write-backup.ts';

const restore = (target: TestDatabase, file: string, options: Partial<RestoreOptions> = {}) =>
  restoreBackup(partsOf(target), file, { migrations: allMigrations, ...options });

/** Whatever this changes, a test that nothing changed must see. */
const everything = async (target: TestDatabase) => ({
  paper: await hashOfPaper(target),
  made: await madeAnew(target.database),
  media: await mediaHashes(target),
  files: (await readdir(target.dataDir)).filter((name) => !name.startsWith('freesheet.sqlite')).sort(),
});

describe('a backup', () => {
  for (const from of dialects)
    for (const to of dialects)
      it(`of ${from} comes back on ${to} equal by hash`, () =>
        withNewsrooms([from, to], async (folder, source, target) => {
          await fillPaper(source);
          await writeFile(
            join(source.dataDir, 'settings.json'),
            '{"NAME":"The Ledger","DATABASE_URL":"postgres://elsewhere/x"}',
          );
          const { file, bytes, manifest, missing } = await writeBackup(
            partsOf(source),
            join(folder, 'new', 'b.tar.gz'),
          );
          assert.equal(bytes, (await stat(file)).size);
          assert.deepEqual([missing, manifest.missing], [[], 0]);
          assert.deepEqual(await readdir(join(folder, 'new')), ['b.tar.gz']);
          const result = await restore(target, file);
          assert.deepEqual(result, { manifest, settings: 'back', saved: undefined });
          assert.equal(await hashOfPaper(target), await hashOfPaper(source));
          assert.deepEqual(await madeAnew(target.database), await madeAnew(source.database));
          assert.deepEqual(await mediaHashes(target), await mediaHashes(source));
          assert.ok(Object.keys(await mediaHashes(target)).length >= 4);
          const settings = JSON.parse(
            await readFile(join(target.dataDir, 'settings.json'), 'utf8'),
          ) as object;
          assert.deepEqual(settings, { NAME: 'The Ledger' });
          assert.deepEqual(await migrate(target.database, allMigrations), []);
          // The newsroom works on.
          await publish(target.database, 'After it');
        }));

  for (const dialect of dialects)
    it(`taken while eight writers write on ${dialect} is of one moment, and restores to an equal database`, () =>
      withNewsrooms([dialect, 'sqlite'], async (folder, source, target) => {
        await fillPaper(source);
        const acknowledged: string[] = [];
        const stop = new AbortController();
        // Each command makes two stories: no moment has one of them alone.
        const writer = async (name: string) => {
          for (let number = 0; !stop.signal.aborted; number += 1) {
            const headline = `${name} ${String(number).padStart(5, '0')}`;
            await source.database.write(async (tx) => {
              for (const half of ['a', 'b']) {
                const { id } = await createStory(tx, {
                  content: contentOf(`${headline} ${half}`),
                  actor: name,
                });
                await publishStory(tx, { id, actor: name, zone: 'Europe/London' });
              }
            });
            acknowledged.push(headline);
          }
        };
        const writers = Array.from({ length: 8 }, (_, index) => writer(`Writer ${index}`));
        const until = async (count: number) => {
          while (acknowledged.length < count) await new Promise((done) => setImmediate(done));
        };
        await until(16);
        const before = [...acknowledged];
        const under = await writeBackup(partsOf(source), join(folder, 'under.tar.gz'));
        await until(before.length + 16);
        stop.abort();
        await Promise.all(writers);
        const after = await writeBackup(partsOf(source), join(folder, 'after.tar.gz'));

        for (const [{ file }, least] of [
          [under, before],
          [after, acknowledged],
        ] as const) {
          await restore(target, file, { isReplacing: true, isUnsaved: true });
          const again = await writeBackup(partsOf(target), join(folder, 'again.tar.gz'));
          assert.deepEqual(await dumpOf(again.file), await dumpOf(file));
          const rows = await target.database.read
            .selectFrom('story')
            .select(['headline', 'state', 'version'])
            .where('headline', 'like', 'Writer %')
            .execute();
          const halves = Map.groupBy(rows, ({ headline }) => headline.slice(0, -2));
          for (const [headline, pair] of halves) assert.equal(pair.length, 2, `${headline} is half there`);
          for (const { state, version } of rows) assert.deepEqual([state, version], ['published', 2]);
          for (const headline of least)
            assert.ok(halves.has(headline), `${headline} was acknowledged before`);
          // Of each writer it holds what it wrote up to some point, without a gap.
          for (const [name, list] of Map.groupBy(halves.keys(), (headline) => headline.slice(0, 8)))
            assert.equal(
              Math.max(...list.map((headline) => Number(headline.slice(9)))) + 1,
              list.length,
              name,
            );
        }
        assert.equal(await hashOfPaper(target), await hashOfPaper(source));
        assert.deepEqual(await madeAnew(target.database), await madeAnew(source.database));
      }));

  it('has every table that cannot be made anew', () =>
    withNewsrooms(['sqlite'], async (_folder, { database }) => {
      const made = [
        // What a server or a reading is at this moment, and what it has yet to do.
        ['migration', 'outbox', 'outbox_cursor', 'lease', 'job', 'import_run'],
        ['story_listing', 'story_media', 'archive_day', 'search_document', 'comment_document'],
        // What somebody is signed in with, or about to be.
        ['reader_session', 'sign_in', 'sign_in_note', 'sign_in_attempt', 'passkey_challenge', 'sso_token'],
        ['reader_email_change', 'reader_export'],
        // How push services do at this moment.
        ['alert_service'],
      ].flat();
      const tables = [...(await tablesHere(database.read)).keys()].filter(
        (name) => !/^(?:search|comment)_index/.test(name),
      );
      const kept = backupTables.map(({ name }) => name as string);
      assert.deepEqual(tables.sort(), [...made, ...kept].sort());
      const here = await tablesHere(database.read);
      for (const { name, columns } of backupTables)
        assert.deepEqual([...here.get(name)!].sort(), [...columns].sort(), name);
    }));

  it('tells of media whose files are not there', () =>
    withNewsrooms(['sqlite', 'sqlite'], async (folder, source, target) => {
      await fillPaper(source);
      const { id } = await source.database.read.selectFrom('media').select('id').executeTakeFirstOrThrow();
      await rm(partsOf(source).media.files.pathOf(id), { recursive: true });
      const { file, manifest, missing } = await writeBackup(partsOf(source), join(folder, 'b.tar.gz'));
      assert.deepEqual([missing, manifest.missing], [[id], 1]);
      await restore(target, file);
      assert.deepEqual(await mediaHashes(target), await mediaHashes(source));
    }));

  it('has what was still to be made of its pictures made where it comes back', () =>
    withNewsrooms(['sqlite', 'sqlite'], async (folder, source, target) => {
      await fillPaper(source);
      const { file } = await writeBackup(partsOf(source), join(folder, 'b.tar.gz'));
      const media = new MediaStore({ dataDir: target.dataDir, log: silentLog });
      await restoreBackup({ ...partsOf(target), media }, file, { migrations: allMigrations });
      const jobs = await target.database.read
        .selectFrom('job')
        .select('key')
        .where('name', '=', avifJob)
        .execute();
      const items = await target.database.read.selectFrom('media').select('id').execute();
      assert.deepEqual(jobs.map(({ key }) => key).sort(), items.map(({ id }) => id).sort());
    }));

  it('ends when it is asked to, and leaves nothing', () =>
    withNewsrooms(['sqlite'], async (folder, source) => {
      await fillPaper(source);
      for (const stage of ['rows', 'files', 'check']) {
        const stop = new AbortController();
        const onProgress = (now: string) => now === stage && stop.abort();
        await assert.rejects(
          writeBackup(partsOf(source), join(folder, 'b.tar.gz'), { signal: stop.signal, onProgress }),
          { name: 'AbortError' },
          stage,
        );
        assert.deepEqual(await readdir(folder), [], stage);
      }
    }));
});

describe('a restore', () => {
  it('refuses a file that is damaged or cut off, and touches nothing', () =>
    withNewsrooms(['sqlite', 'sqlite'], async (folder, source, target) => {
      await fillPaper(source);
      await fillPaper(target);
      const { file } = await writeBackup(partsOf(source), join(folder, 'b.tar.gz'));
      const whole = await readFile(file);
      const before = await everything(target);
      const tryOut = async (bytes: Buffer, what: string) => {
        await writeFile(file, bytes);
        await assert.rejects(
          restore(target, file, { isReplacing: true }),
          (error: { code?: string }) =>
            ['archive.damaged', 'backup.damaged', 'backup.not-one'].includes(error.code ?? ''),
          what,
        );
      };
      for (const part of [0, 0.1, 0.5, 0.9, 0.999])
        await tryOut(whole.subarray(0, Math.trunc(whole.length * part)), `cut at ${part}`);
      await tryOut(whole.subarray(0, -1), 'the last byte is missing');
      for (const part of [0.01, 0.3, 0.6, 0.95]) {
        const turned = Buffer.from(whole);
        turned[Math.trunc(turned.length * part)]! ^= 4;
        await tryOut(turned, `turned at ${part}`);
      }
      assert.deepEqual(await everything(target), before);
      await assert.rejects(restore(target, join(folder, 'none')), { code: 'archive.no-file' });
    }));

  it('refuses a newsroom that is there, unless it is to be replaced: then that one is saved first', () =>
    withNewsrooms(['sqlite', 'sqlite'], async (folder, source, target) => {
      await fillPaper(source);
      const { file } = await writeBackup(partsOf(source), join(folder, 'b.tar.gz'));
      await fillPaper(target);
      await publish(target.database, 'Only here');
      await writeFile(
        join(target.dataDir, 'settings.json'),
        '{"NAME":"Here","DATABASE_URL":"postgres://here/x"}',
      );
      const before = await everything(target);
      await assert.rejects(restore(target, file), { code: 'restore.not-empty' });
      assert.deepEqual(await everything(target), before);
      const { saved } = await restore(target, file, { isReplacing: true });
      assert.equal(await hashOfPaper(target), await hashOfPaper(source));
      await restore(target, saved!, { isReplacing: true, isUnsaved: true });
      assert.equal(await hashOfPaper(target), before.paper);
      assert.deepEqual(await madeAnew(target.database), before.made);
      assert.deepEqual(JSON.parse(await readFile(join(target.dataDir, 'settings.json'), 'utf8')), {
        NAME: 'Here',
        DATABASE_URL: 'postgres://here/x',
      });
    }));

  it('leaves settings alone that are in an empty newsroom', () =>
    withNewsrooms(['sqlite', 'sqlite'], async (folder, source, target) => {
      await writeFile(join(source.dataDir, 'settings.json'), '{"NAME":"There"}');
      const { file } = await writeBackup(partsOf(source), join(folder, 'b.tar.gz'));
      await writeFile(join(target.dataDir, 'settings.json'), '{"NAME":"Here"}');
      assert.equal((await restore(target, file)).settings, 'kept');
      assert.equal(await readFile(join(target.dataDir, 'settings.json'), 'utf8'), '{"NAME":"Here"}');
    }));

  for (const dialect of dialects)
    it(`into ${dialect} that is interrupted says so, nobody else opens it, and it is run again`, () =>
      withNewsrooms(['sqlite', dialect], async (folder, source, target) => {
        await fillPaper(source);
        const { file } = await writeBackup(partsOf(source), join(folder, 'b.tar.gz'));
        const stopAt = (stage: string) => {
          const stop = new AbortController();
          const onProgress = (now: string) => now === stage && stop.abort();
          return restore(target, file, { signal: stop.signal, onProgress });
        };
        const before = await everything(target);
        await assert.rejects(stopAt('check'), { code: 'restore.stopped' });
        assert.deepEqual(await everything(target), before);
        await assert.rejects(stopAt('files'), { code: 'restore.stopped' });
        assert.deepEqual(
          { ...(await everything(target)), media: {}, files: [] },
          { ...before, media: {}, files: [] },
        );
        await assert.rejects(stopAt('rows'), { code: 'restore.unfinished' });
        await assert.rejects(migrate(target.database, allMigrations), {
          code: 'database.restore-unfinished',
        });
        await assert.rejects(stopAt('stories'), { code: 'restore.unfinished' });
        await assert.rejects(migrate(target.database, allMigrations), {
          code: 'database.restore-unfinished',
        });
        await restore(target, file);
        assert.deepEqual(await migrate(target.database, allMigrations), []);
        assert.equal(await hashOfPaper(target), await hashOfPaper(source));
        assert.deepEqual(await madeAnew(target.database), await madeAnew(source.database));
        assert.deepEqual(await mediaHashes(target), await mediaHashes(source));
        assert.equal((await readdir(target.dataDir)).includes('.restore'), false);
      }));

  it('refuses a backup of a newer Freesheet, and brings an older one up to date', () =>
    withNewsrooms(['sqlite', 'sqlite'], async (folder, older, target) => {
      const upgrade: Migration = {
        id: 'test-900-upgrade',
        async up(db: Kysely<unknown>) {
          await sql`alter table section add column colour text`.execute(db);
          await sql`update section set colour = 'colour of ' || slug`.execute(db);
        },
      };
      const newer = [...allMigrations, upgrade];
      await fillPaper(older);
      const old = await writeBackup(partsOf(older), join(folder, 'old.tar.gz'));
      await restore(target, old.file, { migrations: newer });
      const section = () => sql<object>`select slug, colour from section`.execute(target.database.read);
      assert.deepEqual({ ...(await section()).rows[0] }, { slug: 'news', colour: 'colour of news' });
      assert.deepEqual(await madeAnew(target.database), await madeAnew(older.database));
      assert.deepEqual(await migrate(target.database, newer), []);
      // What the dump does not know of is in it all the same, as the database has it.
      const fresh = await writeBackup(partsOf(target), join(folder, 'new.tar.gz'));
      assert.ok((await dumpOf(fresh.file)).some((line) => line.includes('"colour":"colour of news"')));
      const before = await everything(older);
      await assert.rejects(restore(older, fresh.file, { isReplacing: true }), { code: 'backup.newer' });
      assert.deepEqual(await everything(older), before);
      // Back to the older version, which cannot save what the newer one made.
      await assert.rejects(restore(target, old.file, { isReplacing: true }), { code: 'restore.newer-here' });
      await restore(target, old.file, { isReplacing: true, isUnsaved: true });
      assert.equal(await hashOfPaper(target), await hashOfPaper(older));
      await restore(target, fresh.file, { migrations: newer, isReplacing: true });
      assert.deepEqual({ ...(await section()).rows[0] }, { slug: 'news', colour: 'colour of news' });
    }));

  it('waits until the site is stopped', () =>
    withNewsrooms(['sqlite', 'sqlite'], async (folder, source, target) => {
      const { file } = await writeBackup(partsOf(source), join(folder, 'b.tar.gz'));
      const { database, clock } = target;
      const events = new EventLog({ database, clock, log: silentLog });
      await events.start();
      await assert.rejects(restore(target, file), { code: 'restore.served' });
      await events.stop();
      await restore(target, file);
    }));

  it('goes over what an interrupted one left, also from another file', () =>
    withNewsrooms(['sqlite', 'sqlite'], async (folder, source, target) => {
      const { file } = await writeBackup(partsOf(source), join(folder, 'empty.tar.gz'));
      await fillPaper(target);
      await beginRestore(target.database);
      await restore(target, file);
      assert.equal(await hashOfPaper(target), await hashOfPaper(source));
    }));

  it('finds the moment of the backup in its manifest', () =>
    withNewsrooms(['sqlite'], async (folder, source) => {
      const { file, manifest } = await writeBackup(partsOf(source), join(folder, 'b.tar.gz'));
      assert.deepEqual(await readBackup(file), manifest);
      assert.equal(manifest.createdAt, new Date(testNow).toISOString());
      assert.deepEqual(manifest.migrations, allMigrations.map(({ id }) => id).sort());
    }));
});
