import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sql, type RawBuilder } from 'kysely';
import type { Database } from '../../src/platform/database/database.ts';
import { tablesHere } from '../../src/platform/database/schema.ts';

/** Names of the tables in which words stand, in any column, in whatever case. */
export async function tablesWith(database: Database, words: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const [name] of await tablesHere(database.read)) {
    const { rows } = await sql<
      Record<string, unknown>
    >`select ${await allOf(database, name)} from ${sql.table(name)}`.execute(database.read);
    if (rows.some((row) => Object.values(row).some((value) => holds(bytesOf(value), words))))
      found.push(name);
  }
  return found.toSorted();
}

/** All columns of a table; SQLite's as bytes, as the numbers of its own tables are larger than JavaScript's. */
async function allOf({ dialect, read }: Database, table: string): Promise<RawBuilder<unknown>> {
  if (dialect === 'postgres') return sql`*`;
  const { rows } = await sql<{ name: string }>`select name from pragma_table_info(${table})`.execute(read);
  return sql.join(rows.map(({ name }) => sql`cast(${sql.ref(name)} as blob) as ${sql.ref(name)}`));
}

/** Files below a folder in which words stand, also packed. A file that goes meanwhile holds none. */
export async function filesWith(folder: string, words: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    if (holds(isPacked ? gunzipSync(bytes) : bytes, words)) found.push(relative(folder, path));
  }
  return found.toSorted();
}

function bytesOf(value: unknown): Buffer {
  if (value instanceof Uint8Array) return Buffer.from(value);
  return Buffer.from(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
}

function holds(bytes: Buffer, words: readonly string[]): boolean {
  const text = bytes.toString('latin1').toLowerCase();
  return words.some((word) => text.includes(word));
}
