import type { Transaction } from '../../platform/database/database.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { findReader, type Reader } from '../../readers/index.ts';
import { decide } from '../decisions/decide.ts';
import type { ModerationHandlers, Target, TargetName } from '../decisions/decision.ts';
import { moderationWaits } from '../events.ts';
import { beginHold } from '../holds/holds.ts';
import { barOf } from '../rules/account.ts';
import { loadRulebook } from '../settings/rulebook.ts';
import { moderationText } from '../text.ts';
import { countStanding } from '../trust/begin-try.ts';
import { findStanding, trustLevel } from '../trust/trust.ts';
import { longestReport, weightOf, type ReportCategory } from './report.ts';

const words = moderationText.report;
const day = 86_400_000;

/**
 * Report a comment or a profile. Once for each reader and target: who reports again changes nothing. When the open
 * reports weigh enough and no moderator has looked yet, the target is hidden until one does.
 * @throws AppError `moderation.no-target` (also for what the reader cannot see), `moderation.own`,
 *   `moderation.too-many-reports`, and as `barOf`
 */
export async function reportTarget(
  tx: Transaction,
  input: {
    readonly reader: Reader;
    readonly target: TargetName;
    readonly category: ReportCategory;
    readonly text: string;
  },
  handlers: ModerationHandlers,
): Promise<void> {
  const { reader } = input;
  const bar = barOf(reader, tx.now);
  if (bar) throw new AppError(bar.code, bar.message, { status: 403 });
  const target = await findReportable(tx.db, handlers, input.target, reader.id);
  // Whoever else reports this, or is reported by the same reader, waits: the sums below are then whole.
  for (const id of [reader.id, target.owner].filter((each) => each !== undefined).sort())
    await countStanding(tx, id, {});
  const { settings } = await loadRulebook(tx.db);
  const { count } = await tx.db
    .selectFrom('moderation_report')
    .select((is) => is.fn.countAll<number>().as('count'))
    .where('reader_id', '=', reader.id)
    .where('at', '>', tx.now - day)
    .executeTakeFirstOrThrow();
  if (Number(count) >= settings['reports.daily'])
    throw new AppError('moderation.too-many-reports', words.tooMany, { status: 429 });
  const standing = await findStanding(tx.db, reader.id);
  const id = newId(tx.now);
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('moderation_report')
    .values({
      id,
      target_kind: target.kind,
      target_id: target.id,
      owner_id: target.owner ?? null,
      reader_id: reader.id,
      category: input.category,
      text: input.text.trim().slice(0, longestReport),
      weight: weightOf(trustLevel(reader, standing, settings, tx.now), standing),
      at: tx.now,
      state: 'open',
      decision_id: null,
    })
    .onConflict((conflict) => conflict.columns(['target_kind', 'target_id', 'reader_id']).doNothing())
    .executeTakeFirst();
  if (!numInsertedOrUpdatedRows) return;
  tx.emit(moderationWaits('report', id));
  await hideWhenEnough(tx, target, settings['reports.hide'], handlers);
}

/** What a reader may report: it is there, everyone can see it, and it is not the reader's own. */
export async function findReportable(
  db: Transaction['db'],
  handlers: Pick<ModerationHandlers, 'findTarget'>,
  name: TargetName,
  reader: string | undefined,
): Promise<Target> {
  const target = name.kind === 'reader' ? undefined : await handlers.findTarget(db, name);
  if (!target?.isVisible)
    throw new AppError('moderation.no-target', moderationText.errors.noTarget, { status: 404 });
  if (target.owner !== undefined && target.owner === reader)
    throw new AppError('moderation.own', words.own, { status: 409 });
  return target;
}

async function hideWhenEnough(
  tx: Transaction,
  target: Target,
  enough: number,
  handlers: ModerationHandlers,
): Promise<void> {
  if (enough === 0) return;
  const { weight } = await tx.db
    .selectFrom('moderation_report')
    .select((is) => is.fn.sum<number | null>('weight').as('weight'))
    .where('target_kind', '=', target.kind)
    .where('target_id', '=', target.id)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow();
  if (Number(weight ?? 0) < enough) return;
  // What a person has left standing is not taken away by numbers.
  const seen = await tx.db
    .selectFrom('moderation_decision')
    .select('id')
    .where('target_kind', '=', target.kind)
    .where('target_id', '=', target.id)
    .where('actor_kind', '=', 'moderator')
    .limit(1)
    .executeTakeFirst();
  if (seen) return;
  const owner = target.owner === undefined ? undefined : await findReader(tx.db, target.owner);
  if (owner?.roles.some((role) => role !== 'supporter')) return;
  await decide(
    tx,
    {
      target: { kind: target.kind, id: target.id },
      action: 'hide',
      reason: 'reported',
      actor: { kind: 'reports', name: 'reports' },
    },
    handlers,
  );
  if (target.kind !== 'comment' || target.story === undefined) return;
  await beginHold(tx, {
    comment: target.id,
    reader: target.owner,
    story: target.story,
    kind: 'reported',
    reasons: ['moderation.reported'],
    verdicts: [{ rule: 'reports', verdict: 'hold', evidence: { weight: Number(weight), enough } }],
  });
}
