import { AppError } from './errors.ts';

/** Lets a few pieces of heavy work run at a time; the others wait for their turn, up to a number. */
export class Turns {
  readonly #atOnce: number;
  readonly #mayWait: number;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(atOnce: number, mayWait = Infinity) {
    this.#atOnce = atOnce;
    this.#mayWait = mayWait;
  }

  /** @throws AppError `media.busy` when too many wait already */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#atOnce) this.#running += 1;
    else {
      if (this.#waiting.length >= this.#mayWait)
        throw new AppError('media.busy', 'Too many pictures are being made just now. Try again soon.', {
          status: 503,
        });
      await new Promise<void>((turn) => this.#waiting.push(turn));
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
