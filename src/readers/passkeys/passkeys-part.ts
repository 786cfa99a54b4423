import type { Request } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { html, type Html } from '../../site/html.ts';
import { buttonForm, fieldPart } from '../account/form.ts';
import { sectionPart } from '../account/section-part.ts';
import type { Identity } from '../sessions/session.ts';
import { dayWords } from '../time-words.ts';
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

/** The passkeys of the account page: name, when it was last used, rename, remove, and one more. */
export async function passkeysPart(
  { database, site }: DomainContext,
  _request: Request,
  identity: Identity,
): Promise<Html> {
  const passkeys = await findPasskeys(database.read, identity.id);
  const day = (at: number) => dayWords(site, at);
  const name = fieldPart({
    name: 'name',
    label: words.newName,
    help: words.newNameHelp,
    more: { maxlength: longestName, autocomplete: 'off' },
    id: 'field-passkey',
  });
  const list =
    passkeys.length === 0
      ? html`<p>${words.none}</p>`
      : html`<ul class="devices">${passkeys.map((each) => rowPart(each, day))}</ul>`;
  const add = html`<passkey-add data-asking="${words.asking}" data-failed="${words.notAdded}" data-known="${words.known}" data-offline="${passkeysText.offline}" data-cannot="${words.cannot}"><p class="help">${words.needsScripts}</p><form class="fields" method="post" action="/account/passkeys" hidden><input type="hidden" name="credential">${name}<button class="pill" type="submit">${words.add}</button><p class="problem" role="status"></p></form></passkey-add>`;
  const body = html`<p class="help">${words.help}</p>${list}${add}`;
  return sectionPart({ id: 'passkeys', heading: words.heading, body });
}

function rowPart(passkey: Passkey, day: (at: number) => string): Html {
  const { id, name } = passkey;
  const used = passkey.usedAt === undefined ? words.neverUsed : `${words.used} ${day(passkey.usedAt)}`;
  const facts = [
    `${words.added} ${day(passkey.createdAt)}`,
    used,
    ...(passkey.isSynced ? [words.synced] : []),
  ].join(' · ');
  const remove = buttonForm({
    action: `/account/passkeys/${id}/remove`,
    label: words.remove,
    spoken: words.removeOf(name),
    isInline: false,
  });
  return html`<li><div><b>${name}</b><p class="meta">${facts}</p><details class="rename"><summary aria-label="${words.renameOf(name)}">${words.rename}</summary><form method="post" action="${`/account/passkeys/${id}/rename`}"><label><span class="hidden">${words.name}</span><input name="name" value="${name}" maxlength="${longestName}" required autocomplete="off"></label><button class="pill" type="submit">${words.save}</button></form></details></div>${remove}</li>`;
}
