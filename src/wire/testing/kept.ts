import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { TestDatabase } from '../../platform/database/testing.ts';
import { findImported, type Story } from '../../stories/index.ts';
import { dumpTables } from '../dump/dump-tables.ts';
import { tableRows } from '../dump/dump-write.ts';
import { fingerprint } from '../import/loose-blocks.ts';

/** A fingerprint of all that is kept of the paper. */
export async function kept({ database }: Pick<TestDatabase, 'database'>): Promise<string> {
  const rows: unknown[] = [];
  for (const table of dumpTables)
    for await (const page of tableRows(database.read, table)) rows.push(table.name, page);
  return fingerprint(rows);
}

/** Types of the events so far, sorted. */
export async function eventsOf({ database }: Pick<TestDatabase, 'database'>): Promise<string[]> {
  const rows = await database.read.selectFrom('outbox').select('type').execute();
  return rows.map(({ type }) => type).sort();
}

/** The lines of a report: record, source id, outcome, code, detail. */
export async function reportOf(folder: string | undefined): Promise<string[][]> {
  const text = await readFile(join(folder!, 'report.csv'), 'utf8');
  const [heading, ...rows] = parse(text, { bom: true }) as string[][];
  assert.deepEqual(heading, ['record', 'source id', 'outcome', 'code', 'detail']);
  return rows;
}

/** A story that must have come in. */
export async function findIn(
  { database }: Pick<TestDatabase, 'database'>,
  source: string,
  id: string,
): Promise<Story> {
  const story = await findImported(database.read, source, id);
  assert.ok(story, `${source} ${id}`);
  return story;
}
