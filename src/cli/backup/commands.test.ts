import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { systemClock } from '../../platform/clock.ts';
import { openDatabase } from '../../platform/database/open.ts';
import { openTestDatabase } from '../../platform/database/testing.ts';
import { allMigrations } from '../../migrations.ts';
import { root } from '../root.ts';
import { runCommand, temporaryFolder } from '../testing.ts';
import { nightlyJob } from './nightly.ts';
import { dialects, fillPaper, hashOfPaper, mediaHashes, publish } from './testing.ts';

async function hashOf(dataDir: string): Promise<string> {
  const database = await openDatabase({ DATABASE_URL: undefined, dataDir }, systemClock);
  try {
    return await hashOfPaper({ database });
  } finally {
    await database.close();
  }
}

describe('freesheet backup and restore', () => {
  for (const dialect of dialects)
    it(`bring a paper on ${dialect} onto a new machine`, async () => {
      const source = await openTestDatabase(dialect, allMigrations);
      try {
        await fillPaper(source);
        await writeFile(join(source.dataDir, 'settings.json'), '{"NAME":"The Ledger"}');
        const folder = await temporaryFolder();
        const file = join(folder, 'paper.tar.gz');
        const env = source.url ? { DATABASE_URL: source.url } : {};
        const made = await runCommand(['backup', file], { dataDir: source.dataDir, env });
        assert.equal(made.code, 0, made.err);
        assert.match(made.out, /paper\.tar\.gz \(1 MB\) holds \d+ rows and \d+ files, and was read back\./);
        const dataDir = join(folder, 'data');
        const back = await runCommand(['restore', file], { dataDir });
        assert.equal(back.code, 0, back.err);
        assert.match(back.out, /The paper is back as it stood at 20/);
        assert.equal(await hashOf(dataDir), await hashOfPaper(source));
        assert.deepEqual(await mediaHashes({ dataDir }), await mediaHashes(source));
        assert.equal(JSON.parse(await readFile(join(dataDir, 'settings.json'), 'utf8')).NAME, 'The Ledger');
        const shown = await runCommand(['story', 'list'], { dataDir });
        assert.match(shown.out, /Zażółć/);

        await publish(source.database, 'A later one');
        const refused = await runCommand(['restore', file], { dataDir: source.dataDir, env });
        assert.equal(refused.code, 1);
        assert.match(refused.err, /--replace brings the backup back.*\[restore\.not-empty\]/);
        const replaced = await runCommand(['restore', file, '--replace'], { dataDir: source.dataDir, env });
        assert.equal(replaced.code, 0, replaced.err);
        assert.match(replaced.out, /What was here is in .*before-restore-\d{8}T\d{6}\.tar\.gz/);
        assert.equal(await hashOfPaper(source), await hashOf(dataDir));

        const whole = await readFile(file);
        await writeFile(file, whole.subarray(0, whole.length / 2));
        const cut = await runCommand(['restore', file, '--replace'], { dataDir });
        assert.equal(cut.code, 1);
        assert.match(cut.err, /damaged or was cut off.*\[archive\.damaged\]/);
        assert.equal(await hashOf(dataDir), await hashOfPaper(source));
      } finally {
        await source.close();
      }
    });

  it('ask for one file, and say where it cannot be', async () => {
    const dataDir = await temporaryFolder();
    for (const args of [['backup'], ['restore'], ['backup', 'a', 'b']]) {
      const { code, err } = await runCommand(args, { dataDir });
      assert.equal(code, 2);
      assert.match(err, /FILE\.tar\.gz/);
    }
    await mkdir(join(dataDir, 'taken.tar.gz'));
    const { code, err } = await runCommand(['backup', join(dataDir, 'taken.tar.gz')], { dataDir });
    assert.equal(code, 1);
    assert.match(err, /taken\.tar\.gz could not be written:.*\[backup\.unwritable\]/);
    assert.deepEqual(
      (await readdir(dataDir)).filter((name) => name.includes('.part')),
      [],
    );
  });

  it(
    'make a file that tar opens, whose dump is a dump like another',
    { skip: spawnSync('tar', ['--version']).status !== 0 },
    async () => {
      const source = await openTestDatabase('sqlite', allMigrations);
      try {
        await fillPaper(source);
        const folder = await temporaryFolder();
        const made = await runCommand(['backup', join(folder, 'a.tar.gz')], { dataDir: source.dataDir });
        assert.equal(made.code, 0, made.err);
        execFileSync('tar', ['-xzf', join(folder, 'a.tar.gz'), '-C', folder]);
        const dataDir = join(folder, 'data');
        const read = await runCommand(['import', join(folder, 'dump.jsonl')], { dataDir });
        assert.equal(read.code, 0, read.err);
        assert.equal(await hashOf(dataDir), await hashOfPaper(source));
        assert.deepEqual(await mediaHashes({ dataDir }), await mediaHashes(source));
      } finally {
        await source.close();
      }
    },
  );

  it('happen by themselves where the site runs', async () => {
    const dataDir = await temporaryFolder();
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(root, 'src/cli/main.ts'), 'start', '--empty'],
      {
        cwd: root,
        env: {
          ...process.env,
          DATA_DIR: dataDir,
          PORT: '0',
          DATABASE_URL: '',
          ZONE: 'Asia/Tokyo',
          LOG_LEVEL: 'silent',
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    try {
      // It says where it listens before the jobs are looked for.
      await new Promise((done) => child.stdout.once('data', done));
      const database = await openDatabase({ DATABASE_URL: undefined, dataDir }, systemClock);
      const find = () =>
        database.read.selectFrom('job').select('run_at').where('name', '=', nightlyJob).executeTakeFirst();
      let job = await find();
      while (!job) {
        await new Promise((done) => setTimeout(done, 20));
        job = await find();
      }
      assert.match(new Date(job.run_at).toISOString(), /T18:30:00/);
      const { code, err } = await runCommand(['restore', join(dataDir, 'none')], { dataDir });
      assert.deepEqual([code, /archive\.no-file/.test(err)], [1, true]);
      const file = join(dataDir, 'now.tar.gz');
      assert.equal((await runCommand(['backup', file], { dataDir })).code, 0);
      const refused = await runCommand(['restore', file], { dataDir });
      assert.equal(refused.code, 1);
      assert.match(refused.err, /Stop it first.*\[restore\.served\]/);
      await database.close();
    } finally {
      const gone = new Promise((done) => child.once('exit', done));
      child.kill();
      await gone;
    }
  });
});
