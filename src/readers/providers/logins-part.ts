import type { DomainContext } from '../../site/context.ts';
import { html, type Html } from '../../site/html.ts';
import type { Request } from '../../platform/http/route-table.ts';
import { buttonForm } from '../account/form.ts';
import { sectionPart } from '../account/section-part.ts';
import type { Identity } from '../sessions/session.ts';
import { ssoOf } from '../sso/sso.ts';
import { dayWords } from '../time-words.ts';
import { findLogins } from './logins.ts';
import { providersOf } from './provider.ts';
import { providersText as words } from './text.ts';

/** On the account page: with whom one may sign in, and what else could be connected; nothing where nobody is set. */
export async function loginsPart(
  context: DomainContext,
  _request: Request,
  identity: Identity,
): Promise<Html | undefined> {
  const { config, clock, database, site } = context;
  const providers = providersOf(config, clock);
  const logins = await findLogins(database.read, identity.id);
  if (providers.length === 0 && logins.length === 0) return undefined;
  const names = new Map(
    [...providers, ssoOf(config)].flatMap((each) => (each ? [[each.issuer, each.name] as const] : [])),
  );
  const day = (at: number) => dayWords(site, at);
  const rows = logins.map(({ id, issuer, usedAt }) => {
    const name = names.get(issuer) ?? hostOf(issuer);
    const remove = buttonForm({
      action: `/account/logins/${id}/remove`,
      label: words.account.remove,
      spoken: words.account.removeOf(name),
      isInline: false,
    });
    return html`<li><div><b>${name}</b><p class="meta">${words.account.used} ${day(usedAt)}</p></div>${remove}</li>`;
  });
  const connected = new Set(logins.map(({ issuer }) => issuer));
  const more = providers
    .filter(({ issuer }) => !connected.has(issuer))
    .map(({ id, name }) =>
      buttonForm({ action: `/account/connect/${id}`, label: words.account.connect(name), isInline: false }),
    );
  const body = html`<p class="help">${words.account.help}</p>${rows.length > 0 && html`<ul class="devices">${rows}</ul>`}${more.length > 0 && html`<div class="actions">${more}</div>`}`;
  return sectionPart({ id: 'logins', heading: words.account.heading, body });
}

function hostOf(issuer: string): string {
  return URL.canParse(issuer) ? new URL(issuer).host : issuer;
}
