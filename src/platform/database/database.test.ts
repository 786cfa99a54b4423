import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { AppError } from '../errors.ts';
import { forEachDatabase, openTestDatabase } from './testing.ts';
import { openDatabase } from './open.ts';
import { migrate, platformMigrations } from './migrate.ts';

const notes = {
  id: 'test-001-note',
  async up(db: import('kysely').Kysely<unknown>) {
    await db.schema
      .createTable('note')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('words', 'text')
      .addColumn('at', 'bigint')
      .execute();
  },
};
declare module './tables.ts' {
  interface Tables {
    note: { id: string; words: string | null; at: number | null };
  }
}

forEachDatabase('database', [notes], (get) => {
  it('makes what a command wrote visible to readers once it is answered', async () => {
    const { database } = get();
    await database.write(({ db }) =>
      db.insertInto('note').values({ id: 'a', words: 'first', at: 1_795_521_600_123 }).execute(),
    );
    assert.deepEqual(
      { ...(await database.read.selectFrom('note').selectAll().where('id', '=', 'a').executeTakeFirst()) },
      { id: 'a', words: 'first', at: 1_795_521_600_123 },
    );
  });

  it('reads many things as they stood at one moment', async () => {
    const { database } = get();
    const put = (id: string) =>
      database.write(({ db }) => db.insertInto('note').values({ id, words: 'moment', at: 1 }).execute());
    const count = (db: typeof database.read) =>
      db.selectFrom('note').select('id').where('words', '=', 'moment').execute();
    await put('m1');
    const seen = await database.snapshot(async (db) => {
      const before = await count(db);
      await put('m2');
      return [before.length, (await count(db)).length];
    });
    assert.deepEqual(seen, [1, 1]);
    assert.equal((await count(database.read)).length, 2);
    await assert.rejects(
      database.snapshot((db) => db.insertInto('note').values({ id: 'm3', words: null, at: 1 }).execute()),
      /read.?only/i,
    );
  });

  it('undoes a command that throws, and none of its neighbours', async () => {
    const { database } = get();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, (_, index) =>
        database.write(async ({ db, emit }) => {
          await db
            .insertInto('note')
            .values({ id: `n${index}`, words: null, at: null })
            .execute();
          emit({ type: 'note.made', payload: { index } });
          if (index % 3 === 0) throw new AppError('note.refused', 'No.');
        }),
      ),
    );
    assert.equal(outcomes.filter((outcome) => outcome.status === 'rejected').length, 34);
    const rows = await database.read.selectFrom('note').select('id').where('id', 'like', 'n%').execute();
    assert.equal(rows.length, 66);
    const events = await database.read
      .selectFrom('outbox')
      .select('id')
      .where('type', '=', 'note.made')
      .execute();
    assert.equal(events.length, 66);
  });

  it('tells listeners of the events before the writer is answered', async () => {
    const { database } = get();
    const order: string[] = [];
    database.onCommit((events) =>
      order.push(...events.filter((event) => event.type === 'order').map(() => 'listener')),
    );
    await database.write(async ({ emit }) => emit({ type: 'order', payload: {} }));
    order.push('answer');
    assert.deepEqual(order, ['listener', 'answer']);
  });

  it('runs a command again that another one overtook', async () => {
    const { database } = get();
    const seen: string[] = [];
    database.onCommit((events) => seen.push(...events.map(({ payload }) => String(payload.id))));
    const takeNext = () =>
      database.write(async ({ db, emit }) => {
        const taken = await db.selectFrom('note').select('id').where('id', 'like', 'next %').execute();
        const id = `next ${taken.length}`;
        emit({ type: 'note.taken', payload: { id } });
        await db.insertInto('note').values({ id, words: null, at: null }).execute();
        return id;
      });
    const all = Array.from({ length: 5 }, (_, index) => `next ${index}`);
    assert.deepEqual((await Promise.all(all.map(takeNext))).sort(), all);
    // What came to nothing told nobody of anything.
    assert.deepEqual(seen.filter((id) => id.startsWith('next ')).sort(), all);
    const insert = (words: string) =>
      database.write(({ db }) => db.insertInto('note').values({ id: 'next 0', words, at: null }).execute());
    await assert.rejects(insert('a second'), /unique|duplicate/i);
  });

  it('lets two commands that wait for each other both come through', async () => {
    const { database } = get();
    await database.write(({ db }) =>
      db
        .insertInto('note')
        .values(['left', 'right'].map((id) => ({ id, words: '', at: 0 })))
        .execute(),
    );
    const both = (first: string, second: string) =>
      database.write(async ({ db }) => {
        for (const id of [first, second])
          await db
            .updateTable('note')
            .set((expression) => ({ at: expression('at', '+', 1) }))
            .where('id', '=', id)
            .execute();
      });
    await Promise.all([both('left', 'right'), both('right', 'left')]);
    const { at } = await database.read
      .selectFrom('note')
      .select('at')
      .where('id', '=', 'left')
      .executeTakeFirstOrThrow();
    assert.equal(at, 2);
  });

  it('refuses a database that a newer version made', async () => {
    const { database } = get();
    await assert.rejects(migrate(database, platformMigrations), { code: 'database.newer' });
  });

  it('runs each migration once when two processes start together', async () => {
    const { database, reopen } = get();
    const other = await reopen();
    const step = {
      id: 'test-002-more',
      up: async (db: import('kysely').Kysely<unknown>) =>
        db.schema.createTable('more').addColumn('id', 'text').execute(),
    };
    const all = [...platformMigrations, notes, step];
    const ran = await Promise.all([migrate(database, all), migrate(other, all)]);
    assert.deepEqual(ran.flat(), ['test-002-more']);
    await other.close();
  });

  it('keeps two processes that write at once apart', async () => {
    const { database, reopen } = get();
    const other = await reopen();
    const writes = [database, other].flatMap((handle, which) =>
      Array.from({ length: 50 }, (_, index) =>
        handle.write(({ db }) =>
          db
            .insertInto('note')
            .values({ id: `p${which}-${index}`, words: null, at: null })
            .execute(),
        ),
      ),
    );
    await Promise.all(writes);
    assert.equal(
      (await other.read.selectFrom('note').select('id').where('id', 'like', 'p%').execute()).length,
      100,
    );
    await other.close();
  });
});

describe('sqlite alone', () => {
  it('lets many processes open, write and close it at once', async () => {
    const { database, dataDir, close } = await openTestDatabase('sqlite', [notes]);
    // Nobody else keeps it open: each of them may be the last to close it.
    await database.close();
    const script = `
      const { openDatabase } = await import(${JSON.stringify(new URL('open.ts', import.meta.url).href)});
      for (let round = 0; round < 8; round += 1) {
        const database = await openDatabase({ dataDir: ${JSON.stringify(dataDir)} });
        await database.read.selectFrom('note').select('id').execute();
        await database.write(({ db }) => db.insertInto('note').values({ id: process.pid + '.' + round, words: null, at: null }).execute());
        await database.close();
      }`;
    const run = () =>
      promisify(execFile)(process.execPath, [
        '--disable-warning=ExperimentalWarning',
        '--input-type=module',
        '--eval',
        script,
      ]);
    await Promise.all([run(), run(), run(), run(), run()]);
    const after = await openDatabase({ DATABASE_URL: undefined, dataDir });
    assert.equal((await after.read.selectFrom('note').select('id').execute()).length, 40);
    await after.close();
    await close().catch(() => undefined);
  });

  it('leaves other work its turn while somebody writes without rest', async () => {
    const { database, dataDir, close } = await openTestDatabase('sqlite', [notes]);
    const read = new AbortController();
    const reading = readdir(dataDir).then(() => read.abort());
    let writes = 0;
    for (; !read.signal.aborted && writes < 5000; writes += 1)
      await database.write(({ db }) =>
        db
          .insertInto('note')
          .values({ id: `w${writes}`, words: null, at: null })
          .execute(),
      );
    assert.ok(writes < 5000);
    await reading;
    await close();
  });

  it('refuses a command that awaits something other than the database', async () => {
    const { database, close } = await openTestDatabase('sqlite', [notes]);
    await assert.rejects(
      database.write(async () => wait(5)),
      /awaited something other/,
    );
    await close();
  });

  it('refuses parameters that node:sqlite would misread', async () => {
    const { database, close } = await openTestDatabase('sqlite', [notes]);
    const when = new Date(0) as unknown as number;
    await assert.rejects(
      database.write(({ db }) => db.insertInto('note').values({ id: 'd', words: null, at: when }).execute()),
      /parameter is object/,
    );
    await close();
  });

  it('refuses a transaction used after its command', async () => {
    const { database, close } = await openTestDatabase('sqlite', [notes]);
    const leaked = await database.write(async ({ db }) => ({ db }));
    await assert.rejects(leaked.db.deleteFrom('note').execute(), /after its command/);
    await close();
  });
});
