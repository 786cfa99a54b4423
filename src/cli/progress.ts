import type { CliIo } from './command.ts';

const barWidth = 24;
const redrawEvery = 100;
const plainEvery = 5000;

/** How far a long command is: one line that is redrawn on a terminal, a line now and then elsewhere. */
export class ProgressLine {
  readonly #io: CliIo;
  readonly #unit: string;
  readonly #isTerminal = process.stderr.isTTY;
  readonly #started = performance.now();
  #last = -Infinity;
  #isShown = false;

  /** @param unit what is counted */
  constructor(io: CliIo, unit = 'records') {
    this.#io = io;
    this.#unit = unit;
  }

  /**
   * @param done records so far
   * @param bytes read so far, and in all, where that is known
   */
  show(done: number, bytes?: number, totalBytes?: number): void {
    const seconds = (performance.now() - this.#started) / 1000;
    this.say(progressWords(done, seconds, this.#unit, bytes, totalBytes));
  }

  /** A line in words of the caller's own. */
  say(line: string): void {
    const now = performance.now();
    if (now - this.#last < (this.#isTerminal ? redrawEvery : plainEvery)) return;
    if (!this.#isTerminal && this.#last === -Infinity) {
      this.#last = now;
      return;
    }
    this.#last = now;
    if (!this.#isTerminal) return this.#io.err(line);
    process.stderr.write(`\r\u001B[K${line}`);
    this.#isShown = true;
  }

  /** Make way for other lines. */
  clear(): void {
    if (this.#isShown) process.stderr.write('\r\u001B[K');
    this.#isShown = false;
  }
}

/** The words of a progress line: bar, count, rate, and the time that is left. */
export function progressWords(
  done: number,
  seconds: number,
  unit: string,
  bytes?: number,
  totalBytes?: number,
): string {
  const number = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
  const rate = `${number.format(done)} ${unit}, ${number.format(done / Math.max(seconds, 0.001))} a second`;
  if (!bytes || !totalBytes) return rate;
  const part = Math.min(1, bytes / totalBytes);
  const filled = Math.round(part * barWidth);
  const left = Math.ceil((seconds / part) * (1 - part));
  const time = left >= 60 ? `${Math.floor(left / 60)} min ${left % 60} s` : `${left} s`;
  return `[${'='.repeat(filled)}${' '.repeat(barWidth - filled)}] ${Math.floor(part * 100)} %  ${rate}, ${time} left`;
}
