import { parseMailbox } from '../platform/mail/mailbox.ts';

/**
 * A mail address as it is kept: in lower case, as what is told apart by case alone is one address with nearly every
 * mail server; undefined for anything else.
 */
export function addressOf(given: unknown): string | undefined {
  const mailbox = typeof given === 'string' && given.length <= 400 ? parseMailbox(given) : undefined;
  return mailbox && mailbox.name === '' ? mailbox.address.toLowerCase() : undefined;
}
