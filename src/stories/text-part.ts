import { html, type Html } from '../site/html.ts';
import type { Mark, Run, Text } from './blocks.ts';

const wrappers: Record<Mark, (inner: Html) => Html> = {
  em: (inner) => html`<em>${inner}</em>`,
  strong: (inner) => html`<strong>${inner}</strong>`,
  code: (inner) => html`<code>${inner}</code>`,
  sub: (inner) => html`<sub>${inner}</sub>`,
  sup: (inner) => html`<sup>${inner}</sup>`,
  strike: (inner) => html`<s>${inner}</s>`,
};

/** Text with its marks, links and line breaks. */
export function textPart(text: Text): Html[] {
  return text.map(runPart);
}

function runPart(run: Run): Html {
  let inner = linesPart(run.text);
  for (const mark of run.marks ?? []) inner = wrappers[mark](inner);
  if (run.lang) inner = html`<span lang="${run.lang}">${inner}</span>`;
  return run.href ? html`<a href="${run.href}">${inner}</a>` : inner;
}

function linesPart(text: string): Html {
  if (!text.includes('\n')) return html`${text}`;
  return html`${text.split('\n').map((line, index) => (index === 0 ? html`${line}` : html`<br>${line}`))}`;
}
