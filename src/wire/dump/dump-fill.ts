import { indexMissingComments } from '../../conversation/index.ts';
import { sql, type Kysely } from 'kysely';
import type { Database } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { AppError } from '../../platform/errors.ts';
import type { MediaStore } from '../../platform/media/media-store.ts';
import { takeUpMedia } from './dump-media.ts';
import { openDump, type DumpEntry } from './dump-read.ts';
import { takeUp } from './dump-restore.ts';
import { dumpTablesHere } from './dump-write.ts';
import { backupTables } from './member-tables.ts';

/** Rows in one transaction, and in one statement: below the parameter limits of both databases. */
const rowsAtOnce = 500;
const rowsInStatement = 100;
const storiesAtOnce = 50;

export interface FillOptions {
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Put the rows of a dump, or of a backup, into empty tables, each as it is. The tables have the form that they had when the dump was
 * made; when they have today's, call `takeUpFilled`.
 * @returns the number of rows
 * @throws AppError `import.dump`
 */
export async function fillFromDump(
  database: Database,
  file: string,
  options: FillOptions = {},
): Promise<number> {
  const { rows, promised } = await openDump(file, await dumpTablesHere(database.read, backupTables));
  let count = 0;
  let chunk: DumpEntry[] = [];
  const put = async () => {
    options.signal?.throwIfAborted();
    const entries = chunk;
    chunk = [];
    await database.write(({ db }) => insertRows(db, entries));
    count += entries.length;
    options.onProgress?.(count);
  };
  for await (const entry of rows) {
    chunk.push(entry);
    if (chunk.length === rowsAtOnce) await put();
  }
  if (chunk.length > 0) await put();
  if (count !== promised())
    throw new AppError('import.dump', `The dump has ${count} rows, but its end speaks of ${promised()}.`);
  return count;
}

/**
 * Make what a dump leaves out because it follows from the stories and media: lists, numbers, search, jobs.
 * @param options.onProgress is told how many stories are done
 */
export async function takeUpFilled(
  database: Database,
  media: MediaStore,
  options: FillOptions = {},
): Promise<void> {
  let count = 0;
  let after = '';
  for (;;) {
    options.signal?.throwIfAborted();
    const rows = await database.read
      .selectFrom('story')
      .select('id')
      .where('id', '>', after)
      .orderBy('id')
      .limit(storiesAtOnce)
      .execute();
    if (rows.length === 0) break;
    await database.write(async (tx) => {
      for (const { id } of rows) await takeUp(tx, id);
    });
    after = rows.at(-1)!.id;
    count += rows.length;
    options.onProgress?.(count);
  }
  await takeUpMedia(database, media, options.signal);
  await indexMissingComments(database);
}

async function insertRows(db: Kysely<Tables>, entries: readonly DumpEntry[]): Promise<void> {
  for (let start = 0; start < entries.length;) {
    const { table } = entries[start]!;
    let end = start + 1;
    while (end < entries.length && end - start < rowsInStatement && entries[end]!.table === table) end += 1;
    const columns = sql.join(table.columns.map((column) => sql.ref(column)));
    const values = sql.join(
      entries
        .slice(start, end)
        .map(({ row }) => sql`(${sql.join(table.columns.map((column) => row[column] ?? null))})`),
    );
    await sql`insert into ${sql.table(table.name)} (${columns}) values ${values}`.execute(db);
    start = end;
  }
}
