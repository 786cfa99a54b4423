import { spreadOf, type Spread } from './statistics.ts';

/** A limit of the design, and what was measured. */
export interface Budget {
  readonly what: string;
  /** What was measured, once or in several rounds; judged by the middle. */
  readonly measured: number | readonly number[];
  readonly limit: number;
  readonly is: 'at least' | 'at most';
  readonly unit?: string;
}

type Cell = string | number;

/** Collects what the parts print, and which budgets hold. */
export class Report {
  readonly #write: (line: string) => void;
  readonly #verdicts: { line: string; holds: boolean }[] = [];
  #part = '';

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  part(name: string, summary: string): void {
    this.#part = name;
    this.#write(`\n${name}: ${summary}`);
  }

  line(text: string): void {
    this.#write(`  ${text}`);
  }

  /** Rows under their heads: the first column is words, the others are numbers. */
  table(head: readonly string[], rows: readonly (readonly Cell[])[]): void {
    const cells = [head, ...rows.map((row) => row.map(wordOf))];
    const widths = head.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
    this.#write('');
    for (const row of cells) {
      const padded = row.map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!),
      );
      this.#write(`    ${padded.join('  ').trimEnd()}`);
    }
    this.#write('');
  }

  /** Says whether a budget of the design holds. */
  budget(budget: Budget): void {
    const { what, limit, is, unit = '' } = budget;
    const spread = spreadOf(typeof budget.measured === 'number' ? [budget.measured] : budget.measured);
    const holds = is === 'at least' ? spread.median >= limit : spread.median <= limit;
    const sign = is === 'at least' ? '>=' : '<=';
    const share = numberWords(spread.median / limit);
    const line = `${holds ? 'holds ' : 'MISSES'}  ${what}: ${spreadWords(spread)}${unit}, budget ${sign} ${numberWords(limit)}${unit} (${share} of it)`;
    this.#verdicts.push({ line: `${this.#part}  ${line}`, holds });
    this.line(line);
  }

  /** How much the same thing differs from one time to the next on this machine. */
  noise(what: string, values: readonly number[], unit = ''): void {
    const spread = spreadOf(values);
    const swing = Math.round((spread.max / spread.min - 1) * 100);
    this.line(`noise   ${what}: ${spreadWords(spread)}${unit}, ${swing} % between the least and the most`);
  }

  /** All budgets once more. @returns how many are missed */
  finish(): number {
    const missed = this.#verdicts.filter(({ holds }) => !holds);
    if (this.#verdicts.length > 0) {
      this.#write('\nBudgets');
      for (const { line } of this.#verdicts) this.line(line);
    }
    return missed.length;
  }
}

/** The middle, with the least and the most behind it where they differ. */
export function spreadWords({ min, median, max }: Spread): string {
  if (min === max) return numberWords(median);
  return `${numberWords(median)} (${numberWords(min)} to ${numberWords(max)})`;
}

/** Three digits that count, and thousands set apart. */
export function numberWords(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 0.1 ? 2 : 4;
  return value.toLocaleString('en-GB', { maximumFractionDigits: digits, minimumFractionDigits: 0 });
}

/** The cells of a spread, for a table with heads `min`, `median` and `max`. */
export function spreadCells({ min, median, max }: Spread): number[] {
  return [min, median, max];
}

function wordOf(cell: Cell): string {
  return typeof cell === 'number' ? numberWords(cell) : cell;
}
