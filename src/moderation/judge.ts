import type { Selectable } from 'kysely';
import type { Transaction } from '../platform/database/database.ts';
import { statement } from '../platform/database/statement.ts';
import { fingerprintOf } from './fingerprint.ts';
import { harder, type Judgement, type JudgementReason, type VerdictKind } from './judgement.ts';
import type { Opinions } from './opinions.ts';
import type { Outcome } from './outcome.ts';
import type { EarlierPost } from './rules/rule.ts';
import { rules } from './rules/rules.ts';
import { loadRulebook } from './settings/rulebook.ts';
import type { Submission } from './submission.ts';
import { beginTry } from './trust/begin-try.ts';
import type { PostTable } from './trust/migrations.ts';
import { trustLevel, type Standing } from './trust/trust.ts';
import { fold } from './words/fold.ts';

const day = 86_400_000;

/**
 * Judge what somebody wants to post: every rule says what it finds, all is gathered, then one decision is made. Belongs
 * into the transaction that posts it, so that two at once are not judged as if each were the only one.
 * Tell `recordPosted` or `recordRejected` what came of it, in the same transaction; a rejection must not roll it back.
 * @param opinions what `askOutside` found before the transaction began
 */
export async function judge(
  tx: Transaction,
  submission: Submission,
  opinions: Opinions = {},
): Promise<Judgement> {
  const standing = await beginTry(tx, submission.reader.id);
  const rulebook = await loadRulebook(tx.db);
  const { settings } = rulebook;
  const folded = fold(submission.text);
  const fingerprint = fingerprintOf(submission.text, folded);
  const earlier = await findEarlier(tx, submission, standing);
  const given = {
    submission,
    now: tx.now,
    rulebook,
    settings,
    level: trustLevel(submission.reader, standing, settings, tx.now),
    standing,
    earlier,
    fingerprint,
    folded,
    opinions,
  };
  const found = rules.flatMap((rule) => {
    const finding = rule.judge(given);
    return finding ? [{ rule: rule.name, ...finding }] : [];
  });
  const decision = found.reduce<VerdictKind>((so, { verdict }) => harder(so, verdict), 'allow');
  return {
    decision,
    reasons: decision === 'allow' ? [] : reasonsFor(decision, found),
    verdicts: found.map(({ rule, verdict, evidence = {} }) => ({ rule, verdict, evidence })),
    fingerprint,
  };
}

function reasonsFor(
  decision: VerdictKind,
  found: readonly { verdict: VerdictKind; reason?: JudgementReason }[],
): JudgementReason[] {
  const reasons = new Map<string, JudgementReason>();
  for (const { verdict, reason } of found)
    if (verdict === decision && reason && !reasons.has(reason.code)) reasons.set(reason.code, reason);
  return [...reasons.values()];
}

type EarlierRow = Pick<
  Selectable<PostTable>,
  'id' | 'comment_id' | 'story_id' | 'at' | 'kind' | 'outcome' | 'fingerprint'
>;

/**
 * What the rules look at: the reader's latest posts, and what of them was refused, where anything ever was. 200 of each
 * are more than any limit lets through in the time that it counts.
 */
async function findEarlier(
  { db, now }: Transaction,
  { reader, thread }: Submission,
  { rejected, removed }: Standing,
): Promise<EarlierPost[]> {
  const { rows: latest } = await statement<EarlierRow>`
    select id, comment_id, story_id, at, kind, outcome, fingerprint from moderation_post
    where reader_id = ${reader.id} and at > ${now - Math.max(day, thread.slowSeconds * 1000)}
    order by at desc limit 200`.execute(db);
  const { rows: refused } =
    rejected + removed === 0
      ? { rows: [] }
      : await statement<EarlierRow>`
    select id, comment_id, story_id, at, kind, outcome, fingerprint from moderation_post
    where reader_id = ${reader.id} and at > ${now - 30 * day} and outcome in ('reject', 'removed')
    order by at desc limit 200`.execute(db);
  const known = new Map([...latest, ...refused].map((row) => [row.id, row]));
  return [...known.values()].sort(newestFirst).map((row) => ({
    comment: row.comment_id,
    story: row.story_id,
    at: row.at,
    kind: row.kind as EarlierPost['kind'],
    outcome: row.outcome as Outcome,
    fingerprint: row.fingerprint,
  }));
}

function newestFirst(a: EarlierRow, b: EarlierRow): number {
  return b.at - a.at || (a.id < b.id ? 1 : -1);
}
