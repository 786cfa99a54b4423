import { open } from 'node:fs/promises';
import { AppError } from '../../platform/errors.ts';
import { dumpTables, type DumpHeader, type DumpRow, type DumpTable } from './dump-tables.ts';
import { jsonObjects } from '../import/json-stream.ts';
import { openText } from '../import/text-stream.ts';

export interface DumpEntry {
  readonly table: DumpTable;
  readonly row: DumpRow;
}

export interface OpenDump {
  readonly header: DumpHeader;
  /** In the order in which they need each other. */
  readonly rows: AsyncIterable<DumpEntry>;
  /** How many rows its end speaks of; known once all were read. */
  promised(): number | undefined;
}

/**
 * Begin to read a dump; its rows stream.
 * @param tables those that it may have, with the columns that their rows must have
 * @throws AppError `import.dump` when the file is no dump, one of another format, or was cut off
 */
export async function openDump(file: string, tables: readonly DumpTable[] = dumpTables): Promise<OpenDump> {
  const known = new Map(tables.map((table) => [table.name as string, table]));
  const texts = jsonObjects((await openText(file)).read());
  let header: DumpHeader;
  try {
    header = headerOf(await texts.next());
    await assertWhole(file);
  } catch (error) {
    await texts.return(undefined);
    throw error;
  }
  let promised: number | undefined;
  async function* rows(): AsyncGenerator<DumpEntry, void> {
    for await (const text of texts) {
      const line = parsed(text);
      if (line.freesheet === 'end') promised = Number(line.rows);
      else yield entryOf(line, known);
    }
  }
  return { header, rows: rows(), promised: () => promised };
}

/** Looks at the last line before the first row is written. @throws AppError `import.dump` */
async function assertWhole(path: string): Promise<void> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const length = Math.min(size, 200);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    if (/\n\{"freesheet":"end","rows":\d+\}\s*$/.test(buffer.toString('utf8'))) return;
  } finally {
    await file.close();
  }
  throw new AppError(
    'import.dump',
    'The dump is not whole: its end is missing. Nothing was brought back. Copy it anew, or export again.',
  );
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (cause) {
    throw new AppError('import.dump', `A line of the dump is broken: ${(cause as Error).message}`, { cause });
  }
}

function headerOf(first: IteratorResult<string>): DumpHeader {
  if (first.done)
    throw new AppError('import.dump', 'The file is no dump of Freesheet: its first line is missing.');
  const line = parsed(first.value);
  if (line.freesheet !== 'dump') throw new AppError('import.dump', 'The file is no dump of Freesheet.');
  if (line.format !== 1)
    throw new AppError(
      'import.dump',
      'The dump was made by a newer Freesheet. Bring this one up to date first.',
    );
  const media =
    typeof line.media === 'string' && /^[^/\\]+$/.test(line.media) && !line.media.startsWith('.')
      ? line.media
      : '';
  return { freesheet: 'dump', format: 1, createdAt: String(line.createdAt), media };
}

function entryOf(line: Record<string, unknown>, tables: ReadonlyMap<string, DumpTable>): DumpEntry {
  const table = tables.get(String(line.table));
  const row = line.row as DumpRow | undefined;
  if (!table || row === null || typeof row !== 'object')
    throw new AppError(
      'import.dump',
      `The dump has a row of an unknown table: ${String(line.table).slice(0, 40)}.`,
    );
  const strange = Object.entries(row).find(
    ([column, value]) => !table.columns.includes(column) || (value !== null && typeof value === 'object'),
  );
  const lacking = table.columns.find((column) => !(column in row));
  if (strange ?? lacking)
    throw new AppError(
      'import.dump',
      `A row of ${table.name} in the dump is not as it should be: ${strange?.[0] ?? lacking}.`,
    );
  return { table, row };
}
