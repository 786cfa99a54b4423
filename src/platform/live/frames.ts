import { messageOf } from '../errors.ts';
import type { RecordedEvent } from '../events/event-log.ts';
import type { Log } from '../log.ts';

/** What is told of an event to those who follow one of its topics: the same to everyone. */
export interface LiveEvent {
  readonly topics: readonly string[];
  /** The `event` of the stream, such as `story-updated`. */
  readonly name: string;
  /** JSON-safe and small. */
  readonly data: unknown;
  /** What it shows, such as `comment:{id}`, where that may have to be forgotten later. */
  readonly subject?: string | undefined;
  /** What that stands in, such as `story:{id}`: it is forgotten with it. */
  readonly within?: string | undefined;
  /** Id of the reader whose words these are: not told to those who do not want to see them. */
  readonly from?: string | undefined;
}

type Told = LiveEvent | undefined;

/**
 * Says what is told of an event, from what the database holds now: who comes back later is told it anew, and what must
 * not be seen any more is nothing to tell.
 */
export type Publisher = (event: RecordedEvent) => Told | Promise<Told>;

/** What else follows from an event: at its commit in the process that wrote it, in others as soon as they see it. */
export interface Effects {
  /** Subject of which, and of what stands in it, nothing that was told earlier is told again. */
  readonly forgets?: (payload: Readonly<Record<string, unknown>>) => string | undefined;
  /** Ids of sessions whose streams end. */
  readonly ends?: (payload: Readonly<Record<string, unknown>>) => readonly string[];
  /** Whose words a reader does not want to see any more, or wants to see again. */
  readonly hushes?: (payload: Readonly<Record<string, unknown>>) => Hush;
}

/** How a reader stands to another from now on. */
export interface Hush {
  readonly reader: string;
  /** Whoever is not heard, or heard again. */
  readonly target: string;
  readonly isUnseen: boolean;
}

/** An event as it is sent, rendered once for all. */
export interface Frame {
  readonly position: number;
  readonly topics: readonly string[];
  readonly bytes: Buffer;
  readonly subject: string | undefined;
  readonly within: string | undefined;
  readonly from: string | undefined;
  /** Generation of what was forgotten when its rendering began. */
  readonly begun: number;
}

/** As many forgotten subjects as are remembered one by one; only what is being rendered or written needs them. */
const mostForgotten = 20_000;

interface Forgotten {
  readonly generation: number;
  /** Of the event that made it so, once it has one. */
  readonly position: number | undefined;
}

/** Turns events into frames of a stream (HTML Living Standard, section 9.2), and knows which of them still hold. */
export class Frames {
  readonly #log: Log;
  readonly #publishers = new Map<string, { readonly publish: Publisher; readonly effects: Effects }>();
  readonly #forgotten = new Map<string, Forgotten>();
  #generation = 0;
  /** Whatever began before it may show what was forgotten. */
  #allSince = 0;

  constructor(log: Log) {
    this.#log = log;
  }

  add(type: string, publish: Publisher, effects: Effects = {}): void {
    if (this.#publishers.has(type)) throw new Error(`${type} has a publisher already.`);
    this.#publishers.set(type, { publish, effects });
  }

  effectsOf(type: string): Effects {
    return this.#publishers.get(type)?.effects ?? {};
  }

  /**
   * From now on no frame of this subject holds that shows it as it was.
   * @param position of the event that made it so: whatever comes from there on was rendered after it. Without one, at
   * its commit, whatever has begun already was rendered before it.
   */
  forget(subject: string, position?: number): void {
    this.#generation += 1;
    this.#forgotten.delete(subject);
    this.#forgotten.set(subject, { generation: this.#generation, position });
    if (this.#forgotten.size <= mostForgotten) return;
    const [oldest, { generation }] = this.#forgotten.entries().next().value!;
    this.#forgotten.delete(oldest);
    this.#allSince = generation;
  }

  /** Whether a frame may still be written. */
  holds(frame: Frame): boolean {
    return this.#holdsFor(frame.subject, frame) && this.#holdsFor(frame.within, frame);
  }

  #holdsFor(subject: string | undefined, { begun, position }: Frame): boolean {
    if (subject === undefined) return true;
    const forgotten = this.#forgotten.get(subject);
    if (forgotten === undefined) return begun >= this.#allSince;
    return forgotten.position === undefined ? begun >= forgotten.generation : position >= forgotten.position;
  }

  /** Never rejects. @returns undefined for what is not told to anyone */
  render(event: RecordedEvent): Frame | undefined | Promise<Frame | undefined> {
    const known = this.#publishers.get(event.type);
    if (!known) return undefined;
    const begun = this.#generation;
    try {
      const told = known.publish(event);
      if (!(told instanceof Promise)) return frameOf(event, told, begun);
      return told
        .then((each) => frameOf(event, each, begun))
        .catch((error: unknown) => this.#fail(event, error));
    } catch (error) {
      return this.#fail(event, error);
    }
  }

  #fail({ type }: RecordedEvent, error: unknown): undefined {
    this.#log.error({ type, error: messageOf(error) }, 'an event could not be told live');
  }
}

function frameOf({ position }: RecordedEvent, told: Told, begun: number): Frame | undefined {
  if (!told || told.topics.length === 0) return undefined;
  const { topics, name, data, subject, within, from } = told;
  if (!/^[a-z][a-z0-9.-]*$/.test(name)) throw new Error(`${name} is no name of a live event.`);
  const text = `id: ${position}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
  return { position, topics, bytes: Buffer.from(text), subject, within, from, begun };
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

  /** Let go of all that shows a subject, or what stands in it. */
  forget(subject: string): void {
    const kept = this.#frames.filter((frame) => frame.subject !== subject && frame.within !== subject);
    if (kept.length === this.#frames.length) return;
    this.#frames = kept;
    this.#bytes = kept.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  after(position: number): readonly Frame[] {
    let at = this.#frames.length;
    while (at > 0 && this.#frames[at - 1]!.position > position) at -= 1;
    return this.#frames.slice(at);
  }
}

/** As many topics as are remembered one by one. */
const mostTopics = 20_000;

/** When something was last told on each topic, so that nothing is read for those who missed nothing. */
export class LastTold {
  readonly #positions = new Map<string, number>();
  /** All that was told after this position counts. */
  from = 0;

  note({ topics, position }: Frame): void {
    for (const topic of topics) {
      this.#positions.delete(topic);
      this.#positions.set(topic, position);
      if (this.#positions.size <= mostTopics) continue;
      const [oldest, last] = this.#positions.entries().next().value!;
      this.#positions.delete(oldest);
      this.from = Math.max(this.from, last);
    }
  }

  /** Whether it is certain that nothing was told on these topics after a position. */
  isQuiet(topics: readonly string[], position: number): boolean {
    return position >= this.from && topics.every((topic) => (this.#positions.get(topic) ?? 0) <= position);
  }
}
