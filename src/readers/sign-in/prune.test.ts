import assert from 'node:assert/strict';
import { it } from 'node:test';
import { forEachDatabase } from '../../platform/database/testing.ts';
import { migrations } from '../migrations.ts';
import { signedInReader } from '../testing.ts';
import { note } from './limits.ts';
import { keepPending } from './pending.ts';
import { pruneSignIns } from './prune.ts';

forEachDatabase('what is left of sign-ins', migrations, (get) => {
  const counts = async () => {
    const { read } = get().database;
    const count = async (table: 'sign_in' | 'sign_in_note' | 'reader_session') =>
      (await read.selectFrom(table).select('id').execute()).length;
    return [await count('sign_in'), await count('sign_in_note'), await count('reader_session')];
  };

  it('is forgotten when its time is over, and not before', async () => {
    const { database, clock } = get();
    await signedInReader(database);
    await database.write(async (tx) => {
      await keepPending(tx, { to: '/' });
      await note(tx, 'mail', { email: 'ann@readers.example', network: '198.51.100.1' });
    });
    await database.write(pruneSignIns);
    assert.deepEqual(await counts(), [1, 1, 1]);
    clock.advance(7 * 3_600_000);
    await database.write(pruneSignIns);
    assert.deepEqual(await counts(), [0, 1, 1]);
    clock.advance(24 * 3_600_000);
    await database.write(pruneSignIns);
    assert.deepEqual(await counts(), [0, 0, 1]);
    clock.advance(90 * 86_400_000);
    await database.write(pruneSignIns);
    assert.deepEqual(await counts(), [0, 0, 0]);
  });
});
