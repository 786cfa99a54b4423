import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Transaction } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { AppError } from '../../platform/errors.ts';
import type { JobRunner } from '../../platform/jobs/job-runner.ts';
import { enqueue } from '../../platform/jobs/jobs.ts';
import type { Mailer } from '../../platform/mail/mailer.ts';
import type { MailMessage } from '../../platform/mail/message.ts';
import type { MailKeys } from './keys.ts';
import { wayOutPath, wayOutText, type Letter } from './letter.ts';
import { isStopped, noteBounce } from './stops.ts';

export const letterJob = 'alerts.letter';

/** Tries over most of a day, as other mails have. */
const attempts = 24;
/** How long is kept what was told, milliseconds. */
const toldKept = 90 * 86_400_000;

export interface LetterTask {
  /** Which of the writers it is for. */
  readonly of: string;
  /** Milliseconds UTC from which on it is of no use. */
  readonly until: number;
  readonly [field: string]: unknown;
}

/** Writes a letter at the moment at which it is sent; undefined where there is nothing to tell any more. */
export type LetterWriter = (task: LetterTask) => Promise<Letter | undefined>;

/** Have a letter written and sent after this transaction. @param options.key the same is put in once */
export function enqueueLetter(
  tx: Transaction,
  task: LetterTask,
  options: { readonly key: string; readonly at?: number },
): Promise<void> {
  return enqueue(tx, letterJob, task, options);
}

export interface LetterParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly mailer: Pick<Mailer, 'send'>;
  readonly keys: () => Promise<MailKeys>;
  /** Public address of the site. */
  readonly origin: string;
  /** By `of` of their tasks. */
  readonly writers: Readonly<Record<string, LetterWriter>>;
}

/** Say how letters are sent. */
export function defineLetterJobs(runner: Pick<JobRunner, 'define' | 'schedule'>, parts: LetterParts): void {
  runner.define(letterJob, {
    attempts,
    concurrency: 2,
    async handle(payload, { log }) {
      const task = payload as unknown as LetterTask;
      if (parts.clock.now() >= task.until) return;
      const letter = await parts.writers[task.of]!(task);
      const outcome = letter && (await sendLetter(parts, letter));
      // The address is not told.
      if (outcome && outcome !== 'told' && outcome !== 'stopped')
        log.warn({ letter: task.of, outcome }, 'a letter was not taken');
    },
  });
  runner.define('alerts.told.prune', { handle: () => parts.database.write(pruneTold) });
  runner.schedule('alerts.told.prune', '37 4 * * *', 'UTC');
}

export type LetterOutcome = 'told' | 'refused' | 'unclear' | 'stopped' | 'known';

/**
 * Send a letter, unless it was begun before or its address takes none. What its server may have taken is never sent
 * again: a crash or a lost connection between sending and noting it leaves `unclear`.
 * @throws AppError `mail.deferred` where it was not taken and may be later; and as `Mailer.send`
 */
export async function sendLetter(parts: LetterParts, letter: Letter): Promise<LetterOutcome> {
  const { database, mailer } = parts;
  const keys = await parts.keys();
  const hash = keys.hashOf(letter.to);
  if (await isStopped(database.read, hash)) return 'stopped';
  if (!(await database.write((tx) => begin(tx, letter)))) return 'known';
  try {
    await mailer.send(messageOf(letter, keys, parts.origin));
  } catch (error) {
    const known = error instanceof AppError ? error : undefined;
    const code = known?.code;
    if (code === 'mail.unclear') {
      await database.write((tx) => note(tx, letter.key, 'unclear'));
      return 'unclear';
    }
    if (code !== 'mail.refused' && code !== 'mail.address') {
      await database.write(({ db }) => db.deleteFrom('alert_told').where('key', '=', letter.key).execute());
      throw error;
    }
    await database.write(async (tx) => {
      await note(tx, letter.key, 'refused');
      const failure = failureOf(known!);
      if (failure) await noteBounce(tx, hash, failure);
    });
    return 'refused';
  }
  await database.write((tx) => note(tx, letter.key, 'told'));
  return 'told';
}

/** A letter as it is handed on: with the way out in the headers that mail programs know (RFC 2369, RFC 8058). */
export function messageOf(letter: Letter, keys: MailKeys, origin: string): MailMessage {
  const out = wayOutText(letter.wayOut);
  const whom = out.slice(0, out.lastIndexOf(':')).replace(':', '.');
  const which = createHash('sha256').update(letter.key).digest('hex').slice(0, 12);
  return {
    to: letter.to,
    subject: letter.subject,
    text: letter.text,
    html: letter.html,
    list: letter.list,
    id: keys.idFor(`${whom}.${which}`),
    headers: {
      'List-Unsubscribe': `<${origin}${wayOutPath(keys.linkFor(out))}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      Precedence: 'bulk',
    },
  };
}

/**
 * What a mail server said when it refused a letter; undefined where it was not about the address, such as a letter that
 * it takes for junk.
 */
export function failureOf(error: AppError): { readonly status: string } | undefined {
  if (error.code === 'mail.address') return { status: '5.1.3' };
  const {
    response = '',
    responseCode,
    command,
  } = (error.cause ?? {}) as {
    response?: string;
    responseCode?: number;
    command?: string;
  };
  const enhanced = /^\d{3}[ -](5\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  if (enhanced !== undefined) return /^5\.7\.|^5\.[356]\./.test(enhanced) ? undefined : { status: enhanced };
  return command === 'RCPT TO' && responseCode !== undefined ? { status: String(responseCode) } : undefined;
}

/** @returns whether it is for the first time */
async function begin(tx: Transaction, letter: Letter): Promise<boolean> {
  const { key, reader, issue } = letter;
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('alert_told')
    .values({
      key,
      reader_id: reader ?? null,
      issue_id: issue ?? null,
      channel: 'mail',
      state: 'trying',
      at: tx.now,
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 1n) return true;
  // Whoever began it did not live to say how it went.
  await tx.db
    .updateTable('alert_told')
    .set({ state: 'unclear' })
    .where('key', '=', key)
    .where('state', '=', 'trying')
    .execute();
  return false;
}

async function note(
  { db, now }: Transaction,
  key: string,
  state: 'told' | 'refused' | 'unclear',
): Promise<void> {
  await db.updateTable('alert_told').set({ state, at: now }).where('key', '=', key).execute();
}

/** How letters of an issue went, by their state. */
export async function countLetters(db: Kysely<Tables>, issue: string): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('alert_told')
    .select(['state', (is) => is.fn.countAll<number>().as('count')])
    .where('issue_id', '=', issue)
    .groupBy('state')
    .execute();
  return new Map(rows.map(({ state, count }) => [state, Number(count)]));
}

async function pruneTold({ db, now }: Transaction): Promise<void> {
  await db
    .deleteFrom('alert_told')
    .where('at', '<', now - toldKept)
    .execute();
}
