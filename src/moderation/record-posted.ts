import type { Transaction } from '../platform/database/database.ts';
import { statement } from '../platform/database/statement.ts';
import { newId } from '../platform/ids.ts';
import { beginHold } from './holds/holds.ts';
import type { Judgement } from './judgement.ts';
import type { Outcome } from './outcome.ts';
import type { Submission } from './submission.ts';
import { countStanding } from './trust/begin-try.ts';

/**
 * Remember that something was posted (`allow`) or is kept for moderators (`hold`): it counts for limits, for the
 * trust in its writer, and a held one waits with its reasons to be looked at.
 * To be called in the transaction in which `judge` was asked.
 */
export async function recordPosted(
  tx: Transaction,
  submission: Submission,
  judgement: Judgement,
): Promise<void> {
  await remember(tx, submission, judgement, judgement.decision === 'hold' ? 'hold' : 'allow');
  if (judgement.decision === 'hold') {
    await beginHold(tx, {
      comment: submission.id,
      reader: submission.reader.id,
      story: submission.story.id,
      kind: submission.kind,
      reasons: judgement.reasons.map(({ code }) => code),
      verdicts: judgement.verdicts,
    });
  } else if (submission.kind === 'comment') await countStanding(tx, submission.reader.id, { accepted: 1 });
}

/** Remember that something was refused. What was written is not kept, only that it was. */
export async function recordRejected(
  tx: Transaction,
  submission: Submission,
  judgement: Judgement,
): Promise<void> {
  const isSlip = !judgement.reasons.some(({ code }) => heldAgainst.has(code));
  await remember(tx, submission, judgement, isSlip ? 'slip' : 'reject');
  if (!isSlip) await countStanding(tx, submission.reader.id, { rejected: 1 });
}

/** Reasons that tell of ill will; a slip of the hand, such as a comment that is too long, is held against nobody. */
const heldAgainst: ReadonlySet<string> = new Set([
  'moderation.banned-words',
  'moderation.barred-link',
  'moderation.filter',
  'moderation.outside',
]);

async function remember(
  tx: Transaction,
  submission: Submission,
  { fingerprint }: Judgement,
  outcome: Outcome,
): Promise<void> {
  await statement`insert into moderation_post (id, comment_id, reader_id, story_id, at, kind, outcome, fingerprint)
    values (${newId(tx.now)}, ${submission.id}, ${submission.reader.id}, ${submission.story.id}, ${tx.now},
      ${submission.kind}, ${outcome}, ${fingerprint})`.execute(tx.db);
}
