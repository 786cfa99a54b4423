import type { Kysely } from 'kysely';
import type { Transaction } from '../platform/database/database.ts';
import type { Tables } from '../platform/database/tables.ts';
import { fingerprintOf } from './fingerprint.ts';
import { harder, type Judgement, type JudgementReason, type VerdictKind } from './judgement.ts';
import type { Opinions } from './opinions.ts';
import type { Outcome } from './outcome.ts';
import type { EarlierPost } from './rules/rule.ts';
import { rules } from './rules/rules.ts';
import { loadRulebook } from './settings/rulebook.ts';
import type { Submission } from './submission.ts';
import { beginTry } from './trust/begin-try.ts';
import { trustLevel } from './trust/trust.ts';

const day = 86_400_000;
/** What lies further back than this plays no part in limits. */
const look = 30 * day;
const mostEarlier = 200;

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
  const earlier = await findEarlier(tx.db, submission.reader.id, tx.now - look);
  const given = {
    submission,
    now: tx.now,
    rulebook,
    settings,
    level: trustLevel(submission.reader, standing, settings, tx.now),
    standing,
    earlier,
    fingerprint: fingerprintOf(submission.text),
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

async function findEarlier(db: Kysely<Tables>, reader: string, since: number): Promise<EarlierPost[]> {
  const rows = await db
    .selectFrom('moderation_post')
    .select(['comment_id', 'story_id', 'at', 'kind', 'outcome', 'fingerprint'])
    .where('reader_id', '=', reader)
    .where('at', '>', since)
    // What was simply posted plays no part after a day; who writes much must not make every comment dearer.
    .where((is) => is.or([is('at', '>', since + look - day), is('outcome', 'in', ['reject', 'removed'])]))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(mostEarlier)
    .execute();
  return rows.map((row) => ({
    comment: row.comment_id,
    story: row.story_id,
    at: row.at,
    kind: row.kind as EarlierPost['kind'],
    outcome: row.outcome as Outcome,
    fingerprint: row.fingerprint,
  }));
}
