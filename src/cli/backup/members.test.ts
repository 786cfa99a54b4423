import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { allMigrations } from '../../migrations.ts';
import type { TestDatabase } from '../../platform/database/testing.ts';
import { JobRunner } from '../../platform/jobs/job-runner.ts';
import { silentLog } from '../../platform/log.ts';
import { definePrivacyJobs, findReader } from '../../readers/index.ts';
import { signedInReader } from '../../readers/testing.ts';
import type { Context } from '../../site/context.ts';
import { saveSection } from '../../stories/index.ts';
import { backupTables, dumpTables } from '../../wire/index.ts';
import { restoreBackup } from './restore-backup.ts';
import { dialects, hashOfPaper, partsOf, publish, withNewsrooms } from './testing.ts';
import { writeBackup } from './write-backup.ts';

const day = 86_400_000;
const restore = (target: TestDatabase, file: string) =>
  restoreBackup(partsOf(target), file, { migrations: allMigrations, isReplacing: true, isUnsaved: true });

/** A row in every table of readers and their words, whatever it may mean. */
async function fillForum({ database }: TestDatabase): Promise<void> {
  await database.write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
  const { id: story } = await publish(database, 'A story to talk of');
  const known = await database.read.introspection.getTables();
  const paper = new Set(dumpTables.map(({ name }) => name as string));
  await database.write(async ({ db }) => {
    for (const { name } of backupTables) {
      if (paper.has(name)) continue;
      const columns = known.find((table) => table.name === name)!.columns;
      const row = columns.map((column) => {
        if (column.name === 'story_id') return story;
        return /text|char/i.test(column.dataType) ? 'one' : 1;
      });
      const names = sql.join(columns.map((column) => sql.ref(column.name)));
      await sql`insert into ${sql.table(name)} (${names}) values (${sql.join(row)})
        on conflict do nothing`.execute(db);
    }
  });
}

/** The jobs that erase, on a database without a site. */
async function runJobs({ database, clock, dataDir }: TestDatabase): Promise<void> {
  const runner = new JobRunner({ database, clock, log: silentLog });
  const context = { database, clock, config: { dataDir }, site: { zone: 'UTC' } } as unknown as Context;
  definePrivacyJobs({ define: (...each) => runner.define(...each), schedule: () => {} }, context, []);
  // One job leads to another.
  for (let turn = 0; turn < 3; turn += 1) {
    await runner.look();
    await runner.idle();
  }
}

describe('readers and their words in a backup', () => {
  const pairs = dialects.flatMap((from) => dialects.map((to) => [from, to] as const));
  for (const [from, to] of pairs)
    it(`of ${from} come back on ${to}, every table of them`, () =>
      withNewsrooms([from, to], async (folder, source, target) => {
        await fillForum(source);
        const { file, manifest } = await writeBackup(partsOf(source), join(folder, 'b.tar.gz'));
        assert.ok(manifest.rows > backupTables.length - dumpTables.length);
        await restore(target, file);
        assert.equal(await hashOfPaper(target), await hashOfPaper(source));
      }));

  for (const dialect of dialects)
    it(`stay erased on ${dialect} when an older backup comes back, and leave when they would have`, () =>
      withNewsrooms([dialect], async (folder, source) => {
        const { database, clock, dataDir } = source;
        const leave = (id: string, at: number) =>
          database.write(async ({ db }) => {
            const leaving = { leaving_at: at, leaving_comments: 'delete', state: 'leaving' };
            await db.updateTable('reader').set(leaving).where('id', '=', id).execute();
          });
        const stateOf = async (id: string) => (await findReader(database.read, id))!.state;
        const readers = [];
        for (const handle of ['gone', 'going', 'here'])
          readers.push((await signedInReader(database, { handle })).reader.id);
        const [gone, going, here] = readers as [string, string, string];
        await leave(going, clock.now());
        const { file } = await writeBackup(partsOf(source), join(folder, 'b.tar.gz'));
        await leave(gone, clock.now() - day);
        await database.write(async ({ db, now }) => {
          const asked = JSON.stringify({ id: gone, askedAt: now - day });
          const job = {
            id: 'one',
            name: 'readers.erase',
            key: 'one',
            payload: asked,
            state: 'waiting' as const,
          };
          const rest = { run_at: now, attempts: 0, owner: null, lease_until: null, error: null };
          await db
            .insertInto('job')
            .values({ ...job, ...rest, created_at: now, ended_at: null })
            .execute();
        });
        await runJobs(source);
        assert.equal(await stateOf(gone), 'former');
        const list = await readFile(join(dataDir, 'erased-readers.jsonl'), 'utf8');
        assert.equal(list, `${JSON.stringify({ id: gone, comments: 'delete' })}\n`);
        await restore(source, file);
        assert.notEqual(await stateOf(gone), 'former');
        await runJobs(source);
        assert.deepEqual([await stateOf(gone), await stateOf(going)], ['former', 'leaving']);
        clock.advance(day);
        await runJobs(source);
        assert.deepEqual([await stateOf(going), await stateOf(here)], ['former', 'active']);
      }));
});
