import type { Transaction } from '../../platform/database/database.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { moderationDecided } from '../events.ts';
import { endHolds } from '../holds/holds.ts';
import { closeReports } from '../reports/close-reports.ts';
import { moderationText } from '../text.ts';
import { countStanding } from '../trust/begin-try.ts';
import { applyToAccount, applyToProfile } from './apply.ts';
import { decisionRow, decisionsAbout } from './decisions.ts';
import type {
  Action,
  Actor,
  Decision,
  ModerationHandlers,
  ReasonCode,
  TargetKind,
  TargetName,
} from './decision.ts';

const words = moderationText.errors;

export interface DecisionInput {
  readonly target: TargetName;
  readonly action: Action;
  readonly reason: ReasonCode;
  /** The law, for the reason `law`. */
  readonly law?: string | undefined;
  /** To the reader: what led to it. */
  readonly note?: string | undefined;
  readonly actor: Actor;
  /** Milliseconds UTC, of a suspension. */
  readonly until?: number | undefined;
  /** Id of the notice that it answers. */
  readonly notice?: string | undefined;
  /** Id of the decision that it takes back. */
  readonly undoes?: string | undefined;
}

const possible: Readonly<Record<TargetKind, readonly Action[]>> = {
  comment: ['approve', 'keep', 'hide', 'remove', 'restore'],
  profile: ['keep', 'hide', 'remove', 'restore'],
  reader: ['warn', 'suspend', 'ban', 'lift'],
};
/** What takes something away from everybody's eyes. */
const takesAway: ReadonlySet<Action> = new Set(['hide', 'remove']);

/**
 * Decide about a comment, a profile or an account: the row of the records, what follows from it, and the end of what
 * waited for it, in one transaction. The reader is told by `moderation.decided`.
 * @throws AppError `moderation.no-target`, `moderation.wrong-action`, `moderation.needs-until`, `moderation.needs-law`;
 *   what the handlers throw, such as for a comment that its writer deleted
 */
export async function decide(
  tx: Transaction,
  input: DecisionInput,
  handlers: ModerationHandlers,
): Promise<Decision> {
  const { target: name, action } = input;
  if (!possible[name.kind].includes(action))
    throw new AppError('moderation.wrong-action', words.wrongAction(action, name.kind), { status: 409 });
  if (action === 'suspend' && (input.until === undefined || input.until <= tx.now))
    throw new AppError('moderation.needs-until', words.needsUntil, { fields: { until: words.needsUntil } });
  if (input.reason === 'law' && !input.law?.trim())
    throw new AppError('moderation.needs-law', words.needsLaw, { fields: { law: words.needsLaw } });
  const target = await handlers.findTarget(tx.db, name);
  if (!target) throw new AppError('moderation.no-target', words.noTarget, { status: 404 });
  const decision: Decision = {
    id: newId(tx.now),
    at: tx.now,
    target: { kind: name.kind, id: name.id },
    owner: target.owner,
    story: target.story,
    action: action === 'keep' && (await isHiddenByReports(tx, name)) ? 'restore' : action,
    reason: input.reason,
    law: input.reason === 'law' ? input.law?.trim() : undefined,
    note: (input.note ?? '').trim().slice(0, 4000),
    actor: input.actor,
    until: action === 'suspend' ? input.until : undefined,
    undoes: input.undoes,
    notice: input.notice,
  };
  await tx.db.insertInto('moderation_decision').values(decisionRow(decision)).execute();
  if (name.kind === 'comment') await decideComment(tx, decision, handlers);
  else if (name.kind === 'profile') await applyToProfile(tx, decision);
  else await applyToAccount(tx, decision);
  if (decision.actor.kind === 'moderator') await closeReports(tx, decision);
  tx.emit(moderationDecided(decision));
  return decision;
}

async function decideComment(
  tx: Transaction,
  decision: Decision,
  handlers: ModerationHandlers,
): Promise<void> {
  const { id } = decision.target;
  await handlers.applyDecision(tx, decision);
  // What enough reports have hidden still waits for a person.
  if (decision.actor.kind !== 'reports') await endHolds(tx, id, decision.id);
  if (decision.owner === undefined || decision.action === 'keep') return;
  const post = await tx.db
    .selectFrom('moderation_post')
    .select('outcome')
    .where('comment_id', '=', id)
    .where('kind', '=', 'comment')
    .executeTakeFirst();
  // Nothing is held against anybody before a person has looked.
  const outcome = takesAway.has(decision.action)
    ? decision.actor.kind === 'moderator'
      ? 'removed'
      : (post?.outcome ?? 'allow')
    : 'allow';
  const before = post?.outcome ?? (await lastOutcome(tx, decision));
  if (before === outcome) return;
  await tx.db
    .updateTable('moderation_post')
    .set({ outcome })
    .where('comment_id', '=', id)
    .where('kind', '=', 'comment')
    .execute();
  await countStanding(tx, decision.owner, {
    accepted: Number(outcome === 'allow') - Number(before === 'allow'),
    removed: Number(outcome === 'removed') - Number(before === 'removed'),
  });
}

/** Then it is not left as it is but shown again, of which its owner is told as of the hiding. */
async function isHiddenByReports(tx: Transaction, target: TargetName): Promise<boolean> {
  const last = (await decisionsAbout(tx.db, target))[0];
  return last?.action === 'hide' && last.actor.kind === 'reports';
}

/** Of a comment whose posting is so long ago that it is forgotten: what the decisions say. */
async function lastOutcome(tx: Transaction, decision: Decision): Promise<'allow' | 'removed'> {
  const last = await tx.db
    .selectFrom('moderation_decision')
    .select('action')
    .where('target_kind', '=', 'comment')
    .where('target_id', '=', decision.target.id)
    .where('actor_kind', '=', 'moderator')
    .where('action', '!=', 'keep')
    .where('id', '!=', decision.id)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return last && takesAway.has(last.action as Action) ? 'removed' : 'allow';
}
