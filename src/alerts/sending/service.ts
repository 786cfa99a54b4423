import { Http2Connection, type Http2Answer } from '../../platform/http/outbound-http2.ts';
import type { Outbound } from '../../platform/http/outbound.ts';
import { AppError, messageOf } from '../../platform/errors.ts';
import type { Clock } from '../../platform/clock.ts';
import type { TLSSocket } from 'node:tls';
import { sealInto } from './encryption.ts';
import type { KeyPool } from './key-pool.ts';
import { newSeal, sealFor, type Batch, type Message } from './message.ts';
import { Pace, readRetryAfter } from './pace.ts';
import { Queue } from './queue.ts';
import type { PushServiceState } from './sender.ts';

export interface ServiceParts {
  readonly outbound: Outbound;
  readonly clock: Clock;
  readonly pool: KeyPool;
  /** Most connections to it. */
  readonly connections: number;
  log(level: 'error' | 'warn' | 'info', fields: object, words: string): void;
  /** It wants to be left alone. */
  rests(until: number, reason: string | undefined): void;
}

/** Most messages at a time over one connection, whatever the service allows. */
const streams = 128;
const deadline = 30_000;
const idle = 60_000;
/** Milliseconds of encrypting after which whatever else waits has its turn. */
const slice = 4;
/** One more connection is made for so many that wait, so long after the one before. */
const crowd = 256;
const openEvery = 250;
/** Without HTTP/2: messages at a time, each over a connection of its own, and for how long that is remembered. */
const plainStreams = 16;
const plainFor = 3_600_000;
/** What had no answer, and what the service broke down over, is tried again after this, milliseconds. */
const unanswered = 30_000;
const broken = 60_000;
/** What waits longer than this for its turn waits with who ordered it. */
const longestQueue = 30_000;
const mostTries = 3;
const alarmEvery = 10 * 60_000;

/** One push service: what waits to go there, its connections and its pace. */
export class Service {
  readonly origin: string;
  readonly pace: Pace;
  readonly #parts: ServiceParts;
  readonly #connections = new Set<Http2Connection>();
  readonly #personal = new Queue<Message>();
  readonly #others = new Queue<Message>();
  #isOpening = false;
  #openedAt = -Infinity;
  #plainUntil = -Infinity;
  #plainOpen = 0;
  /** On their way, over whatever connection. */
  #open = 0;
  #isScheduled = false;
  #isClosed = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #alarms = new Map<string, number>();
  readonly #counts = { taken: 0, later: 0, refused: 0 };
  readonly #seal = newSeal();

  constructor(origin: string, parts: ServiceParts) {
    this.origin = origin;
    this.#parts = parts;
    this.pace = new Pace(parts.clock);
  }

  /** Whether something waits or is on its way. */
  get isBusy(): boolean {
    return this.#waiting > 0 || this.#open > 0;
  }

  state(): PushServiceState {
    const { rate, restsUntil, reason } = this.pace;
    return { host: this.#host, rate, restsUntil, reason, ...this.#counts };
  }

  add(message: Message): void {
    (message.batch.isPersonal ? this.#personal : this.#others).push(message);
    this.#schedule();
  }

  /** Take back what of a batch has not left. */
  cancel(batch: Batch): void {
    this.#giveBack((message) => message.batch === batch);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#giveBack(() => true);
    for (const connection of this.#connections) connection.destroy();
  }

  get #host(): string {
    return this.origin.slice('https://'.length);
  }

  get #waiting(): number {
    return this.#personal.length + this.#others.length;
  }

  #schedule(): void {
    if (this.#isScheduled || this.#isClosed) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      if (!this.#isClosed) this.#pump();
    });
  }

  /** Send what there is room for, for a few milliseconds. */
  #pump(): void {
    clearTimeout(this.#timer);
    if (this.#waiting > 0 && this.pace.restsUntil !== undefined) this.#giveBack(() => true);
    this.#shorten();
    const begun = performance.now();
    let tick = begun;
    let free = this.pace.allowance(tick);
    let isStuck = false;
    for (let sent = 1; this.#waiting > 0 && free >= 1 && tick - begun < slice; sent += 1) {
      const queue = this.#personal.length > 0 ? this.#personal : this.#others;
      isStuck = !this.#send(queue.peek()!, tick);
      if (isStuck) break;
      queue.shift();
      free -= 1;
      if (sent % 8 === 0) tick = performance.now();
    }
    for (const connection of this.#connections) connection.flush();
    if (this.#waiting === 0 || isStuck) return;
    if (free >= 1) this.#schedule();
    else this.#timer = setTimeout(() => this.#schedule(), Math.max(5, this.pace.wait));
  }

  /** @returns false where there is no room just now */
  #send(message: Message, tick: number): boolean {
    if (this.#plainUntil > tick) return this.#sendPlain(message, tick);
    const { batch, head, path } = message;
    const connection = this.#connections.values().find((each) => each.hasRoom(batch.bytes));
    if (!connection) {
      this.#openMore(tick);
      return false;
    }
    if (!this.#makeSeal(message)) return true;
    this.#leaves(tick);
    const write = (into: Buffer, at: number) => sealInto(this.#seal, batch.record, into, at);
    connection.send(head, path, batch.bytes, write, (answer) => this.#answered(message, answer));
    return true;
  }

  /** The way of services, and of whatever stands before them, that know no HTTP/2. */
  #sendPlain(message: Message, tick: number): boolean {
    if (this.#plainOpen >= plainStreams) return false;
    if (!this.#makeSeal(message)) return true;
    const { batch, head, path } = message;
    const body = Buffer.alloc(batch.bytes);
    sealInto(this.#seal, batch.record, body, 0);
    this.#leaves(tick);
    this.#plainOpen += 1;
    const { 'content-length': _, ...headers } = Object.fromEntries(head.fields);
    this.#parts.outbound
      .request(`${this.origin}${path}`, {
        method: 'POST',
        headers,
        body,
        redirects: 0,
        deadline,
        maxBytes: 100_000,
      })
      .then(
        ({ status, headers: given }) => ({ status, retryAfter: given['retry-after'], isUntouched: false }),
        () => ({ status: 0, retryAfter: undefined, isUntouched: false }),
      )
      .then((answer) => {
        this.#plainOpen -= 1;
        if (answer.status === 0) this.pace.failed();
        this.#answered(message, answer);
        this.#schedule();
      });
    return true;
  }

  #makeSeal(message: Message): boolean {
    const { batch, line } = message;
    if (sealFor(message, batch.isPersonal ? undefined : this.#parts.pool, this.#seal)) return true;
    batch.settle(line, 'failed');
    return false;
  }

  #leaves(tick: number): void {
    this.pace.sent(tick);
    this.#open += 1;
  }

  #openMore(tick: number): void {
    const there = [...this.#connections].filter(({ isEnding }) => !isEnding).length;
    const isCrowded = this.#waiting >= crowd && tick - this.#openedAt >= openEvery;
    if (this.#isOpening || there >= this.#parts.connections || (there > 0 && !isCrowded)) return;
    this.#isOpening = true;
    this.#openedAt = tick;
    void this.#connect().finally(() => {
      this.#isOpening = false;
      this.#schedule();
    });
  }

  async #connect(): Promise<void> {
    try {
      const socket = await this.#parts.outbound.connect(this.origin, { protocols: ['h2', 'http/1.1'] });
      if (this.#isClosed) socket.destroy();
      else if (socket.alpnProtocol === 'h2') this.#hold(socket);
      else {
        socket.destroy();
        this.#plainUntil = performance.now() + plainFor;
      }
    } catch (error) {
      const isRefused = error instanceof AppError && error.code === 'outbound.refused';
      this.#say(
        'warn',
        isRefused ? 'refused' : 'unreachable',
        { error: messageOf(error) },
        'a push service could not be reached',
      );
      if (isRefused) this.#giveBack(() => true, 'refused');
      else if ([...this.#connections].every(({ isEnding }) => isEnding)) this.#fails();
    }
  }

  #hold(socket: TLSSocket): void {
    const connection: Http2Connection = new Http2Connection(socket, {
      streams,
      deadline,
      idle,
      onRoom: () => this.#schedule(),
      onEnd: () => {
        if (connection.isClosed) this.#connections.delete(connection);
        // One that ends before it has answered anything would be made again and again.
        if (connection.answers === 0 && this.#waiting > 0) this.#fails();
        this.#schedule();
      },
    });
    this.#connections.add(connection);
  }

  #answered(message: Message, answer: Http2Answer): void {
    this.#open -= 1;
    const { batch, line } = message;
    const { status } = answer;
    if (answer.isUntouched && status === 0 && message.tries < mostTries && !this.#isClosed) {
      message.tries += 1;
      return this.add(message);
    }
    if (status >= 200 && status < 300) {
      this.#counts.taken += 1;
      this.pace.answered();
      batch.settle(line, 'taken', status);
    } else if (status === 404 || status === 410) {
      this.pace.answered();
      batch.settle(line, 'gone', status);
    } else if (status === 429 || status === 503 || status === 406) this.#wantsPatience(message, answer);
    else if (status === 401 || status === 403) this.#refuses(message, status);
    else if (status === 0 || status === 408 || status >= 500) {
      this.#counts.later += 1;
      batch.settle(line, 'later', status, this.pace.retryAt(status === 0 ? unanswered : broken));
    } else {
      if (status === 413)
        this.#say(
          'error',
          'size',
          { status, bytes: batch.bytes },
          'an alert was too long for a push service: that is a fault of ours',
        );
      else this.#say('warn', `status ${status}`, { status }, 'a push service did not take an alert');
      batch.settle(line, 'failed', status);
    }
  }

  #wantsPatience({ batch, line }: Message, { status, retryAfter }: Http2Answer): void {
    const { clock, rests } = this.#parts;
    this.#counts.later += 1;
    const wanted = readRetryAfter(retryAfter, clock.now());
    const rate = this.pace.throttled(status, wanted, performance.now());
    const until = this.pace.restsUntil;
    this.#say(
      'warn',
      'patience',
      { status, until },
      'a push service asks for patience: it is left alone for a while',
    );
    if (rate !== undefined)
      this.#say(
        'warn',
        'slowed',
        { rate },
        'a push service asks for patience again and again: it is sent to more slowly',
      );
    if (until !== undefined) rests(until, this.pace.reason);
    batch.settle(line, 'later', status, this.pace.retryAt());
  }

  #refuses({ batch, line }: Message, status: number): void {
    this.#counts.refused += 1;
    this.pace.refused(status);
    this.#say(
      'error',
      'refuses',
      { status },
      'a push service does not accept the key of this site: see alert keys',
    );
    batch.settle(line, 'refused', status);
  }

  #fails(): void {
    this.pace.failed();
    this.#parts.rests(this.pace.restsUntil!, this.pace.reason);
  }

  /** What would wait too long for its turn waits with who ordered it. */
  #shorten(): void {
    const { rate } = this.pace;
    if (rate === undefined) return;
    const most = Math.max(1, (rate * longestQueue) / 1000);
    while (this.#others.length > most) {
      const { batch, line } = this.#others.pop()!;
      batch.settle(line, 'later', 0, this.pace.retryAt((this.#others.length / rate) * 1000));
    }
  }

  #giveBack(which: (message: Message) => boolean, outcome: 'later' | 'refused' = 'later'): void {
    for (const { batch, line } of [...this.#personal.takeAll(which), ...this.#others.takeAll(which)])
      batch.settle(line, outcome, 0, outcome === 'later' ? this.pace.retryAt() : 0);
  }

  /** Once in a while for each kind: a million refusals are one thing to know. */
  #say(level: 'error' | 'warn', kind: string, fields: object, words: string): void {
    const now = performance.now();
    if (now - (this.#alarms.get(kind) ?? -Infinity) < alarmEvery) return;
    this.#alarms.set(kind, now);
    this.#parts.log(level, { host: this.#host, ...fields }, words);
  }
}
