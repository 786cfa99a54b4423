import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Database } from '../database/database.ts';
import { forEachDatabase } from '../database/testing.ts';
import { pruneEvents, type EventLog } from '../events/event-log.ts';
import { until } from '../http/testing.ts';
import { hubOpener, tell } from './testing-hub.ts';
import { listener, type TestListener } from './testing.ts';

forEachDatabase('the live hub', [], (get) => {
  const open = hubOpener(get);
  const idsOf = ({ events }: TestListener) => events.map(({ id }) => id);
  const isDry = async (database: Database) =>
    (await database.read.selectFrom('outbox').select('id').where('position', 'is', null).execute()).length ===
    0;

  /** Positions after one that are told on a topic, as the log has them. */
  async function toldAfter(events: EventLog, position: number, topic: string): Promise<number[]> {
    const told: number[] = [];
    let from = position;
    for (let batch = await events.after(from); batch.length > 0; batch = await events.after(from)) {
      from = batch.at(-1)!.position;
      const meant = batch.filter(({ payload }) => String(payload.topics).split(' ').includes(topic));
      told.push(...meant.map((each) => each.position));
    }
    return told;
  }

  it('tells those who follow a topic, each event once, and nobody else', async (t) => {
    const { database } = get();
    const { port, ask, hub } = await open(t, database);
    const [both, front, other] = [listener(t), listener(t), listener(t)];
    await both.open(port, '/live?topics=story:1,front,nonsense,front');
    await front.open(port, '/live?topics=front');
    await other.open(port, '/live?topics=story:1&topics=story:2');
    assert.equal(both.status, 200);
    assert.equal(both.headers['content-type'], 'text/event-stream');
    assert.equal(both.headers['cache-control'], 'no-store');
    assert.equal(both.headers['x-accel-buffering'], 'no');
    assert.ok(both.headers['content-security-policy']);
    await tell(database, 'front story:1');
    await database.write(async (tx) => tx.emit({ type: 'broken', payload: {} }));
    await database.write(async (tx) => tx.emit({ type: 'broken-later', payload: {} }));
    await database.write(async (tx) => tx.emit({ type: 'untold', payload: {} }));
    await tell(database, 'story:2');
    await tell(database, 'front');
    await until(() => both.events.length === 2 && front.events.length === 2 && other.events.length === 2);
    assert.deepEqual(idsOf(both), idsOf(front));
    assert.deepEqual(both.events[0], {
      id: idsOf(both)[0],
      name: 'told',
      data: { position: idsOf(both)[0], fill: '' },
    });
    assert.equal(idsOf(other)[0], idsOf(both)[0]);
    assert.ok(both.retry >= 2000 && both.retry <= 5000);
    for (const query of ['', '?topics=', '?topics=nonsense,story:', '?topics=front%0aid']) {
      const none = await ask(`/live${query}`);
      assert.deepEqual([none.status, none.body.length], [204, 0]);
    }
    assert.equal((await ask('/live?topics=front', { method: 'HEAD' })).status, 200);
    assert.equal(hub.size.clients, 3);
    await Promise.all([both.leave(), other.leave()]);
    await until(() => hub.size.clients === 1);
  });

  it('loses and doubles nothing while two processes write and readers come and go between them', async (t) => {
    const { database, reopen } = get();
    const other = await reopen();
    // A short window, so that those who come back read the log too.
    const sites = [await open(t, database, { frames: 8 }), await open(t, other, { frames: 8 })];
    t.after(() => other.close());
    const readers = await Promise.all(
      Array.from({ length: 6 }, async (_, index) => {
        const topic = ['front', 'story:1', 'story:2'][index % 3]!;
        const reader = listener(t);
        await reader.open(sites[index % 2]!.port, `/live?topics=${topic}`);
        await until(() => reader.lastId !== undefined);
        return { reader, topic, from: Number(reader.lastId), every: 3 + index * 4 };
      }),
    );
    const writers = { isWriting: true };
    const writing = Promise.all(
      [database, other].map(async (handle, which) => {
        for (let index = 0; index < 120; index += 1)
          await tell(handle, ['front', 'story:1 front', 'story:2', 'story:9'][(index + which) % 4]!);
      }),
    ).finally(() => (writers.isWriting = false));
    const wandering = readers.map(async ({ reader, topic, every }, index) => {
      for (let turn = index; writers.isWriting; turn += 1) {
        const seen = reader.events.length;
        await until(() => reader.events.length >= seen + every || !writers.isWriting);
        await reader.leave();
        await reader.open(sites[turn % 2]!.port, `/live?topics=${topic}`);
      }
    });
    await Promise.all([writing, ...wandering]);
    await until(() => isDry(database));
    for (const { reader, topic, from } of readers) {
      const expected = await toldAfter(sites[0]!.events, from, topic);
      assert.ok(expected.length >= 60);
      await until(() => reader.events.length >= expected.length);
      assert.deepEqual(idsOf(reader), expected);
    }
  });

  it('tells what is written while a reader catches up, and in the step in which it goes live', async (t) => {
    const { database } = get();
    const gates: (() => void)[] = [];
    let isGated = false;
    const { port, events } = await open(t, database, { frames: 3 }, (log) => ({
      onRecorded: (told) => log.onRecorded(told),
      lastPosition: () => log.lastPosition(),
      after: async (position, limit) => {
        const found = await log.after(position, limit);
        // What it found is handed over late.
        if (isGated && limit === undefined) await new Promise<void>((pass) => gates.push(pass));
        return found;
      },
    }));
    const from = await events.lastPosition();
    const witness = listener(t);
    await witness.open(port, '/live?topics=front');
    // What the witness has heard, the hub has had; one by one, or the witness itself would fall out of the window.
    const write = async (count: number) => {
      for (const all = witness.events.length + count; witness.events.length < all;) {
        const next = witness.events.length + 1;
        await tell(database, 'front');
        await until(() => witness.events.length === next);
      }
    };
    await write(10);
    const reader = listener(t);
    reader.lastId = String(from);
    isGated = true;
    await reader.open(port, '/live?topics=front');
    for (let round = 0; round < 3; round += 1) {
      await until(() => gates.length === 1);
      await write(5);
      gates.shift()!();
    }
    isGated = false;
    const passing = setInterval(() => gates.shift()?.(), 1);
    t.after(() => clearInterval(passing));
    await tell(database, 'front');
    await until(() => reader.events.length === 26);
    assert.deepEqual(idsOf(reader), await toldAfter(events, from, 'front'));
  });

  it('cuts a reader that does not read, and gives it all when it comes back', async (t) => {
    const { database } = get();
    const { port, hub, events } = await open(t, database, { waiting: 32 * 1024 });
    const [good, slow] = [listener(t), listener(t)];
    await good.open(port, '/live?topics=front');
    await slow.open(port, '/live?topics=front');
    await until(() => slow.lastId !== undefined);
    const from = Number(slow.lastId);
    slow.pause();
    let count = 0;
    while (hub.size.cut === 0) {
      count += 1;
      await tell(database, 'front', 256 * 1024);
      await until(() => good.events.length === count);
    }
    assert.equal(hub.size.clients, 1);
    await slow.leave();
    await slow.open(port, '/live?topics=front');
    await until(() => slow.events.length === count);
    await tell(database, 'front');
    await until(() => slow.events.length > count && good.events.length > count);
    const expected = await toldAfter(events, from, 'front');
    assert.deepEqual(idsOf(slow), expected);
    assert.deepEqual(idsOf(good), expected);
    assert.deepEqual(hub.size, { clients: 2, cut: 1 });
  });

  it('begins anew with who was away for too long, or gives an id that never was', async (t) => {
    const { database, clock } = get();
    const { port, events } = await open(t, database, { frames: 2, missed: 20 });
    for (let index = 0; index < 30; index += 1) await tell(database, 'front');
    await until(() => isDry(database));
    for (const [away, isKept] of [
      [0, true],
      [1, true],
      [20, true],
      [21, false],
      [-1000, false],
      ['-1', false],
      ['nonsense', false],
      ['1e3', false],
      ['9'.repeat(30), false],
    ] as const) {
      const id = typeof away === 'number' ? String((await events.lastPosition()) - away) : away;
      const reader = listener(t);
      await reader.open(port, `/live?topics=front&after=${encodeURIComponent(id)}`);
      await until(() => reader.events.length > 0 || reader.lastId !== undefined || away === 0);
      await tell(database, 'front');
      await until(() => isDry(database));
      const newest = await events.lastPosition();
      await until(() => idsOf(reader).includes(newest));
      if (isKept) assert.deepEqual(idsOf(reader), await toldAfter(events, Number(id), 'front'), id);
      else
        assert.deepEqual(
          reader.events.map(({ name }) => name),
          ['reset', 'told'],
          id,
        );
      await reader.leave();
    }
    // What is older than a week goes from the log.
    clock.advance(8 * 86_400_000);
    await tell(database, 'front');
    await until(() => isDry(database));
    const newest = await events.lastPosition();
    await database.write(({ db }) =>
      db.insertInto('outbox_cursor').values({ consumer: 'postman', position: newest, seen_at: 0 }).execute(),
    );
    await pruneEvents(database);
    const { port: fresh } = await open(t, database);
    const [first, second] = [listener(t), listener(t)];
    await first.open(fresh, `/live?topics=front&after=${newest - 1}`);
    await second.open(fresh, `/live?topics=front&after=${newest - 2}`);
    await until(() => first.events.length === 1 && second.events.length === 1);
    assert.deepEqual([first.events[0]!.id, first.events[0]!.name], [newest, 'told']);
    assert.deepEqual([second.events[0]!.id, second.events[0]!.name], [newest, 'reset']);
  });

  it('gives signs of life that carry the place in the log', async (t) => {
    const { database } = get();
    const { port, events } = await open(t, database, { heartbeat: 100 });
    const reader = listener(t);
    await reader.open(port, '/live?topics=front');
    await tell(database, 'story:1');
    await until(() => isDry(database));
    const last = String(await events.lastPosition());
    await until(() => reader.comments > 2 && reader.lastId === last);
    assert.deepEqual(reader.events, []);
  });

  it('has room for so many, in all and of one network', async (t) => {
    const { database } = get();
    for (const [limits, status, code] of [
      [{ clients: 2 }, 503, 'live.full'],
      [{ perNetwork: 2 }, 429, 'live.too-many'],
    ] as const) {
      const { port, hub, ask } = await open(t, database, limits);
      const [first, second, third] = [listener(t), listener(t), listener(t)];
      await first.open(port, '/live?topics=front');
      await second.open(port, '/live?topics=front');
      const refused = await ask('/live?topics=front');
      assert.equal(refused.status, status);
      assert.equal(JSON.parse(refused.body.toString()).code, code);
      assert.equal(refused.headers['retry-after'], '60');
      await first.leave();
      await until(() => hub.size.clients === 1);
      await third.open(port, '/live?topics=front');
      assert.equal(third.status, 200);
    }
  });

  it('ends all streams when it closes, and says when to come back', { timeout: 7000 }, async (t) => {
    const { database } = get();
    const { port, hub, server, ask } = await open(t, database);
    const readers = Array.from({ length: 10 }, () => listener(t));
    for (const reader of readers) await reader.open(port, '/live?topics=front');
    hub.close();
    assert.equal((await ask('/live?topics=front')).status, 503);
    await tell(database, 'front');
    await server.close();
    await until(() => readers.every(({ isOpen }) => !isOpen));
    for (const { retry } of readers) assert.ok(retry >= 1000 && retry <= 10_000);
    assert.ok(new Set(readers.map(({ retry }) => retry)).size > 1);
    assert.equal(hub.size.clients, 0);
  });
});
