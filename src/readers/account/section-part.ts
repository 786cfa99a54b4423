import { html, type Html } from '../../site/html.ts';

/** @param part.id by which its address leads there, as in /account#devices */
export function sectionPart(part: {
  readonly id: string;
  readonly heading: string;
  readonly body: Html;
}): Html {
  return html`<section class="account-section" aria-labelledby="${part.id}"><h2 id="${part.id}">${part.heading}</h2>${part.body}</section>`;
}
