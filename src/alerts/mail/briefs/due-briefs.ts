import { sql } from 'kysely';
import type { Clock } from '../../../platform/clock.ts';
import type { Database, Transaction } from '../../../platform/database/database.ts';
import type { JobRunner } from '../../../platform/jobs/job-runner.ts';
import { toLocal } from '../../../stories/index.ts';
import type { AlertOwner } from '../../alert.ts';
import { settingsOf } from '../../preferences/settings.ts';
import { nextMinuteOfDay } from '../../preferences/zone-clock.ts';
import type { Rhythm } from '../letter.ts';
import { enqueueLetter } from '../send-letters.ts';

const briefsJob = 'alerts.briefs';
/** Minute of the day in the reader's zone: seven in the morning. */
const minute = 7 * 60;
/** Day of the weekly one: Saturday, when there is time to read. */
const weekday = 6;
const atOnce = 500;
/** How long after its hour a brief is still of use, milliseconds. */
const life = { daily: 12 * 3_600_000, weekly: 36 * 3_600_000 } as const satisfies Record<Rhythm, number>;

/** When the next brief is due, milliseconds UTC. @param zone IANA, of the reader */
export function nextBrief(rhythm: Rhythm, now: number, zone: string): number {
  let at = nextMinuteOfDay(zone, now, minute);
  // A zone that skips a day may skip this weekday's morning; the week after has it.
  for (let day = 0; rhythm === 'weekly' && day < 14 && toLocal(at, zone).weekday !== weekday; day += 1)
    at = nextMinuteOfDay(zone, at, minute);
  return at;
}

/** Have briefs written when it is seven in the morning where their readers are. */
export function defineBriefs(
  runner: Pick<JobRunner, 'define' | 'schedule'>,
  parts: { readonly database: Database; readonly clock: Clock; readonly zone: string },
): void {
  runner.define(briefsJob, {
    handle: (_payload, { signal }) => putInBriefs(parts.database, parts.zone, signal),
  });
  // The clocks of all zones differ by quarters of an hour.
  runner.schedule(briefsJob, '*/15 * * * *', 'UTC');
}

/**
 * Put in the briefs that are due, each once, and look when the next ones are. One that was missed while no server ran
 * comes with all that it would have told.
 * @param zone of readers who have not said where they are
 */
export async function putInBriefs(database: Database, zone: string, signal?: AbortSignal): Promise<void> {
  while (await database.write((tx) => beginBriefs(tx, zone))) signal?.throwIfAborted();
  while (await database.write((tx) => takeDue(tx, zone))) signal?.throwIfAborted();
}

// As the index says it, so that it is used.
const isBrief = sql<boolean>`alert_choice.channel in ('daily', 'weekly')`;
const readerOf = sql<string>`substr(alert_choice.owner, 8)`;

/** Whoever has chosen a brief since the last look gets one from now on. @returns whether there may be more */
async function beginBriefs(tx: Transaction, zone: string): Promise<boolean> {
  const rows = await tx.db
    .selectFrom('alert_choice')
    .leftJoin('mail_brief', (join) =>
      join.on('mail_brief.reader_id', '=', readerOf).onRef('mail_brief.rhythm', '=', 'alert_choice.channel'),
    )
    .select(['alert_choice.owner', 'alert_choice.channel'])
    .distinct()
    .where(isBrief)
    .where('alert_choice.owner', '>', 'reader:')
    .where('alert_choice.owner', '<', 'reader;')
    .where('mail_brief.reader_id', 'is', null)
    .limit(atOnce)
    .execute();
  if (rows.length === 0) return false;
  const settings = await settingsOf(tx.db, [...new Set(rows.map(({ owner }) => owner as AlertOwner))]);
  await tx.db
    .insertInto('mail_brief')
    .values(
      rows.map(({ owner, channel }) => ({
        reader_id: owner.slice('reader:'.length),
        rhythm: channel,
        last_at: tx.now,
        next_at: nextBrief(channel as Rhythm, tx.now, settings.get(owner as AlertOwner)?.zone ?? zone),
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return rows.length === atOnce;
}

/** @returns whether there may be more */
async function takeDue(tx: Transaction, zone: string): Promise<boolean> {
  const due = await tx.db
    .selectFrom('mail_brief')
    .selectAll()
    .where('next_at', '<=', tx.now)
    .orderBy('next_at')
    .orderBy('reader_id')
    .limit(atOnce)
    .execute();
  if (due.length === 0) return false;
  const owners = [...new Set(due.map(({ reader_id }): AlertOwner => `reader:${reader_id}`))];
  const settings = await settingsOf(tx.db, owners);
  const chosen = await tx.db
    .selectFrom('alert_choice')
    .select(['owner', 'channel'])
    .distinct()
    .where(isBrief)
    .where('owner', 'in', owners)
    .execute();
  const wanted = new Set(chosen.map(({ owner, channel }) => `${owner} ${channel}`));
  for (const row of due) {
    const rhythm = row.rhythm as Rhythm;
    const owner: AlertOwner = `reader:${row.reader_id}`;
    const one = tx.db;
    if (!wanted.has(`${owner} ${rhythm}`)) {
      await one
        .deleteFrom('mail_brief')
        .where('reader_id', '=', row.reader_id)
        .where('rhythm', '=', rhythm)
        .execute();
      continue;
    }
    const setting = settings.get(owner);
    const isPaused = setting?.pausedUntil !== undefined && tx.now < setting.pausedUntil;
    if (!isPaused)
      await enqueueLetter(
        tx,
        {
          of: 'brief',
          reader: row.reader_id,
          rhythm,
          from: row.last_at,
          to: tx.now,
          until: tx.now + life[rhythm],
        },
        { key: `brief:${row.reader_id}:${rhythm}:${row.next_at}` },
      );
    await one
      .updateTable('mail_brief')
      .set({
        next_at: nextBrief(rhythm, tx.now, setting?.zone ?? zone),
        // What a pause passes over stands in the first brief after it.
        ...(!isPaused && { last_at: tx.now }),
      })
      .where('reader_id', '=', row.reader_id)
      .where('rhythm', '=', rhythm)
      .execute();
  }
  return due.length === atOnce;
}
