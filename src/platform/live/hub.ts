import type { ServerResponse } from 'node:http';
import type { DomainEvent } from '../database/database.ts';
import { AppError, messageOf } from '../errors.ts';
import type { EventLog, RecordedEvent } from '../events/event-log.ts';
import type { Log } from '../log.ts';
import { Turns } from '../turns.ts';
import {
  drained,
  endSignedOut,
  Groups,
  hush,
  isFor,
  isOpen,
  pause,
  writeTo,
  type Client,
  type Following,
} from './client.ts';
import { Frames, LastTold, Window, type Effects, type Frame, type Hush, type Publisher } from './frames.ts';
import { Rendering } from './rendering.ts';

export interface LiveLimits {
  /** Streams of this process. */
  readonly clients: number;
  /** Streams of one network; many readers may share an IPv4 address. */
  readonly perNetwork: number;
  /** Bytes that may wait for one client before it is cut. */
  readonly waiting: number;
  /** Frames, and their bytes, kept in memory for those who come back. */
  readonly frames: number;
  readonly frameBytes: number;
  /** Positions that are read again for one who comes back; who missed more begins anew. */
  readonly missed: number;
  /** Milliseconds between two signs of life to one client. */
  readonly heartbeat: number;
}

export const liveLimits: LiveLimits = {
  clients: 20_000,
  perNetwork: 250,
  waiting: 64 * 1024,
  frames: 1000,
  frameBytes: 1024 * 1024,
  missed: 10_000,
  heartbeat: 25_000,
};

/** What the hub asks of the log of events. */
export type LiveSource = Pick<EventLog, 'onRecorded' | 'lastPosition' | 'after'>;

/** Clients that are written to in one turn of the loop: pages are served in between. */
const slice = 500;
/** Clients that read the log for what they missed at the same time. */
const readers = 4;
/** Ended sessions that are remembered, for a stream that was let in while its session ended. */
const mostEnded = 1000;
/** Changes of who is heard that are remembered, for a stream that was let in meanwhile. */
const mostHushed = 1000;
const nothing = Buffer.from(':\n\n');

/**
 * What happens, told to all who follow it, as server-sent events. The id of an event is its position in the log, so that
 * whoever was away is given the rest from the window in memory, or from the log, and then goes on live: each client has
 * one position, and is written only what lies after it. A client that does not read is cut; it comes back and catches up.
 */
export class LiveHub {
  readonly #events: LiveSource;
  readonly #log: Log;
  readonly #limits: LiveLimits;
  readonly #frames: Frames;
  readonly #window: Window;
  readonly #turns = new Turns(readers);
  readonly #clients = new Set<Client>();
  readonly #byTopic = new Groups();
  readonly #byNetwork = new Groups();
  readonly #bySession = new Groups();
  readonly #byReader = new Groups();
  /** For whom something lies in the window that was not written yet. */
  readonly #behind = new Set<Client>();
  #isPumping = false;
  readonly #lastTold = new LastTold();
  readonly #rendering: Rendering;
  /** All that is told up to here is rendered. */
  #position = 0;
  /** The newest event when this process began. */
  #begin = 0;
  readonly #ended = new Set<string>();
  /** The latest of each pair. */
  readonly #hushed = new Map<string, Hush>();
  #isStarted = false;
  #isClosed = false;
  #timer: NodeJS.Timeout | undefined;
  #round = this.#clients.values();
  #owed = 0;
  #alive = nothing;
  #cut = 0;

  constructor(parts: { events: LiveSource; log: Log; limits?: Partial<LiveLimits> }) {
    this.#events = parts.events;
    this.#log = parts.log;
    this.#limits = { ...liveLimits, ...parts.limits };
    this.#frames = new Frames(parts.log);
    this.#window = new Window({ frames: this.#limits.frames, bytes: this.#limits.frameBytes });
    this.#rendering = new Rendering(this.#frames, (frames, position) => this.#place(frames, position));
  }

  /** How many follow, and how many were cut because they did not read. */
  get size(): { clients: number; cut: number } {
    return { clients: this.#clients.size, cut: this.#cut };
  }

  /** Where one begins who has read from the database from now on: all up to here shows there. */
  get position(): number {
    return Math.max(this.#position, this.#begin);
  }

  /** Say what is told of a type of events, and what follows from it; before the start, and once for each type. */
  publisher(type: string, publish: Publisher, effects?: Effects): void {
    if (this.#isStarted) throw new Error(`The publisher of ${type} comes after the start.`);
    this.#frames.add(type, publish, effects);
  }

  /** Begin, after the event log has begun. What happened lately is rendered while the first already follow. */
  async start(): Promise<void> {
    this.#isStarted = true;
    const early: RecordedEvent[] = [];
    let isReady = false;
    this.#events.onRecorded((events) => {
      if (isReady) this.#take(events);
      else early.push(...events);
    });
    const last = await this.#events.lastPosition();
    const recent = await this.#readRecent(last);
    this.#begin = last;
    this.#window.from = (recent[0]?.position ?? last + 1) - 1;
    this.#position = this.#lastTold.from = this.#window.from;
    this.#rendering.begin(this.#window.from);
    this.#take(recent);
    this.#take(early);
    isReady = true;
    this.#timer = setInterval(() => this.#beat(), Math.ceil(this.#limits.heartbeat / 100)).unref();
  }

  async #readRecent(last: number): Promise<RecordedEvent[]> {
    const recent: RecordedEvent[] = [];
    for (let from = Math.max(0, last - this.#limits.frames); from < last;) {
      const events = await this.#events.after(from);
      if (events.length === 0) break;
      recent.push(...events);
      from = events.at(-1)!.position;
    }
    return recent;
  }

  /**
   * What this process has committed, before its writer is answered: what may not be seen any more is not told from
   * now on, streams of ended sessions are cut, and who is not to be heard is not. Other processes learn of it by the log.
   */
  committed(events: readonly Pick<DomainEvent, 'type' | 'payload'>[]): void {
    for (const event of events) this.#follow(event);
  }

  #follow({ type, payload }: Pick<DomainEvent, 'type' | 'payload'>, position?: number): void {
    const { forgets, ends, hushes } = this.#frames.effectsOf(type);
    const subject = forgets?.(payload);
    if (subject !== undefined) {
      this.#frames.forget(subject, position);
      this.#window.forget(subject);
    }
    if (ends) this.#endSessions(ends(payload));
    if (hushes) this.#hush(hushes(payload));
  }

  #hush(change: Hush): void {
    const pair = `${change.reader} ${change.target}`;
    this.#hushed.delete(pair);
    this.#hushed.set(pair, change);
    if (this.#hushed.size > mostHushed) this.#hushed.delete(this.#hushed.keys().next().value!);
    for (const client of this.#byReader.of(change.reader)) hush(client, change);
  }

  #endSessions(sessions: readonly string[]): void {
    for (const session of sessions) {
      this.#ended.add(session);
      if (this.#ended.size > mostEnded) this.#ended.delete(this.#ended.values().next().value!);
      for (const client of this.#bySession.of(session)) endSignedOut(client);
    }
  }

  /** @throws AppError `live.full`, `live.too-many`, `live.closed`: there is no room for one more client */
  admit(network: string): void {
    const refuse = (code: string, message: string, status: number) => {
      throw new AppError(code, message, { status, fields: { seconds: '60' } });
    };
    if (this.#isClosed) refuse('live.closed', 'This server stops. Ask again in a minute.', 503);
    if (this.#clients.size >= this.#limits.clients)
      refuse('live.full', 'Too many follow at once. Ask again in a minute.', 503);
    if (this.#byNetwork.count(network) >= this.#limits.perNetwork)
      refuse('live.too-many', 'Too many follow from your network. Ask again in a minute.', 429);
  }

  /**
   * Write to a client from now on, until it goes or its session ends.
   * @param follow.after the position of the last event that it had; from now on when left out
   */
  join(response: ServerResponse, follow: Following & { readonly after?: number | undefined }): void {
    const { after, ...following } = follow;
    const { without } = follow;
    const client: Client = { ...following, without, response, position: after ?? 0, isCatchingUp: true };
    this.#clients.add(client);
    this.#eachGroup(client, (groups, name) => groups.add(name, client));
    response.once('close', () => this.#leave(client));
    response.on('error', () => response.destroy());
    // What it was let in with may have changed meanwhile.
    for (const change of client.reader === undefined ? [] : this.#hushed.values())
      if (change.reader === client.reader) hush(client, change);
    if (client.session !== undefined && this.#ended.has(client.session)) return endSignedOut(client);
    // Who lost its server comes back at a moment of its own.
    response.write(`retry: ${pause(2000, 5000)}\n\n`);
    if (after === undefined) this.#goLive(client, '');
    else void this.#comeBack(client);
  }

  /** End all streams, and have the clients come back over some seconds. Resolves when nothing is asked any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    for (const { response } of this.#clients) response.end(`retry: ${pause(1000, 10_000)}\n\n`);
    await this.#rendering.stop();
  }

  #take(events: readonly RecordedEvent[]): void {
    for (const event of this.#rendering.take(events)) this.#follow(event, event.position);
  }

  #place(frames: readonly Frame[], position: number): void {
    this.#position = position;
    for (const frame of frames) {
      this.#window.add(frame);
      this.#lastTold.note(frame);
      for (const topic of frame.topics) {
        for (const client of this.#byTopic.of(topic)) {
          if (client.isCatchingUp || this.#behind.has(client)) continue;
          client.position = Math.max(client.position, frame.position - 1);
          this.#behind.add(client);
        }
      }
    }
    this.#alive = Buffer.from(`:\nid: ${this.#position}\n\n`);
    if (this.#behind.size > 0 && !this.#isPumping) this.#pump();
  }

  #pump(): void {
    let count = 0;
    for (const client of this.#behind) {
      this.#behind.delete(client);
      this.#send(client);
      count += 1;
      if (count === slice) break;
    }
    this.#isPumping = this.#behind.size > 0;
    if (this.#isPumping) setImmediate(() => this.#pump());
  }

  /** What has happened since it was last written to. */
  #send(client: Client): void {
    if (!isOpen(client) || this.#cutIfSlow(client)) return;
    if (client.position < this.#window.from) {
      void this.#comeBack(client);
      return;
    }
    for (const frame of this.#window.after(client.position)) {
      if (isFor(client, frame)) writeTo(client, frame.bytes);
    }
    client.position = Math.max(client.position, this.#position);
  }

  /** Before more is written: what waits now has waited since the last time. */
  #cutIfSlow({ response }: Client): boolean {
    if (response.writableLength <= this.#limits.waiting) return false;
    this.#cut += 1;
    response.destroy();
    return true;
  }

  /** Go on from the client's position, or anew when what follows it is not known any more. */
  async #comeBack(client: Client): Promise<void> {
    client.isCatchingUp = true;
    try {
      if (await this.#isKept(client)) await this.#catchUp(client);
      else this.#goLive(client, 'event: reset\ndata: {}\n');
    } catch (error) {
      this.#log.error({ error: messageOf(error) }, 'a reader who came back could not be told what it missed');
      client.response.destroy();
    }
  }

  /** Whether all that follows a position is there, and not too much to read again. */
  async #isKept(client: Client): Promise<boolean> {
    const { position } = client;
    if (position >= this.#window.from && position <= this.#position) return true;
    if (this.#isQuietFor(client)) return true;
    // Another process may be ahead of this one.
    const last = await this.#events.lastPosition();
    const [oldest] = await this.#events.after(0, 1);
    const from = (oldest?.position ?? last + 1) - 1;
    return position >= from && position <= last && last - position <= this.#limits.missed;
  }

  /** @param first lines that stand before the id from which it goes on */
  #goLive(client: Client, first: string): void {
    if (!isOpen(client)) return;
    client.position = this.position;
    client.isCatchingUp = false;
    client.response.write(`${first}id: ${this.position}\n\n`);
  }

  /** Write what it missed, as fast as it reads. In the step that finds nothing more, it is live. */
  async #catchUp(client: Client): Promise<void> {
    const { response } = client;
    while (isOpen(client)) {
      if (this.#isQuietFor(client)) client.position = this.position;
      const isOld = client.position < this.#window.from;
      const { frames, to } = isOld ? await this.#readLog(client) : this.#readWindow(client.position);
      for (const frame of frames) {
        if (!isOpen(client)) return;
        if (isFor(client, frame) && this.#frames.holds(frame)) response.write(frame.bytes);
        client.position = frame.position;
        if (response.writableNeedDrain) await drained(response);
      }
      client.position = to;
      if (to >= this.#position) {
        client.isCatchingUp = false;
        return;
      }
    }
  }

  #isQuietFor({ topics, position }: Client): boolean {
    return position < this.#position && this.#lastTold.isQuiet(topics, position);
  }

  async #readLog({ position }: Client): Promise<{ frames: readonly Frame[]; to: number }> {
    return this.#turns.take(async () => {
      const events = await this.#events.after(position);
      const frames: Frame[] = [];
      for (const event of events) {
        const frame = await this.#frames.render(event);
        if (frame) frames.push(frame);
      }
      return { frames, to: events.at(-1)?.position ?? this.#window.from };
    });
  }

  #readWindow(position: number): { frames: readonly Frame[]; to: number } {
    return { frames: this.#window.after(position), to: Math.max(position, this.#position) };
  }

  #leave(client: Client): void {
    if (!this.#clients.delete(client)) return;
    this.#behind.delete(client);
    this.#eachGroup(client, (groups, name) => groups.remove(name, client));
  }

  #eachGroup(client: Client, visit: (groups: Groups, name: string) => void): void {
    const { topics, network, session, reader } = client;
    for (const topic of topics) visit(this.#byTopic, topic);
    visit(this.#byNetwork, network);
    if (session !== undefined) visit(this.#bySession, session);
    if (reader !== undefined) visit(this.#byReader, reader);
  }

  /** A sign of life to a hundredth of all: proxies cut what is silent, and the id spares a long way back. */
  #beat(): void {
    this.#owed += this.#clients.size / 100;
    for (; this.#owed >= 1; this.#owed -= 1) {
      let next = this.#round.next();
      if (next.done) {
        this.#round = this.#clients.values();
        next = this.#round.next();
      }
      const client = next.value;
      // Whoever was told of the end and has not gone does not read.
      if (client && !isOpen(client)) client.response.destroy();
      if (!client || !isOpen(client) || client.isCatchingUp || this.#cutIfSlow(client)) continue;
      const isUpToDate = client.position <= this.#position && !this.#behind.has(client);
      writeTo(client, isUpToDate ? this.#alive : nothing);
    }
  }
}
