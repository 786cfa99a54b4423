import assert from 'node:assert/strict';
import { it } from 'node:test';
import { silentLog } from '../log.ts';
import type { Database } from '../database/database.ts';
import { forEachDatabase, type TestDatabase } from '../database/testing.ts';
import { EventLog, pruneEvents, waitUntilSeen, type RecordedEvent } from './event-log.ts';

/** Resolves when a condition holds; the test's own time limit ends it otherwise. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}

forEachDatabase('events', [], (get, dialect) => {
  const open = (database: Database, { clock }: TestDatabase = get()) =>
    new EventLog({ database, clock, log: silentLog, poll: 5 });
  const emit = (database: Database, type: string, index = 0) =>
    database.write(async (tx) =>
      tx.emit({ type, payload: { index }, tags: ['list'], urgent: type === 'kill' }),
    );

  it('gives every process all events in one order without a gap', async () => {
    const { database, reopen } = get();
    const other = await reopen();
    const logs = [open(database), open(other)];
    const seen: RecordedEvent[][] = [[], []];
    for (const [index, log] of logs.entries()) {
      log.onRecorded((events) => seen[index]!.push(...events));
      await log.start();
    }
    await Promise.all(
      Array.from({ length: 60 }, (_, index) => emit(index % 2 ? database : other, 'made', index)),
    );
    await until(() => seen.every((events) => events.length === 60));
    assert.deepEqual(
      seen[0]!.map(({ id }) => id),
      seen[1]!.map(({ id }) => id),
    );
    const positions = seen[0]!.map(({ position }) => position);
    assert.deepEqual(
      positions,
      positions.map((_, index) => positions[0]! + index),
    );
    assert.deepEqual(await logs[0]!.after(positions[57]!), seen[0]!.slice(58));
    for (const log of logs) await log.stop();
    await other.close();
  });

  it('gives a consumer each event at least once, in one process at a time, also what came while none ran', async () => {
    const { database, reopen, clock } = get();
    await emit(database, 'parcel', 0);
    const other = await reopen();
    const logs = [open(database), open(other)];
    const got: number[] = [];
    let failures = 2;
    for (const log of logs) {
      log.subscribe(
        'postman',
        async (events) => {
          if (failures-- > 0) throw new Error('The bell is broken.');
          got.push(...events.map(({ payload }) => payload.index as number));
        },
        { types: ['parcel'] },
      );
      await log.start();
    }
    for (let index = 1; index < 20; index += 1) await emit(database, 'parcel', index);
    await until(() => {
      clock.advance(1000);
      return new Set(got).size === 20;
    });
    for (const log of logs) await log.stop();
    await other.close();
  });

  it('has the command line wait until every server has seen a kill', async () => {
    const { database, reopen, clock } = get();
    const other = await reopen();
    const server = open(database);
    const seen: string[] = [];
    server.onRecorded((events) => seen.push(...events.map(({ type }) => type)));
    await server.start();
    await emit(other, 'kill');
    await waitUntilSeen(other, clock);
    assert.ok(seen.includes('kill'));
    await server.stop();
    await emit(other, 'kill');
    await waitUntilSeen(other, clock);
    await other.close();
  });

  it('takes over from a dispatcher that fell silent', async () => {
    const { database, reopen, clock } = get();
    await database.write(({ db }) =>
      db
        .insertInto('lease')
        .values({ name: 'dispatcher', owner: 'gone', until: clock.now() + 15_000 })
        .onConflict((conflict) =>
          conflict.column('name').doUpdateSet({ owner: 'gone', until: clock.now() + 15_000 }),
        )
        .execute(),
    );
    const other = await reopen();
    const log = open(other);
    const seen: string[] = [];
    log.onRecorded((events) => seen.push(...events.map(({ type }) => type)));
    await log.start();
    await emit(other, 'late');
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(!seen.includes('late'));
    clock.advance(15_001);
    await until(() => seen.includes('late'));
    await log.stop();
    await other.close();
  });

  it(
    'skips no event whose transaction commits after a later one',
    { skip: dialect === 'sqlite' },
    async () => {
      const { database } = get();
      const log = open(database);
      const seen: string[] = [];
      log.onRecorded((events) => seen.push(...events.map(({ type }) => type)));
      await log.start();
      let release: () => void = () => {};
      const gate = new Promise<void>((resolve) => (release = resolve));
      const slow = database.write(async (tx) => {
        tx.emit({ type: 'slow', payload: {} });
        await tx.db.selectFrom('lease').selectAll().execute();
        await gate;
      });
      await emit(database, 'quick');
      await until(() => seen.includes('quick'));
      release();
      await slow;
      await until(() => seen.includes('slow'));
      await log.stop();
    },
  );

  it('forgets what all have had after a week', async () => {
    const { database, clock } = get();
    const log = open(database);
    await log.start();
    await emit(database, 'old');
    const count = async () => (await database.read.selectFrom('outbox').select('id').execute()).length;
    await until(
      async () =>
        (await database.read.selectFrom('outbox').select('id').where('position', 'is', null).execute())
          .length === 0,
    );
    const before = await count();
    await pruneEvents(database);
    assert.equal(await count(), before);
    clock.advance(8 * 86_400_000);
    await log.stop();
    await database.write(({ db }) =>
      db
        .updateTable('outbox_cursor')
        .set({ position: 1_000_000 })
        .where('consumer', '=', 'postman')
        .execute(),
    );
    await pruneEvents(database);
    assert.ok((await count()) < before);
  });
});
