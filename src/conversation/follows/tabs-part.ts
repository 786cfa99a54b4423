import { html, type Html } from '../../site/html.ts';
import { followsText } from './text.ts';

const words = followsText.page;
const tabs = { newest: '/following', all: '/following/all', muted: '/following/muted' } as const;

/** The pages that belong to following. */
export function followingTabs(current: keyof typeof tabs): Html {
  const items = (Object.keys(tabs) as (keyof typeof tabs)[]).map((tab) =>
    tab === current
      ? html`<li><a href="${tabs[tab]}" aria-current="page">${words[tab]}</a></li>`
      : html`<li><a href="${tabs[tab]}">${words[tab]}</a></li>`,
  );
  return html`<nav class="tabs" aria-label="${words.tabs}"><ul>${items}</ul></nav>`;
}
