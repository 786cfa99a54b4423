import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from '../../src/platform/database/database.ts';
import type { TestDatabase } from '../../src/platform/database/testing.ts';
import { dumpTables } from '../../src/wire/index.ts';
import {
  anyOf,
  assertConsistent,
  derived,
  folderForTests,
  forEachDialect,
  rounds,
  settingsOf,
  startVictim,
  withNewsroom,
} from '../rig/faults.ts';

const records = 200;
const folder = folderForTests();
const fileOf = () => join(folder(), 'stories.csv');

/** Stories with all that an import has to keep apart: sections, topics, one headline on one day, dates only guessed. */
function csv(): string {
  const rows = ['id,headline,date,section,topics,author,text'];
  for (let number = 1; number <= records; number += 1) {
    const day = String((number % 27) + 1).padStart(2, '0');
    rows.push(
      [
        number,
        `Harbour story ${number % 40}`,
        number % 20 === 7 ? 'some day in spring' : `2019-0${(number % 9) + 1}-${day}`,
        ['News', 'Sport', 'Culture'][number % 3],
        `topic ${number % 11}`,
        number % 2 ? 'Ann Bell' : 'Cy Moor',
        `"Words of the harbour, number ${number}.\n\nA second paragraph of it."`,
      ].join(','),
    );
  }
  return `${rows.join('\n')}\n`;
}

const start = (newsroom: TestDatabase) =>
  startVictim('src/cli/main.ts', ['import', fileOf(), '--from', 'csv'], settingsOf(newsroom));

interface Progress {
  readonly position: number;
  readonly stories: number;
  readonly isFinished: boolean;
}

/** How far the reading is, and how many stories are there, at one moment. */
async function progress(database: Database): Promise<Progress> {
  const { rows } = await sql<{ position: number; finished: number | null; stories: number }>`
    select position, finished_at as finished, (select count(*) from story) as stories from import_run`.execute(
    database.read,
  );
  const run = rows[0];
  return {
    position: run?.position ?? 0,
    stories: Number(run?.stories ?? 0),
    isFinished: (run?.finished ?? null) !== null,
  };
}

/** All that an import leaves, without what no two imports share: ids, short codes, and the moment of it. */
async function result(newsroom: TestDatabase): Promise<unknown> {
  const { database, dataDir } = newsroom;
  const stories = await database.read.selectFrom('story').select(['id', 'source_id']).execute();
  const names = new Map(stories.map(({ id, source_id }) => [id, source_id]));
  const left = new Set(['id', 'code', 'created_at', 'changed_at', 'at']);
  const tables: Record<string, string[]> = {};
  const plain = (row: object) =>
    JSON.stringify(
      Object.entries(row).flatMap(([column, value]) =>
        left.has(column) && !names.has(value as string)
          ? []
          : [[column, names.get(value as string) ?? value]],
      ),
    );
  for (const { name, columns } of dumpTables) {
    const listed = sql.join(columns.map((column) => sql.ref(column)));
    const { rows } = await sql<object>`select ${listed} from ${sql.table(name)}`.execute(database.read);
    tables[name] = rows.map(plain).sort();
  }
  for (const [name, rows] of Object.entries(await derived(database)))
    tables[name] = rows.map((row) => plain(row as object)).sort();
  const run = await database.read.selectFrom('import_run').selectAll().executeTakeFirstOrThrow();
  const report = await readFile(join(dataDir, 'imports', run.id, 'report.csv'), 'utf8');
  return { tables, position: run.position, counts: JSON.parse(run.counts) as unknown, report };
}

forEachDialect('an import that is killed', (dialect) => {
  let whole: unknown;
  before(async () => {
    await writeFile(fileOf(), csv());
    await withNewsroom(dialect, async (newsroom) => {
      assert.equal(await start(newsroom).ended, 0);
      assert.equal((await progress(newsroom.database)).stories, records);
      whole = await result(newsroom);
    });
  });

  for (let round = 1; round <= rounds; round += 1)
    it(`goes on to the same result, round ${round}`, () =>
      withNewsroom(dialect, async (newsroom) => {
        const { database } = newsroom;
        const cuts = [anyOf(1, records - 50), ...(round % 3 === 0 ? [anyOf(1, records)] : [])].sort(
          (a, b) => a - b,
        );
        for (const cut of cuts) {
          const victim = start(newsroom);
          let now = await progress(database);
          while (now.position < cut && !now.isFinished) {
            await wait(1);
            now = await progress(database);
          }
          // At any moment of the work on the next ones.
          await wait(anyOf(0, 40));
          await victim.kill();
          const { position, stories } = await progress(database);
          // What is counted is there, and nothing that is not.
          assert.equal(stories, position);
        }
        assert.equal(await start(newsroom).ended, 0);
        assert.deepEqual(await result(newsroom), whole);
        if (round === 1) await assertConsistent(database, 'harbour');
        // And a second reading changes nothing.
        if (round === 1) {
          assert.equal(await start(newsroom).ended, 0);
          assert.equal((await database.read.selectFrom('story').select('id').execute()).length, records);
        }
      }));
});
