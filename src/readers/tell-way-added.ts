import type { Transaction } from '../platform/database/database.ts';
import { enqueueMail } from '../platform/mail/mail-jobs.ts';
import { mailPage, type MailPaper } from './mail-page.ts';
import { readersText } from './text.ts';

const words = readersText.wayAdded;

/**
 * Tell the owner of an account by mail that there is one more way into it.
 * @param way.what the passkey or the account elsewhere, by its name
 * @param way.device the browser in which it was added, in words
 */
export async function tellWayAdded(
  tx: Transaction,
  way: { readonly reader: string; readonly what: string; readonly device: string; readonly paper: MailPaper },
): Promise<void> {
  const { paper } = way;
  const row = await tx.db
    .selectFrom('reader')
    .select('email')
    .where('id', '=', way.reader)
    .executeTakeFirst();
  if (!row?.email) return;
  const lines = [
    words.added(way.what, way.device),
    words.notYou,
    { link: `${paper.origin}/account`, words: words.account },
  ];
  await enqueueMail(tx, mailPage({ to: row.email, subject: words.subject(paper.name), lines, paper }));
}
