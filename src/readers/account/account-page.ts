import type { Answer, Request } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { attributes, html, type Html } from '../../site/html.ts';
import { longestBio, longestName } from '../profile/name.ts';
import { pictureBytes } from '../profile/picture.ts';
import { passkeyIsland } from '../passkeys/passkeys-part.ts';
import { portraitPart } from '../profile/picture-routes.ts';
import type { Audience, Reader } from '../reader.ts';
import { devicesPart } from './devices-part.ts';
import { fieldPart, type Problems } from './form.ts';
import { sectionPart } from './section-part.ts';
import { accountSections } from './sections.ts';
import { accountText as words } from './text.ts';

/** A form that came back, with what was typed and what is wrong with it. */
export interface Returned {
  readonly typed?: { readonly name?: string; readonly handle?: string; readonly bio?: string };
  readonly problems: Problems;
  readonly status: number;
}

/** `/account` */
export async function accountPage(
  context: DomainContext,
  request: Request,
  returned: Returned = { problems: {}, status: 200 },
): Promise<Answer> {
  const identity = request.identity!;
  const { reader } = identity;
  const further = await Promise.all(accountSections.map((section) => section(context, request, identity)));
  const { handle } = reader;
  const page = handle
    ? html`<p><a class="text-link" href="${`/readers/${handle}`}">${words.seePage}</a></p>`
    : html`<p class="lede">${words.nameless}</p>`;
  const failed = returned.status >= 400 && html`<p class="problem" role="alert">${words.notSaved}</p>`;
  return context.frame(request, {
    title: words.title,
    canonical: '/account',
    main: html`<div class="wrap account"><h1>${words.title}</h1>${page}${failed}${profilePart(reader, returned)}${picturePart(reader, returned.problems)}${settingsPart(reader)}${mailPart(reader)}${await devicesPart(context, identity)}${further}</div>`,
    kind: 'account',
    islands: [passkeyIsland],
    robots: 'noindex',
    status: returned.status,
    noStore: true,
  });
}

function profilePart(reader: Reader, { typed = {}, problems }: Returned): Html {
  const { profile } = words;
  const name = fieldPart({
    name: 'name',
    label: profile.name,
    value: typed.name ?? reader.name,
    help: profile.nameHelp,
    problem: problems.name,
    more: { autocomplete: 'nickname', maxlength: 2 * longestName, required: true },
  });
  const handle = fieldPart({
    name: 'handle',
    label: profile.handle,
    value: typed.handle ?? reader.handle ?? '',
    help: profile.handleHelp,
    problem: problems.handle,
    more: { autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', maxlength: 31 },
  });
  const bio = fieldPart({
    name: 'bio',
    label: profile.bio,
    value: typed.bio ?? reader.bio,
    help: profile.bioHelp(longestBio),
    problem: problems.bio,
    rows: 3,
    more: { maxlength: 2 * longestBio },
  });
  const body = html`<form class="fields" method="post" action="/account/profile">${name}${handle}${bio}<button class="pill main" type="submit">${profile.save}</button></form>`;
  return sectionPart({ id: 'profile', heading: profile.heading, body });
}

function picturePart(reader: Reader, problems: Problems): Html {
  const { picture } = words;
  const field = fieldPart({
    name: 'picture',
    label: picture.file,
    type: 'file',
    help: picture.help,
    problem: problems.picture,
    more: { accept: 'image/jpeg,image/png,image/webp,image/avif', 'data-most': pictureBytes },
  });
  const remove =
    reader.picture !== undefined &&
    html`<form method="post" action="/account/picture/remove"><button class="pill" type="submit">${picture.remove}</button></form>`;
  const body = html`<div class="portrait-row">${portraitPart(reader, 96)}<div><form class="fields" method="post" action="/account/picture" enctype="multipart/form-data">${field}<button class="pill" type="submit">${picture.upload}</button></form>${remove}</div></div>`;
  return sectionPart({ id: 'picture', heading: picture.heading, body });
}

function settingsPart({ settings: chosen }: Reader): Html {
  const { settings } = words;
  const audience = (name: 'followers' | 'following') => {
    const id = `field-${name}`;
    const options = (Object.keys(settings.audience) as Audience[]).map(
      (value) =>
        html`<option value="${value}"${attributes({ selected: chosen[name] === value })}>${settings.audience[value]}</option>`,
    );
    return html`<div class="field"><label for="${id}">${settings[name]}</label><select id="${id}" name="${name}">${options}</select></div>`;
  };
  const check = (name: 'showComments' | 'showRecommends' | 'isIndexed') =>
    html`<label class="check"><input type="checkbox" name="${name}" value="yes"${attributes({ checked: chosen[name] })}>${settings[name]}</label>`;
  const body = html`<form class="fields" method="post" action="/account/settings">${audience('followers')}${audience('following')}${check('showComments')}${check('showRecommends')}${check('isIndexed')}<button class="pill main" type="submit">${settings.save}</button></form>`;
  return sectionPart({ id: 'settings', heading: settings.heading, body });
}

function mailPart({ email }: Reader): Html | undefined {
  if (email === undefined) return undefined;
  const body = html`<p>${words.mail.is} <b>${email}</b></p><p><a class="text-link" href="/account/email">${words.mail.change}</a></p>`;
  return sectionPart({ id: 'mail', heading: words.mail.heading, body });
}
