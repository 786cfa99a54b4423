import { Worker } from 'node:worker_threads';
import type { Clock } from '../../platform/clock.ts';
import { PushEngine } from './engine.ts';
import type { EngineEvent, EngineOrder, EngineSettings } from './engine-orders.ts';

/** One engine, wherever it runs. */
export interface EngineHandle {
  give(order: EngineOrder): void;
  /** Keeps the process for as long as something is under way. */
  hold(isHeld: boolean): void;
  close(): Promise<void>;
}

/** An engine in a thread of its own. @param ended it is gone without having been closed, with why */
export function startThread(
  settings: EngineSettings,
  tell: (event: EngineEvent) => void,
  ended: (error: unknown) => void,
): EngineHandle {
  const worker = new Worker(new URL('push-thread.ts', import.meta.url), { workerData: settings });
  let isClosing = false;
  let failure: unknown;
  const gone = new Promise<void>((resolve) => {
    worker.once('exit', (code) => {
      if (!isClosing) ended(failure ?? new Error(`The thread ended with ${code}.`));
      resolve();
    });
  });
  worker.on('message', tell);
  worker.on('error', (error) => (failure = error));
  worker.unref();
  return {
    give: (order) => worker.postMessage(order, []),
    hold: (isHeld) => (isHeld ? worker.ref() : worker.unref()),
    async close() {
      isClosing = true;
      worker.ref();
      worker.postMessage({ kind: 'close' } satisfies EngineOrder, []);
      await gone;
    },
  };
}

/** An engine in this very thread. */
export function startHere(
  settings: EngineSettings,
  clock: Clock,
  tell: (event: EngineEvent) => void,
): EngineHandle {
  const engine = new PushEngine(settings, clock, tell);
  return {
    give: (order) => engine.handle(order),
    hold() {},
    async close() {
      engine.handle({ kind: 'close' });
    },
  };
}
