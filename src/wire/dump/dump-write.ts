import { cp, mkdir, open, rename, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { sql, type Kysely } from 'kysely';
import type { Database } from '../../platform/database/database.ts';
import { tablesHere } from '../../platform/database/schema.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { MediaStore } from '../../platform/media/media-store.ts';
import { dumpTables, type DumpEnd, type DumpHeader, type DumpRow, type DumpTable } from './dump-tables.ts';

const rowsAtOnce = 200;
export const dumpFileName = 'freesheet.jsonl';

export interface DumpOptions {
  readonly database: Database;
  readonly media: MediaStore;
  /** A folder, or a file ending in .jsonl; made if it is not there. */
  readonly to: string;
  /** ISO time for the first line. */
  readonly createdAt: string;
  readonly onProgress?: (rows: number) => void;
}

export interface DumpResult {
  readonly file: string;
  readonly rows: number;
  readonly files: number;
  /** Media whose files are not on this machine. */
  readonly missing: readonly string[];
}

/**
 * Write everything the paper has published and drafted, as it stood at one moment: a line for each row, and the media
 * files in a folder beside it. Ids, codes, versions and times are kept. The file has its name only once it is whole
 * and on disk.
 */
export async function writeDump(options: DumpOptions): Promise<DumpResult> {
  const target = resolve(options.to);
  const file = extname(target) === '.jsonl' ? target : join(target, dumpFileName);
  const mediaFolder = `${basename(file, '.jsonl')}-media`;
  await mkdir(dirname(file), { recursive: true });
  const part = `${file}.part`;
  const media: string[] = [];
  const rows = await writeDumpFile(part, {
    database: options.database,
    mediaFolder,
    createdAt: options.createdAt,
    onRows: (table, page, count) => {
      options.onProgress?.(count);
      if (table === 'media') media.push(...page.map(({ id }) => String(id)));
    },
  });
  const missing: string[] = [];
  for (const id of media)
    if (!(await copyItem(options.media, id, join(dirname(file), mediaFolder)))) missing.push(id);
  await rename(part, file);
  return { file, rows, files: media.length - missing.length, missing };
}

export interface DumpFileOptions {
  readonly database: Database;
  /** Name of the folder that will stand beside the file, with a folder for each media item. */
  readonly mediaFolder: string;
  readonly createdAt: string;
  /** What is dumped; the paper alone when left out. */
  readonly tables?: readonly DumpTable[];
  /** @param count rows so far */
  readonly onRows?: (table: string, page: readonly DumpRow[], count: number) => void;
}

/**
 * Write the lines of a dump into a file, synced. A database that waits for an upgrade is dumped in the form that it has.
 * @returns the number of rows
 */
export async function writeDumpFile(path: string, options: DumpFileOptions): Promise<number> {
  const out = await open(path, 'w');
  const write = (line: DumpHeader | DumpEnd) => out.writeFile(`${JSON.stringify(line)}\n`);
  let rows = 0;
  try {
    await write({ freesheet: 'dump', format: 1, createdAt: options.createdAt, media: options.mediaFolder });
    await options.database.snapshot(async (db) => {
      for (const table of await dumpTablesHere(db, options.tables)) {
        for await (const page of tableRows(db, table)) {
          await out.writeFile(page.map((row) => `${JSON.stringify({ table: table.name, row })}\n`).join(''));
          rows += page.length;
          options.onRows?.(table.name, page, rows);
        }
      }
    });
    await write({ freesheet: 'end', rows });
    await out.sync();
  } finally {
    await out.close();
  }
  return rows;
}

/** The tables of a dump as a database has them: of an older one some may be missing, or have other columns. */
export async function dumpTablesHere(
  db: Kysely<Tables>,
  tables: readonly DumpTable[] = dumpTables,
): Promise<DumpTable[]> {
  const here = await tablesHere(db);
  return tables.flatMap((table) => {
    const columns = here.get(table.name);
    if (!columns) return [];
    const usual = table.columns.filter((column) => columns.includes(column));
    const others = columns.filter((column) => !table.columns.includes(column)).sort();
    return [{ ...table, columns: [...usual, ...others] }];
  });
}

/** All rows of a table, a page at a time, in the order of its key. */
export async function* tableRows(db: Kysely<Tables>, table: DumpTable): AsyncGenerator<DumpRow[]> {
  const key = sql.join(table.key.map((column) => sql.ref(column)));
  let after: DumpRow | undefined;
  for (;;) {
    const last = after;
    const from = last
      ? sql`where (${key}) > (${sql.join(table.key.map((column) => last[column] ?? null))})`
      : sql``;
    const columns = sql.join(table.columns.map((column) => sql.ref(column)));
    const { rows } =
      await sql<DumpRow>`select ${columns} from ${sql.table(table.name)} ${from} order by ${key} limit ${rowsAtOnce}`.execute(
        db,
      );
    if (rows.length > 0) yield rows.map((row) => ({ ...row }));
    if (rows.length < rowsAtOnce) return;
    after = rows.at(-1)!;
  }
}

async function copyItem(media: MediaStore, id: string, folder: string): Promise<boolean> {
  const from = media.files.pathOf(id);
  if (!(await stat(from).catch(() => undefined))?.isDirectory()) return false;
  await cp(from, join(folder, id), { recursive: true });
  return true;
}
