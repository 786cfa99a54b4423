import type { MailMessage } from '../../platform/mail/message.ts';
import { html } from '../../site/html.ts';
import type { Site } from '../../site/site.ts';
import { moderationText } from '../text.ts';

/** The paper that writes. */
export type NoticePaper = Pick<Site, 'name' | 'origin' | 'language'>;

const words = moderationText.notice.mail;

/** That a notice has come in (Regulation (EU) 2022/2065, article 16(4)). Nothing of it is repeated. */
export function receiptMail(mail: {
  readonly to: string;
  readonly code: string;
  readonly at: number;
  readonly paper: NoticePaper;
}): MailMessage {
  return letter(mail, words.receipt(mail.paper.name), [words.received, words.look]);
}

/** What was decided (article 16(5)). */
export function answerMail(mail: {
  readonly to: string;
  readonly code: string;
  readonly answer: string;
  readonly paper: NoticePaper;
}): MailMessage {
  return letter(mail, words.answered(mail.paper.name), [words.decided, mail.answer, words.disagree]);
}

function letter(
  { to, code, paper }: { readonly to: string; readonly code: string; readonly paper: NoticePaper },
  subject: string,
  paragraphs: readonly string[],
): MailMessage {
  const link = `${paper.origin}/notices/${code}`;
  return {
    to,
    subject,
    text: [...paragraphs, `${words.number} ${code}`, link].join('\n\n'),
    html: html`<!doctype html>
<html lang="${paper.language}"><head><meta charset="utf-8"><title>${subject}</title></head>
<body style="margin:0;padding:24px;font:16px/1.5 Georgia,serif;color:#17191d;background:#ffffff"><div style="max-width:32em;margin:0 auto">
<p style="font-weight:bold;font-size:20px;margin:0 0 24px">${paper.name}</p>
${paragraphs.map((text) => html`<p style="margin:0 0 16px;white-space:pre-line">${text}</p>`)}
<p style="margin:0 0 16px">${words.number} <b>${code}</b></p>
<p style="margin:0"><a href="${link}" style="color:#0b5c4d">${link}</a></p>
</div></body></html>`.toString(),
  };
}
