import type { Request } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { html, type Html } from '../../site/html.ts';
import { buttonForm } from '../account/form.ts';
import type { Identity } from '../sessions/session.ts';
import { longestName, type Passkey } from './passkey.ts';
import { findPasskeys } from './passkeys.ts';
import { passkeysText } from './text.ts';

const words = passkeysText.account;

/** Name of the island that pages with these parts load. */
export const passkeyIsland = 'passkey';

/** The button of the first step of signing in; the browser shows it when it knows passkeys. */
export function passkeyButton({ query }: Pick<Request, 'query'>): Html {
  const { asking, notGiven, offline, use } = passkeysText;
  return html`<passkey-sign-in data-asking="${asking}" data-failed="${notGiven}" data-offline="${offline}" hidden><form method="post" action="/sign-in/passkey"><input type="hidden" name="to" value="${query.get('to') ?? ''}"><input type="hidden" name="credential"><button class="pill" type="submit">${use}</button><p class="problem" role="status"></p></form></passkey-sign-in>`;
}

/** The passkeys of the account page: name, rename, remove, last used, and one more. @param more.problem with what was done last */
export async function passkeysPart(
  { database, site }: DomainContext,
  identity: Identity,
  more: { readonly problem?: string } = {},
): Promise<Html> {
  const passkeys = await findPasskeys(database.read, identity.id);
  const day = new Intl.DateTimeFormat(site.language, { dateStyle: 'long', timeZone: site.zone });
  const { problem } = more;
  return html`<section id="passkeys" data-flow><h2>${words.heading}</h2><p class="help">${words.help}</p>${problem && html`<p class="problem" role="alert">${problem}</p>`}${passkeys.length === 0 ? html`<p>${words.none}</p>` : html`<ul class="keys">${passkeys.map((each) => rowPart(each, day))}</ul>`}<passkey-add data-asking="${words.asking}" data-failed="${words.notAdded}" data-known="${words.known}" data-offline="${passkeysText.offline}" data-cannot="${words.cannot}"><p class="help">${words.needsScripts}</p><form class="fields" method="post" action="/account/passkeys" data-inline hidden><input type="hidden" name="credential"><div class="field"><label for="passkey-name">${words.newName}</label><p class="help" id="passkey-name-help">${words.newNameHelp}</p><input id="passkey-name" name="name" maxlength="${longestName}" autocomplete="off" aria-describedby="passkey-name-help"></div><button class="pill" type="submit">${words.add}</button><p class="problem" role="status"></p></form></passkey-add></section>`;
}

function rowPart(passkey: Passkey, day: Intl.DateTimeFormat): Html {
  const { id, name } = passkey;
  const used = passkey.usedAt === undefined ? words.neverUsed : `${words.used} ${day.format(passkey.usedAt)}`;
  const facts = [
    `${words.added} ${day.format(passkey.createdAt)}`,
    used,
    ...(passkey.isSynced ? [words.synced] : []),
  ].join(' · ');
  return html`<li><form method="post" action="/account/passkeys/${id}/rename" data-inline><label><span class="hidden">${words.name}</span><input name="name" value="${name}" maxlength="${longestName}" required autocomplete="off"></label> <button class="pill" type="submit" aria-label="${words.renameOf(name)}">${words.rename}</button></form><p class="meta">${facts}</p>${buttonForm({ action: `/account/passkeys/${id}/remove`, label: words.remove, spoken: words.removeOf(name) })}</li>`;
}
