import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { it } from 'node:test';
import fc from 'fast-check';
import type { RecordedEvent } from '../events/event-log.ts';
import { createLog, type Log } from '../log.ts';
import { LiveHub, type LiveSource } from './hub.ts';

const topics = ['a', 'b', 'c'];
const faults: unknown[] = [];
const strictLog = createLog('error');
strictLog.error = ((fault: unknown) => void faults.push(fault)) as Log['error'];

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** The log as one process has it: answers come, and what was written is handed on, when the test says so. */
class SlowLog implements LiveSource {
  readonly events: RecordedEvent[];
  readonly answers: (() => void)[] = [];
  isSlow = true;
  #handedOn: number;
  #listener: (events: readonly RecordedEvent[]) => void = () => {};

  constructor(events: RecordedEvent[]) {
    this.events = events;
    this.#handedOn = events.length;
  }
  onRecorded(listener: (events: readonly RecordedEvent[]) => void): void {
    this.#listener = listener;
  }
  async lastPosition(): Promise<number> {
    return this.events.length;
  }
  async after(position: number, limit = 4): Promise<RecordedEvent[]> {
    const found = this.events.slice(position, position + limit);
    if (this.isSlow) await new Promise<void>((pass) => this.answers.push(pass));
    return found;
  }
  write(about: readonly string[]): void {
    const position = this.events.length + 1;
    const common = { id: `e${position}`, type: 'told', tags: [], urgent: false, createdAt: 0 };
    this.events.push({ ...common, position, payload: { about } });
  }
  /** Give all that was asked for. */
  answer(): void {
    for (const pass of this.answers.splice(0)) pass();
  }
  handOn(count: number): void {
    const events = this.events.slice(this.#handedOn, this.#handedOn + count);
    this.#handedOn += events.length;
    if (events.length > 0) this.#listener(events);
  }
}

/** One connection: what is written reaches the reader unless it has stalled; when it is cut, what waited is lost. */
class Connection extends EventEmitter {
  destroyed = false;
  writableEnded = false;
  isStalled = false;
  #waiting = '';
  readonly #hear: (text: string) => void;

  constructor(hear: (text: string) => void) {
    super();
    this.#hear = hear;
  }
  get writableLength(): number {
    return this.#waiting.length;
  }
  get writableNeedDrain(): boolean {
    return this.#waiting.length > 0;
  }
  write(bytes: Buffer | string): boolean {
    assert.ok(!this.destroyed && !this.writableEnded, 'written to one who has gone');
    if (this.isStalled) this.#waiting += bytes.toString();
    // What waited when it was last found fast enough, and one round of all that is in the window.
    assert.ok(this.#waiting.length < 350, 'too much waits for one reader');
    if (!this.isStalled) this.#hear(bytes.toString());
    return !this.isStalled;
  }
  end(bytes: string): void {
    this.write(bytes);
    this.writableEnded = true;
  }
  flow(): void {
    this.isStalled = false;
    if (this.#waiting !== '') this.#hear(this.#waiting);
    this.#waiting = '';
    this.emit('drain');
  }
  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.emit('close');
  }
}

class Reader {
  readonly topics: string[];
  readonly ids: number[] = [];
  connection: Connection | undefined;
  from: number | undefined;
  lastId: number | undefined;

  constructor(index: number) {
    this.topics = [topics[index % 3]!, topics[(index + index) % 3]!];
  }
  get isAway(): boolean {
    return this.connection === undefined || this.connection.destroyed;
  }
  join(hub: LiveHub, isStalled: boolean): void {
    const connection = new Connection((text) => this.#hear(text));
    connection.isStalled = isStalled;
    this.connection = connection;
    hub.join(connection as unknown as ServerResponse, {
      topics: [...new Set(this.topics)],
      network: 'x',
      after: this.lastId,
    });
  }
  #hear(text: string): void {
    for (const block of text.split('\n\n')) {
      const id = /^id: (\d+)$/m.exec(block)?.[1];
      if (id === undefined) continue;
      assert.ok(Number(id) >= (this.lastId ?? 0), 'an id went back');
      this.from ??= Number(id);
      this.lastId = Number(id);
      const name = /^event: (.*)$/m.exec(block)?.[1];
      assert.notEqual(name, 'reset');
      if (name) this.ids.push(Number(id));
    }
  }
}

const which = fc.nat(3);
/** One of two processes. */
const at = fc.nat(1);
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('write' as const), about: fc.subarray(topics) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('hand on' as const), at, count: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('join' as const), which, at, isStalled: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('leave' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('stall' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('flow' as const), which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('answer' as const), at }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('turn' as const) }) },
);

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** The world: one log, two processes of which the second comes later, and four readers. */
class World {
  readonly events: RecordedEvent[] = [];
  readonly processes: { log: SlowLog; hub: LiveHub }[] = [];
  readonly readers = [0, 1, 2, 3].map((index) => new Reader(index));

  /** A process begins while others write, and while what they wrote is handed on. */
  async begin(meanwhile: readonly (readonly string[])[]): Promise<void> {
    const log = new SlowLog(this.events);
    const limits = { frames: 3, waiting: 200, heartbeat: 1e9 };
    const hub = new LiveHub({ events: log, log: strictLog, limits });
    hub.publisher('told', ({ payload }) => ({ topics: payload.about as string[], name: 'told', data: 1 }));
    const starting = hub.start();
    for (const about of meanwhile) {
      log.write(about);
      log.handOn(1);
      await undefined;
    }
    log.answers.shift()!();
    await starting;
    this.processes.push({ log, hub });
  }

  async take(each: Step): Promise<void> {
    if (each.do === 'turn') await turn();
    else if (each.do === 'write') this.processes[0]!.log.write(each.about);
    else if (each.do === 'hand on') this.#at(each.at).log.handOn(each.count);
    else if (each.do === 'answer') this.#at(each.at).log.answer();
    else {
      const reader = this.readers[each.which]!;
      if (each.do === 'join') {
        if (reader.isAway) reader.join(this.#at(each.at).hub, each.isStalled);
      } else if (each.do === 'leave') reader.connection?.destroy();
      else if (each.do === 'stall' && reader.connection) reader.connection.isStalled = true;
      else if (each.do === 'flow' && !reader.isAway) reader.connection!.flow();
    }
  }

  /** Nobody stalls or leaves any more. */
  async settle(): Promise<void> {
    for (const { log } of this.processes) log.isSlow = false;
    const isDone = (reader: Reader) =>
      reader.ids.length >= this.due(reader).length && reader.from !== undefined;
    for (let round = 0; round < 1000 && !this.readers.every(isDone); round += 1) {
      for (const { log } of this.processes) {
        log.answer();
        log.handOn(100);
      }
      for (const reader of this.readers) {
        if (reader.isAway) reader.join(this.#at(round).hub, false);
        else reader.connection!.flow();
      }
      await turn();
    }
  }

  /** Positions of all that a reader must have been told. */
  due({ from = Infinity, topics }: Reader): number[] {
    return this.events
      .filter(({ position }) => position > from)
      .filter(({ payload }) => (payload.about as string[]).some((topic) => topics.includes(topic)))
      .map(({ position }) => position);
  }

  #at(index: number): { log: SlowLog; hub: LiveHub } {
    return this.processes[index % this.processes.length]!;
  }
}

const meanwhile = fc.array(fc.subarray(topics), { minLength: 4, maxLength: 8 });

it('the live hub tells each reader all that it follows, once and in order, whatever comes between', async () => {
  const steps = fc.array(step, { maxLength: 80, size: 'max' });
  await fc.assert(
    fc.asyncProperty(meanwhile, steps, meanwhile, steps, async (first, before, second, after) => {
      const world = new World();
      await world.begin(first);
      for (const each of before) await world.take(each);
      await world.begin(second);
      for (const each of after) await world.take(each);
      await world.settle();
      for (const reader of world.readers) {
        assert.deepEqual(reader.ids, world.due(reader));
        reader.connection?.destroy();
      }
      for (const { hub } of world.processes) {
        assert.equal(hub.size.clients, 0);
        hub.close();
      }
      assert.deepEqual(faults.splice(0), []);
    }),
    { numRuns: 500 },
  );
});
