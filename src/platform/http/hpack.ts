import { decodeHuffman } from './huffman.ts';

/** Headers of requests that differ only in their path. Keep the same object for as long as they are the same. */
export interface RequestHead {
  readonly method: string;
  /** Host, and port where it is not the usual one. */
  readonly authority: string;
  /** Name, in lower case, and value. */
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/** What of the static table is of use here (RFC 7541, appendix A). */
const staticFields = new Map([
  [':method: GET', 2],
  [':method: POST', 3],
  [':scheme: https', 7],
]);
const staticNames = new Map([
  [':authority', 1],
  [':path', 4],
  ['authorization', 23],
  ['content-encoding', 26],
  ['content-length', 28],
  ['content-type', 31],
]);
const staticStatuses = [200, 204, 206, 304, 400, 404, 500];
const statusIndex = { first: 8, last: 14 };
const retryAfterIndex = 53;
const staticCount = 61;
/** What an entry of the dynamic table takes besides its letters, and what all may take (sections 4.1 and 4.2). */
const entryBytes = 32;
const usualTableBytes = 4096;
/** How a field begins, by the bits before its number (section 6). */
const opening = {
  indexed: { bits: 7, mark: 0x80 },
  kept: { bits: 6, mark: 0x40 },
  resize: { bits: 5, mark: 0x20 },
  secret: { bits: 4, mark: 0x10 },
} as const;

interface Entry {
  readonly line: string;
  readonly bytes: number;
}

/**
 * Writes the headers of requests in HPACK (RFC 7541). What stays the same from one request to the next takes one byte, as
 * the other side keeps it; a path is marked as never to be kept.
 */
export class HeaderWriter {
  /** The newest first, as they are numbered. */
  readonly #table: Entry[] = [];
  #bytes = 0;
  #most = usualTableBytes;
  #isResized = false;
  /** Changes with the table. */
  #generation = 0;
  readonly #written = new WeakMap<RequestHead, { generation: number; before: Buffer; after: Buffer }>();

  /** @param bytes SETTINGS_HEADER_TABLE_SIZE of the other side */
  limit(bytes: number): void {
    this.#most = Math.min(bytes, usualTableBytes);
    this.#isResized = true;
    this.#generation += 1;
    this.#makeRoom(0);
  }

  /** The most bytes that `write` takes for these. */
  static most(head: RequestHead, path: string): number {
    const fields = head.fields.reduce((sum, [name, value]) => sum + name.length + value.length + 16, 0);
    return 128 + head.authority.length + path.length + fields;
  }

  /**
   * Write one request's block of headers.
   * @param into has as much room as `most` says
   * @returns where it ends in `into`
   */
  write(head: RequestHead, path: string, into: Buffer, at: number): number {
    const written = this.#written.get(head);
    if (written?.generation === this.#generation) {
      const end = writePath(path, into, at + written.before.copy(into, at));
      return end + written.after.copy(into, end);
    }
    let end = at;
    if (this.#isResized) end = writeNumber(opening.resize, this.#most, into, end);
    this.#isResized = false;
    const { generation, start } = { generation: this.#generation, start: end };
    end = this.#writeField(':method', head.method, into, end);
    end = this.#writeField(':scheme', 'https', into, end);
    end = this.#writeField(':authority', head.authority, into, end);
    const before = into.subarray(start, end);
    end = writePath(path, into, end);
    const middle = end;
    for (const [name, value] of head.fields) end = this.#writeField(name, value, into, end);
    // Once the other side keeps all of them, these very bytes say them again.
    if (generation === this.#generation) {
      const after = into.subarray(middle, end);
      this.#written.set(head, { generation, before: Buffer.from(before), after: Buffer.from(after) });
    }
    return end;
  }

  #writeField(name: string, value: string, into: Buffer, at: number): number {
    const line = `${name}: ${value}`;
    const kept = this.#table.findIndex((entry) => entry.line === line);
    const known = staticFields.get(line) ?? (kept < 0 ? undefined : staticCount + 1 + kept);
    if (known !== undefined) return writeNumber(opening.indexed, known, into, at);
    const bytes = name.length + value.length + entryBytes;
    const isKept = bytes <= this.#most;
    if (isKept) {
      this.#makeRoom(bytes);
      this.#table.unshift({ line, bytes });
      this.#bytes += bytes;
      this.#generation += 1;
    }
    const nameIndex = staticNames.get(name) ?? 0;
    const end = writeNumber(isKept ? opening.kept : opening.secret, nameIndex, into, at);
    return writeText(value, into, nameIndex === 0 ? writeText(name, into, end) : end);
  }

  #makeRoom(bytes: number): void {
    while (this.#bytes + bytes > this.#most) this.#bytes -= this.#table.pop()!.bytes;
  }
}

/** What of an answer's headers is looked at. */
export interface AnswerHead {
  /** 0 where there is none. */
  readonly status: number;
  readonly retryAfter: string | undefined;
}

/**
 * Read an answer's block of headers from one who was told to keep no table (SETTINGS_HEADER_TABLE_SIZE 0).
 * @returns undefined for what cannot be read
 */
export function readAnswerHead(block: Buffer): AnswerHead | undefined {
  let status = 0;
  let retryAfter: string | undefined;
  const reader = new BlockReader(block);
  while (!reader.isAtEnd) {
    const first = block[reader.at]!;
    if (first & 0x80) {
      const index = reader.number(7);
      if (index >= statusIndex.first && index <= statusIndex.last)
        status = staticStatuses[index - statusIndex.first]!;
      if (index === 0 || index > staticCount) return undefined;
      continue;
    }
    if ((first & 0xe0) === 0x20) {
      reader.number(5);
      continue;
    }
    const nameIndex = reader.number(first & 0x40 ? 6 : 4);
    if (nameIndex > staticCount) return undefined;
    const name = nameIndex === 0 ? reader.text()?.toString('latin1') : '';
    const isStatus = name === ':status' || (nameIndex >= statusIndex.first && nameIndex <= statusIndex.last);
    const isRetry = name === 'retry-after' || nameIndex === retryAfterIndex;
    if (!isStatus && !isRetry) {
      reader.skip();
      continue;
    }
    const value = reader.text()?.toString('latin1');
    if (isRetry) retryAfter = value;
    else status = Number(value);
  }
  return reader.isBroken || !Number.isInteger(status) ? undefined : { status, retryAfter };
}

class BlockReader {
  at = 0;
  isBroken = false;
  readonly #block: Buffer;

  constructor(block: Buffer) {
    this.#block = block;
  }

  get isAtEnd(): boolean {
    return this.isBroken || this.at >= this.#block.length;
  }

  /** A number that begins in the last bits of a byte (RFC 7541, section 5.1). */
  number(bits: number): number {
    const most = (1 << bits) - 1;
    let value = this.#byte() & most;
    if (value < most) return value;
    for (let shift = 0; shift <= 21; shift += 7) {
      const byte = this.#byte();
      value += (byte & 127) << shift;
      if (byte < 128) return value;
    }
    this.isBroken = true;
    return 0;
  }

  skip(): void {
    const length = this.number(7);
    this.at += length;
    if (this.at > this.#block.length) this.isBroken = true;
  }

  text(): Buffer | undefined {
    const isCoded = ((this.#block[this.at] ?? 0) & 0x80) !== 0;
    const length = this.number(7);
    const bytes = this.#block.subarray(this.at, this.at + length);
    this.at += length;
    if (bytes.length < length) this.isBroken = true;
    return isCoded ? decodeHuffman(bytes) : bytes;
  }

  #byte(): number {
    const byte = this.#block[this.at];
    this.at += 1;
    if (byte === undefined) this.isBroken = true;
    return byte ?? 0;
  }
}

function writePath(path: string, into: Buffer, at: number): number {
  return writeText(path, into, writeNumber(opening.secret, staticNames.get(':path')!, into, at));
}

function writeText(text: string, into: Buffer, at: number): number {
  const end = writeNumber({ bits: 7, mark: 0 }, text.length, into, at);
  return end + into.write(text, end, 'latin1');
}

/** A number behind the bits of a mark (RFC 7541, section 5.1). @returns where it ends */
function writeNumber(
  { bits, mark }: { readonly bits: number; readonly mark: number },
  value: number,
  into: Buffer,
  at: number,
): number {
  const most = (1 << bits) - 1;
  if (value < most) {
    into[at] = mark | value;
    return at + 1;
  }
  into[at] = mark | most;
  let end = at + 1;
  let left = value - most;
  for (; left >= 128; left >>= 7) into[end++] = (left & 127) | 128;
  into[end++] = left;
  return end;
}
