import { AppError } from '../errors.ts';

/** A file of an archive, to be written. */
export interface ArchiveFile {
  /** At most 100 bytes of ASCII, with `/` between folders. */
  readonly name: string;
  /** Bytes that `content` will bring. */
  readonly size: number;
  readonly content: AsyncIterable<Buffer> | Iterable<Buffer>;
}

/** A file of an archive, as it is met; its content is there until the next one is asked for. */
export interface ArchivedFile {
  readonly name: string;
  readonly size: number;
  readonly content: AsyncIterable<Buffer>;
}

const block = 512;
const nameBytes = 100;
/** Eleven octal digits; what is larger stands in base 256, as GNU tar and BSD tar write it. */
const largestOctal = 8 ** 11 - 1;

/**
 * Files as one tar, in the ustar format of POSIX.1-1988, which every tar reads.
 * @param seconds the time that stands at each file, since 1970
 * @throws Error when a content has another length than was said
 */
export async function* writeTar(
  files: AsyncIterable<ArchiveFile>,
  seconds: number,
): AsyncGenerator<Buffer, void> {
  for await (const { name, size, content } of files) {
    yield headerOf(name, size, seconds);
    let bytes = 0;
    for await (const chunk of content) {
      bytes += chunk.length;
      if (bytes <= size) yield chunk;
    }
    if (bytes !== size) throw new Error(`${name} has ${bytes} bytes, not ${size}: it changed meanwhile.`);
    yield Buffer.alloc(paddingOf(size));
  }
  yield Buffer.alloc(2 * block);
}

/**
 * The files of a tar as they come; what is not read of one is passed over.
 * @throws AppError `archive.damaged`
 */
export async function* readTar(source: AsyncIterable<Buffer>): AsyncGenerator<ArchivedFile, void> {
  const bytes = new ByteSource(source);
  try {
    for (;;) {
      const header = await bytes.take(block);
      if (header.every((byte) => byte === 0)) break;
      const { name, size } = fileOf(header);
      const content = bytes.part(size);
      yield { name, size, content };
      await drain(content);
      await drain(bytes.part(paddingOf(size)));
    }
    await bytes.drain();
  } finally {
    await bytes.close();
  }
}

function headerOf(name: string, size: number, seconds: number): Buffer {
  const header = Buffer.alloc(block);
  if (Buffer.byteLength(name) > nameBytes) throw new Error(`${name} is too long a name for an archive.`);
  header.write(name, 0, nameBytes, 'utf8');
  header.write('0000600\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  if (size <= largestOctal) header.write(octal(size, 11), 124);
  else {
    header.writeBigUInt64BE(BigInt(size), 128);
    header[124] = 0x80;
  }
  header.write(octal(seconds, 11), 136);
  header.write('        0', 148);
  header.write('ustar\u000000', 257);
  header.write(octal(sumOf(header), 6), 148);
  header.write('\0 ', 154);
  return header;
}

function fileOf(header: Buffer): { name: string; size: number } {
  const text = (start: number, length: number) =>
    header
      .toString('utf8', start, start + length)
      .split('\0')[0]!
      .trim();
  const size = header[124] === 0x80 ? Number(header.readBigUInt64BE(128)) : Number.parseInt(text(124, 12), 8);
  const sum = Number.parseInt(text(148, 8), 8);
  const blank = Buffer.from(header).fill(' ', 148, 156);
  const type = text(156, 1);
  if (sumOf(blank) !== sum || !Number.isSafeInteger(size) || (type !== '0' && type !== '')) throw damaged();
  return { name: text(0, nameBytes), size };
}

function octal(value: number, digits: number): string {
  return `${Math.floor(value).toString(8).padStart(digits, '0')}\0`;
}

function sumOf(header: Buffer): number {
  let sum = 0;
  for (const byte of header) sum += byte;
  return sum;
}

function paddingOf(size: number): number {
  return (block - (size % block)) % block;
}

async function drain(content: AsyncIterable<Buffer>): Promise<void> {
  // oxlint-disable-next-line no-unused-vars -- passed over
  for await (const _ of content);
}

export function damaged(cause?: unknown): AppError {
  return new AppError(
    'archive.damaged',
    'The file is damaged or was cut off. Copy it anew, or take another one.',
    { cause },
  );
}

/** Bytes of a stream, taken in lengths that the reader chooses. */
class ByteSource {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#chunks = source[Symbol.asyncIterator]();
  }

  async take(length: number): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.part(length)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  /** @throws AppError `archive.damaged` where the stream ends before */
  async *part(length: number): AsyncGenerator<Buffer, void> {
    let left = length;
    while (left > 0) {
      if (this.#rest.length === 0 && !(await this.#more())) throw damaged();
      const chunk = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(chunk.length);
      left -= chunk.length;
      yield chunk;
    }
  }

  /** To the very end, where a compressed stream keeps its check. */
  async drain(): Promise<void> {
    while (await this.#more());
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #more(): Promise<boolean> {
    const { value, done } = await this.#chunks.next();
    this.#rest = done ? Buffer.alloc(0) : value;
    return !done;
  }
}
