import assert from 'node:assert/strict';
import { it } from 'node:test';
import { list, statement, tuples } from './statement.ts';
import { forEachDatabase } from './testing.ts';

const scores = {
  id: 'test-001-score',
  async up(db: import('kysely').Kysely<unknown>) {
    await db.schema
      .createTable('score')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('points', 'integer')
      .execute();
  },
};

forEachDatabase('statements written out', [scores], (get) => {
  const rows = [
    ['ada', 3],
    ["o'brien; --", 7],
    ['zoe', null],
  ] as const;

  it('takes values, lists of any length and rows', async () => {
    const { database } = get();
    await database.write(({ db }) =>
      statement`insert into score (name, points) values ${tuples(rows)}`.execute(db),
    );
    const named = async (names: readonly string[], least: number) => {
      const found = await statement<{ name: string }>`
        select name from score where name in (${list(names)}) and points >= ${least} order by name`.execute(
        database.read,
      );
      return found.rows.map(({ name }) => name);
    };
    assert.deepEqual(await named(['ada', 'zoe', "o'brien; --"], 0), ['ada', "o'brien; --"]);
    assert.deepEqual(await named(["o'brien; --"], 7), ["o'brien; --"]);
    const many = Array.from({ length: 40 }, (_, index) => `nobody ${index}`);
    assert.deepEqual(await named([...many, 'ada'], 3), ['ada']);
    assert.deepEqual(await named(['ada', 'zoe', "o'brien; --"], 4), ["o'brien; --"]);
  });

  it('tells how many rows it changed, and belongs to its command', async () => {
    const { database } = get();
    const change = (points: number, fails: boolean) =>
      database.write(async ({ db }) => {
        const { numAffectedRows } =
          await statement`update score set points = ${points} where points is not null`.execute(db);
        if (fails) throw new Error('No.');
        return numAffectedRows;
      });
    assert.equal(await change(5, false), 2n);
    await assert.rejects(change(6, true), /No\./);
    const { rows: found } = await statement<{
      points: number;
    }>`select points from score where points is not null`.execute(database.read);
    assert.deepEqual(
      found.map(({ points }) => points),
      [5, 5],
    );
  });

  it('refuses a list of nothing', () => {
    assert.throws(() => list([]), /at least one/);
    assert.throws(() => tuples([]), /at least one/);
  });
});
