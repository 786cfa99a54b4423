import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompressSync, constants, gzip } from 'node:zlib';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { Turns } from '../turns.ts';
import type { Encoding } from './encoding.ts';
import type { Answer } from './route-table.ts';

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** Bytes to send; of a few, a string with a character for each (latin1), which Node sends in one piece with the head. */
export type StoredBytes = Buffer | string;

/** One page as it is sent, in each encoding, with its headers ready. */
export interface StoredPage {
  readonly status: number;
  readonly type: string;
  readonly etag: string;
  readonly tags: readonly string[];
  readonly expiresAt: number;
  readonly brotli: StoredBytes;
  readonly gzip: StoredBytes;
  /** Raw header pairs, made once by the server for each encoding. */
  readonly headers: Map<Encoding | 'not-modified', string[]>;
  readonly extraHeaders: Readonly<Record<string, string>>;
  /** Something it shows has changed; it may be sent once more while it is made anew. */
  isStale: boolean;
  /** Was asked for since the last round of clearing out. */
  isUsed: boolean;
}

/** The page in the encoding `identity`; hardly anybody asks for it, so it is not kept. */
export function plainBody(stored: StoredPage): Buffer {
  const { brotli } = stored;
  return brotliDecompressSync(typeof brotli === 'string' ? Buffer.from(brotli, 'latin1') : brotli);
}

type Render = () => Promise<Answer>;

/** One is drawn while others are compressed or wait for the database; more only hold memory, and get done no sooner. */
const rendersAtOnce = 4;
const mostDropsKept = 50_000;

/** For each tag the count of drops at its last one. */
class Drops {
  readonly #at = new Map<string, number>();
  #allBefore = 0;

  note(tags: readonly string[], count: number): void {
    for (const tag of tags) {
      this.#at.delete(tag);
      this.#at.set(tag, count);
    }
    while (this.#at.size > mostDropsKept) {
      const [tag, at] = this.#at.entries().next().value!;
      this.#at.delete(tag);
      // A render begun before the newest forgotten drop counts as dropped.
      this.#allBefore = Math.max(this.#allBefore, at);
    }
  }

  noteAll(count: number): void {
    this.#at.clear();
    this.#allBefore = count;
  }

  isSince(tags: readonly string[], count: number): boolean {
    return count < this.#allBefore || tags.some((tag) => (this.#at.get(tag) ?? 0) > count);
  }
}

/**
 * Pages that are the same for everyone, kept compressed until something that they show changes. One render serves
 * all who wait for it, and a few pages at a time are made. A render begun before a drop of one of its tags is kept as
 * stale at most; after an urgent drop it is neither kept nor sent.
 */
export class PageStore {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #pages = new Map<string, StoredPage>();
  readonly #keysByTag = new Map<string, Set<string>>();
  readonly #rendering = new Map<string, Promise<StoredPage | Answer>>();
  readonly #turns: Turns;
  /** Renders remember the count of drops at which they began. */
  #drops = 0;
  readonly #ordinary = new Drops();
  readonly #urgent = new Drops();
  #bytes = 0;

  /**
   * @param options.bytes how much memory the pages may take
   * @param options.atOnce how many pages are made at once, 4 when left out; others wait in the order in which they came
   */
  constructor(options: { clock: Clock; bytes: number; atOnce?: number }) {
    this.#clock = options.clock;
    this.#limit = options.bytes;
    this.#turns = new Turns(options.atOnce ?? rendersAtOnce);
  }

  get size(): { pages: number; bytes: number } {
    return { pages: this.#pages.size, bytes: this.#bytes };
  }

  /** A page that may be sent as it is. */
  get(key: string): StoredPage | undefined {
    const stored = this.#pages.get(key);
    if (stored === undefined || stored.isStale || stored.expiresAt <= this.#clock.now()) return undefined;
    stored.isUsed = true;
    return stored;
  }

  /**
   * The page at `key`, made by `render` when it is not there. A stale one is sent while a new one is made, and stays
   * when that fails by a fault of ours; what the render says is gone (an error below 500, a redirect) goes.
   * @param onFailure told when a stale page could not be made anew
   * @returns a stored page, or the bare answer when it is not to be kept
   */
  async getOrRender(
    key: string,
    render: Render,
    onFailure: (error: unknown) => void = () => {},
  ): Promise<StoredPage | Answer> {
    const stored = this.#pages.get(key);
    const isOver = stored !== undefined && stored.expiresAt <= this.#clock.now();
    if (stored !== undefined && !isOver && !stored.isStale) return stored;
    const running = this.#rendering.get(key);
    const rendering = running ?? this.#start(key, render);
    if (stored === undefined || isOver) return rendering;
    // This reader has the page already: only a log wants to know.
    if (running === undefined) rendering.catch((error: unknown) => onFailure(error));
    return stored;
  }

  /**
   * Some of what pages show has changed.
   * @param isUrgent true when it must not be seen a moment longer: the pages go at once
   */
  drop(tags: readonly string[], isUrgent = false): void {
    this.#drops += 1;
    (isUrgent ? this.#urgent : this.#ordinary).note(tags, this.#drops);
    for (const tag of tags) {
      for (const key of this.#keysByTag.get(tag) ?? []) {
        if (isUrgent) this.#remove(key);
        else this.#pages.get(key)!.isStale = true;
      }
    }
  }

  clear(): void {
    for (const key of this.#pages.keys()) this.#remove(key);
    this.#drops += 1;
    this.#urgent.noteAll(this.#drops);
  }

  #start(key: string, render: Render): Promise<StoredPage | Answer> {
    const taken = this.#turns.take(() => this.#render(key, render));
    const rendering = taken.finally(() => {
      if (this.#rendering.get(key) === rendering) this.#rendering.delete(key);
    });
    this.#rendering.set(key, rendering);
    return rendering;
  }

  async #render(key: string, render: Render): Promise<StoredPage | Answer> {
    for (;;) {
      const begun = this.#drops;
      const answer = await this.#call(key, render);
      const tags = answer.tags ?? [];
      if (this.#urgent.isSince(tags, begun)) continue;
      if (!isStorable(answer)) {
        this.#remove(key);
        return answer;
      }
      const made = await compress(answer);
      // A drop may have come while it was compressed.
      if (this.#urgent.isSince(tags, begun)) continue;
      made.isStale = this.#ordinary.isSince(tags, begun);
      this.#put(key, made);
      return made;
    }
  }

  async #call(key: string, render: Render): Promise<Answer> {
    try {
      return await render();
    } catch (error) {
      // Else a page that was moved or withdrawn would be sent as stale for ever.
      if (error instanceof AppError && error.status < 500) this.#remove(key);
      throw error;
    }
  }

  #put(key: string, stored: StoredPage): void {
    this.#remove(key);
    // It would push out all others and then itself.
    if (bytesOf(key, stored) > this.#limit) return;
    this.#pages.set(key, stored);
    this.#bytes += bytesOf(key, stored);
    for (const tag of stored.tags) {
      const keys = this.#keysByTag.get(tag);
      if (keys) keys.add(key);
      else this.#keysByTag.set(tag, new Set([key]));
    }
    this.#makeRoom();
  }

  /** The oldest go first, but a page that was asked for since the last round gets another. */
  #makeRoom(): void {
    while (this.#bytes > this.#limit && this.#pages.size > 0) {
      const [key, stored] = this.#pages.entries().next().value!;
      if (stored.isUsed && this.#pages.size > 1) {
        stored.isUsed = false;
        this.#pages.delete(key);
        this.#pages.set(key, stored);
      } else {
        this.#remove(key);
      }
    }
  }

  #remove(key: string): void {
    const stored = this.#pages.get(key);
    if (stored === undefined) return;
    this.#pages.delete(key);
    this.#bytes -= bytesOf(key, stored);
    for (const tag of stored.tags) {
      const keys = this.#keysByTag.get(tag);
      keys?.delete(key);
      if (keys?.size === 0) this.#keysByTag.delete(tag);
    }
  }
}

function isStorable(answer: Answer): boolean {
  const isText = typeof answer.body === 'string' || Buffer.isBuffer(answer.body);
  return (
    isText && !answer.noStore && (answer.status === 200 || answer.status === 410) && answer.tags !== undefined
  );
}

async function compress(answer: Answer): Promise<StoredPage> {
  const body = Buffer.from(answer.body as string);
  // Most pages shrink to less than this; with the 16 KiB that is usual, many at once leave far more than they keep.
  const chunkSize = 1024 + Math.ceil(body.length / 3);
  const [brotli, zipped] = await Promise.all([
    compressBrotli(body, {
      chunkSize,
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 7,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        // Wider windows take 8 MB for each page that is being compressed, and make pages of this size no smaller.
        [constants.BROTLI_PARAM_LGWIN]: 16,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      },
    }),
    compressGzip(body, { level: 8, chunkSize }),
  ]);
  return {
    status: answer.status,
    type: answer.type,
    // Weak, as it stands for the page in each of its encodings (RFC 9110, section 8.8.1).
    etag: `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    tags: [...new Set(answer.tags)],
    expiresAt: answer.expiresAt ?? Number.POSITIVE_INFINITY,
    brotli: ownBytes(brotli),
    gzip: ownBytes(zipped),
    headers: new Map(),
    extraHeaders: answer.headers ?? {},
    isStale: false,
    isUsed: false,
  };
}

/** Up to here a string is sent with less work than a buffer (by a twentieth at 4 KiB), from 12 KiB on with more. */
const mostInString = 8 * 1024;

/** zlib gives a piece of a larger buffer, all of which would be kept with it. */
function ownBytes(piece: Buffer): StoredBytes {
  if (piece.length <= mostInString) return piece.toString('latin1');
  const own = Buffer.allocUnsafeSlow(piece.length);
  piece.copy(own);
  return own;
}

/** Besides what is sent, measured over 12,000 pages: 1,200 bytes a page, and 340 a tag that no other page has. */
function bytesOf(key: string, stored: StoredPage): number {
  return stored.brotli.length + stored.gzip.length + key.length * 2 + 1500 + stored.tags.length * 340;
}
