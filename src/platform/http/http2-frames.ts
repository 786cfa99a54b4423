/** Bytes before each frame's payload. */
export const headBytes = 9;
/** What a client says first. */
export const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');
/** Kinds of frames, their flags, codes of errors and settings (RFC 9113, sections 6 and 7). */
export const frames = {
  data: 0,
  headers: 1,
  reset: 3,
  settings: 4,
  promise: 5,
  ping: 6,
  goAway: 7,
  window: 8,
  continuation: 9,
} as const;
export const flags = { endStream: 1, ack: 1, endHeaders: 4, padded: 8, priority: 32 } as const;
export const errors = {
  none: 0,
  protocol: 1,
  flow: 3,
  frameSize: 6,
  refused: 7,
  cancel: 8,
  compression: 9,
} as const;
export const settings = { tableSize: 1, push: 2, streams: 3, window: 4, frameSize: 5, listSize: 6 } as const;

/** Bytes that both sides have room for at first, and may have at most (RFC 9113, sections 6.5.2 and 6.9.1). */
export const usualWindow = 65_535;
export const mostWindow = 2 ** 31 - 1;

/** What we say of ourselves: keep no table of headers for us, and send nothing unasked. */
export function ownSettings(mostHeaderBytes: number): Buffer {
  const values = [
    [settings.tableSize, 0],
    [settings.push, 0],
    [settings.listSize, mostHeaderBytes],
  ] as const;
  const payload = values.flatMap(([id, value]) => [0, id, ...uint32(value)]);
  return frameOf(frames.settings, 0, 0, payload);
}

/** A whole frame. */
export function frameOf(
  type: number,
  flag: number,
  stream: number,
  payload: Uint8Array | readonly number[],
): Buffer {
  const frame = Buffer.alloc(headBytes + payload.length);
  writeHead(frame, 0, payload.length, type, flag, stream);
  frame.set(payload, headBytes);
  return frame;
}

/** What each frame begins with (RFC 9113, section 4.1). */
export function writeHead(
  into: Buffer,
  at: number,
  length: number,
  type: number,
  flag: number,
  stream: number,
): void {
  into[at] = length >> 16;
  into[at + 1] = (length >> 8) & 255;
  into[at + 2] = length & 255;
  into[at + 3] = type;
  into[at + 4] = flag;
  into.writeUInt32BE(stream, at + 5);
}

export function uint32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

export interface Frame {
  readonly type: number;
  readonly flag: number;
  /** Of the stream; 0 for the connection. */
  readonly id: number;
  readonly payload: Buffer;
}

/** The largest that anybody sends who was not told that more is taken (RFC 9113, section 4.2). */
const usualFrame = 16_384;

/** Cuts what comes in into frames. A block of headers comes out as one frame, without padding. */
export class FrameReader {
  readonly #mostHeaderBytes: number;
  #waiting: Buffer = Buffer.alloc(0);
  /** A block of headers that goes on in the next frame. */
  #block: Frame | undefined;

  constructor(mostHeaderBytes: number) {
    this.#mostHeaderBytes = mostHeaderBytes;
  }

  /**
   * @param take is given each whole frame, and returns the error that it is, where it is one
   * @returns the first error: then the connection is at its end
   */
  read(chunk: Buffer, take: (frame: Frame) => number | undefined): number | undefined {
    const bytes = this.#waiting.length === 0 ? chunk : Buffer.concat([this.#waiting, chunk]);
    let at = 0;
    while (bytes.length - at >= headBytes) {
      const length = bytes.readUIntBE(at, 3);
      if (length > usualFrame) return errors.frameSize;
      const end = at + headBytes + length;
      if (bytes.length < end) break;
      const frame = {
        type: bytes[at + 3]!,
        flag: bytes[at + 4]!,
        id: bytes.readUInt32BE(at + 5) & mostWindow,
        payload: bytes.subarray(at + headBytes, end),
      };
      const isOfBlock = frame.type === frames.headers || frame.type === frames.continuation || this.#block;
      const wrong = isOfBlock ? this.#join(frame, take) : take(frame);
      if (wrong !== undefined) return wrong;
      at = end;
    }
    this.#waiting = bytes.subarray(at);
    return undefined;
  }

  #join(frame: Frame, take: (frame: Frame) => number | undefined): number | undefined {
    const { type, flag, id } = frame;
    const begun = this.#block;
    if ((type === frames.continuation) !== (begun !== undefined)) return errors.protocol;
    if (begun && begun.id !== id) return errors.protocol;
    const payload = begun ? Buffer.concat([begun.payload, frame.payload]) : unpadded(frame);
    if (!payload || payload.length > this.#mostHeaderBytes) return errors.protocol;
    const block = { type: frames.headers, flag: begun?.flag ?? flag, id, payload };
    const isWhole = (flag & flags.endHeaders) !== 0;
    this.#block = isWhole ? undefined : block;
    return isWhole ? take(block) : undefined;
  }
}

/** What of a HEADERS frame is its block (RFC 9113, section 6.2). @returns undefined where there is less than it says */
function unpadded({ flag, payload }: Frame): Buffer | undefined {
  const padding = flag & flags.padded ? (payload[0] ?? 0) : 0;
  const start = (flag & flags.padded ? 1 : 0) + (flag & flags.priority ? 5 : 0);
  return start + padding > payload.length ? undefined : payload.subarray(start, payload.length - padding);
}
