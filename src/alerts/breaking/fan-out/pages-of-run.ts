import { setImmediate as turn } from 'node:timers/promises';
import { findAlert, type RunKind } from '../alerts.ts';
import type { Audience, WideAlert } from '../wide-alert.ts';
import { alertFromRow } from '../wide-alert.ts';
import { audiencePage, browsersBy } from './audience-page.ts';
import { decide } from './decide.ts';
import { usualBatch, type FanOutParts } from './parts.ts';
import type { Batch } from './record-batch.ts';
import type { RunRow } from './run-alert.ts';

/** The next batch that begins at a place; undefined after the last, or where the alert does not go on. */
export type Pages = (from: string) => Promise<Batch | undefined>;

const nobody: ReadonlyMap<string, number> = new Map();

/** States in which a run of a kind goes on. */
const goesOn: Readonly<Record<RunKind, readonly WideAlert['state'][]>> = {
  send: ['sending', 'sent'],
  correct: ['sending', 'sent'],
  withdraw: ['withdrawn'],
};

/** The alert of a run, as it stands now; undefined where the run is not to go on. */
export async function alertOnItsWay(
  { database: { read } }: FanOutParts,
  run: RunRow,
): Promise<WideAlert | undefined> {
  const alert = await findAlert(read, run.alert);
  if (!alert || !goesOn[run.kind].includes(alert.state)) return undefined;
  if (run.kind === 'withdraw' || alert.story === undefined) return alert;
  const story = await read
    .selectFrom('story')
    .select('state')
    .where('id', '=', alert.story)
    .executeTakeFirst();
  return story?.state === 'published' ? alert : undefined;
}

/** Whoever wants to hear of an alert. */
export function sendPages(parts: FanOutParts, run: RunRow): Pages {
  const { database, clock, batch: limit = usualBatch } = parts;
  let told: Promise<readonly Audience[]> | undefined;
  return async (from) => {
    const alert = await alertOnItsWay(parts, run);
    if (!alert) return undefined;
    told ??= toldGraver(parts, alert);
    let cursor: string | undefined = from;
    while (cursor !== undefined) {
      const now = clock.now();
      const page = await audiencePage(database.read, alert.audiences, { cursor, now, limit });
      const decided = await decide(database.read, page.browsers, {
        alert,
        told: await told,
        now,
        clock: run.isByClock
          ? { at: run.at, sendAt: alert.sendAt ?? run.at, zone: parts.paper.zone }
          : undefined,
      });
      cursor = page.next;
      if (decided.ring.length + decided.later.length > 0)
        return { alert, ...decided, waited: nobody, from, to: cursor ?? 'readers:g' };
      // Pages of the paper go on between those of the audience.
      await turn();
    }
    return undefined;
  };
}

/** To whom the story of an alert that goes out by itself was told already as breaking news. */
async function toldGraver(parts: FanOutParts, alert: WideAlert): Promise<readonly Audience[]> {
  if (alert.kind !== 'story' || alert.story === undefined) return [];
  const rows = await parts.database.read
    .selectFrom('alert')
    .selectAll()
    .where('story_id', '=', alert.story)
    .where('kind', '=', 'breaking')
    .where('state', 'in', ['sending', 'sent'])
    .orderBy('created_at', 'desc')
    .limit(20)
    .execute();
  return rows.map(alertFromRow).flatMap(({ audiences }) => audiences);
}

/** Whoever may have seen an alert before it was corrected or withdrawn, a batch of its sending after the other. */
export function reachedPages(parts: FanOutParts, run: RunRow): Pages {
  const { database, clock } = parts;
  return async (from) => {
    const alert = await alertOnItsWay(parts, run);
    if (!alert) return undefined;
    const row = await database.read
      .selectFrom('alert_reached')
      .select(['seq', 'browsers'])
      .where('alert_id', '=', run.alert)
      .where('seq', '>', Number(from))
      .where('version', '<', alert.version)
      .orderBy('seq')
      .limit(1)
      .executeTakeFirst();
    if (!row) return undefined;
    const ids = JSON.parse(row.browsers) as string[];
    const browsers = await browsersBy(database.read, 'id', ids, clock.now());
    const ring = browsers.map((browser) => ({ browser, day: undefined }));
    return { alert, ring, later: [], waited: nobody, from, to: String(row.seq) };
  };
}

/** Whoever waits and is due now, whoever waits longest first. */
export function duePages(parts: FanOutParts, run: RunRow): Pages {
  const { database, clock, batch: limit = usualBatch } = parts;
  const due = clock.now();
  // Where this way stands is nobody's business after a crash: who is told does not wait any more.
  let after = { at: 0, browser: '' };
  return async () => {
    const alert = await alertOnItsWay(parts, run);
    if (!alert) return undefined;
    const rows = await database.read
      .selectFrom('alert_waiting')
      .select(['browser_id', 'at', 'tries'])
      .where('run_id', '=', run.id)
      .where('at', '<=', due)
      .where((is) =>
        is.or([
          is('at', '>', after.at),
          is.and([is('at', '=', after.at), is('browser_id', '>', after.browser)]),
        ]),
      )
      .orderBy('at')
      .orderBy('browser_id')
      .limit(limit)
      .execute();
    const last = rows.at(-1);
    if (!last) return undefined;
    after = { at: last.at, browser: last.browser_id };
    const now = clock.now();
    const waited = new Map(rows.map(({ browser_id, tries }) => [browser_id, tries]));
    const browsers = await browsersBy(database.read, 'id', [...waited.keys()], now);
    const decided =
      run.kind === 'send'
        ? await decide(database.read, browsers, { alert, told: [], now, clock: undefined })
        : { ring: browsers.map((browser) => ({ browser, day: undefined })), later: [] };
    return { alert, ...decided, waited, from: '', to: '' };
  };
}
