import type { Identity } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { html, type Html } from '../../site/html.ts';
import { dayWords } from '../time-words.ts';
import { buttonForm } from './form.ts';
import { sectionPart } from './section-part.ts';
import { accountText } from './text.ts';

const words = accountText.devices;
const mostShown = 100;

/** Where a reader is signed in, what is used most lately first, each with a button that ends it. */
export async function devicesPart(
  { database, site, clock }: DomainContext,
  { id, session: current }: Identity,
): Promise<Html> {
  const sessions = await database.read
    .selectFrom('reader_session')
    .select(['id', 'device', 'created_at', 'seen_at'])
    .where('reader_id', '=', id)
    .where('expires_at', '>', clock.now())
    .orderBy('seen_at', 'desc')
    .orderBy('id', 'desc')
    .limit(mostShown)
    .execute();
  const day = (at: number) => dayWords(site, at);
  const rows = sessions.map((session) => {
    const isHere = session.id === current.id;
    const end =
      !isHere &&
      buttonForm({
        action: '/account/sessions/end',
        label: words.end,
        spoken: words.endOf(session.device),
        fields: { session: session.id },
        isInline: false,
      });
    return html`<li><div><b>${session.device}</b>${isHere && html` <span class="meta">${words.here}</span>`}<p class="meta">${words.began} ${day(session.created_at)}, ${words.seen} ${day(session.seen_at)}</p></div>${end}</li>`;
  });
  const out = (scope: 'one' | 'all', label: string) =>
    buttonForm({ action: '/sign-out', label, fields: { scope, to: '/' }, isInline: false });
  const others =
    sessions.length > 1 &&
    buttonForm({ action: '/account/sessions/end-others', label: words.others, isInline: false });
  const body = html`<ul class="devices">${rows}</ul><div class="actions">${out('one', words.out)}${others}${out('all', words.all)}</div>`;
  return sectionPart({ id: 'devices', heading: words.heading, body });
}
