import type { Request } from '../platform/http/route-table.ts';
import { html, type Html } from '../site/html.ts';
import { icons } from '../site/icons.ts';
import { bellPart, countUnread } from '../conversation/index.ts';
import { readersText } from '../readers/index.ts';
import type { Context } from './context.ts';

/** In the masthead: who is signed in and what waits in the inbox, or the way to sign in and back to this page. */
export async function accountTools({ database }: Context, { identity, url }: Request): Promise<Html> {
  if (!identity) {
    // On that way already it leads to the same step, with where one came from.
    const isThere = url.pathname.startsWith('/sign-in');
    const to = isThere ? (url.searchParams.get('to') ?? '/') : `${url.pathname}${url.search}`;
    return html`<span data-personal="bell"></span><a href="/sign-in?to=${encodeURIComponent(to)}" rel="nofollow" data-personal="account" data-account="">${icons.reader}<span>${readersText.signIn}</span></a>`;
  }
  const { name, handle } = identity.reader;
  const bell = bellPart(await countUnread(database.read, identity.id));
  return html`<span data-personal="bell">${bell}</span><a href="/account" data-personal="account" data-account="${identity.id}">${icons.reader}<span>${name || handle || readersText.account}</span></a>`;
}
