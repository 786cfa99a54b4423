import type { Transaction } from '../../platform/database/database.ts';
import { enqueue } from '../../platform/jobs/jobs.ts';
import { enqueueMail } from '../../platform/mail/mail-jobs.ts';
import { readerChanged } from '../events.ts';
import { mailPage, type MailPaper } from '../mail-page.ts';
import type { Reader } from '../reader.ts';
import { findReader } from '../readers.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { eraseReader } from './erase-reader.ts';
import type { CommentsAfter, ReaderData } from './reader-data.ts';
import { privacyText } from './text.ts';

/** How long one who asked to leave may come back, milliseconds. */
export const leavingTime = 24 * 3_600_000;
export const eraseJob = 'readers.erase';

const words = privacyText.leave.mail;

/**
 * Ask for an account to be erased a day later. All other browsers are signed out, and a mail tells of it, so that somebody
 * who has only found an open browser cannot do it unseen. Who is suspended or banned stays so until then.
 * @param input.session id of the session that stays, from which it can be undone
 */
export async function askToLeave(
  tx: Transaction,
  input: {
    readonly reader: Reader;
    readonly session: string;
    readonly comments: CommentsAfter;
    readonly paper: MailPaper;
  },
): Promise<void> {
  const { reader, comments, paper } = input;
  const now = await findReader(tx.db, reader.id);
  if (!now || now.state === 'former' || now.leavingAt !== undefined) return;
  await tx.db
    .updateTable('reader')
    .set({
      leaving_at: tx.now,
      leaving_comments: comments,
      state: now.state === 'active' ? 'leaving' : now.state,
    })
    .where('id', '=', reader.id)
    .execute();
  await endSessions(tx, reader.id, { except: input.session });
  await enqueue(tx, eraseJob, { id: reader.id, askedAt: tx.now }, { at: tx.now + leavingTime });
  if (now.email !== undefined) {
    const link = { link: `${paper.origin}/account/leave`, words: words.link };
    const lines = [words.asked(paper.name), words.day, link, words.notYou];
    const mail = mailPage({ to: now.email, subject: words.subject(paper.name), lines, paper });
    await enqueueMail(tx, mail, { until: tx.now + leavingTime });
  }
  tx.emit(readerChanged(reader.id));
}

/** Stay after all. */
export async function stay(tx: Transaction, id: string): Promise<void> {
  const reader = await findReader(tx.db, id);
  if (reader?.leavingAt === undefined) return;
  await tx.db
    .updateTable('reader')
    .set({
      leaving_at: null,
      leaving_comments: null,
      state: reader.state === 'leaving' ? 'active' : reader.state,
    })
    .where('id', '=', id)
    .execute();
  tx.emit(readerChanged(id));
}

/**
 * The day is over: erase the account, unless its reader stayed, or stayed and asked again.
 * @returns whether it was erased
 */
export async function eraseLeaving(
  tx: Transaction,
  asked: { readonly id: string; readonly askedAt: number; readonly data: readonly ReaderData[] },
): Promise<boolean> {
  const row = await tx.db
    .selectFrom('reader')
    .select(['leaving_at', 'leaving_comments'])
    .where('id', '=', asked.id)
    .executeTakeFirst();
  if (row?.leaving_at !== asked.askedAt) return false;
  const comments = row.leaving_comments === 'keep' ? 'keep' : 'delete';
  return eraseReader(tx, { id: asked.id, comments, data: asked.data });
}
