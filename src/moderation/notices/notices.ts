import type { Kysely, Selectable } from 'kysely';
import type { Transaction } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { AppError } from '../../platform/errors.ts';
import { newId, newShortCode } from '../../platform/ids.ts';
import { enqueueMail } from '../../platform/mail/mail-jobs.ts';
import type { Target, TargetKind, TargetName } from '../decisions/decision.ts';
import { moderationWaits } from '../events.ts';
import { moderationText } from '../text.ts';
import { answerMail, receiptMail, type NoticePaper } from './mail.ts';
import type { NoticeTable } from './migrations.ts';

const words = moderationText.notice;
const day = 86_400_000;
/** Notices that one network may send in a day, and that one address is written to about. */
const mostOfNetwork = 20;
const mostOfAddress = 5;

/** What somebody says breaks the law, whoever it is (Regulation (EU) 2022/2065, article 16). */
export interface Notice {
  readonly id: string;
  /** Receipt number. */
  readonly code: string;
  readonly at: number;
  readonly address: string;
  readonly target: TargetName | undefined;
  readonly law: string;
  readonly reason: string;
  readonly name: string;
  readonly email: string;
  readonly decision: string | undefined;
  readonly answer: string;
  readonly answeredAt: number | undefined;
}

export interface NoticeInput {
  /** Where it stands, as typed. */
  readonly address: string;
  readonly target: Target | undefined;
  readonly law: string;
  readonly reason: string;
  /** '' where the sender does not say; then nobody can be answered. */
  readonly name: string;
  readonly email: string;
  /** As `networkOf` tells it. */
  readonly network: string;
  readonly paper: NoticePaper;
}

/**
 * Take a notice of illegal content, and send its receipt where there is an address. The same once more within a day
 * is the same notice.
 * @returns the receipt number
 * @throws AppError `moderation.too-many-notices`
 */
export async function fileNotice(tx: Transaction, input: NoticeInput): Promise<string> {
  const recent = await tx.db
    .selectFrom('moderation_notice')
    .select(['code', 'address', 'law', 'reason', 'email'])
    .where('network', '=', input.network)
    .where('at', '>', tx.now - day)
    .limit(mostOfNetwork)
    .execute();
  const same = recent.find(
    ({ address, law, reason, email }) =>
      address === input.address && law === input.law && reason === input.reason && email === input.email,
  );
  if (same) return same.code;
  if (recent.length >= mostOfNetwork)
    throw new AppError('moderation.too-many-notices', words.tooMany, { status: 429 });
  const code = newShortCode(12);
  const id = newId(tx.now);
  await tx.db
    .insertInto('moderation_notice')
    .values({
      id,
      code,
      at: tx.now,
      address: input.address,
      target_kind: input.target?.kind ?? null,
      target_id: input.target?.id ?? null,
      owner_id: input.target?.owner ?? null,
      law: input.law,
      reason: input.reason,
      name: input.name,
      email: input.email,
      good_faith: 1,
      network: input.network,
      decision_id: null,
      answer: '',
      answered_at: null,
    })
    .execute();
  tx.emit(moderationWaits('notice', id));
  if (input.email !== '' && (await mailsTo(tx, input.email)) <= mostOfAddress)
    await enqueueMail(tx, receiptMail({ to: input.email, code, at: tx.now, paper: input.paper }));
  return code;
}

/** Nobody's letter box is filled by somebody else's forms. */
async function mailsTo(tx: Transaction, email: string): Promise<number> {
  const { count } = await tx.db
    .selectFrom('moderation_notice')
    .select((is) => is.fn.countAll<number>().as('count'))
    .where('email', '=', email)
    .where('at', '>', tx.now - day)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/**
 * Answer a notice: what was decided and why. Its sender is written to, where there is an address.
 * @param input.decision id of the decision that it led to, if any
 * @throws AppError `moderation.no-notice`, also for one that was answered
 */
export async function answerNotice(
  tx: Transaction,
  input: {
    readonly code: string;
    readonly answer: string;
    readonly decision?: string | undefined;
    readonly paper: NoticePaper;
  },
): Promise<void> {
  const notice = await findNotice(tx.db, input.code);
  if (!notice || notice.answeredAt !== undefined)
    throw new AppError('moderation.no-notice', words.none, { status: 404 });
  const answer = input.answer.trim();
  if (answer === '')
    throw new AppError('moderation.notice-answer', words.needsAnswer, {
      fields: { answer: words.needsAnswer },
    });
  await tx.db
    .updateTable('moderation_notice')
    .set({ answer, answered_at: tx.now, decision_id: input.decision ?? null })
    .where('id', '=', notice.id)
    .execute();
  if (notice.email !== '')
    await enqueueMail(tx, answerMail({ to: notice.email, code: notice.code, answer, paper: input.paper }));
}

/** A notice by its receipt number, in whatever case and with whatever blanks it is typed. */
export async function findNotice(db: Kysely<Tables>, code: string): Promise<Notice | undefined> {
  const plain = code.toLowerCase().replace(/[\s-]/g, '');
  if (!/^[a-z0-9]{12}$/.test(plain)) return undefined;
  const row = await db
    .selectFrom('moderation_notice')
    .selectAll()
    .where('code', '=', plain)
    .executeTakeFirst();
  return row && noticeFromRow(row);
}

/** Those that wait, the oldest first; at most 200. */
export async function listNotices(db: Kysely<Tables>): Promise<Notice[]> {
  const rows = await db
    .selectFrom('moderation_notice')
    .selectAll()
    .where('answered_at', 'is', null)
    .orderBy('at')
    .orderBy('id')
    .limit(200)
    .execute();
  return rows.map(noticeFromRow);
}

function noticeFromRow(row: Selectable<NoticeTable>): Notice {
  return {
    id: row.id,
    code: row.code,
    at: row.at,
    address: row.address,
    target:
      row.target_kind === null || row.target_id === null
        ? undefined
        : { kind: row.target_kind as TargetKind, id: row.target_id },
    law: row.law,
    reason: row.reason,
    name: row.name,
    email: row.email,
    decision: row.decision_id ?? undefined,
    answer: row.answer,
    answeredAt: row.answered_at ?? undefined,
  };
}
