import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { it } from 'node:test';
import fc from 'fast-check';
import type { RecordedEvent } from '../events/event-log.ts';
import { createLog, type Log } from '../log.ts';
import type { LiveEvent } from './frames.ts';
import { LiveHub, type LiveSource } from './hub.ts';

const topics = ['a', 'b', 'c'];
const faults: unknown[] = [];
const strictLog = createLog('error');
strictLog.error = ((fault: unknown) => void faults.push(fault)) as Log['error'];

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** What the database holds beside the log: subjects that are hidden, with the position of the event that says so. */
type Hidden = Map<string, number>;

/** The log as one process has it: answers come, and what was written is handed on, when the test says so. */
class SlowLog implements LiveSource {
  readonly events: RecordedEvent[];
  readonly hidden: Hidden;
  /** Renderings that have read what they tell of and are not done. */
  readonly renderings: (() => void)[] = [];
  readonly answers: (() => void)[] = [];
  isSlow = true;
  /** Its process writes all there is, and knows at once what it has committed. */
  isFirst = false;
  #handedOn: number;
  #listener: (events: readonly RecordedEvent[]) => void = () => {};

  constructor(events: RecordedEvent[], hidden: Hidden) {
    this.events = events;
    this.hidden = hidden;
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
    this.#add('told', { about, subject: `s${this.events.length}` });
  }
  /** @returns whether it was there to be hidden */
  hide(subject: string): boolean {
    const shown = this.events.find(({ type, payload }) => type === 'told' && payload.subject === subject);
    if (!shown || this.hidden.has(subject)) return false;
    this.#add('hidden', { about: shown.payload.about, subject });
    this.hidden.set(subject, this.events.length);
    return true;
  }
  /** Whether this process must not tell of an event any more. */
  forbids({ position, payload }: RecordedEvent, hasCommitted: boolean): boolean {
    const hiddenAt = this.hidden.get(payload.subject as string) ?? Infinity;
    return position < hiddenAt && (hasCommitted ? hiddenAt < Infinity : hiddenAt <= this.#handedOn);
  }
  /** What is told of an event, as it is read now; it comes when the test says so. */
  async render({ payload, type }: RecordedEvent): Promise<LiveEvent | undefined> {
    const { about, subject } = payload as { about: string[]; subject: string };
    const isHidden = type === 'told' && this.hidden.has(subject);
    if (this.isSlow) await new Promise<void>((pass) => this.renderings.push(pass));
    return isHidden ? undefined : { topics: about, name: type, data: 1, subject };
  }
  #add(type: string, payload: Record<string, unknown>): void {
    const position = this.events.length + 1;
    this.events.push({ id: `e${position}`, type, tags: [], urgent: false, createdAt: 0, position, payload });
  }
  /** Give all that was asked for. */
  answer(): void {
    for (const pass of this.answers.splice(0)) pass();
  }
  /** Give so many of the renderings, the last first. */
  give(count = Infinity): void {
    for (const pass of this.renderings.splice(-Math.min(count, this.renderings.length)).reverse()) pass();
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
  readonly #mayBe: (position: number) => boolean;

  /** @param mayBe whether an event may be told now */
  constructor(hear: (text: string) => void, mayBe: (position: number) => boolean) {
    super();
    this.#hear = hear;
    this.#mayBe = mayBe;
  }
  get writableLength(): number {
    return this.#waiting.length;
  }
  get writableNeedDrain(): boolean {
    return this.#waiting.length > 0;
  }
  write(bytes: Buffer | string): boolean {
    assert.ok(!this.destroyed && !this.writableEnded, 'written to one who has gone');
    const told = /^id: (\d+)\nevent/m.exec(bytes.toString());
    // Not thrown: nobody waits for a hub that writes.
    if (told && !this.#mayBe(Number(told[1]))) faults.push('what is hidden was told');
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
  join({ hub, log }: Process, isStalled: boolean): void {
    const connection = new Connection(
      (text) => this.#hear(text),
      (position) => !log.forbids(log.events[position - 1]!, log.isFirst),
    );
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
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('give' as const), at, count: fc.integer({ min: 1, max: 9 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('hide' as const), back: fc.nat(5) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('turn' as const) }) },
);

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

interface Process {
  readonly log: SlowLog;
  readonly hub: LiveHub;
}

/** The world: one log, two processes of which the second comes later, and four readers. The first process writes. */
class World {
  readonly events: RecordedEvent[] = [];
  readonly hidden: Hidden = new Map();
  readonly processes: Process[] = [];
  readonly readers = [0, 1, 2, 3].map((index) => new Reader(index));

  /** A process begins while others write, and while what they wrote is handed on. */
  async begin(meanwhile: readonly (readonly string[])[]): Promise<void> {
    const log = new SlowLog(this.events, this.hidden);
    log.isFirst = this.processes.length === 0;
    const limits = { frames: 3, waiting: 200, heartbeat: 1e9 };
    const hub = new LiveHub({ events: log, log: strictLog, limits });
    const forgets = (payload: Readonly<Record<string, unknown>>) => String(payload.subject);
    hub.publisher('told', (event) => log.render(event));
    hub.publisher('hidden', (event) => log.render(event), { forgets });
    const starting = hub.start();
    for (const about of meanwhile) {
      log.write(about);
      log.handOn(1);
      await undefined;
    }
    log.answers.shift()?.();
    await starting;
    this.processes.push({ log, hub });
  }

  async take(each: Step): Promise<void> {
    if (each.do === 'turn') await turn();
    else if (each.do === 'write') this.processes[0]!.log.write(each.about);
    else if (each.do === 'hand on') this.#at(each.at).log.handOn(each.count);
    else if (each.do === 'answer') this.#at(each.at).log.answer();
    else if (each.do === 'give') this.#at(each.at).log.give(each.count);
    else if (each.do === 'hide') this.#hide(this.events.length - each.back);
    else {
      const reader = this.readers[each.which]!;
      if (each.do === 'join') {
        if (reader.isAway) reader.join(this.#at(each.at), each.isStalled);
      } else if (each.do === 'leave') reader.connection?.destroy();
      else if (each.do === 'stall' && reader.connection) reader.connection.isStalled = true;
      else if (each.do === 'flow' && !reader.isAway) reader.connection!.flow();
    }
  }

  /** Nobody stalls or leaves any more. */
  async settle(): Promise<void> {
    for (const { log } of this.processes) log.isSlow = false;
    const isDone = (reader: Reader) =>
      this.lasting(reader.ids).length >= this.due(reader).length && reader.from !== undefined;
    for (let round = 0; round < 1000 && !this.readers.every(isDone); round += 1) {
      for (const { log } of this.processes) {
        log.answer();
        log.give();
        log.handOn(100);
      }
      for (const reader of this.readers) {
        if (reader.isAway) reader.join(this.#at(round), false);
        else reader.connection!.flow();
      }
      await turn();
    }
  }

  /** Positions of all that a reader must have been told; what was hidden later it may have been told too. */
  due({ from = Infinity, topics }: Reader): number[] {
    const due = this.events
      .filter(({ position }) => position > from)
      .filter(({ payload }) => (payload.about as string[]).some((topic) => topics.includes(topic)));
    return this.lasting(due.map(({ position }) => position));
  }

  /** Those positions whose events are not of what is hidden. */
  lasting(positions: readonly number[]): number[] {
    return positions.filter((position) => {
      const { type, payload } = this.events[position - 1]!;
      return type === 'hidden' || !this.hidden.has(payload.subject as string);
    });
  }

  #hide(index: number): void {
    const { log, hub } = this.processes[0]!;
    if (log.hide(`s${index}`)) hub.committed([this.events.at(-1)!]);
  }

  #at(index: number): { log: SlowLog; hub: LiveHub } {
    return this.processes[index % this.processes.length]!;
  }
}

const meanwhile = fc.array(fc.subarray(topics), { minLength: 4, maxLength: 8 });

it('the live hub tells each reader all that it follows, once and in order, and nothing that is hidden, whatever comes between', async () => {
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
        assert.deepEqual(world.lasting(reader.ids), world.due(reader));
        assert.ok(reader.ids.every((id, index) => index === 0 || id > reader.ids[index - 1]!));
        reader.connection?.destroy();
      }
      for (const { hub } of world.processes) {
        assert.equal(hub.size.clients, 0);
        await hub.close();
      }
      assert.deepEqual(faults.splice(0), []);
    }),
    { numRuns: 500 },
  );
});
