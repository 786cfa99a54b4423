import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import { mediaIdPattern } from '../../platform/media/files.ts';
import { backupText as text } from './text.ts';

/** Files of a backup besides the media, which stand in media/{id}/ as they do for a dump. */
export const dumpName = 'dump.jsonl';
export const settingsName = 'settings.json';
export const manifestName = 'manifest.json';
export const mediaFolder = 'media';

const sum = z.object({
  files: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  /** Of the list that sha256sum prints for the files of the part, in their order. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const manifest = z.object({
  freesheet: z.literal('backup'),
  format: z.literal(1),
  /** When the moment was that the backup holds. */
  createdAt: z.iso.datetime(),
  /** Of the Freesheet that made it. */
  version: z.string(),
  /** Ids of the steps that its schema had taken. */
  migrations: z.array(z.string()),
  rows: z.int().nonnegative(),
  /** Media items whose files were not there. */
  missing: z.int().nonnegative(),
  parts: z.object({ dump: sum, settings: sum, media: sum }),
});

/** What a backup holds. Stands at its end, so that one that was cut off has none. */
export type Manifest = z.output<typeof manifest>;
type PartName = keyof Manifest['parts'];

const anyFormat = z.object({ freesheet: z.literal('backup'), format: z.number() });

/** @throws AppError `backup.newer`, `backup.not-one` */
export function parseManifest(json: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new AppError('backup.not-one', text.notOne, { cause });
  }
  const other = anyFormat.safeParse(value);
  if (other.success && other.data.format > 1) throw newer();
  const result = manifest.safeParse(value);
  if (!result.success) throw new AppError('backup.not-one', text.notOne);
  return result.data;
}

/** For a backup that a newer Freesheet made. */
export function newer(): AppError {
  return new AppError('backup.newer', text.newer);
}

/** The media item that a name in a backup belongs to. */
export function mediaOf(name: string): { readonly id: string; readonly file: string } | undefined {
  const [folder, id = '', file = '', ...more] = name.split('/');
  const isOne =
    folder === mediaFolder &&
    more.length === 0 &&
    mediaIdPattern.test(id) &&
    /^[a-z0-9][a-z0-9._-]*$/i.test(file);
  return isOne ? { id, file } : undefined;
}

function partOf(name: string): PartName | undefined {
  if (name === dumpName) return 'dump';
  if (name === settingsName) return 'settings';
  return mediaOf(name) && 'media';
}

/** Counts and hashes the files of a backup while they pass. */
export class Sums {
  readonly #parts = { dump: new Sum(), settings: new Sum(), media: new Sum() };

  /** @throws AppError `backup.not-one` for a file that no backup has */
  async *through(
    name: string,
    content: AsyncIterable<Buffer> | Iterable<Buffer>,
  ): AsyncGenerator<Buffer, void> {
    const part = partOf(name);
    if (!part) throw new AppError('backup.not-one', text.notOne);
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of content) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
    this.#parts[part].add(name, bytes, hash.digest('hex'));
  }

  result(): Manifest['parts'] {
    const { dump, settings, media } = this.#parts;
    return { dump: dump.result(), settings: settings.result(), media: media.result() };
  }
}

class Sum {
  #files = 0;
  #bytes = 0;
  readonly #hash = createHash('sha256');

  add(name: string, bytes: number, sha256: string): void {
    this.#files += 1;
    this.#bytes += bytes;
    this.#hash.update(`${sha256}  ${name}\n`);
  }

  result(): Manifest['parts'][PartName] {
    return { files: this.#files, bytes: this.#bytes, sha256: this.#hash.copy().digest('hex') };
  }
}
