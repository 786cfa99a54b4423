import type { MailMessage } from '../../platform/mail/message.ts';
import { html } from '../../site/html.ts';
import type { MailPaper } from '../sign-in/mail.ts';
import { passkeysText } from './text.ts';

const words = passkeysText.mail;

/** Tells the owner of an account that there is one more way into it. */
export function addedMail(mail: {
  readonly to: string;
  readonly name: string;
  /** The browser, in words. */
  readonly device: string;
  readonly paper: MailPaper;
}): MailMessage {
  const { paper } = mail;
  const link = `${paper.origin}/account`;
  const added = words.added(mail.name, mail.device);
  return {
    to: mail.to,
    subject: words.subject(paper.name),
    text: [added, words.notYou(link)].join('\n\n'),
    html: html`<!doctype html>
<html lang="${paper.language}"><head><meta charset="utf-8"><title>${words.subject(paper.name)}</title></head>
<body style="margin:0;padding:24px;font:16px/1.5 Georgia,serif;color:#17191d;background:#ffffff"><div style="max-width:32em;margin:0 auto">
<p style="font-weight:bold;font-size:20px;margin:0 0 24px">${paper.name}</p>
<p style="margin:0 0 24px">${added}</p>
<p style="margin:0">${words.notYouLead} <a href="${link}" style="color:#0b5c4d">${words.notYouLink}</a>.</p>
</div></body></html>`.toString(),
  };
}
