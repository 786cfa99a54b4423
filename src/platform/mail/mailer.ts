import { accessSync, constants } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import { systemClock, type Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { AppError, messageOf } from '../errors.ts';
import { isLoopbackHost } from '../http/addresses.ts';
import { newId } from '../ids.ts';
import { syncFolder, writeDurably } from '../media/files.ts';
import { composeMail, type ComposedMail, type MailMessage, type MailSite } from './message.ts';
import { mailFolderName, parseMailbox } from './mailbox.ts';

export interface Mailer {
  /** Where mails go: the server's host and port, or the folder. */
  readonly place: string;
  /** Address that mails come from. */
  readonly sender: string;
  /**
   * Hand a mail on. When the promise resolves, the mail server has taken it, or the file is durable.
   * @throws AppError `mail.address`, `mail.malformed`; `mail.refused` when the server will never take it;
   *   `mail.deferred` when it was not taken and may be later; `mail.unclear` when the server had all of it and never
   *   said whether it took it: to send it again may be to send it twice
   */
  send(message: MailMessage): Promise<void>;
  /** Whether mails could be sent now: connects and signs in, or looks at the folder. @throws AppError `mail.deferred` */
  verify(): Promise<void>;
  close(): void;
}

export type MailSettings = Pick<
  Config,
  'SMTP_URL' | 'MAIL_FROM' | 'NAME' | 'CONTACT_MAIL' | 'origin' | 'dataDir'
>;

interface Transport {
  sendMail(mail: ComposedMail): Promise<unknown>;
  verify(): Promise<unknown>;
  close(): void;
  use(step: 'stream', plugin: (mail: HandedMail, done: () => void) => void): unknown;
}

/** A mail on its way, in nodemailer's terms. */
interface HandedMail {
  readonly data: { readonly messageId?: string | undefined };
  readonly message: { processFunc(pass: (message: Readable) => Readable): void };
}

const usualTimeout = 15_000;
/** Servers look a mail over before they say that they have taken it (RFC 5321, section 4.5.3.2.6). */
const usualAnswerTimeout = 60_000;
/** Signing in fails for the operator's reasons, not for the message's: worth another try once that is mended. */
const notAboutTheMessage = new Set(['EAUTH', 'ENOAUTH', 'EOAUTH2', 'ETLS', 'ECONNECTION', 'EPROTOCOL']);
/** Of a connection that ended under way. */
const endings = new Set(['ECONNECTION', 'ESOCKET']);

/**
 * The site's mail: through SMTP_URL, and without it as .eml files in DATA_DIR/mail.
 * @param options.timeout milliseconds without an answer before the mail server counts as absent
 */
export function createMailer(
  settings: MailSettings,
  options: { readonly clock?: Clock; readonly timeout?: number } = {},
): Mailer {
  const clock = options.clock ?? systemClock;
  const site = siteOf(settings);
  return settings.SMTP_URL === undefined
    ? folderMailer(join(settings.dataDir, mailFolderName), site, clock)
    : smtpMailer(settings.SMTP_URL, site, clock, options.timeout);
}

function siteOf({ MAIL_FROM, CONTACT_MAIL, NAME, origin }: MailSettings): MailSite {
  const host = new URL(origin).hostname;
  const from = parseMailbox(MAIL_FROM ?? CONTACT_MAIL ?? '') ?? { name: NAME, address: `no-reply@${host}` };
  return { from: { ...from, name: from.name || NAME }, name: NAME, host };
}

/** A password goes over the network only encrypted, unless the address says otherwise in so many words. */
export function needsTls(smtpUrl: string): boolean {
  const { hostname, username, searchParams } = new URL(smtpUrl);
  const saysItself = searchParams.has('requireTLS') || searchParams.has('ignoreTLS');
  return username !== '' && !isLoopbackHost(hostname) && !saysItself;
}

function smtpMailer(url: string, site: MailSite, clock: Clock, given: number | undefined): Mailer {
  const { host } = new URL(url);
  const timeout = given ?? usualTimeout;
  const transport: Transport = createTransport({
    url,
    pool: true,
    maxConnections: 2,
    // Left to itself the pool hands a mail over again when its connection ends, taken or not.
    maxRequeues: 0,
    ...(needsTls(url) ? { requireTLS: true } : {}),
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: given ?? usualAnswerTimeout,
    dnsTimeout: timeout,
  });
  /** Message-IDs of what went to the server to its last line. */
  const handed = new Set<string>();
  transport.use('stream', ({ data, message }, done) => {
    message.processFunc((lines) => lines.once('end', () => handed.add(data.messageId!)));
    done();
  });
  const handOver = async (mail: ComposedMail, isAgain: boolean): Promise<void> => {
    try {
      await transport.sendMail(mail);
    } catch (cause) {
      const { responseCode } = cause as { responseCode?: number };
      if (handed.has(mail.messageId) && responseCode === undefined) throw unclear(cause, host);
      // A connection that was kept may have ended meanwhile; a new one need not wait.
      if (isAgain || !endings.has((cause as { code?: string }).code ?? '')) throw sendError(cause, host);
      await handOver(mail, true);
    } finally {
      handed.delete(mail.messageId);
    }
  };
  return {
    place: host,
    sender: site.from.address,
    async send(message) {
      await handOver(composeMail(message, site, clock.now()), false);
    },
    async verify() {
      try {
        await transport.verify();
      } catch (cause) {
        throw deferred(cause, host);
      }
    },
    close: () => transport.close(),
  };
}

function folderMailer(folder: string, site: MailSite, clock: Clock): Mailer {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    place: folder,
    sender: site.from.address,
    async send(message) {
      const now = clock.now();
      const { message: content } = await composer.sendMail(composeMail(message, site, now));
      // The id keeps those of one millisecond in order.
      const name = `${new Date(now).toISOString().replaceAll(':', '')}-${newId(now)}.eml`;
      try {
        await mkdir(folder, { recursive: true });
        await writeDurably(join(folder, `.${name}`), content as Buffer);
        await rename(join(folder, `.${name}`), join(folder, name));
        await syncFolder(folder);
      } catch (cause) {
        throw folderError(folder, cause);
      }
    },
    async verify() {
      try {
        await mkdir(folder, { recursive: true });
        accessSync(folder, constants.W_OK);
      } catch (cause) {
        throw folderError(folder, cause);
      }
    },
    close() {},
  };
}

function folderError(folder: string, cause: unknown): AppError {
  return new AppError('mail.deferred', `Mail cannot be written to ${folder}. Make it writable.`, {
    status: 503,
    cause,
  });
}

/** RFC 5321, section 4.2.1: 5yz is for good, 4yz may pass; what failed before any answer may pass too. */
function sendError(cause: unknown, host: string): AppError {
  const { responseCode, code = '' } = cause as { responseCode?: number; code?: string };
  const isAboutMessage = !notAboutTheMessage.has(code);
  const isForGood =
    isAboutMessage && (responseCode === undefined ? code === 'EENVELOPE' : responseCode >= 500);
  if (!isForGood) return deferred(cause, host);
  return new AppError('mail.refused', `The mail server refuses this mail: ${reasonOf(cause)}`, {
    status: 502,
    cause,
  });
}

function unclear(cause: unknown, host: string): AppError {
  return new AppError(
    'mail.unclear',
    `The mail server at ${host} had a whole mail and never said whether it took it: ${reasonOf(cause)}`,
    { status: 503, cause },
  );
}

function deferred(cause: unknown, host: string): AppError {
  const { code } = cause as { code?: string };
  const message =
    code === 'EAUTH' || code === 'ENOAUTH'
      ? `The mail server at ${host} does not take the user name and password in SMTP_URL: ${reasonOf(cause)}`
      : `The mail server at ${host} does not take mail at the moment: ${reasonOf(cause)}`;
  return new AppError('mail.deferred', message, { status: 503, cause });
}

/** The server's own words, without the addresses in them: errors are logged, and addresses are not. */
function reasonOf(cause: unknown): string {
  const { response } = cause as { response?: string };
  return (response ?? messageOf(cause)).replace(/[^\s<>"']+@[^\s<>"']+/g, '(address)').slice(0, 300);
}
