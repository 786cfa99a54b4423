import type { Kysely } from 'kysely';
import type { Transaction } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { newId } from '../../platform/ids.ts';
import type { Verdict } from '../judgement.ts';

export type HoldKind = 'comment' | 'edit' | 'reported';

/** A comment that waits for a moderator. */
export interface Hold {
  readonly id: string;
  readonly comment: string;
  readonly reader: string | undefined;
  readonly story: string;
  readonly kind: HoldKind;
  /** Codes of the reasons, such as `moderation.first-comments`; their words are in text.ts. */
  readonly reasons: readonly string[];
  readonly verdicts: readonly Verdict[];
  /** Milliseconds UTC. */
  readonly at: number;
}

/** Have a comment wait to be looked at. One that waits already waits on, for the new reasons too. */
export async function beginHold(
  tx: Transaction,
  hold: {
    readonly comment: string;
    readonly reader: string | undefined;
    readonly story: string;
    readonly kind: HoldKind;
    readonly reasons: readonly string[];
    readonly verdicts: readonly Verdict[];
  },
): Promise<void> {
  const waiting = await tx.db
    .selectFrom('moderation_hold')
    .select(['id', 'reasons', 'verdicts'])
    .where('comment_id', '=', hold.comment)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  if (waiting) {
    const reasons = new Set([...(JSON.parse(waiting.reasons) as string[]), ...hold.reasons]);
    const verdicts = [...(JSON.parse(waiting.verdicts) as Verdict[]), ...hold.verdicts].slice(-50);
    await tx.db
      .updateTable('moderation_hold')
      .set({ reasons: JSON.stringify([...reasons]), verdicts: JSON.stringify(verdicts) })
      .where('id', '=', waiting.id)
      .execute();
    return;
  }
  await tx.db
    .insertInto('moderation_hold')
    .values({
      id: newId(tx.now),
      comment_id: hold.comment,
      reader_id: hold.reader ?? null,
      story_id: hold.story,
      kind: hold.kind,
      reasons: JSON.stringify(hold.reasons),
      verdicts: JSON.stringify(hold.verdicts),
      at: tx.now,
      ended_at: null,
      decision_id: null,
    })
    .execute();
}

/**
 * Nobody needs to look any more: it was decided, or its writer deleted it.
 * @returns whether one waited
 */
export async function endHolds(tx: Transaction, comment: string, decision?: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('moderation_hold')
    .set({ ended_at: tx.now, decision_id: decision ?? null })
    .where('comment_id', '=', comment)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * What waits, the oldest first.
 * @param options.after id of the last one on the page before
 */
export async function listHolds(
  db: Kysely<Tables>,
  options: { readonly after?: string | undefined; readonly limit?: number } = {},
): Promise<{ readonly items: readonly Hold[]; readonly next: string | undefined }> {
  const limit = Math.min(options.limit ?? 50, 200);
  const from = options.after
    ? await db
        .selectFrom('moderation_hold')
        .select(['at', 'id'])
        .where('id', '=', options.after)
        .executeTakeFirst()
    : undefined;
  let query = db.selectFrom('moderation_hold').selectAll().where('ended_at', 'is', null);
  if (from)
    query = query.where((is) =>
      is.or([is('at', '>', from.at), is.and([is('at', '=', from.at), is('id', '>', from.id)])]),
    );
  const rows = await query
    .orderBy('at')
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  return {
    items: rows.slice(0, limit).map((row) => ({
      id: row.id,
      comment: row.comment_id,
      reader: row.reader_id ?? undefined,
      story: row.story_id,
      kind: row.kind as HoldKind,
      reasons: JSON.parse(row.reasons) as string[],
      verdicts: JSON.parse(row.verdicts) as Verdict[],
      at: row.at,
    })),
    next: rows.length > limit ? rows[limit - 1]!.id : undefined,
  };
}
