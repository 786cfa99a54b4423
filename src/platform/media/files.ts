import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../errors.ts';

const idAlphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const staleAfter = 24 * 3600_000;

/** Shape of a media id: 160 bits of SHA-256 in 32 characters that every file system keeps apart. */
export const mediaIdPattern = /^[0-9a-hjkmnp-tv-z]{32}$/;

/**
 * The folders under DATA_DIR/media: `{first two of the id}/{id}/` holds all files of an item. A folder is built under
 * `.incoming`, synced, and moved into place whole, so what is in place is complete.
 */
export class MediaFiles {
  readonly root: string;
  readonly #incoming: string;
  #swept: Promise<void> | undefined;

  constructor(dataDir: string) {
    this.root = join(dataDir, 'media');
    this.#incoming = join(this.root, '.incoming');
  }

  /** Path of a file of an item, or of its folder. The caller has checked the id and the name. */
  pathOf(id: string, name = ''): string {
    return join(this.root, id.slice(0, 2), id, name);
  }

  /** A new folder for an item that is not complete yet. Whoever asks must `place` or `discard` it. */
  async begin(): Promise<string> {
    this.#swept ??= this.#sweep();
    await this.#swept;
    const folder = join(this.#incoming, randomBytes(12).toString('hex'));
    await mkdir(folder, { recursive: true });
    return folder;
  }

  discard(folder: string): Promise<void> {
    return rm(folder, { recursive: true, force: true });
  }

  /** Move a finished folder to its id, durably. Where the item is already in place, that one stays. */
  async place(folder: string, id: string): Promise<void> {
    const shard = join(this.root, id.slice(0, 2));
    await syncFolder(folder);
    await mkdir(shard, { recursive: true });
    if (await exists(this.pathOf(id))) await this.discard(folder);
    else {
      try {
        await rename(folder, this.pathOf(id));
      } catch (error) {
        // Two at once with the same file: the other was first.
        if (!(await exists(this.pathOf(id)))) throw error;
        await this.discard(folder);
      }
    }
    await syncFolder(shard);
    await syncFolder(this.root);
  }

  /** Add a file to an item that is in place: written apart, synced, then renamed. */
  async add(id: string, name: string, content: Buffer): Promise<void> {
    const part = this.pathOf(id, `.${name}.${randomBytes(6).toString('hex')}`);
    try {
      await writeDurably(part, content);
      await rename(part, this.pathOf(id, name));
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
    await syncFolder(this.pathOf(id));
  }

  async read(id: string, name: string): Promise<Buffer | undefined> {
    try {
      return await readFile(this.pathOf(id, name));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** What a crash left half-made; a folder in use is younger than a day. */
  async #sweep(): Promise<void> {
    const names = await readdir(this.#incoming).catch(() => []);
    for (const name of names) {
      const path = join(this.#incoming, name);
      const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Infinity);
      if (age > staleAfter) await rm(path, { recursive: true, force: true });
    }
  }
}

/**
 * Copy a source into a folder, syncing it, and name it by its content.
 * @throws AppError `media.too-large` as soon as the limit is passed, `media.empty`
 */
export async function takeIn(
  source: Buffer | { readonly path: string },
  to: string,
  maxBytes: number,
): Promise<{ id: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(to, 'wx');
  try {
    for await (const chunk of Buffer.isBuffer(source) ? [source] : createReadStream(source.path)) {
      const part = chunk as Buffer;
      bytes += part.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      hash.update(part);
      await file.writeFile(part);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  if (bytes === 0) throw new AppError('media.empty', 'The file is empty.');
  return { id: idOf(hash.digest()), bytes };
}

function tooLarge(maxBytes: number): AppError {
  const most = Math.floor(maxBytes / 1_000_000);
  return new AppError('media.too-large', `The file is larger than ${most} MB, the most that is taken.`, {
    status: 413,
  });
}

/** Write a new file and sync it. @param mode who may read it, as for `open`; 0o600 keeps secrets to their owner */
export async function writeDurably(path: string, content: Buffer | string, mode = 0o666): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Make the names in a folder durable. Windows has no such call, and needs none. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

export async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}

function idOf(digest: Buffer): string {
  let bits = BigInt(`0x${digest.subarray(0, 20).toString('hex')}`);
  let id = '';
  for (let index = 0; index < 32; index++) {
    id = idAlphabet[Number(bits & 31n)] + id;
    bits >>= 5n;
  }
  return id;
}
