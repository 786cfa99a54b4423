import { open, readFile, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../errors.ts';
import { makeContainerPrivate, readContainer } from './containers.ts';
import { exists, syncFolder, takeIn, writeDurably, type MediaFiles } from './files.ts';
import { extensionOf, type MediaItem, type MediaKind, type MediaNote, type PreparedMedia } from './item.ts';
import { makePicture } from './pictures.ts';
import { sniff, sniffBytes, type Sniffed } from './sniff.ts';

/** The most that is taken of each kind, in bytes. */
export const maxBytes: Record<MediaKind, number> = {
  picture: 60_000_000,
  audio: 500_000_000,
  video: 2_000_000_000,
  captions: 2_000_000,
};

/** What an item's folder tells about it, so that files can be recorded again without being made again. */
interface Description {
  readonly item: MediaItem;
  readonly notes: readonly MediaNote[];
}
const descriptionName = 'media.json';

/** Check a file, make what is made at once, and put it in place durably. See `MediaStore.prepare`. */
export async function ingest(
  files: MediaFiles,
  source: Buffer | { readonly path: string },
  fileName: string,
): Promise<PreparedMedia> {
  const sniffed = sniff(await headOf(source));
  const folder = await files.begin();
  try {
    const original = join(folder, 'incoming');
    const { id } = await takeIn(source, original, maxBytes[sniffed.kind]);
    const known = await describe(files, id);
    if (known) {
      await files.discard(folder);
      // It may stand there from a moment ago, not yet synced by the one who put it there.
      await syncFolder(files.pathOf(id, '..'));
      return { ...known, fileName: cleanName(fileName) };
    }
    const description = await make(sniffed, id, original, folder);
    await writeDurably(join(folder, descriptionName), JSON.stringify(description));
    await files.place(folder, id);
    return { ...description, fileName: cleanName(fileName) };
  } catch (error) {
    await files.discard(folder);
    throw error;
  }
}

async function describe(files: MediaFiles, id: string): Promise<Description | undefined> {
  if (!(await exists(files.pathOf(id)))) return undefined;
  const text = await files.read(id, descriptionName);
  return text && (JSON.parse(text.toString('utf8')) as Description);
}

async function make(sniffed: Sniffed, id: string, original: string, folder: string): Promise<Description> {
  if (sniffed.kind === 'picture') return makePicture(sniffed, id, original, folder);
  if (sniffed.kind === 'captions') return makeCaptions(id, original, folder);
  const facts = await readContainer(sniffed.type, original);
  const wasTold = await makeContainerPrivate(sniffed.type, original);
  const kept = join(folder, `file.${extensionOf(sniffed.type)}`);
  await rename(original, kept);
  return {
    item: { id, kind: sniffed.kind, type: sniffed.type, bytes: facts.bytes, renditions: [], ...facts.shown },
    notes: wasTold ? ['location-removed'] : [],
  };
}

/** WebVTT is always UTF-8 (W3C WebVTT, section 4.1); what is not would show as noise. */
async function makeCaptions(id: string, original: string, folder: string): Promise<Description> {
  const content = await readFile(original);
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch (cause) {
    throw new AppError('media.broken', 'The captions are not in UTF-8. Save the WebVTT file as UTF-8.', {
      cause,
    });
  }
  await rename(original, join(folder, 'file.vtt'));
  return {
    item: { id, kind: 'captions', type: 'text/vtt', bytes: content.length, renditions: [] },
    notes: [],
  };
}

async function headOf(source: Buffer | { readonly path: string }): Promise<Buffer> {
  if (Buffer.isBuffer(source)) {
    if (source.length === 0) throw new AppError('media.empty', 'The file is empty.');
    return source.subarray(0, sniffBytes);
  }
  const file = await open(source.path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(sniffBytes), 0, sniffBytes, 0);
    if (bytesRead === 0) throw new AppError('media.empty', 'The file is empty.');
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The last part of a path from any system, without control characters, at most 200 characters. */
function cleanName(fileName: string): string {
  const last = basename(fileName.replaceAll('\\', '/'));
  return (
    Array.from(last.replaceAll(/\p{Cc}/gu, ''))
      .slice(0, 200)
      .join('') || 'file'
  );
}
