import { setTimeout as wait } from 'node:timers/promises';
import { findAlert } from '../alerts.ts';
import { usualBatch, type FanOutParts } from './parts.ts';
import type { RunRow } from './run-alert.ts';

/** Waits so long after a batch that an audience is told within the seconds over which it is to be spread, and no sooner. */
export type Pace = (count: number, signal: AbortSignal) => Promise<void>;

/** The pace of a run: none for an audience of a few batches, and for what opens nothing new. */
export async function paceOf(parts: FanOutParts, run: RunRow): Promise<Pace> {
  const { spread, clock, batch = usualBatch } = parts;
  const size = run.kind === 'send' && spread > 0 ? await sizeOf(parts, run) : 0;
  if (size <= 2 * batch) return async () => {};
  const started = clock.now();
  let done = 0;
  return async (count, signal) => {
    done += count;
    // Not by the beat of a clock: browsers that get it together tell of it together.
    const share = Math.min(1, (done / size) * (0.9 + Math.random() * 0.2));
    const ahead = started + share * spread * 1000 - clock.now();
    if (ahead > 0) await wait(ahead, undefined, { signal });
  };
}

/** How many may be rung, at most: counts along indexes. */
async function sizeOf({ database: { read } }: FanOutParts, run: RunRow): Promise<number> {
  const alert = await findAlert(read, run.alert);
  let size = 0;
  for (const { kind, target } of alert?.audiences ?? []) {
    const row = await read
      .selectFrom('alert_choice')
      .select((is) => is.fn.countAll<number>().as('count'))
      .where('kind', '=', kind)
      .where('target', '=', target)
      .where('channel', '=', 'push')
      .executeTakeFirstOrThrow();
    size += Number(row.count);
  }
  return size;
}
