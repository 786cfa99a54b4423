import assert from 'node:assert/strict';
import { it } from 'node:test';
import { platformMigrations } from './migrate.ts';
import { databaseState } from './state.ts';
import { forEachDatabase, testNow } from './testing.ts';

forEachDatabase('database state', [], (get, dialect) => {
  it('tells version, age and how the schema stands, and changes nothing', async () => {
    const { database } = get();
    const state = await databaseState(database, platformMigrations);
    assert.match(state.version, dialect === 'sqlite' ? /^SQLite \d+\.\d+\.\d+$/ : /^PostgreSQL \d+/);
    assert.deepEqual([state.isMade, state.pending, state.unknown], [true, [], []]);
    assert.equal(state.madeAt, testNow);
    assert.equal(state.latest, testNow);
    assert.equal(typeof state.serverNow, dialect === 'sqlite' ? 'undefined' : 'number');
    const more = { id: 'later-001', up: () => Promise.reject(new Error('must not run')) };
    assert.deepEqual((await databaseState(database, [...platformMigrations, more])).pending, ['later-001']);
    assert.deepEqual(
      (await databaseState(database, [])).unknown,
      platformMigrations.map(({ id }) => id),
    );
  });

  it('knows the time of the newest event', async () => {
    const { database, clock } = get();
    clock.advance(5000);
    await database.write(async ({ emit }) => emit({ type: 'test.happened', payload: {} }));
    assert.equal((await databaseState(database, platformMigrations)).latest, testNow + 5000);
  });
});
