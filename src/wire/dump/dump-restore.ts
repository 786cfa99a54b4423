import { copyFile, open, readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { sql, type Kysely } from 'kysely';
import type { Database, Transaction } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { AppError } from '../../platform/errors.ts';
import { enqueue } from '../../platform/jobs/jobs.ts';
import { mediaIdPattern } from '../../platform/media/files.ts';
import type { MediaStore } from '../../platform/media/media-store.ts';
import { findStory, isPublic, listRestored, publishScheduledJob } from '../../stories/index.ts';
import { takeUpMedia } from './dump-media.ts';
import { openDump, type DumpEntry } from './dump-read.ts';
import type { DumpRow, DumpTable } from './dump-tables.ts';

const rowsAtOnce = 200;

export interface RestoreOptions {
  readonly database: Database;
  readonly media: MediaStore;
  readonly file: string;
  readonly isDryRun?: boolean;
  readonly onProgress?: (rows: number) => void;
}

/** A row that is here already, and differs; the one that is here stays. */
export interface DumpConflict {
  readonly table: string;
  readonly key: string;
}

export interface RestoreResult {
  readonly rows: number;
  readonly added: number;
  readonly unchanged: number;
  readonly conflicts: readonly DumpConflict[];
  /** Media whose files are not beside the dump. */
  readonly missing: readonly string[];
}

/**
 * Bring a dump back: rows as they were, with their ids, codes, versions and times; lists, numbers and search are made
 * from them. On a database that holds something already only what is missing is added. Safe to interrupt and repeat.
 * @throws AppError `import.dump` when the file is no dump, one of another format, or was cut off; of such a one
 *   nothing is brought back
 */
export async function restoreDump(options: RestoreOptions): Promise<RestoreResult> {
  const file = resolve(options.file);
  const { header, rows, promised } = await openDump(file);
  const work = new Restore(options, header.media === '' ? '' : join(dirname(file), header.media));
  let chunk: DumpEntry[] = [];
  for await (const entry of rows) {
    chunk.push(entry);
    if (chunk.length < rowsAtOnce) continue;
    await work.take(chunk);
    chunk = [];
  }
  if (chunk.length > 0) await work.take(chunk);
  if (!options.isDryRun) await takeUpMedia(options.database, options.media);
  const result = work.result();
  if (result.rows !== promised())
    throw new AppError(
      'import.dump',
      `The dump has ${result.rows} rows, but its end speaks of ${promised()}: lines are missing. What it has was brought back.`,
    );
  return result;
}

class Restore {
  readonly #options: RestoreOptions;
  /** Empty where the dump names none. */
  readonly #mediaFolder: string;
  #rows = 0;
  #added = 0;
  #unchanged = 0;
  readonly #conflicts: DumpConflict[] = [];
  readonly #missing: string[] = [];
  /** Stories that are here in another form: what belongs to theirs in the dump stays out. */
  readonly #otherStories = new Set<string>();

  constructor(options: RestoreOptions, mediaFolder: string) {
    this.#options = options;
    this.#mediaFolder = mediaFolder;
  }

  result(): RestoreResult {
    return {
      rows: this.#rows,
      added: this.#added,
      unchanged: this.#unchanged,
      conflicts: this.#conflicts,
      missing: this.#missing,
    };
  }

  async take(chunk: readonly DumpEntry[]): Promise<void> {
    const { database, isDryRun, onProgress } = this.#options;
    if (!isDryRun)
      for (const { table, row } of chunk) if (table.name === 'media') await this.#placeMedia(String(row.id));
    const work = isDryRun
      ? await this.#compare(chunk)
      : await database.write(async (tx) => {
          const done: { entry: DumpEntry; outcome: 'added' | 'unchanged' | 'conflict' }[] = [];
          const others = new Set(this.#otherStories);
          for (const entry of chunk) {
            const outcome = await restoreRow(tx, entry.table, entry.row, others);
            if (outcome === 'conflict' && entry.table.name === 'story') others.add(String(entry.row.id));
            done.push({ entry, outcome });
          }
          if (done.some(({ outcome }) => outcome === 'added'))
            tx.emit({
              type: 'dump.restored',
              payload: { rows: done.length },
              tags: ['site', 'front', 'list'],
            });
          return done;
        });
    for (const { entry, outcome } of work) {
      this.#rows += 1;
      if (outcome === 'added') this.#added += 1;
      else if (outcome === 'unchanged') this.#unchanged += 1;
      else {
        if (entry.table.name === 'story') this.#otherStories.add(String(entry.row.id));
        this.#conflicts.push({
          table: entry.table.name,
          key: entry.table.key.map((column) => String(entry.row[column])).join(' '),
        });
      }
    }
    onProgress?.(this.#rows);
  }

  async #compare(chunk: readonly DumpEntry[]) {
    const done: { entry: DumpEntry; outcome: 'added' | 'unchanged' | 'conflict' }[] = [];
    for (const entry of chunk) {
      const here = await find(this.#options.database.read, entry.table, entry.row);
      const outcome =
        here === undefined ? 'added' : isSame(entry.table, here, entry.row) ? 'unchanged' : 'conflict';
      done.push({ entry, outcome });
    }
    return done;
  }

  /** Put the files of a media item in place, unless they are there. Files first, then the row. */
  async #placeMedia(id: string): Promise<void> {
    const { files } = this.#options.media;
    if (!mediaIdPattern.test(id) || (await stat(files.pathOf(id)).catch(() => undefined))) return;
    const from = join(this.#mediaFolder, id);
    if (this.#mediaFolder === '' || !(await stat(from).catch(() => undefined))?.isDirectory()) {
      this.#missing.push(id);
      return;
    }
    const folder = await files.begin();
    try {
      for (const entry of await readdir(from, { withFileTypes: true })) {
        if (!entry.isFile() || entry.name.startsWith('.')) continue;
        const path = join(folder, entry.name);
        await copyFile(join(from, entry.name), path);
        const file = await open(path, 'r+');
        await file.sync();
        await file.close();
      }
      await files.place(folder, id);
    } catch (error) {
      await files.discard(folder);
      throw error;
    }
  }
}

async function restoreRow(
  tx: Transaction,
  table: DumpTable,
  row: DumpRow,
  otherStories: ReadonlySet<string>,
): Promise<'added' | 'unchanged' | 'conflict'> {
  const { db } = tx;
  const story = table.story ? row[table.story] : undefined;
  if (story && otherStories.has(String(story))) return 'conflict';
  const columns = sql.join(table.columns.map((column) => sql.ref(column)));
  const values = sql.join(table.columns.map((column) => row[column] ?? null));
  const { rows } =
    await sql`insert into ${sql.table(table.name)} (${columns}) values (${values}) on conflict do nothing returning ${sql.ref(table.key[0]!)}`.execute(
      db,
    );
  if (rows.length > 0) {
    if (table.name === 'story') await takeUp(tx, String(row.id));
    return 'added';
  }
  const here = await find(db, table, row);
  return here && isSame(table, here, row) ? 'unchanged' : 'conflict';
}

/** What follows from a story but has no row in the dump: its lists, and the job that publishes it at its hour. */
export async function takeUp(tx: Transaction, id: string): Promise<void> {
  const story = await findStory(tx.db, id);
  if (story && isPublic(story)) await listRestored(tx.db, story);
  const at = story?.scheduledAt;
  if (story && at !== undefined)
    await enqueue(tx, publishScheduledJob, { id, at }, { at, key: `${id}:${story.version}` });
}

async function find(db: Kysely<Tables>, table: DumpTable, row: DumpRow): Promise<DumpRow | undefined> {
  const columns = sql.join(table.columns.map((column) => sql.ref(column)));
  const key = sql.join(
    table.key.map((column) => sql`${sql.ref(column)} = ${row[column] ?? null}`),
    sql` and `,
  );
  const { rows } = await sql<DumpRow>`select ${columns} from ${sql.table(table.name)} where ${key}`.execute(
    db,
  );
  return rows[0];
}

function isSame(table: DumpTable, here: DumpRow, there: DumpRow): boolean {
  return table.columns.every((column) => (here[column] ?? null) === (there[column] ?? null));
}
