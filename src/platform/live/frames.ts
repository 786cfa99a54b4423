import { messageOf } from '../errors.ts';
import type { RecordedEvent } from '../events/event-log.ts';
import type { Log } from '../log.ts';

/** What is told of an event to those who follow one of its topics: the same to everyone. */
export interface LiveEvent {
  readonly topics: readonly string[];
  /** The `event` of the stream, such as `story-updated`. */
  readonly name: string;
  /** JSON-safe and small: what has changed, not how it reads now. */
  readonly data: unknown;
}

export type Publisher = (event: RecordedEvent) => LiveEvent | undefined;

/** An event as it is sent, rendered once for all. */
export interface Frame {
  readonly position: number;
  readonly topics: readonly string[];
  readonly bytes: Buffer;
}

/** Turns events into frames of a stream (HTML Living Standard, section 9.2). */
export class Frames {
  readonly #log: Log;
  readonly #publishers = new Map<string, Publisher>();

  constructor(log: Log) {
    this.#log = log;
  }

  add(type: string, publisher: Publisher): void {
    if (this.#publishers.has(type)) throw new Error(`${type} has a publisher already.`);
    this.#publishers.set(type, publisher);
  }

  /** @returns undefined for what is not told to anyone */
  render(event: RecordedEvent): Frame | undefined {
    const publisher = this.#publishers.get(event.type);
    if (!publisher) return undefined;
    try {
      const told = publisher(event);
      if (!told || told.topics.length === 0) return undefined;
      if (!/^[a-z][a-z0-9.-]*$/.test(told.name)) throw new Error(`${told.name} is no name of a live event.`);
      const { position } = event;
      const text = `id: ${position}\nevent: ${told.name}\ndata: ${JSON.stringify(told.data)}\n\n`;
      return { position, topics: told.topics, bytes: Buffer.from(text) };
    } catch (error) {
      this.#log.error({ type: event.type, error: messageOf(error) }, 'an event could not be told live');
      return undefined;
    }
  }
}

/** The newest frames, in order, for those who were away for a moment; bounded in number and bytes. */
export class Window {
  readonly #most: { frames: number; bytes: number };
  #frames: Frame[] = [];
  #bytes = 0;
  /** Every event after this position that is told at all is here. */
  from = 0;

  constructor(most: { frames: number; bytes: number }) {
    this.#most = most;
  }

  add(frame: Frame): void {
    this.#frames.push(frame);
    this.#bytes += frame.bytes.length;
    let gone = 0;
    while (
      this.#frames.length - gone > this.#most.frames ||
      (this.#bytes > this.#most.bytes && gone < this.#frames.length)
    ) {
      const { position, bytes } = this.#frames[gone]!;
      this.from = position;
      this.#bytes -= bytes.length;
      gone += 1;
    }
    // Not one by one: what is left would be moved each time.
    if (gone > 0) this.#frames.splice(0, gone);
  }

  after(position: number): readonly Frame[] {
    let at = this.#frames.length;
    while (at > 0 && this.#frames[at - 1]!.position > position) at -= 1;
    return this.#frames.slice(at);
  }
}
