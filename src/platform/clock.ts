/** The only source of 'now', so that tests can move time. Milliseconds since the epoch, UTC. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands where it is put; for tests and previews of a later moment. */
export class FixedClock implements Clock {
  #now: number;
  constructor(now: number) {
    this.#now = now;
  }
  now(): number {
    return this.#now;
  }
  set(now: number): void {
    this.#now = now;
  }
  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }
}
