import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { it } from 'node:test';
import { sql, type Kysely } from 'kysely';
import type { Database } from './database.ts';
import { migrate, platformMigrations, type Migration } from './migrate.ts';
import { forEachDatabase } from './testing.ts';

/** A step that makes a table of its name, and puts a row into it. */
const step = (id: string, then: () => void = () => {}): Migration => ({
  id,
  async up(db: Kysely<Record<string, { id: string }>>) {
    const name = id.replaceAll('-', '_');
    await db.schema.createTable(name).addColumn('id', 'text').execute();
    await db.insertInto(name).values({ id }).execute();
    then();
  },
});
const fail = () => {
  throw new Error('This step is wrong.');
};

forEachDatabase('migrations', [], (get) => {
  const exists = async (table: string) =>
    (await get().database.read.introspection.getTables()).some(({ name }) => name === table);
  const steps = (...more: Migration[]): Migration[] => [...platformMigrations, ...more];
  /** Steps stay known to later tests of the same database. */
  const before: Migration[] = [];
  const run = (database: Database, ...more: Migration[]) => migrate(database, steps(...before, ...more));

  it('run in order, and once', async () => {
    const { database } = get();
    assert.deepEqual(await run(database, step('b-1'), step('a-1')), ['b-1', 'a-1']);
    assert.deepEqual(await run(database, step('b-1'), step('a-1')), []);
    before.push(step('b-1'), step('a-1'));
    assert.deepEqual(await run(database, step('c-1')), ['c-1']);
    before.push(step('c-1'));
  });

  it('leave nothing of a step that fails, and go on from there', async () => {
    const { database } = get();
    await assert.rejects(run(database, step('d-1'), step('d-2', fail), step('d-3')), /This step is wrong/);
    assert.deepEqual([await exists('d_1'), await exists('d_2'), await exists('d_3')], [true, false, false]);
    assert.deepEqual(await run(database, step('d-1'), step('d-2'), step('d-3')), ['d-2', 'd-3']);
    before.push(step('d-1'), step('d-2'), step('d-3'));
  });

  it('leave nothing of a step in which the process was killed, and go on from there', async () => {
    const { database, url, dataDir } = get();
    const modules = new URL('.', import.meta.url).href;
    const script = `
      const { openDatabase } = await import('${modules}open.ts');
      const { migrate, platformMigrations } = await import('${modules}migrate.ts');
      const step = (id, then = () => {}) => ({ id, up: async (db) => {
        await db.schema.createTable(id.replaceAll('-', '_')).addColumn('id', 'text').execute();
        then();
      } });
      const database = await openDatabase({ DATABASE_URL: ${JSON.stringify(url)}, dataDir: ${JSON.stringify(dataDir)} });
      const before = ${JSON.stringify(before.map(({ id }) => id))}.map((id) => step(id));
      const kill = () => process.kill(process.pid, 'SIGKILL');
      await migrate(database, [...platformMigrations, ...before, step('e-1'), step('e-2', kill), step('e-3')]);
    `;
    const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script];
    const child = spawnSync(process.execPath, flags, { encoding: 'utf8' });
    assert.equal(child.stderr, '');
    assert.notEqual(child.status, 0);
    assert.deepEqual([await exists('e_1'), await exists('e_2'), await exists('e_3')], [true, false, false]);
    assert.deepEqual(await run(database, step('e-1'), step('e-2'), step('e-3')), ['e-2', 'e-3']);
    before.push(step('e-1'), step('e-2'), step('e-3'));
  });

  it('run once when many processes begin together, on a new database too', async () => {
    const { database, reopen } = get();
    const others = [await reopen(), await reopen(), await reopen()];
    const many = Array.from({ length: 8 }, (_, index) => step(`f-${index}`));
    const all = [database, ...others];
    const ran = await Promise.all(all.map((each) => run(each, ...many)));
    assert.deepEqual(
      ran.flat().sort(),
      many.map(({ id }) => id),
    );
    before.push(...many);
    for (let round = 0; round < 5; round += 1) {
      const tables = await database.read.introspection.getTables();
      for (const { name } of tables)
        await database.write(({ db }) => sql`drop table ${sql.table(name)}`.execute(db));
      const made = await Promise.all(all.map((each) => run(each)));
      assert.deepEqual(
        made.flat().sort(),
        steps(...before)
          .map(({ id }) => id)
          .sort(),
      );
    }
    for (const other of others) await other.close();
  });

  it('let a backup be made before they change what is there, and only then', async () => {
    const { database } = get();
    let backups = 0;
    const beforeUpgrade = async () => {
      assert.equal(await exists('g_1'), false);
      backups += 1;
    };
    await migrate(database, steps(...before), { beforeUpgrade });
    assert.equal(backups, 0);
    await assert.rejects(
      migrate(database, steps(...before, step('g-1')), { beforeUpgrade: async () => fail() }),
    );
    assert.equal(await exists('g_1'), false);
    await migrate(database, steps(...before, step('g-1'), step('g-2')), { beforeUpgrade });
    assert.equal(backups, 1);
    before.push(step('g-1'), step('g-2'));
  });

  it('refuse what a newer version made, and leave it as it is', async () => {
    const { database } = get();
    let isAsked = false;
    const older = steps(...before.slice(0, -1), step('h-1'));
    await assert.rejects(
      migrate(database, older, { beforeUpgrade: async () => void (isAsked = true) }),
      ({ code, message }: { code: string; message: string }) =>
        code === 'database.newer' && message.includes('g-2'),
    );
    assert.deepEqual([isAsked, await exists('h_1'), await exists('g_2')], [false, false, true]);
  });
});
