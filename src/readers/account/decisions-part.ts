import { html, type Html } from '../../site/html.ts';
import { sectionPart } from './section-part.ts';
import { accountText } from './text.ts';

const words = accountText.decisions;

/** The way to what moderators have decided about the reader's own; their domain makes that page. */
export function decisionsPart(): Html {
  const body = html`<p>${words.help}</p><p><a class="pill" href="/account/decisions">${words.see}</a></p>`;
  return sectionPart({ id: 'decisions', heading: words.heading, body });
}
