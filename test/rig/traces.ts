import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import type { Database } from '../../src/platform/database/database.ts';
import { tablesHere } from '../../src/platform/database/schema.ts';

/** Names of the tables in which words stand, in any column, in whatever case. */
export async function tablesWith(database: Database, words: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const [name] of await tablesHere(database.read)) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(
      database.read,
    );
    if (rows.some((row) => Object.values(row).some((value) => holds(bytesOf(value), words))))
      found.push(name);
  }
  return found.toSorted();
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
