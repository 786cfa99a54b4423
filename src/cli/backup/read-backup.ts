import { isDeepStrictEqual } from 'node:util';
import { readArchive } from '../../platform/archive/archive.ts';
import { AppError } from '../../platform/errors.ts';
import { manifestName, parseManifest, Sums, type Manifest } from './manifest.ts';
import { backupText as text } from './text.ts';

export interface ReadBackupOptions {
  /** Given each file in turn, to be read whole or not at all. */
  readonly onFile?: (name: string, content: AsyncIterable<Buffer>) => Promise<void>;
  /** How far the reading is in the packed file. */
  readonly onBytes?: (bytes: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Read a backup to its end and see that it is what its manifest says: every file, every byte.
 * @throws AppError `archive.no-file`, `archive.damaged`, `backup.not-one`, `backup.newer`
 */
export async function readBackup(path: string, options: ReadBackupOptions = {}): Promise<Manifest> {
  const sums = new Sums();
  let manifest: Manifest | undefined;
  for await (const { name, content } of readArchive(path, options.onBytes)) {
    options.signal?.throwIfAborted();
    if (manifest) throw new AppError('backup.not-one', text.notOne);
    if (name === manifestName) {
      manifest = parseManifest(Buffer.concat(await Array.fromAsync(content)).toString('utf8'));
      continue;
    }
    const passing = stoppable(sums.through(name, content), options.signal);
    await options.onFile?.(name, passing);
    // oxlint-disable-next-line no-unused-vars -- only counted
    for await (const _ of passing);
  }
  if (!manifest) throw new AppError('backup.not-one', text.notOne);
  if (!isDeepStrictEqual(manifest.parts, sums.result())) throw new AppError('backup.damaged', text.damaged);
  return manifest;
}

async function* stoppable(
  content: AsyncIterable<Buffer>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer, void> {
  for await (const chunk of content) {
    signal?.throwIfAborted();
    yield chunk;
  }
}
