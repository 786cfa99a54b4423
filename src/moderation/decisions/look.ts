import type { Kysely, Selectable } from 'kysely';
import type { Transaction } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { moderationLookAnswered, moderationWaits } from '../events.ts';
import { moderationText } from '../text.ts';
import { isAgainst, type Actor, type Decision, type ModerationHandlers } from './decision.ts';
import { findDecision } from './decisions.ts';
import type { LookTable } from './migrations.ts';
import { canUndo, undoDecision } from './undo.ts';

const words = moderationText.look;

/** For how long one may ask, in milliseconds: six months (Regulation (EU) 2022/2065, article 20(1)). */
const lookFor = 183 * 86_400_000;
export const longestLook = 2000;

/** A reader's wish that somebody looks at a decision again. */
export interface Look {
  readonly id: string;
  readonly decision: string;
  readonly reader: string;
  readonly text: string;
  readonly at: number;
  /** Undefined while it waits. */
  readonly outcome: 'upheld' | 'changed' | undefined;
  readonly answer: string;
  readonly answeredAt: number | undefined;
}

/** Whether the owner of a decision may ask for another look now. @param look the one that was asked for already */
export function mayAskAgain(
  decision: Pick<Decision, 'action' | 'at'>,
  look: Look | undefined,
  now: number,
): boolean {
  return look === undefined && isAgainst(decision.action) && now - decision.at < lookFor;
}

/**
 * Ask for another look at a decision about what is one's own. Once for each decision.
 * @throws AppError `moderation.no-decision` (also for one about others), `moderation.look-asked`,
 *   `moderation.look-late`, `moderation.look-empty`
 */
export async function askAgain(
  tx: Transaction,
  input: { readonly decision: string; readonly reader: string; readonly text: string },
): Promise<void> {
  const decision = await findDecision(tx.db, input.decision);
  if (!decision || decision.owner !== input.reader)
    throw new AppError('moderation.no-decision', moderationText.errors.noDecision, { status: 404 });
  if (await findLook(tx.db, decision.id))
    throw new AppError('moderation.look-asked', words.asked, { status: 409 });
  if (!mayAskAgain(decision, undefined, tx.now))
    throw new AppError('moderation.look-late', words.late, { status: 409 });
  const text = input.text.trim();
  if (text === '' || text.length > longestLook) {
    const problem = text === '' ? words.empty : words.long(longestLook);
    throw new AppError('moderation.look-empty', problem, { status: 422, fields: { text: problem } });
  }
  const id = newId(tx.now);
  await tx.db
    .insertInto('moderation_look')
    .values({
      id,
      decision_id: decision.id,
      reader_id: input.reader,
      text,
      at: tx.now,
      outcome: null,
      answer: '',
      answered_at: null,
      answered_by: null,
    })
    .execute();
  tx.emit(moderationWaits('look', id));
}

/**
 * Answer one who asked for another look: the decision stands (`upheld`), or is taken back (`changed`).
 * @throws AppError `moderation.no-look`, and as `undoDecision`
 */
export async function answerLook(
  tx: Transaction,
  input: {
    readonly decision: string;
    readonly outcome: 'upheld' | 'changed';
    /** To the reader. */
    readonly answer: string;
    readonly actor: Actor;
  },
  handlers: ModerationHandlers,
): Promise<void> {
  const look = await findLook(tx.db, input.decision);
  const decision = await findDecision(tx.db, input.decision);
  if (!look || !decision || look.outcome !== undefined)
    throw new AppError('moderation.no-look', words.none, { status: 404 });
  const answer = input.answer.trim().slice(0, 4000);
  await tx.db
    .updateTable('moderation_look')
    .set({ outcome: input.outcome, answer, answered_at: tx.now, answered_by: input.actor.name })
    .where('id', '=', look.id)
    .execute();
  if (input.outcome === 'changed' && canUndo(decision)) {
    await undoDecision(tx, { id: decision.id, actor: input.actor, note: answer, reason: 'appeal' }, handlers);
  }
  tx.emit(moderationLookAnswered(decision.id, look.reader, input.outcome));
}

/** The wish for another look at a decision. */
export async function findLook(db: Kysely<Tables>, decision: string): Promise<Look | undefined> {
  const row = await db
    .selectFrom('moderation_look')
    .selectAll()
    .where('decision_id', '=', decision)
    .executeTakeFirst();
  return row && lookFromRow(row);
}

/** Those that wait, the oldest first; at most 200. */
export async function listLooks(db: Kysely<Tables>): Promise<Look[]> {
  const rows = await db
    .selectFrom('moderation_look')
    .selectAll()
    .where('outcome', 'is', null)
    .orderBy('at')
    .orderBy('id')
    .limit(200)
    .execute();
  return rows.map(lookFromRow);
}

function lookFromRow(row: Selectable<LookTable>): Look {
  return {
    id: row.id,
    decision: row.decision_id,
    reader: row.reader_id,
    text: row.text,
    at: row.at,
    outcome: (row.outcome ?? undefined) as Look['outcome'],
    answer: row.answer,
    answeredAt: row.answered_at ?? undefined,
  };
}
