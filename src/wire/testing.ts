import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestDatabase } from '../platform/database/testing.ts';
import { migrations as jobs } from '../platform/jobs/migrations.ts';
import { silentLog } from '../platform/log.ts';
import { MediaStore } from '../platform/media/media-store.ts';
import { migrations as media } from '../platform/media/migrations.ts';
import { migrations as search } from '../platform/search/migrations.ts';
import { migrations as stories } from '../stories/index.ts';
import type { IncomingContent, IncomingItem, Reader, ReadOptions } from './import/import-item.ts';
import { detectKind, readers } from './import/import-kinds.ts';
import { importFile, type ImportOptions, type ImportResult } from './import/import-run.ts';
import { migrations as wire } from './migrations.ts';

/** The tables that an import needs. */
export const wireMigrations = [...jobs, ...search, ...media, ...stories, ...wire];

/** Noon of 24 November 2026 in London. */
export const readOptions: ReadOptions = { zone: 'Europe/London', language: 'en', now: 1_795_521_600_000 };

/** All that a reader makes of a text, cut into pieces as a file would come. */
export async function readAll(
  reader: Reader,
  text: string,
  options: Partial<ReadOptions> = {},
): Promise<IncomingItem[]> {
  async function* pieces() {
    for (let start = 0; start < text.length; start += 7) yield text.slice(start, start + 7);
  }
  return Array.fromAsync(reader(pieces(), { ...readOptions, ...options }));
}

/** The one story of a text. */
export async function readOne(
  reader: Reader,
  text: string,
  options: Partial<ReadOptions> = {},
): Promise<IncomingContent> {
  const items = await readAll(reader, text, options);
  if (items.length !== 1) throw new Error(`There are ${items.length} items, not one.`);
  return items[0]!.story();
}

/** The codes of what was lost or guessed. */
export function codesOf({ notes }: Pick<IncomingContent, 'notes'>): string[] {
  return notes.map(({ code }) => code);
}

/** Words of a story's blocks, one block a line. */
export function linesOf({ blocks }: Pick<IncomingContent, 'blocks'>): string[] {
  return blocks.map((block) => {
    if ('text' in block) return block.text.map((run) => run.text).join('');
    if (block.type === 'list')
      return block.items.map((item) => item.map((run) => run.text).join('')).join(' / ');
    return `(${block.type})`;
  });
}

/** A folder for one test, gone after it. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'freesheet-wire-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The media store of a test's database; nothing is made in the background. */
export function mediaOf({ dataDir }: Pick<TestDatabase, 'dataDir'>): MediaStore {
  return new MediaStore({ dataDir, log: silentLog, avif: false });
}

/** Import a file as the command does, with a fixed clock. */
export async function importInto(
  target: Pick<TestDatabase, 'database' | 'clock' | 'dataDir'>,
  file: string,
  more: Partial<ImportOptions> = {},
): Promise<ImportResult> {
  const kind = more.kind ?? (await detectKind(file));
  return importFile({
    database: target.database,
    media: mediaOf(target),
    clock: target.clock,
    dataDir: target.dataDir,
    file,
    kind,
    reader: readers[kind as keyof typeof readers],
    zone: 'Europe/London',
    language: 'en',
    origin: 'http://localhost:8080',
    ...more,
  });
}

/** Import a text under a file's name, from a folder of its own. */
export function importText(
  target: Pick<TestDatabase, 'database' | 'clock' | 'dataDir'>,
  name: string,
  content: string | Uint8Array,
  more: Partial<ImportOptions> = {},
): Promise<ImportResult> {
  return inFolder(async (folder) => {
    const file = join(folder, name);
    await writeFile(file, content);
    return importInto(target, file, more);
  });
}
