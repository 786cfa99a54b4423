import type { RecordedEvent } from '../events/event-log.ts';
import type { Frame, Frames } from './frames.ts';

/** Events that are rendered at the same time. */
const atOnce = 8;

/** Renders events one after the other as they come in, and hands their frames on in the same order. */
export class Rendering {
  readonly #frames: Frames;
  readonly #place: (frames: readonly Frame[], position: number) => void;
  readonly #waiting: RecordedEvent[] = [];
  #isRunning = false;
  #running: Promise<void> | undefined;
  #isStopped = false;
  /** The newest event that has come in. */
  #taken = 0;

  /** @param place is given what is told of the next events, and the position of the last of them */
  constructor(frames: Frames, place: (frames: readonly Frame[], position: number) => void) {
    this.#frames = frames;
    this.#place = place;
  }

  /** Take what comes after a position from now on. */
  begin(position: number): void {
    this.#taken = position;
  }

  /** @returns those of the events that are new */
  take(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
    const fresh = events.filter(({ position }) => position > this.#taken);
    this.#taken = fresh.at(-1)?.position ?? this.#taken;
    this.#waiting.push(...fresh);
    if (!this.#isRunning) this.#running = this.#run();
    return fresh;
  }

  /** Resolves when nothing is being rendered any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0 && !this.#isStopped) {
      const events = this.#waiting.splice(0, atOnce);
      const frames = await Promise.all(events.map((event) => this.#frames.render(event)));
      const told = frames.filter((frame) => frame !== undefined && this.#frames.holds(frame));
      this.#place(told as Frame[], events.at(-1)!.position);
    }
    // In the step that finds nothing more: what comes next begins anew.
    this.#isRunning = false;
  }
}
