import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import { parseMailbox, type Mailbox } from './mailbox.ts';

/** One mail to one person: nobody sees who else gets it. JSON-safe, so that it can wait as a job. */
export interface MailMessage {
  /** Mail address, with or without a name. */
  readonly to: string;
  readonly subject: string;
  /** The whole of it as plain text. */
  readonly text: string;
  /** The same again as HTML. */
  readonly html?: string;
  /** Where an answer goes, when not to the sender; as `to`. */
  readonly replyTo?: string;
  /** Further headers, such as List-Unsubscribe. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What it belongs to when it goes to many, such as `alerts`: becomes its List-Id (RFC 2919). */
  readonly list?: string;
  /** Makes the Message-ID; given when a mail may be tried twice, so that it is known as the same. */
  readonly id?: string;
}

/** Who sends, and from where. */
export interface MailSite {
  readonly from: Mailbox;
  /** The paper's name, for lists. */
  readonly name: string;
  /** Host name of the public address. */
  readonly host: string;
}

/** What is handed to the transport, in nodemailer's terms. */
export interface ComposedMail {
  readonly from: Mailbox;
  readonly to: Mailbox;
  readonly replyTo?: Mailbox;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly messageId: string;
  readonly date: Date;
  readonly headers: Record<string, string | { prepared: true; foldLines: true; value: string }>;
  readonly list?: { id: { url: string; comment: string } };
  readonly disableFileAccess: true;
  readonly disableUrlAccess: true;
}

const longestSubject = 300;
/** Said by us alone: a second one of these would change who gets the mail, or how it reads. */
const ours =
  /^(?:from|to|cc|bcc|sender|reply-to|subject|date|message-id|mime-version|received|return-path|list-id|content-.*|resent-.*|dkim-.*|arc-.*)$/i;

/**
 * Check a message and give it the headers that every mail of ours has.
 * @param now milliseconds UTC
 * @throws AppError `mail.address` when the recipient is none, `mail.malformed` for a header that must not stand there
 */
export function composeMail(message: MailMessage, site: MailSite, now: number): ComposedMail {
  const replyTo = message.replyTo === undefined ? {} : { replyTo: mailbox(message.replyTo, 'replyTo') };
  return {
    from: site.from,
    to: mailbox(message.to, 'to'),
    ...replyTo,
    subject: oneLine(message.subject).slice(0, longestSubject),
    text: message.text,
    ...(message.html === undefined ? {} : { html: message.html }),
    messageId: `<${checkedId(message.id ?? newId(now))}@${site.host}>`,
    date: new Date(now),
    headers: {
      ...checkedHeaders(message.headers ?? {}),
      // RFC 3834, section 5: no robot answers, and Exchange keeps its out-of-office notes to itself.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
    ...(message.list === undefined ? {} : { list: { id: listId(message.list, site) } }),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function mailbox(text: string, field: string): Mailbox {
  const found = parseMailbox(text);
  if (found) return found;
  throw new AppError('mail.address', 'That is not a mail address. It should look like name@example.com.', {
    fields: { [field]: 'That is not a mail address.' },
  });
}

function checkedHeaders(headers: Readonly<Record<string, string>>): ComposedMail['headers'] {
  const checked = Object.entries(headers).map(([name, value]) => {
    if (!/^[A-Za-z][A-Za-z0-9-]{0,60}$/.test(name) || ours.test(name))
      throw malformed(`A mail cannot be given the header '${oneLine(name).slice(0, 60)}'.`);
    // oxlint-disable-next-line no-control-regex
    if (/[\u0000-\u001f\u007f]/.test(value) || value.length > 900)
      throw malformed(`The mail header ${name} holds a line break or is too long.`);
    // Left to itself the transport encodes whatever holds a quote, which no header with addresses survives.
    const isPlain = /^[\u0020-\u007e]*$/.test(value);
    return [name, isPlain ? { prepared: true as const, foldLines: true as const, value } : value] as const;
  });
  return Object.fromEntries(checked);
}

function checkedId(id: string): string {
  if (!/^[A-Za-z0-9.-]{1,100}$/.test(id))
    throw malformed('The id of a mail is letters, digits, dots and dashes.');
  return id;
}

function listId(list: string, site: MailSite): { url: string; comment: string } {
  if (!/^[a-z0-9-]{1,60}$/.test(list))
    throw malformed('The list of a mail is small letters, digits and dashes.');
  return { url: `${list}.${site.host}`, comment: oneLine(site.name) };
}

/** A headline may hold a line break; a header must not. */
function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0020\u007f-\u00a0\u2028\u2029]+/g, ' ').trim();
}

function malformed(message: string): AppError {
  return new AppError('mail.malformed', message, { status: 500 });
}
