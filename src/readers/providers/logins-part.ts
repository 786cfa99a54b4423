import type { DomainContext } from '../../site/context.ts';
import { html, type Html } from '../../site/html.ts';
import { buttonForm } from '../account/form.ts';
import type { Identity } from '../sessions/session.ts';
import { ssoOf } from '../sso/sso.ts';
import { findLogins } from './logins.ts';
import { providersOf } from './provider.ts';
import { providersText as words } from './text.ts';

/** On the account page: with whom one may sign in, and what else could be connected; nothing where nobody is set. */
export async function loginsPart(context: DomainContext, identity: Identity): Promise<Html | undefined> {
  const { config, clock, database, site } = context;
  const providers = providersOf(config, clock);
  const logins = await findLogins(database.read, identity.id);
  if (providers.length === 0 && logins.length === 0) return undefined;
  const names = new Map(
    [...providers, ssoOf(config)].flatMap((each) => (each ? [[each.issuer, each.name] as const] : [])),
  );
  const day = new Intl.DateTimeFormat(site.language, { dateStyle: 'long', timeZone: site.zone });
  const rows = logins.map(({ id, issuer, usedAt }) => {
    const name = names.get(issuer) ?? hostOf(issuer);
    const remove = buttonForm({
      action: `/account/logins/${id}/remove`,
      label: words.account.remove,
      spoken: words.account.removeOf(name),
    });
    return html`<li><p><b>${name}</b> <span class="meta">${words.account.used} ${day.format(usedAt)}</span></p>${remove}</li>`;
  });
  const connected = new Set(logins.map(({ issuer }) => issuer));
  const more = providers
    .filter(({ issuer }) => !connected.has(issuer))
    .map(({ id, name }) =>
      buttonForm({ action: `/account/connect/${id}`, label: words.account.connect(name), isInline: false }),
    );
  return html`<section id="logins" data-flow><h2>${words.account.heading}</h2><p class="help">${words.account.help}</p>${rows.length > 0 && html`<ul class="keys">${rows}</ul>`}${more.length > 0 && html`<div class="actions">${more}</div>`}</section>`;
}

function hostOf(issuer: string): string {
  return URL.canParse(issuer) ? new URL(issuer).host : issuer;
}
