import { attributes, html, type Html } from '../../site/html.ts';
import { icons } from '../../site/icons.ts';
import { mostUnread } from './notice.ts';
import { noticesText as words } from './text.ts';

/** The way to the inbox, with how many notices wait there. @param unread as `countUnread` counts */
export function bellPart(unread: number): Html {
  const count = unread > 0 ? words.unread(unread, mostUnread) : '';
  return html`<a class="bell" href="/inbox" data-bell>${icons.bell}<span>${words.bell}</span><b${attributes({ hidden: unread === 0 })}>${count}</b></a>`;
}
