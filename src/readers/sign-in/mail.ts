import type { MailMessage } from '../../platform/mail/message.ts';
import { html } from '../../site/html.ts';
import type { Site } from '../../site/site.ts';
import { signInText } from './text.ts';

const words = signInText.mail;

/** The paper that writes. */
export type MailPaper = Pick<Site, 'name' | 'origin' | 'language'>;

/** The mail with the code. It says the same to everybody, and holds nothing that the one who asked has written. */
export function codeMail(mail: {
  readonly to: string;
  readonly code: string;
  readonly token: string;
  /** When it was asked for; milliseconds UTC. */
  readonly at: number;
  readonly paper: MailPaper;
}): MailMessage {
  const { paper } = mail;
  const { host } = new URL(paper.origin);
  const code = `${mail.code.slice(0, 3)} ${mail.code.slice(3)}`;
  const link = `${paper.origin}/sign-in/link/${mail.token}`;
  return {
    to: mail.to,
    subject: words.subject(code, paper.name),
    text: [words.type(code), words.press(link), words.minutes, words.notYou(host)].join('\n\n'),
    html: html`<!doctype html>
<html lang="${paper.language}"><head><meta charset="utf-8"><title>${words.subject(code, paper.name)}</title></head>
<body style="margin:0;padding:24px;font:16px/1.5 Georgia,serif;color:#17191d;background:#ffffff"><div style="max-width:32em;margin:0 auto">
<p style="font-weight:bold;font-size:20px;margin:0 0 24px">${paper.name}</p>
<p style="margin:0 0 8px">${words.typeThis}</p>
<p style="margin:0 0 24px;font:bold 32px/1.2 monospace;letter-spacing:0.1em">${code}</p>
<p style="margin:0 0 24px">${words.orPress} <a href="${link}" style="color:#0b5c4d">${words.link(paper.name)}</a></p>
<p style="margin:0 0 8px">${words.minutes}</p>
<p style="margin:0;color:#565a62;font-size:14px">${words.notYou(host)}</p>
</div></body></html>`.toString(),
  };
}
