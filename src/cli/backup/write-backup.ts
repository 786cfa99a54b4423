import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { writeArchive, type ArchiveFile } from '../../platform/archive/archive.ts';
import type { Clock } from '../../platform/clock.ts';
import { settingsFileName } from '../../platform/config.ts';
import type { Database } from '../../platform/database/database.ts';
import { appliedSteps } from '../../platform/database/migrate.ts';
import { AppError } from '../../platform/errors.ts';
import type { MediaStore } from '../../platform/media/media-store.ts';
import { backupTables, writeDumpFile } from '../../wire/index.ts';
import { version } from '../version.ts';
import { dumpName, manifestName, mediaFolder, settingsName, Sums, type Manifest } from './manifest.ts';
import { readBackup } from './read-backup.ts';
import { backupText as text } from './text.ts';

const itemsAtOnce = 200;
const toldMissing = 10;
const chunkBytes = 64 * 1024;

/** What is backed up, and where it comes back to. */
export interface BackupParts {
  readonly database: Database;
  readonly media: MediaStore;
  readonly dataDir: string;
  readonly clock: Clock;
}

export type BackupStage = 'rows' | 'files' | 'check';

export interface BackupOptions {
  readonly signal?: AbortSignal;
  /** @param part of a whole, where that is known: items, or bytes of the file */
  readonly onProgress?: (stage: BackupStage, done: number, part?: number, whole?: number) => void;
}

export interface BackupResult {
  readonly file: string;
  /** Length of the file. */
  readonly bytes: number;
  readonly manifest: Manifest;
  /** The first of the media items whose files are not on this machine. */
  readonly missing: readonly string[];
}

/**
 * Write the paper as it stands at one moment into one file: database, media and settings. Others read and write
 * meanwhile. The file has its name only when it is whole, on disk and was read back.
 * @param path replaced where it is there already
 */
export async function writeBackup(
  parts: BackupParts,
  path: string,
  options: BackupOptions = {},
): Promise<BackupResult> {
  const file = resolve(path);
  const dump = `${file}.dump.part`;
  try {
    await mkdir(dirname(file), { recursive: true });
    // Drafts are in it: for its owner alone, before anything is written.
    await rm(dump, { force: true });
    await (await open(dump, 'wx', 0o600)).close();
    return await pack(parts, file, dump, options);
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    if (['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR', 'EEXIST'].includes(code))
      throw new AppError('backup.unwritable', text.unwritable(file, message), { cause });
    throw cause;
  } finally {
    await rm(dump, { force: true }).catch(() => undefined);
  }
}

async function pack(
  parts: BackupParts,
  file: string,
  dump: string,
  options: BackupOptions,
): Promise<BackupResult> {
  const { database, clock, dataDir } = parts;
  const { signal, onProgress } = options;
  const now = clock.now();
  const createdAt = new Date(now).toISOString();
  const { ids } = await appliedSteps(database);
  const rows = await writeDumpFile(dump, {
    database,
    mediaFolder,
    createdAt,
    tables: backupTables,
    onRows: (_table, _page, count) => {
      signal?.throwIfAborted();
      onProgress?.('rows', count);
    },
  });
  const missing: string[] = [];
  let manifest: Manifest | undefined;
  async function* files(): AsyncGenerator<ArchiveFile> {
    const sums = new Sums();
    const passing = (each: ArchiveFile) => ({ ...each, content: sums.through(each.name, each.content) });
    yield passing(await fileAt(dump, dumpName));
    const settings = await settingsOf(dataDir);
    if (settings) yield passing({ name: settingsName, size: settings.length, content: [settings] });
    for await (const each of mediaFiles(parts, missing, options)) yield passing(each);
    manifest = {
      freesheet: 'backup',
      format: 1,
      createdAt,
      version,
      migrations: [...ids].sort(),
      rows,
      missing: missing.length,
      parts: sums.result(),
    };
    const content = Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`);
    yield { name: manifestName, size: content.length, content: [content] };
  }
  const check = async (part: string) => {
    const whole = (await stat(part)).size;
    const onBytes = (done: number) => onProgress?.('check', done, done, whole);
    const found = await readBackup(part, { signal, onBytes });
    if (!isDeepStrictEqual(found, manifest)) throw new AppError('backup.changed', text.changed);
  };
  const bytes = await writeArchive(file, files(), { now, signal, check });
  return { file, bytes, manifest: manifest!, missing: missing.slice(0, toldMissing) };
}

async function fileAt(path: string, name: string): Promise<ArchiveFile> {
  return { name, size: (await stat(path)).size, content: contentOf(path) };
}

/** Opened when it is read, so that none stays open when the writing ends before. */
async function* contentOf(path: string): AsyncGenerator<Buffer, void> {
  yield* createReadStream(path, { highWaterMark: chunkBytes }) as AsyncIterable<Buffer>;
}

async function settingsOf(dataDir: string): Promise<Buffer | undefined> {
  try {
    return await readFile(join(dataDir, settingsFileName));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The files of each media item that is known now, which are more rather than fewer than the dump names. */
async function* mediaFiles(
  { database, media }: BackupParts,
  missing: string[],
  options: BackupOptions,
): AsyncGenerator<ArchiveFile> {
  const { read } = database;
  const { whole } = await read
    .selectFrom('media')
    .select((expression) => expression.fn.countAll<number>().as('whole'))
    .executeTakeFirstOrThrow();
  let [done, items, after] = [0, 0, ''];
  for (;;) {
    const rows = await read
      .selectFrom('media')
      .select('id')
      .where('id', '>', after)
      .orderBy('id')
      .limit(itemsAtOnce)
      .execute();
    for (const { id } of rows) {
      const names = await fileNames(media.files.pathOf(id));
      if (names.length === 0) missing.push(id);
      for (const name of names) {
        yield await fileAt(media.files.pathOf(id, name), `${mediaFolder}/${id}/${name}`);
        options.onProgress?.('files', (done += 1), items, Number(whole));
      }
      items += 1;
    }
    if (rows.length < itemsAtOnce) return;
    after = rows.at(-1)!.id;
  }
}

/** What stands under its own name is complete; a name with a dot before is still being written. */
async function fileNames(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.flatMap((each) => (each.isFile() && !each.name.startsWith('.') ? [each.name] : [])).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
