import type { Report } from './report.ts';

/**
 * Shows how steady the machine is: a fixed piece of work, timed between the rounds of what is measured. When it takes
 * half as long again in one round, so may everything else have.
 */
export class Noise {
  readonly #times: number[] = [];

  sample(): void {
    steadyWork();
    const started = performance.now();
    steadyWork();
    this.#times.push(performance.now() - started);
  }

  tell(report: Report): void {
    report.noise('a fixed piece of work on one core', this.#times, ' ms');
  }
}

const rounds = 60;
const record = Array.from({ length: 400 }, (_, index) => ({ id: index, words: `the ${index} harbour` }));

/** Objects, strings and numbers, as a server has them; some 20 ms. */
function steadyWork(): number {
  let sum = 0;
  for (let round = 0; round < rounds; round += 1) {
    const copy = JSON.parse(JSON.stringify(record)) as typeof record;
    copy.sort((a, b) => (a.words < b.words ? -1 : 1));
    for (const { id, words } of copy) sum = (Math.imul(sum, 31) + id + words.length) | 0;
  }
  return sum;
}
