import assert from 'node:assert/strict';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { readBackup } from '../../src/cli/backup/read-backup.ts';
import { fillPaper, hashOfPaper, mediaHashes, partsOf, publish } from '../../src/cli/backup/testing.ts';
import { writeBackup } from '../../src/cli/backup/write-backup.ts';
import { allMigrations } from '../../src/migrations.ts';
import { appliedSteps, migrate } from '../../src/platform/database/migrate.ts';
import { exists } from '../../src/platform/media/files.ts';
import {
  anyOf,
  assertConsistent,
  folderForTests,
  forEachDialect,
  rounds,
  settingsOf,
  startVictim,
  withNewsroom,
} from '../rig/faults.ts';

const folder = folderForTests();
const start = (args: readonly string[], newsroom: Parameters<typeof settingsOf>[0]) =>
  startVictim('src/cli/main.ts', args, settingsOf(newsroom));

forEachDialect('what brings the paper back', (dialect) => {
  // Each round has two kills.
  for (let round = 1; round <= Math.ceil(rounds / 2); round += 1)
    it(`is whole or not there, however a backup or a restore is killed, round ${round}`, () =>
      withNewsroom(dialect, (source) =>
        withNewsroom(dialect, async (target) => {
          await fillPaper(source);
          for (let number = 0; number < 40; number += 1)
            await publish(source.database, `The words ${number}`);
          const place = join(folder(), `${dialect}-${round}`);
          await mkdir(place);
          const file = join(place, 'paper.tar.gz');

          const saving = start(['backup', file], source);
          while (!(await readdir(place)).length) await wait(1);
          await wait(anyOf(0, 60));
          await saving.kill();
          if (await exists(file)) await readBackup(file);
          else await writeBackup(partsOf(source), file);
          const { manifest } = await writeBackup(partsOf(source), file);
          assert.deepEqual(await readdir(place), ['paper.tar.gz']);

          const before = await hashOfPaper(target);
          const restoring = start(['restore', file], target);
          while (!(await exists(join(target.dataDir, '.restore')))) await wait(1);
          await wait(anyOf(0, 200));
          await restoring.kill();
          const { isRestoreUnfinished } = await appliedSteps(target.database);
          if (isRestoreUnfinished)
            await assert.rejects(migrate(target.database, allMigrations), {
              code: 'database.restore-unfinished',
            });
          else
            assert.ok(
              [before, await hashOfPaper(source)].includes(await hashOfPaper(target)),
              'neither the one nor the other',
            );
          assert.equal(await start(['restore', file, '--replace'], target).ended, 0);
          assert.equal(await hashOfPaper(target), await hashOfPaper(source));
          assert.deepEqual(await mediaHashes(target), await mediaHashes(source));
          assert.equal(await exists(join(target.dataDir, '.restore')), false);
          assert.ok(manifest.rows > 30);
          await assertConsistent(target.database, 'words');
          await rm(place, { recursive: true });
        }),
      ));
});
