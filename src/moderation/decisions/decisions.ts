import type { Insertable, Kysely, Selectable } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import type { Action, Actor, Decision, ReasonCode, TargetKind, TargetName } from './decision.ts';
import type { DecisionTable } from './migrations.ts';

export function decisionRow(decision: Decision): Insertable<DecisionTable> {
  return {
    id: decision.id,
    at: decision.at,
    target_kind: decision.target.kind,
    target_id: decision.target.id,
    owner_id: decision.owner ?? null,
    story_id: decision.story ?? null,
    action: decision.action,
    reason: decision.reason,
    law: decision.law ?? null,
    note: decision.note,
    actor_kind: decision.actor.kind,
    actor_name: decision.actor.name,
    until: decision.until ?? null,
    undoes: decision.undoes ?? null,
    notice_id: decision.notice ?? null,
  };
}

function decisionFromRow(row: Selectable<DecisionTable>): Decision {
  return {
    id: row.id,
    at: row.at,
    target: { kind: row.target_kind as TargetKind, id: row.target_id },
    owner: row.owner_id ?? undefined,
    story: row.story_id ?? undefined,
    action: row.action as Action,
    reason: row.reason as ReasonCode,
    law: row.law ?? undefined,
    note: row.note,
    actor: { kind: row.actor_kind as Actor['kind'], name: row.actor_name },
    until: row.until ?? undefined,
    undoes: row.undoes ?? undefined,
    notice: row.notice_id ?? undefined,
  };
}

export async function findDecision(db: Kysely<Tables>, id: string): Promise<Decision | undefined> {
  const row = await db.selectFrom('moderation_decision').selectAll().where('id', '=', id).executeTakeFirst();
  return row && decisionFromRow(row);
}

/** All that was decided about one thing, the newest first; at most 100. */
export async function decisionsAbout(db: Kysely<Tables>, target: TargetName): Promise<Decision[]> {
  const rows = await db
    .selectFrom('moderation_decision')
    .selectAll()
    .where('target_kind', '=', target.kind)
    .where('target_id', '=', target.id)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
  return rows.map(decisionFromRow);
}

/**
 * What a reader is told of: decisions about own comments, profile and account, the newest first. That a comment was
 * left as it is, is none.
 * @param options.before id of the last one on the page before
 */
export async function decisionsFor(
  db: Kysely<Tables>,
  owner: string,
  options: { readonly before?: string | undefined; readonly limit?: number } = {},
): Promise<{ readonly items: readonly Decision[]; readonly next: string | undefined }> {
  const limit = Math.min(options.limit ?? 30, 100);
  const from = options.before
    ? await db
        .selectFrom('moderation_decision')
        .select(['at', 'id'])
        .where('id', '=', options.before)
        .where('owner_id', '=', owner)
        .executeTakeFirst()
    : undefined;
  let query = db
    .selectFrom('moderation_decision')
    .selectAll()
    .where('owner_id', '=', owner)
    .where('action', '!=', 'keep');
  if (from)
    query = query.where((is) =>
      is.or([is('at', '<', from.at), is.and([is('at', '=', from.at), is('id', '<', from.id)])]),
    );
  const rows = await query
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return {
    items: rows.slice(0, limit).map(decisionFromRow),
    next: rows.length > limit ? rows[limit - 1]!.id : undefined,
  };
}
