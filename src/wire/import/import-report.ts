import { mkdir, open, truncate, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { keptWords } from '../../stories/index.ts';
import type { ImportNote } from './loose-blocks.ts';

/** What became of a record. */
export type RecordOutcome =
  | 'created'
  | 'updated'
  | 'unchanged'
  /** Somebody edited the story here since; it is left alone. */
  | 'edited-here'
  /** It was killed here, and stays so. */
  | 'killed'
  /** A newer version is here already. */
  | 'older'
  /** The same story stood in this reading before. */
  | 'repeated'
  /** It could not be made into a story. */
  | 'refused';

/** Numbers of one reading, by outcome and by the code of what was lost or guessed. */
export interface ImportCounts {
  readonly outcomes: Partial<Record<RecordOutcome, number>>;
  /** Stories that wait for an editor. */
  held: number;
  readonly notes: Record<string, number>;
}

export function emptyCounts(): ImportCounts {
  return { outcomes: {}, held: 0, notes: {} };
}

/** A line of the report. */
export interface ReportLine {
  readonly record: number;
  readonly sourceId: string;
  readonly outcome: RecordOutcome;
  readonly held?: string;
  readonly notes: readonly ImportNote[];
}

/** Adds a record to the numbers. */
export function count(counts: ImportCounts, line: ReportLine): void {
  counts.outcomes[line.outcome] = (counts.outcomes[line.outcome] ?? 0) + 1;
  if (line.held !== undefined) counts.held += 1;
  for (const { code } of line.notes) counts.notes[code] = (counts.notes[code] ?? 0) + 1;
}

const heading = 'record,source id,outcome,code,detail\r\n';

/**
 * The report of one reading: DATA_DIR/imports/{run}/report.csv with everything lost or guessed, and summary.json.
 * After a kill it goes on where the last checkpoint was, so nothing is told twice.
 */
export class ImportReport {
  readonly folder: string;
  readonly #file: FileHandle;
  #bytes: number;

  private constructor(folder: string, file: FileHandle, bytes: number) {
    this.folder = folder;
    this.#file = file;
    this.#bytes = bytes;
  }

  /**
   * @param bytes length at the last checkpoint, 0 for a new one
   * @param tail what comes after it
   */
  static async open(dataDir: string, run: string, bytes: number, tail: string): Promise<ImportReport> {
    const folder = join(dataDir, 'imports', run);
    await mkdir(folder, { recursive: true });
    const path = join(folder, 'report.csv');
    const file = await open(path, bytes === 0 ? 'w' : 'a');
    if (bytes > 0) await truncate(path, bytes);
    const report = new ImportReport(folder, file, bytes);
    await report.append(bytes === 0 ? `\uFEFF${heading}` : tail);
    return report;
  }

  /** Length so far. */
  get bytes(): number {
    return this.#bytes;
  }

  async finish(summary: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#file.sync();
    await this.close();
    const file = await open(join(this.folder, 'summary.json'), 'w');
    await file.writeFile(`${JSON.stringify(summary, undefined, 2)}\n`);
    await file.sync();
    await file.close();
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async append(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    await this.#file.write(bytes);
    this.#bytes += bytes.length;
  }
}

/** Lines as the report has them. Records with nothing to tell are left out. */
export function reportText(lines: readonly ReportLine[]): string {
  const rows = lines.flatMap((line) => {
    const row = (code: string, detail: string) =>
      `${[String(line.record), line.sourceId, line.outcome, code, keptWords(detail)].map(csvCell).join(',')}\r\n`;
    const told = line.notes.map((note) => row(note.code, note.detail));
    if (line.held !== undefined) told.unshift(row('held', line.held));
    const isRemarkable = !['created', 'updated', 'unchanged'].includes(line.outcome);
    return told.length === 0 && isRemarkable ? [row('', '')] : told;
  });
  return rows.join('');
}

/** RFC 4180, and harmless in a spreadsheet: a cell that begins like a formula is made a text. */
export function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
