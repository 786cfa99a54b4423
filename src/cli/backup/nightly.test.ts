import assert from 'node:assert/strict';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { appliedSteps, migrate, type Migration } from '../../platform/database/migrate.ts';
import type { TestDatabase } from '../../platform/database/testing.ts';
import { JobRunner } from '../../platform/jobs/job-runner.ts';
import { silentLog } from '../../platform/log.ts';
import { allMigrations } from '../../migrations.ts';
import { version } from '../version.ts';
import { backupBeforeUpgrade, defineBackupJobs, type OwnBackupParts } from './nightly.ts';
import { readBackup } from './read-backup.ts';
import { restoreBackup } from './restore-backup.ts';
import { dialects, fillPaper, hashOfPaper, partsOf, publish, withNewsrooms } from './testing.ts';

const ownParts = (target: TestDatabase, nightly = true): OwnBackupParts => ({
  ...partsOf(target),
  config: { dataDir: target.dataDir, ZONE: 'Pacific/Auckland', BACKUP_NIGHTLY: nightly },
});
const backups = async ({ dataDir }: TestDatabase) => {
  const names = await readdir(join(dataDir, 'backups')).catch(() => []);
  return names.sort();
};
const pathOf = ({ dataDir }: TestDatabase, name: string) => join(dataDir, 'backups', name);

/** Let the schedule run through hours, half an hour at a time. */
async function live(target: TestDatabase, parts: OwnBackupParts, hours: number): Promise<number[]> {
  const { database, clock } = target;
  const runner = new JobRunner({ database, clock, log: silentLog });
  defineBackupJobs(runner, parts);
  const times: number[] = [];
  let known = (await backups(target)).join();
  for (let half = 0; half < hours * 2; half += 1) {
    await runner.look();
    await runner.idle();
    const now = (await backups(target)).join();
    if (now !== known) times.push(clock.now());
    known = now;
    clock.advance(1_800_000);
  }
  return times;
}

describe('the nightly backup', () => {
  it("is made at half past three in the paper's zone, and a week of them is kept", () =>
    withNewsrooms(['sqlite', 'sqlite'], async (_folder, source, target) => {
      await fillPaper(source);
      await mkdir(join(source.dataDir, 'backups'));
      await writeFile(pathOf(source, 'by-hand.tar.gz'), 'not ours to remove');
      const before = ['before-0.1.0-2026-10-20', 'before-0.1.0-2026-11-20', 'before-restore-20261020T101500'];
      for (const name of before) await writeFile(pathOf(source, `${name}.tar.gz`), '');
      for (const [name, days] of [
        ['new', 0.5],
        ['old', 2],
      ] as const) {
        await writeFile(pathOf(source, `${name}.tar.gz.part`), '');
        const then = source.clock.now() / 1000 - days * 86_400;
        await utimes(pathOf(source, `${name}.tar.gz.part`), then, then);
      }
      const times = await live(source, ownParts(source), 24);
      // Noon in UTC is one o'clock in the night of the next day in Auckland, in summer.
      assert.deepEqual(
        times.map((time) => new Date(time).toISOString()),
        ['2026-11-24T14:30:00.000Z'],
      );
      assert.deepEqual(await backups(source), [
        '2026-11-25.tar.gz',
        'before-0.1.0-2026-11-20.tar.gz',
        'by-hand.tar.gz',
        'new.tar.gz.part',
      ]);
      await live(source, ownParts(source), 24 * 9);
      assert.deepEqual(
        (await backups(source)).filter((name) => /^\d/.test(name)),
        ['28', '29', '30']
          .map((day) => `2026-11-${day}.tar.gz`)
          .concat(['01', '02', '03', '04'].map((day) => `2026-12-${day}.tar.gz`)),
      );
      assert.ok((await backups(source)).includes('by-hand.tar.gz'));
      await restoreBackup(partsOf(target), pathOf(source, '2026-12-04.tar.gz'), {
        migrations: allMigrations,
      });
      assert.equal(await hashOfPaper(target), await hashOfPaper(source));
    }));

  it('is not made when the setting says so', () =>
    withNewsrooms(['sqlite'], async (_folder, target) => {
      assert.deepEqual(await live(target, ownParts(target, false), 48), []);
      assert.deepEqual(await backups(target), []);
    }));
});

describe('an upgrade', () => {
  const step = (number: number, fails = false): Migration => ({
    id: `test-90${number}-more`,
    async up(db) {
      if (fails) throw new Error('no');
      await db.schema.createTable(`more_${number}`).addColumn('id', 'text').execute();
    },
  });
  const upgrade = (target: TestDatabase, steps: readonly Migration[], said: string[] = []) =>
    migrate(target.database, [...allMigrations, ...steps], {
      beforeUpgrade: () => backupBeforeUpgrade(ownParts(target), (line) => said.push(line)),
    });

  for (const dialect of dialects)
    it(`of ${dialect} backs up first, and the backup is the way back`, () =>
      withNewsrooms([dialect, dialect], async (_folder, source, target) => {
        await fillPaper(source);
        const before = await hashOfPaper(source);
        const name = `before-${version}-2026-11-25.tar.gz`;
        const said: string[] = [];
        assert.deepEqual(await upgrade(source, [], said), []);
        assert.deepEqual(await backups(source), []);
        await upgrade(source, [step(1)], said);
        assert.deepEqual(await backups(source), [name]);
        assert.equal(said.length, 1);
        assert.ok(said[0]!.includes(name));
        await publish(source.database, 'After the upgrade');
        await restoreBackup(partsOf(target), pathOf(source, name), { migrations: allMigrations });
        assert.equal(await hashOfPaper(target), before);
      }));

  it('that fails half way leaves the backup of its beginning as it is, however often it is tried', () =>
    withNewsrooms(['sqlite'], async (_folder, target) => {
      await fillPaper(target);
      const name = pathOf(target, `before-${version}-2026-11-25.tar.gz`);
      const steps = [step(1), step(2, true)];
      // Not begun yet: a later try has more to save.
      await assert.rejects(upgrade(target, [step(2, true)]));
      const { rows } = await readBackup(name);
      await publish(target.database, 'In between');
      await assert.rejects(upgrade(target, steps));
      const first = await readBackup(name);
      assert.ok(first.rows > rows);
      assert.ok((await appliedSteps(target.database)).ids.includes('test-901-more'));
      target.clock.advance(60_000);
      await assert.rejects(upgrade(target, steps));
      assert.deepEqual(await readBackup(name), first);
    }));

  it('does not happen when there is no room for its backup', () =>
    withNewsrooms(['sqlite'], async (_folder, target) => {
      await writeFile(join(target.dataDir, 'backups'), 'a file where the folder should be');
      await assert.rejects(upgrade(target, [step(1)]), { code: 'backup.unwritable' });
      assert.equal((await appliedSteps(target.database)).ids.includes('test-901-more'), false);
    }));

  it('keeps the backups of the last three', () =>
    withNewsrooms(['sqlite'], async (_folder, target) => {
      await mkdir(join(target.dataDir, 'backups'));
      for (const [index, name] of ['0.0.2', '0.0.10', '0.0.9', '0.0.8'].entries()) {
        await writeFile(pathOf(target, `before-${name}-2026-01-01.tar.gz`), '');
        await utimes(pathOf(target, `before-${name}-2026-01-01.tar.gz`), 1000 - index, 1000 - index);
      }
      await writeFile(pathOf(target, 'before-restore-20260101T000000.tar.gz'), '');
      await upgrade(target, [step(1)]);
      assert.deepEqual(
        await backups(target),
        [
          'before-0.0.10-2026-01-01.tar.gz',
          'before-0.0.2-2026-01-01.tar.gz',
          `before-${version}-2026-11-25.tar.gz`,
          'before-restore-20260101T000000.tar.gz',
        ].sort(),
      );
    }));
});
