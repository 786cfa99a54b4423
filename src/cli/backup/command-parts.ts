import type { Config } from '../../platform/config.ts';
import { createLog } from '../../platform/log.ts';
import { MediaStore } from '../../platform/media/media-store.ts';
import type { CliIo } from '../command.ts';
import { ProgressLine } from '../progress.ts';

export function mediaStoreOf(config: Config): MediaStore {
  return new MediaStore({ dataDir: config.dataDir, log: createLog(config.LOG_LEVEL), avif: config.AVIF });
}

/** Run work that the first Ctrl-C or SIGTERM asks to stop. */
export async function stoppable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  try {
    return await work(stop.signal);
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

/** A progress line for work in stages, each counting in its own unit. */
export class StageProgress<Stage extends string> {
  readonly #io: CliIo;
  readonly #units: Readonly<Record<Stage, string>>;
  #stage: Stage | undefined;
  #line: ProgressLine | undefined;

  constructor(io: CliIo, units: Readonly<Record<Stage, string>>) {
    this.#io = io;
    this.#units = units;
  }

  readonly show = (stage: Stage, done: number, part?: number, whole?: number): void => {
    if (stage !== this.#stage) {
      this.clear();
      this.#stage = stage;
      this.#line = new ProgressLine(this.#io, this.#units[stage]);
    }
    this.#line!.show(done, part, whole);
  };

  clear(): void {
    this.#line?.clear();
  }
}
