import { domainToASCII } from 'node:url';
import { z } from 'zod';

/** Someone who sends or gets mail. */
export interface Mailbox {
  /** Empty when none is known. */
  readonly name: string;
  readonly address: string;
}

/** Folder under DATA_DIR where mails land while there is no mail server. */
export const mailFolderName = 'mail';

const address = z.email().max(254);
const longestName = 120;

/**
 * Read `ann@example.com` or `Ann Other <ann@example.com>`; a domain in other letters becomes its ASCII form.
 * @returns undefined when it is neither, or holds a line break or another control character
 */
export function parseMailbox(text: string): Mailbox | undefined {
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text)) return undefined;
  const named = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^<>"]*?))\s*<([^<>]+)>\s*$/.exec(text);
  const name = named ? (named[1]?.replace(/\\(.)/g, '$1') ?? named[2] ?? '').trim() : '';
  const found = (named?.[3] ?? text).trim();
  const at = found.lastIndexOf('@');
  const plain = `${found.slice(0, at)}@${domainToASCII(found.slice(at + 1))}`;
  return name.length <= longestName && address.safeParse(plain).success
    ? { name, address: plain }
    : undefined;
}
