import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  appliedSteps,
  beginRestore,
  endRestore,
  migrate,
  unknownSteps,
  type Migration,
} from '../../platform/database/migrate.ts';
import { tablesHere } from '../../platform/database/schema.ts';
import { AppError, messageOf } from '../../platform/errors.ts';
import { liveServers } from '../../platform/events/event-log.ts';
import { exists } from '../../platform/media/files.ts';
import { backupTables, fillFromDump, takeUpFilled } from '../../wire/index.ts';
import { takeUpReaders } from '../../readers/index.ts';
import { backupPath } from './backup-folder.ts';
import { dumpName, mediaOf, newer, settingsName, type Manifest } from './manifest.ts';
import { readBackup } from './read-backup.ts';
import { restoreSettings, type SettingsOutcome } from './restore-settings.ts';
import { backupText as text } from './text.ts';
import { writeBackup, type BackupParts } from './write-backup.ts';

export type RestoreStage = 'check' | 'save' | 'files' | 'rows' | 'stories';

export interface RestoreOptions {
  /** All steps of this Freesheet's schema. */
  readonly migrations: readonly Migration[];
  /** Also where a newsroom is already, which is backed up first. */
  readonly isReplacing?: boolean;
  /** What is replaced is not backed up. */
  readonly isUnsaved?: boolean;
  readonly signal?: AbortSignal;
  /** @param part of a whole, where that is known */
  readonly onProgress?: (stage: RestoreStage, done: number, part?: number, whole?: number) => void;
}

export interface RestoreResult {
  readonly manifest: Manifest;
  readonly settings: SettingsOutcome;
  /** Where what was here is now. */
  readonly saved: string | undefined;
}

/**
 * Bring the paper back from a backup, on either database and also where an older Freesheet made it. The file is read
 * whole before anything is touched. Interrupted after that, the database is opened by nobody until the restore is run
 * again, with this file or another.
 * @param parts.database open, in whatever state it is
 * @throws AppError `archive.*`, `backup.*`, `restore.*`
 */
export async function restoreBackup(
  parts: BackupParts,
  path: string,
  options: RestoreOptions,
): Promise<RestoreResult> {
  const { signal, onProgress } = options;
  const file = resolve(path);
  // One place, so that what an interrupted restore left goes with the next.
  const folder = join(parts.dataDir, '.restore');
  try {
    const whole = (await stat(file).catch(() => undefined))?.size ?? 0;
    const manifest = await readBackup(file, {
      signal,
      onBytes: (done) => onProgress?.('check', done, done, whole),
    });
    if (unknownSteps(manifest.migrations, options.migrations).length > 0) throw newer();
    const saved = await makeRoom(parts, options);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const unpacked = await unpack(parts, file, folder, options);
    if (!isDeepStrictEqual(unpacked.manifest, manifest)) throw new AppError('backup.damaged', text.damaged);
    return { manifest, saved, settings: await bringBack(parts, unpacked, folder, options) };
  } catch (error) {
    if (error instanceof AppError || !signal?.aborted) throw error;
    throw new AppError('restore.stopped', text.stopped, { cause: error });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** See that nothing is lost by what comes. @returns the file that holds what is here, where it was to be replaced */
async function makeRoom(parts: BackupParts, options: RestoreOptions): Promise<string | undefined> {
  const { database, clock } = parts;
  const steps = await appliedSteps(database);
  const tables = await tablesHere(database.read);
  if (tables.has('outbox_cursor') && (await liveServers(database, clock)).length > 0)
    throw new AppError('restore.served', text.served);
  if (steps.isRestoreUnfinished || !(await isAnythingHere(parts, tables))) return undefined;
  if (!options.isReplacing) throw new AppError('restore.not-empty', text.notEmpty);
  if (options.isUnsaved) return undefined;
  if (unknownSteps(steps.ids, options.migrations).length > 0)
    throw new AppError('restore.newer-here', text.newerHere);
  const moment = new Date(clock.now()).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  const { file } = await writeBackup(parts, backupPath(parts.dataDir, `before-restore-${moment}`), {
    signal: options.signal,
    onProgress: (_stage, done, part, all) => options.onProgress?.('save', done, part, all),
  });
  return file;
}

async function isAnythingHere(
  { database }: BackupParts,
  tables: ReadonlyMap<string, readonly string[]>,
): Promise<boolean> {
  for (const { name } of backupTables) {
    if (!tables.has(name)) continue;
    const row = await database.read
      .selectFrom(name)
      .select((expression) => expression.lit(1).as('one'))
      .limit(1)
      .executeTakeFirst();
    if (row) return true;
  }
  return false;
}

interface Unpacked {
  readonly manifest: Manifest;
  readonly settings: string | undefined;
}

/** Put the media in place, where files that nobody names harm nobody, and the dump into a folder. */
async function unpack(
  { media: { files } }: BackupParts,
  file: string,
  folder: string,
  { signal, onProgress }: RestoreOptions,
): Promise<Unpacked> {
  const whole = (await stat(file)).size;
  let read = 0;
  let done = 0;
  let settings: string | undefined;
  let item: { readonly id: string; readonly folder: string } | undefined;
  const finish = async () => {
    const finished = item;
    item = undefined;
    if (finished) await files.place(finished.folder, finished.id);
  };
  const place = async (id: string, name: string, content: AsyncIterable<Buffer>) => {
    if (!item && (await exists(files.pathOf(id)))) {
      // What was added to an item later is small.
      if (!(await exists(files.pathOf(id, name))))
        await files.add(id, name, Buffer.concat(await Array.fromAsync(content)));
      return;
    }
    item ??= { id, folder: await files.begin() };
    await writeSynced(join(item.folder, name), content);
  };
  try {
    const manifest = await readBackup(file, {
      signal,
      onBytes: (bytes) => (read = bytes),
      async onFile(name, content) {
        const of = mediaOf(name);
        if (item && item.id !== of?.id) await finish();
        if (of) {
          await place(of.id, of.file, content);
          onProgress?.('files', (done += 1), read, whole);
        } else if (name === dumpName) await writeSynced(join(folder, dumpName), content);
        else if (name === settingsName)
          settings = Buffer.concat(await Array.fromAsync(content)).toString('utf8');
      },
    });
    await finish();
    return { manifest, settings };
  } catch (error) {
    if (item) await files.discard(item.folder);
    throw error;
  }
}

async function writeSynced(path: string, content: AsyncIterable<Buffer>): Promise<void> {
  await pipeline(content, createWriteStream(path, { flush: true }));
}

/** From the first step of this on, the database is not whole before the last. */
async function bringBack(
  { database, media, dataDir }: BackupParts,
  { manifest, settings }: Unpacked,
  folder: string,
  { migrations, signal, onProgress, isReplacing = false }: RestoreOptions,
): Promise<SettingsOutcome> {
  signal?.throwIfAborted();
  await beginRestore(database);
  try {
    // The rows come into the form that they had; then all that an upgrade does is done to them.
    const then = new Set(manifest.migrations);
    await migrate(
      database,
      migrations.filter(({ id }) => then.has(id)),
      { isRestoring: true },
    );
    await fillFromDump(database, join(folder, dumpName), {
      signal,
      onProgress: (done) => onProgress?.('rows', done, done, manifest.rows),
    });
    await migrate(database, migrations, { isRestoring: true });
    await takeUpFilled(database, media, { signal, onProgress: (done) => onProgress?.('stories', done) });
    await takeUpReaders(database, dataDir);
    const outcome = await restoreSettings(settings, dataDir, isReplacing);
    await endRestore(database);
    return outcome;
  } catch (cause) {
    const why = signal?.aborted ? undefined : messageOf(cause);
    throw new AppError('restore.unfinished', text.unfinished(why), { cause });
  }
}
