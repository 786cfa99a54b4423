import { createReadStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { AppError } from '../errors.ts';
import { syncFolder } from '../media/files.ts';
import { damaged, readTar, writeTar, type ArchivedFile, type ArchiveFile } from './tar.ts';

export type { ArchivedFile, ArchiveFile } from './tar.ts';

/** Pictures are packed already, and words pack well at any level: more only costs time. */
const level = 3;
const chunkBytes = 64 * 1024;

export interface WriteArchiveOptions {
  /** Milliseconds UTC, noted at each file. */
  readonly now: number;
  readonly signal?: AbortSignal;
  /** Reads the archive back before it gets its name. Throws when it is not what it should be. */
  readonly check: (path: string) => Promise<void>;
}

/**
 * Write files as they come into one .tar.gz, in flat memory. It stands apart until it is on disk and was read back, so
 * a half one never has the name; readable by its owner alone.
 * @returns its length in bytes
 */
export async function writeArchive(
  path: string,
  files: AsyncIterable<ArchiveFile>,
  options: WriteArchiveOptions,
): Promise<number> {
  const part = `${path}.part`;
  try {
    // A part that a crash left may have other permissions.
    await rm(part, { force: true });
    const file = await open(part, 'wx', 0o600);
    try {
      await pipeline(
        writeTar(files, options.now / 1000),
        createGzip({ level, chunkSize: chunkBytes }),
        (packed) => file.writeFile(packed),
        { signal: options.signal },
      );
      await file.sync();
    } finally {
      await file.close();
    }
    await options.check(part);
    const { size } = await stat(part);
    await rename(part, path);
    await syncFolder(dirname(path));
    return size;
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw error;
  }
}

/**
 * The files of a .tar.gz as they come, in flat memory. Whoever reads to the end knows that it is whole.
 * @param onBytes is told how far the reading is
 * @throws AppError `archive.no-file`, `archive.damaged`
 */
export async function* readArchive(
  path: string,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<ArchivedFile, void> {
  if (!(await stat(path).catch(() => undefined))?.isFile())
    throw new AppError('archive.no-file', `${path} cannot be read. Is the name right?`);
  let bytes = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      onBytes((bytes += chunk.length));
      done(null, chunk);
    },
  });
  const gunzip = createGunzip({ chunkSize: chunkBytes });
  const reading = pipeline(createReadStream(path, { highWaterMark: chunkBytes }), counter, gunzip);
  // Its failure reaches the reader through the stream; here it only must not go unhandled.
  reading.catch(() => undefined);
  try {
    yield* readTar(unpacked(gunzip));
  } finally {
    gunzip.destroy();
    await reading.catch(() => undefined);
  }
}

/** What a damaged file gives away in its own way is told as such, also to who reads a content. */
async function* unpacked(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  try {
    yield* stream;
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code?.startsWith('Z_') ? damaged(error) : error;
  }
}
