import type { TLSSocket } from 'node:tls';
import { HeaderWriter, readAnswerHead, type RequestHead } from './hpack.ts';
import {
  errors,
  mostWindow,
  ownSettings,
  usualWindow,
  flags,
  type Frame,
  frameOf,
  FrameReader,
  frames,
  headBytes,
  preface,
  settings,
  uint32,
  writeHead,
} from './http2-frames.ts';

/** How a request ended. */
export interface Http2Answer {
  /** 0 without an answer. */
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** True where the other side certainly did nothing about it: it may be sent again (RFC 9113, section 8.7). */
  readonly isUntouched: boolean;
}

export interface Http2Parts {
  /** There is room for more requests. */
  onRoom(): void;
  /** No more requests: the connection is at its end, with an error or without. */
  onEnd(): void;
  /** Most requests at a time, whatever the other side allows. */
  readonly streams: number;
  /** Milliseconds that an answer may take. */
  readonly deadline: number;
  /** Milliseconds after which a connection without a request is ended. */
  readonly idle: number;
}

interface Stream {
  readonly done: (answer: Http2Answer) => void;
  /** By `performance.now()`. */
  readonly since: number;
  status: number;
  retryAfter: string | undefined;
  /** Bytes of the answer's body. */
  received: number;
  /** What of the request's body the other side has had no room for yet. */
  rest: Buffer | undefined;
  /** How many bytes more it has room for. */
  window: number;
}

/** An answer's headers, and its body, of which nothing is wanted. */
const mostHeaderBytes = 32_768;
const mostBodyBytes = 32_768;
/** Written at once: about four TLS records. */
const chunkBytes = 65_536;
/** What the other side does not read is not piled up. */
const mostUnsent = 1_000_000;
/** Numbers of streams are used once; long before they end, another connection is made. */
const lastStream = 2 ** 30;
const checkEvery = 1000;

/**
 * One HTTP/2 connection for many small requests of which only the status is of interest (RFC 9113). The runtime's own
 * client takes several times as long for one as encrypting it does; this one writes many requests at a time and says
 * headers that stay the same in a byte each.
 */
export class Http2Connection {
  readonly #socket: TLSSocket;
  readonly #parts: Http2Parts;
  readonly #writer = new HeaderWriter();
  readonly #streams = new Map<number, Stream>();
  #next = 1;
  #isReady = false;
  #isEnding = false;
  #isClosed = false;
  #answers = 0;
  /** How many requests at a time, what a new stream and what all together have room for: as the other side says. */
  #mostStreams: number;
  #streamWindow = usualWindow;
  #window = usualWindow;
  /** Bytes that came in since the other side was last told that there is room. */
  #taken = 0;
  #chunk = Buffer.allocUnsafeSlow(chunkBytes);
  #end = 0;
  readonly #reader = new FrameReader(mostHeaderBytes);
  #heardAt = performance.now();
  #busyAt = performance.now();
  readonly #timer: NodeJS.Timeout;

  /** @param socket on which both sides agreed on `h2`, and which nobody else reads */
  constructor(socket: TLSSocket, parts: Http2Parts) {
    this.#socket = socket;
    this.#parts = parts;
    this.#mostStreams = parts.streams;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#hear(chunk));
    socket.on('drain', () => this.#tellRoom());
    socket.on('error', () => this.#close());
    socket.on('close', () => this.#close());
    socket.on('end', () => this.#close());
    this.#timer = setInterval(() => this.#check(), checkEvery).unref();
    this.#control(preface);
    this.#control(ownSettings(mostHeaderBytes));
    this.flush();
  }

  /** Whether another request may be sent just now. @param bytes of its body */
  hasRoom(bytes: number): boolean {
    return (
      this.#isReady &&
      !this.#isEnding &&
      this.#streams.size < this.#mostStreams &&
      this.#window >= bytes &&
      !this.#socket.writableNeedDrain
    );
  }

  /** Whether it takes no more requests, and another connection is to be made. */
  get isEnding(): boolean {
    return this.#isEnding;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** How many answers came over it. */
  get answers(): number {
    return this.#answers;
  }

  /**
   * Send a request, where there is room for it. It leaves at the next `flush`.
   * @param bytes of the body, at most 16,384
   * @param write puts the body where it is told
   */
  send(
    head: RequestHead,
    path: string,
    bytes: number,
    write: (into: Buffer, at: number) => void,
    done: (answer: Http2Answer) => void,
  ): void {
    const id = this.#next;
    this.#next += 2;
    const stream: Stream = {
      done,
      since: performance.now(),
      status: 0,
      retryAfter: undefined,
      received: 0,
      rest: undefined,
      window: this.#streamWindow - bytes,
    };
    if (this.#streams.size === 0) this.#socket.ref();
    this.#streams.set(id, stream);
    this.#window -= bytes;
    this.#reserve(HeaderWriter.most(head, path) + bytes + 2 * headBytes);
    const start = this.#end;
    const headersEnd = this.#writer.write(head, path, this.#chunk, start + headBytes);
    writeHead(this.#chunk, start, headersEnd - start - headBytes, frames.headers, flags.endHeaders, id);
    this.#end = headersEnd;
    if (stream.window >= 0) {
      writeHead(this.#chunk, headersEnd, bytes, frames.data, flags.endStream, id);
      write(this.#chunk, headersEnd + headBytes);
      this.#end = headersEnd + headBytes + bytes;
    } else {
      // Room for less than one of our bodies is unusual; what does not fit waits for more.
      stream.window += bytes;
      stream.rest = Buffer.alloc(bytes);
      write(stream.rest, 0);
      this.#sendRest(id, stream);
    }
    if (id > lastStream) this.#leave();
  }

  /** Hand what was sent to the network. */
  flush(): void {
    if (this.#end === 0 || this.#isClosed) return;
    this.#socket.write(this.#chunk.subarray(0, this.#end));
    this.#chunk = Buffer.allocUnsafeSlow(chunkBytes);
    this.#end = 0;
    if (this.#socket.writableLength > mostUnsent) this.#socket.destroy();
  }

  /** Ends at once. */
  destroy(): void {
    this.#socket.destroy();
    this.#close();
  }

  #leave(): void {
    if (!this.#isEnding) {
      this.#isEnding = true;
      this.#parts.onEnd();
    }
    if (this.#streams.size === 0 && !this.#isClosed) {
      this.#control(frameOf(frames.goAway, 0, 0, [...uint32(0), ...uint32(errors.none)]));
      this.flush();
      this.#socket.destroySoon();
    }
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#isEnding = true;
    clearInterval(this.#timer);
    this.#socket.destroy();
    for (const [id, stream] of this.#streams) {
      this.#streams.delete(id);
      stream.done({ status: stream.status, retryAfter: stream.retryAfter, isUntouched: false });
    }
    this.#parts.onEnd();
  }

  #fail(code: number): void {
    this.#control(frameOf(frames.goAway, 0, 0, [...uint32(0), ...uint32(code)]));
    this.flush();
    this.#close();
  }

  #tellRoom(): void {
    if (!this.#isClosed && !this.#isEnding) this.#parts.onRoom();
  }

  /** Ends what takes too long, and what nobody uses. */
  #check(): void {
    const now = performance.now();
    if (this.#streams.size === 0) {
      if (!this.#isReady && now - this.#busyAt > this.#parts.deadline) this.#close();
      else if (now - this.#busyAt > this.#parts.idle) this.#leave();
      return;
    }
    this.#busyAt = now;
    // Nothing at all came: whatever stands between has forgotten this connection.
    const [[, oldest]] = this.#streams as unknown as [[number, Stream]];
    if (now - Math.max(this.#heardAt, oldest.since) > this.#parts.deadline) return this.#close();
    for (const [id, stream] of this.#streams) {
      if (now - stream.since <= this.#parts.deadline) break;
      this.#reset(id, stream);
    }
    this.flush();
    this.#tellRoom();
  }

  #reset(id: number, stream: Stream): void {
    this.#control(frameOf(frames.reset, 0, id, uint32(errors.cancel)));
    this.#finish(id, stream, false);
  }

  #finish(id: number, { status, retryAfter, done }: Stream, isUntouched: boolean): void {
    this.#streams.delete(id);
    if (this.#streams.size === 0) {
      this.#busyAt = performance.now();
      this.#socket.unref();
    }
    done({ status, retryAfter, isUntouched });
    if (this.#isEnding) this.#leave();
  }

  #hear(chunk: Buffer): void {
    this.#heardAt = performance.now();
    const wrong = this.#reader.read(chunk, (frame) => this.#take(frame));
    if (wrong !== undefined) return this.#fail(wrong);
    if (this.#taken > usualWindow / 4) {
      this.#control(frameOf(frames.window, 0, 0, uint32(this.#taken)));
      this.#taken = 0;
    }
    this.flush();
    this.#tellRoom();
  }

  /** @returns the error that ends the connection, where it is one */
  #take({ type, flag, id, payload }: Frame): number | undefined {
    switch (type) {
      case frames.data:
        return this.#takeData(flag, id, payload);
      case frames.headers:
        return this.#takeHeaders(flag, id, payload);
      case frames.reset:
        return this.#takeReset(id, payload);
      case frames.settings:
        return this.#takeSettings(flag, payload);
      case frames.ping:
        if (payload.length !== 8) return errors.frameSize;
        if (!(flag & flags.ack)) this.#control(frameOf(frames.ping, flags.ack, 0, payload));
        return undefined;
      case frames.goAway:
        return this.#takeGoAway(payload);
      case frames.window:
        return this.#takeWindow(id, payload);
      case frames.promise:
        return errors.protocol;
      default:
        return undefined;
    }
  }

  #takeData(flag: number, id: number, payload: Buffer): number | undefined {
    this.#taken += payload.length;
    const stream = this.#streams.get(id);
    if (!stream) return undefined;
    stream.received += payload.length;
    if (flag & flags.endStream) this.#finish(id, stream, false);
    else if (stream.received > mostBodyBytes) this.#reset(id, stream);
    return undefined;
  }

  #takeHeaders(flag: number, id: number, block: Buffer): number | undefined {
    const stream = this.#streams.get(id);
    // What comes after an answer's body, and what came too late, says nothing that is wanted.
    if (stream && stream.status === 0) {
      const head = readAnswerHead(block);
      if (!head) return errors.compression;
      // 100 to 199 come before the answer.
      if (head.status >= 200) {
        stream.status = head.status;
        this.#answers += 1;
        stream.retryAfter = head.retryAfter;
      }
    }
    if (stream && flag & flags.endStream) this.#finish(id, stream, false);
    return undefined;
  }

  #takeReset(id: number, payload: Buffer): number | undefined {
    if (payload.length !== 4) return errors.frameSize;
    const stream = this.#streams.get(id);
    if (stream) this.#finish(id, stream, payload.readUInt32BE(0) === errors.refused);
    return undefined;
  }

  #takeSettings(flag: number, payload: Buffer): number | undefined {
    if (payload.length % 6 !== 0) return errors.frameSize;
    if (flag & flags.ack) return undefined;
    for (let at = 0; at < payload.length; at += 6) {
      const id = payload.readUInt16BE(at);
      const value = payload.readUInt32BE(at + 2);
      if (id === settings.tableSize) this.#writer.limit(value);
      else if (id === settings.streams) this.#mostStreams = Math.min(value, this.#parts.streams);
      else if (id === settings.window) {
        if (value > mostWindow) return errors.flow;
        for (const stream of this.#streams.values()) stream.window += value - this.#streamWindow;
        this.#streamWindow = value;
      }
    }
    this.#control(frameOf(frames.settings, flags.ack, 0, []));
    this.#isReady = true;
    this.#sendRests();
    return undefined;
  }

  #takeGoAway(payload: Buffer): number | undefined {
    if (payload.length < 8) return errors.frameSize;
    const last = payload.readUInt32BE(0) & mostWindow;
    if (!this.#isEnding) {
      this.#isEnding = true;
      this.#parts.onEnd();
    }
    for (const [id, stream] of this.#streams) if (id > last) this.#finish(id, stream, true);
    if (this.#streams.size === 0) this.#leave();
    return undefined;
  }

  #takeWindow(id: number, payload: Buffer): number | undefined {
    if (payload.length !== 4) return errors.frameSize;
    const more = payload.readUInt32BE(0) & mostWindow;
    if (id === 0) {
      this.#window += more;
      return this.#window > mostWindow ? errors.flow : undefined;
    }
    const stream = this.#streams.get(id);
    if (stream) {
      stream.window += more;
      this.#sendRest(id, stream);
    }
    return undefined;
  }

  #sendRests(): void {
    for (const [id, stream] of this.#streams) this.#sendRest(id, stream);
  }

  #sendRest(id: number, stream: Stream): void {
    if (!stream.rest || stream.window <= 0) return;
    const part = stream.rest.subarray(0, stream.window);
    stream.window -= part.length;
    const isLast = part.length === stream.rest.length;
    stream.rest = isLast ? undefined : stream.rest.subarray(part.length);
    this.#control(frameOf(frames.data, isLast ? flags.endStream : 0, id, part));
  }

  #control(bytes: Buffer): void {
    this.#reserve(bytes.length);
    this.#end += bytes.copy(this.#chunk, this.#end);
  }

  #reserve(bytes: number): void {
    if (this.#end + bytes > chunkBytes) this.flush();
  }
}
