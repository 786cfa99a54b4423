import assert from 'node:assert/strict';
import { it } from 'node:test';
import { silentLog } from '../log.ts';
import type { Database } from '../database/database.ts';
import { forEachDatabase } from '../database/testing.ts';
import { JobRunner } from './job-runner.ts';
import { deadJobs, enqueue, retryJob } from './jobs.ts';
import { migrations } from './migrations.ts';

forEachDatabase('jobs', migrations, (get) => {
  const runner = (database: Database = get().database) =>
    new JobRunner({ database, clock: get().clock, log: silentLog, timings: { lease: 60_000, retry: 1000 } });
  const put = (name: string, payload = {}, options = {}) =>
    get().database.write((tx) => enqueue(tx, name, payload, options));
  const stateOf = async (name: string) =>
    (await get().database.read.selectFrom('job').select('state').where('name', '=', name).execute()).map(
      ({ state }) => state,
    );

  it('does a job once its command committed, and none of a command that failed', async () => {
    const jobs = runner();
    const done: unknown[] = [];
    jobs.define('greet', { handle: async (payload) => void done.push(payload) });
    await put('greet', { to: 'Ann' });
    await assert.rejects(
      get().database.write(async (tx) => {
        await enqueue(tx, 'greet', { to: 'Bob' });
        throw new Error('no');
      }),
    );
    await jobs.look();
    await jobs.idle();
    assert.deepEqual(done, [{ to: 'Ann' }]);
    assert.deepEqual(await stateOf('greet'), ['done']);
  });

  it('waits for its hour, and keeps one of each key', async () => {
    const jobs = runner();
    let count = 0;
    jobs.define('later', { handle: async () => void (count += 1) });
    const at = get().clock.now() + 5000;
    await put('later', {}, { at, key: 'k' });
    await put('later', {}, { at, key: 'k' });
    await jobs.look();
    assert.equal(count, 0);
    get().clock.advance(5000);
    await jobs.look();
    await jobs.idle();
    await jobs.look();
    await jobs.idle();
    assert.equal(count, 1);
  });

  it('tries again, later each time, and then leaves a dead job for a person', async () => {
    const jobs = runner();
    let tries = 0;
    jobs.define('poison', {
      attempts: 3,
      handle: async () => Promise.reject(new Error(`try ${(tries += 1)}`)),
    });
    await put('poison');
    for (let turn = 0; turn < 10; turn += 1) {
      await jobs.look();
      await jobs.idle();
      get().clock.advance(10_000);
    }
    assert.equal(tries, 3);
    const [dead] = await deadJobs(get().database.read);
    assert.equal(dead!.error, 'try 3');
    await get().database.write((tx) => retryJob(tx, dead!.id));
    await jobs.look();
    await jobs.idle();
    assert.equal(tries, 4);
    await assert.rejects(
      get().database.write((tx) => retryJob(tx, 'nothing')),
      { code: 'job.not-dead' },
    );
  });

  it('keeps nothing about a person once it is done, and for a week when it died', async () => {
    const { database, clock } = get();
    const jobs = runner();
    let fails = false;
    jobs.define('letter', {
      attempts: 1,
      isPrivate: true,
      handle: async () => {
        if (fails) throw new Error('no');
      },
    });
    const turn = async () => {
      await jobs.look();
      await jobs.idle();
    };
    const rows = async () => {
      const found = await database.read
        .selectFrom('job')
        .select(['id', 'payload', 'state'])
        .where('name', '=', 'letter')
        .orderBy('created_at')
        .execute();
      return found.map(({ payload, state }) => [payload, state]);
    };
    await put('letter', { to: 'ann' });
    await turn();
    assert.deepEqual(await rows(), [['null', 'done']]);
    fails = true;
    clock.advance(1000);
    await put('letter', { to: 'ann' });
    await turn();
    assert.deepEqual(await rows(), [
      ['null', 'done'],
      ['{"to":"ann"}', 'dead'],
    ]);
    clock.advance(8 * 86_400_000);
    await database.write((tx) => enqueue(tx, 'jobs.prune', {}));
    await turn();
    assert.deepEqual(await rows(), [['null', 'dead']]);
    const dead = (await deadJobs(database.read)).find(({ name }) => name === 'letter');
    await assert.rejects(
      database.write((tx) => retryJob(tx, dead!.id)),
      { code: 'job.not-dead' },
    );
    await database.write(({ db }) => db.deleteFrom('job').where('name', '=', 'letter').execute());
  });

  it('is done by one of two workers', async () => {
    const other = await get().reopen();
    const count = new Map<number, number>();
    const workers = [runner(), runner(other)];
    for (const worker of workers) {
      worker.define('shared', {
        concurrency: 5,
        handle: async ({ index }) => void count.set(index as number, (count.get(index as number) ?? 0) + 1),
      });
    }
    for (let index = 0; index < 30; index += 1) await put('shared', { index });
    while (count.size < 30) await Promise.all(workers.map((worker) => worker.look()));
    await Promise.all(workers.map((worker) => worker.idle()));
    assert.deepEqual(new Set(count.values()), new Set([1]));
    await other.close();
  });

  it('passes on when a worker falls silent, and not before', async () => {
    const jobs = runner();
    let done = 0;
    jobs.define('orphan', { handle: async () => void (done += 1) });
    await put('orphan');
    await get().database.write(({ db, now }) =>
      db
        .updateTable('job')
        .set({ state: 'running', owner: 'gone', lease_until: now + 60_000, attempts: 1 })
        .where('name', '=', 'orphan')
        .execute(),
    );
    await jobs.look();
    await jobs.idle();
    assert.equal(done, 0);
    get().clock.advance(60_001);
    await jobs.look();
    await jobs.idle();
    assert.equal(done, 1);
  });

  it('looks at once for what this process puts in, and for what waited for room', async () => {
    const { database, clock } = get();
    // The next turn is a day away: nothing is done by looking now and then.
    const jobs = new JobRunner({ database, clock, log: silentLog, timings: { poll: 86_400_000 } });
    const done: unknown[] = [];
    const all = Promise.withResolvers<void>();
    jobs.define('post', {
      handle: async ({ index }) => {
        if (done.push(index) === 20) all.resolve();
      },
    });
    const first = Promise.withResolvers<void>();
    jobs.define('first', { handle: async () => first.resolve() });
    await put('first');
    jobs.start();
    await first.promise;
    await Promise.all(Array.from({ length: 20 }, (_, index) => put('post', { index })));
    await all.promise;
    await jobs.stop();
    assert.deepEqual(new Set(done), new Set(Array.from({ length: 20 }, (_, index) => index)));
  });

  it('looks at once for a dead job that is to be tried again', async () => {
    const { database, clock } = get();
    const jobs = new JobRunner({ database, clock, log: silentLog, timings: { poll: 86_400_000 } });
    const tried = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let tries = 0;
    jobs.define('revived', {
      attempts: 1,
      handle: async () => {
        tried[tries++]!.resolve();
        throw new Error('no');
      },
    });
    jobs.start();
    await put('revived');
    await tried[0]!.promise;
    await jobs.idle();
    const dead = (await deadJobs(database.read)).find(({ name }) => name === 'revived');
    await database.write((tx) => retryJob(tx, dead!.id));
    await tried[1]!.promise;
    await jobs.stop();
    await database.write(({ db }) => db.deleteFrom('job').where('name', '=', 'revived').execute());
  });

  it('keeps nothing in the outbox of what is only said to this process', async () => {
    await put('quiet');
    const told = await get().database.read.selectFrom('outbox').select('type').execute();
    assert.deepEqual(
      told.filter(({ type }) => type.startsWith('job.')),
      [],
    );
  });

  it('gives back what it cannot finish when it is stopped', async () => {
    const jobs = runner();
    let started = false;
    jobs.define('long', {
      handle: (_payload, { signal }) =>
        new Promise((_resolve, reject) => {
          started = true;
          signal.addEventListener('abort', () => reject(new Error('stopped')));
        }),
    });
    await put('long');
    await jobs.look();
    assert.ok(started);
    await jobs.stop();
    const row = await get()
      .database.read.selectFrom('job')
      .select(['state', 'attempts'])
      .where('name', '=', 'long')
      .executeTakeFirstOrThrow();
    assert.deepEqual({ ...row }, { state: 'waiting', attempts: 0 });
  });

  it('fires a schedule once for each time in its zone, over both changes of the clocks', async () => {
    const { clock, database, reopen } = get();
    const other = await reopen();
    // 01:30 is lived twice on 31 October 2027 and skipped on 26 March 2028 in London.
    for (const [start, firings] of [
      [Date.UTC(2027, 9, 30, 12), 3],
      [Date.UTC(2028, 2, 25, 12), 3],
    ] as const) {
      clock.set(start);
      const fired: number[] = [];
      const workers = [runner(database), runner(other)];
      const name = `nightly-${start}`;
      for (const worker of workers) {
        worker.define(name, { handle: async () => void fired.push(clock.now()) });
        worker.schedule(name, '30 1 * * *', 'Europe/London');
      }
      for (let hours = 0; hours < 72; hours += 0.5) {
        for (const worker of workers) {
          await worker.look();
          await worker.idle();
        }
        clock.advance(1_800_000);
      }
      assert.equal(fired.length, firings, new Date(start).toISOString());
    }
    await other.close();
  });
});
