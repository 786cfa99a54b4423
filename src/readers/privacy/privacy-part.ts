import type { Identity, Request } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { html, type Html } from '../../site/html.ts';
import { buttonForm } from '../account/form.ts';
import { sectionPart } from '../account/section-part.ts';
import { leavingTime } from './leave.ts';
import { momentWords } from '../time-words.ts';
import { privacyText } from './text.ts';

const words = privacyText.part;

/** For the account page: the ways to the pages of this room, and what is about to happen. */
export function privacySection({ site }: DomainContext, _request: Request, { reader }: Identity): Html {
  const { leavingAt } = reader;
  const last =
    leavingAt === undefined
      ? html`<p><a class="text-link" href="/account/leave">${words.leave}</a></p>`
      : html`<p>${words.leaving(momentWords(site, leavingAt + leavingTime))}</p><div class="actions">${buttonForm({ action: '/account/stay', label: words.stay, kind: 'main', isInline: false })}</div>`;
  const body = html`<p><a class="text-link" href="/account/data">${words.data}</a></p>${last}`;
  return sectionPart({ id: 'data', heading: words.heading, body });
}
