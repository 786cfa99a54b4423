import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sql, type Kysely } from 'kysely';
import { migrations as search } from '../search/migrations.ts';
import { findDocuments, putDocument } from '../search/search.ts';
import { appliedSteps, beginRestore, endRestore, migrate, platformMigrations } from './migrate.ts';
import { tablesHere } from './schema.ts';
import { databaseState } from './state.ts';
import { forEachDatabase } from './testing.ts';

const family = {
  id: 'test-001-family',
  async up(db: Kysely<unknown>) {
    await sql`create table parent (id integer primary key, name text)`.execute(db);
    await sql`create table child (id integer primary key, parent_id integer not null references parent (id))`.execute(
      db,
    );
  },
};
const steps = [...platformMigrations, ...search, family];

forEachDatabase('the schema', steps, (get) => {
  const fill = async () => {
    await get().database.write(async ({ db }) => {
      await sql`insert into parent values (1, 'Ann')`.execute(db);
      await sql`insert into child values (1, 1)`.execute(db);
      await putDocument(db, {
        id: 'a',
        path: '/a',
        title: 'Harbour',
        summary: '',
        text: '',
        authors: [],
        topics: [],
        language: 'en',
        at: 0,
      });
    });
  };

  it('is told with its columns in order', async () => {
    const tables = await tablesHere(get().database.read);
    assert.deepEqual(tables.get('child'), ['id', 'parent_id']);
    assert.deepEqual(tables.get('migration'), ['id', 'applied_at']);
    assert.ok(tables.has('search_document'));
  });

  it('is emptied for a restore, whatever is in it, and nobody else opens it before the end', async () => {
    const { database, reopen } = get();
    await fill();
    const other = await reopen();
    await beginRestore(database);
    assert.equal((await tablesHere(other.read)).has('parent'), false);
    assert.deepEqual(await appliedSteps(other), { ids: [], isRestoreUnfinished: true });
    await assert.rejects(migrate(other, steps), { code: 'database.restore-unfinished' });
    assert.equal((await migrate(database, steps, { isRestoring: true })).length, steps.length);
    await assert.rejects(migrate(other, steps), { code: 'database.restore-unfinished' });
    await fill();
    // Once more, as after an interruption.
    await beginRestore(database);
    await migrate(database, steps, { isRestoring: true });
    await fill();
    const { isRestoreUnfinished, unknown } = await databaseState(other, steps);
    assert.deepEqual([isRestoreUnfinished, unknown], [true, []]);
    await endRestore(database);
    assert.equal((await databaseState(other, steps)).isRestoreUnfinished, false);
    assert.deepEqual(await migrate(other, steps), []);
    assert.equal((await findDocuments(other.read, { words: 'harbour', limit: 5 })).total, 1);
    await assert.rejects(
      database.write(({ db }) => sql`insert into child values (2, 7)`.execute(db)),
      'what refers to another row is checked again',
    );
    await other.close();
  });
});
