import type { Kysely } from 'kysely';
import type { Transaction } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { AppError } from '../../platform/errors.ts';
import { breakingText as words } from './text.ts';
import { alertFromRow, type AlertState, type WideAlert } from './wide-alert.ts';

/** An alert by its id or its code. */
export async function findAlert(db: Kysely<Tables>, name: string): Promise<WideAlert | undefined> {
  const row = await db
    .selectFrom('alert')
    .selectAll()
    .where((is) => is.or([is('id', '=', name), is('code', '=', name)]))
    .executeTakeFirst();
  return row && alertFromRow(row);
}

/** @throws AppError `alert.not-found` */
export async function alertToChange({ db }: Transaction, name: string): Promise<WideAlert> {
  const alert = await findAlert(db, name);
  if (!alert) throw new AppError('alert.not-found', words.notFound(name), { status: 404 });
  return alert;
}

/** Alerts, newest first. @param list.before id of the last of the page before; list.limit at most 200 */
export async function listAlerts(
  db: Kysely<Tables>,
  list: {
    readonly state?: AlertState | undefined;
    readonly kind?: WideAlert['kind'] | undefined;
    readonly story?: string | undefined;
    readonly before?: string | undefined;
    readonly limit: number;
  },
): Promise<WideAlert[]> {
  let query = db.selectFrom('alert').selectAll();
  if (list.state) query = query.where('state', '=', list.state);
  if (list.kind) query = query.where('kind', '=', list.kind);
  if (list.story) query = query.where('story_id', '=', list.story);
  if (list.before) {
    const last = await db
      .selectFrom('alert')
      .select(['id', 'created_at'])
      .where('id', '=', list.before)
      .executeTakeFirst();
    if (!last) return [];
    query = query.where((is) =>
      is.or([
        is('created_at', '<', last.created_at),
        is.and([is('created_at', '=', last.created_at), is('id', '<', last.id)]),
      ]),
    );
  }
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(Math.max(1, Math.min(list.limit, 200)))
    .execute();
  return rows.map(alertFromRow);
}

/** What an alert has said, and what it is to say once somebody agrees; oldest first. */
export interface AlertText {
  readonly version: number;
  readonly action: 'composed' | 'corrected' | 'withdrawn';
  readonly title: string;
  readonly body: string;
  /** Milliseconds UTC. */
  readonly at: number;
  readonly by: string;
  readonly approvedBy: string | undefined;
}

export async function listTexts(db: Kysely<Tables>, alert: string): Promise<AlertText[]> {
  const rows = await db
    .selectFrom('alert_text')
    .selectAll()
    .where('alert_id', '=', alert)
    .orderBy('version')
    .execute();
  return rows.map(({ version, action, title, body, at, by, approved_by }) => ({
    version,
    action: action as AlertText['action'],
    title,
    body,
    at,
    by,
    approvedBy: approved_by ?? undefined,
  }));
}

/** A way through the audience, for people who watch. */
export interface AlertRun {
  readonly id: string;
  readonly kind: RunKind;
  readonly version: number;
  /** Whether it is for those alone whose clock on the wall shows the time now at which it is to go. */
  readonly isByClock: boolean;
  /** When it begins, milliseconds UTC. */
  readonly at: number;
  readonly state: 'waiting' | 'running' | 'done' | 'cancelled';
  readonly taken: number;
  readonly gone: number;
  readonly failed: number;
  /** Browsers that are tried again, or rung when their quiet hours end. */
  readonly putOff: number;
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
}

export type RunKind = 'send' | 'correct' | 'withdraw';

/** At most 200, in the order in which they begin. */
export async function listRuns(db: Kysely<Tables>, alert: string): Promise<AlertRun[]> {
  const rows = await db
    .selectFrom('alert_run')
    .selectAll()
    .select((is) =>
      is
        .selectFrom('alert_waiting')
        .select((row) => row.fn.countAll<number>().as('count'))
        .whereRef('alert_waiting.run_id', '=', 'alert_run.id')
        .as('put_off'),
    )
    .where('alert_id', '=', alert)
    .orderBy('at')
    .orderBy('id')
    .limit(200)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as RunKind,
    version: row.version,
    isByClock: row.zone !== '',
    at: row.at,
    state: row.state as AlertRun['state'],
    taken: row.taken,
    gone: row.gone,
    failed: row.failed,
    putOff: Number(row.put_off ?? 0),
    startedAt: row.started_at ?? undefined,
    endedAt: row.ended_at ?? undefined,
  }));
}
