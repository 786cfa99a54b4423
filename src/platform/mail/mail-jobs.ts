import type { Clock } from '../clock.ts';
import type { Transaction } from '../database/database.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import { enqueue, type EnqueueOptions } from '../jobs/jobs.ts';
import { parseMailbox } from './mailbox.ts';
import type { Mailer } from './mailer.ts';
import type { MailMessage } from './message.ts';

export const mailJob = 'mail.send';

/** Tries over most of a day: mail servers ask for patience (RFC 5321, section 4.5.4.1). */
const attempts = 24;

export interface EnqueueMailOptions extends EnqueueOptions {
  /** Milliseconds UTC from which on the mail is of no use, such as the end of a code. */
  readonly until?: number;
}

/** Have a mail sent once this transaction has committed; tried again under the same Message-ID. */
export function enqueueMail(
  tx: Transaction,
  message: MailMessage,
  options: EnqueueMailOptions = {},
): Promise<void> {
  const { until, ...when } = options;
  return enqueue(tx, mailJob, { message: { id: newId(tx.now), ...message }, until: until ?? null }, when);
}

/**
 * Remove the mails that wait, or could not be sent, for somebody who has left. One that is just being sent goes, and its
 * job is emptied then.
 */
export async function forgetMails(tx: Pick<Transaction, 'db'>, addresses: readonly string[]): Promise<void> {
  for (const address of addresses) {
    // Signs that mean something in a pattern find more rather than less; each is looked at below.
    const pattern = `%${address.toLowerCase()}%`;
    const rows = await tx.db
      .selectFrom('job')
      .select(['id', 'payload'])
      .where('name', '=', mailJob)
      .where('state', 'in', ['waiting', 'dead'])
      .where(({ fn }) => fn<string>('lower', ['payload']), 'like', pattern)
      .execute();
    for (const { id, payload } of rows) {
      const { message } = JSON.parse(payload) as { message: MailMessage };
      if (isTo(message.to, address)) await tx.db.deleteFrom('job').where('id', '=', id).execute();
    }
  }
}

function isTo(to: string, address: string): boolean {
  const plain = (text: string) => (parseMailbox(text)?.address ?? text).toLowerCase();
  return plain(to) === plain(address);
}

/**
 * Say how mails that commands left behind are sent. One that its server will never take is not tried again.
 * @param parts.onRefused told of each such mail, so that its domain can stop writing to that address
 */
export function defineMailJobs(
  runner: Pick<JobRunner, 'define'>,
  parts: {
    readonly mailer: Pick<Mailer, 'send'>;
    readonly clock: Clock;
    readonly onRefused?: (message: MailMessage, error: AppError) => Promise<void> | void;
  },
): void {
  runner.define(mailJob, {
    attempts,
    concurrency: 2,
    isPrivate: true,
    async handle(payload, { log }) {
      const { message, until } = payload as unknown as { message: MailMessage; until: number | null };
      if (until !== null && parts.clock.now() >= until) {
        log.warn('a mail was not sent in time and is of no use any more');
        return;
      }
      try {
        await parts.mailer.send(message);
      } catch (error) {
        if (!(error instanceof AppError) || !['mail.refused', 'mail.address'].includes(error.code))
          throw error;
        log.warn({ error: error.message, code: error.code }, 'a mail was refused for good');
        await parts.onRefused?.(message, error);
      }
    },
  });
}
