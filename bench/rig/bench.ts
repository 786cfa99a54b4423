import type { Report } from './report.ts';

/** What a part of the bench is given. */
export interface Bench {
  /** Everything shorter: to see that it runs, not to judge by. */
  readonly isQuick: boolean;
  /** Whether `growth` goes on to a million stories. */
  readonly withMillion: boolean;
  readonly report: Report;
  /** A line on how it goes. */
  say(line: string): void;
  /** A new, empty folder on the disk that is measured; it goes when the bench ends. */
  folder(name: string): string;
}

/** One part: the `part` export of the file with its name. */
export interface BenchPart {
  /** What it measures, in one line. */
  readonly summary: string;
  run(bench: Bench): Promise<void>;
}

/** The numbers of a full run and of a quick one. */
export function sizeOf<T>({ isQuick }: Bench, full: T, quick: T): T {
  return isQuick ? quick : full;
}
