import type { MailMessage } from '../../platform/mail/message.ts';
import { mailPage, type MailPaper } from '../mail-page.ts';
import { emailText } from './text.ts';

export type { MailPaper };

const words = emailText.mail;

/** The mail with one of the two codes. */
export function codeMail(mail: {
  readonly to: string;
  readonly code: string;
  readonly which: 'old' | 'new';
  readonly paper: MailPaper;
}): MailMessage {
  const { to, which, paper } = mail;
  const code = `${mail.code.slice(0, 3)} ${mail.code.slice(3)}`;
  const lines = [words[which](paper.name), { code }, words.type, words.hour, words[`${which}Not`]];
  return mailPage({ to, subject: words.subject(code, paper.name), lines, paper });
}

/** To an address that has an account: somebody wanted it for another one. */
export function takenMail({ to, paper }: { readonly to: string; readonly paper: MailPaper }): MailMessage {
  const lines = [words.taken(paper.name), words.takenHelp];
  return mailPage({ to, subject: words.takenSubject(paper.name), lines, paper });
}

/** To the address that was left. */
export function changedMail({ to, paper }: { readonly to: string; readonly paper: MailPaper }): MailMessage {
  const lines = [words.changed(paper.name), words.changedNot];
  return mailPage({ to, subject: words.changedSubject(paper.name), lines, paper });
}
