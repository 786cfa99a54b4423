import type { MailMessage } from '../platform/mail/message.ts';
import { html } from '../site/html.ts';
import type { Site } from '../site/site.ts';

/** The paper that writes. */
export type MailPaper = Pick<Site, 'name' | 'origin' | 'language'>;

/** A paragraph, a code to be typed, or a link that stands alone. */
export type MailLine = string | { readonly code: string } | { readonly link: string; readonly words: string };

/** A mail to one reader about the account, as text and as HTML that says the same. */
export function mailPage(mail: {
  readonly to: string;
  readonly subject: string;
  readonly lines: readonly MailLine[];
  readonly paper: MailPaper;
}): MailMessage {
  const { to, subject, lines, paper } = mail;
  return {
    to,
    subject,
    text: lines.map(textOf).join('\n\n'),
    html: html`<!doctype html>
<html lang="${paper.language}"><head><meta charset="utf-8"><title>${subject}</title></head>
<body style="margin:0;padding:24px;font:16px/1.5 Georgia,serif;color:#17191d;background:#ffffff"><div style="max-width:32em;margin:0 auto">
<p style="font-weight:bold;font-size:20px;margin:0 0 24px">${paper.name}</p>
${lines.map(htmlOf)}
</div></body></html>`.toString(),
  };
}

function textOf(line: MailLine): string {
  if (typeof line === 'string') return line;
  return 'code' in line ? `    ${line.code}` : `${line.words}\n${line.link}`;
}

function htmlOf(line: MailLine) {
  if (typeof line === 'string') return html`<p style="margin:0 0 16px">${line}</p>`;
  if ('code' in line)
    return html`<p style="margin:0 0 24px;font:bold 32px/1.2 monospace;letter-spacing:0.1em">${line.code}</p>`;
  return html`<p style="margin:0 0 16px"><a href="${line.link}" style="color:#0b5c4d">${line.words}</a></p>`;
}
