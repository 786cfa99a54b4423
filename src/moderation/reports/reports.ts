import type { Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import type { TargetKind, TargetName } from '../decisions/decision.ts';
import type { ReportCategory } from './report.ts';

/** All open reports of one thing. */
export interface ReportedTarget {
  readonly target: TargetName;
  readonly weight: number;
  readonly count: number;
  /** When it was reported first; milliseconds UTC. */
  readonly since: number;
}

/** What is reported and was not decided, the weightiest first; at most `limit`, 200. */
export async function listReported(db: Kysely<Tables>, limit = 50): Promise<ReportedTarget[]> {
  const rows = await db
    .selectFrom('moderation_report')
    .select((is) => [
      'target_kind',
      'target_id',
      is.fn.sum<number>('weight').as('weight'),
      is.fn.countAll<number>().as('count'),
      is.fn.min<number>('at').as('since'),
    ])
    .where('state', '=', 'open')
    .groupBy(['target_kind', 'target_id'])
    .orderBy('weight', 'desc')
    .orderBy('since')
    .orderBy('target_id')
    .limit(Math.min(limit, 200))
    .execute();
  return rows.map((row) => ({
    target: { kind: row.target_kind as TargetKind, id: row.target_id },
    weight: Number(row.weight),
    count: Number(row.count),
    since: Number(row.since),
  }));
}

/** What readers wrote about one thing, the newest first; at most 100. Who they are is told to nobody. */
export async function reportsAbout(
  db: Kysely<Tables>,
  target: TargetName,
): Promise<
  {
    readonly category: ReportCategory;
    readonly text: string;
    readonly weight: number;
    readonly at: number;
    readonly state: string;
  }[]
> {
  const rows = await db
    .selectFrom('moderation_report')
    .select(['category', 'text', 'weight', 'at', 'state'])
    .where('target_kind', '=', target.kind)
    .where('target_id', '=', target.id)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
  return rows.map((row) => ({ ...row, category: row.category as ReportCategory }));
}
