import { z } from 'zod';
import { redirect } from '../../platform/http/answers.ts';
import { cookieName } from '../../platform/http/cookies.ts';
import type { Answer, Request, Route } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { html } from '../../site/html.ts';
import { buttonForm, fieldPart } from '../account/form.ts';
import { said } from '../account/said.ts';
import { addressOf } from '../address-of.ts';
import { sessionCookie } from '../sessions/session.ts';
import { readCode } from '../sign-in/code.ts';
import { stepPage } from '../sign-in/pages.ts';
import { clockWords } from '../time-words.ts';
import {
  beginEmailChange,
  confirmEmailChange,
  dropEmailChange,
  findEmailChange,
  type EmailChange,
} from './email-change.ts';
import { emailText as words } from './text.ts';

const path = '/account/email';
const beginForm = z.object({ email: z.string().max(400) }).catch({ email: '' });
const codesForm = z
  .object({ old: z.string().max(100).catch(''), new: z.string().max(100).catch('') })
  .catch({ old: '', new: '' });

type Handler = (request: Request) => Promise<Answer>;

/** Changing the mail address: both the old and the new one are asked. */
export function emailRoutes(context: DomainContext): Route[] {
  const { database, clock, site, config } = context;
  /** The codes are bound to the session; the route is for the signed-in alone, so that its cookie is there. */
  const secretOf = (request: Request) => request.cookies[cookieName(config.origin, sessionCookie)]!;
  const here = (cookies: readonly string[] = []) => redirect(path, 303, { noStore: true, cookies });

  const show: Handler = async (request) => {
    const change = await findEmailChange(database.read, request.identity!.id, clock.now());
    return change ? codesPage(context, request, { change }) : addressPage(context, request, {});
  };

  const begin: Handler = async (request) => {
    const { reader } = request.identity!;
    const given = beginForm.parse(request.body).email;
    const email = addressOf(given);
    const again = (problem: string, status: number) =>
      addressPage(context, request, { given, problem, status });
    if (email === undefined) return again(words.notAnAddress, 422);
    if (email === reader.email) return again(words.same, 422);
    const isBegun = await database.write((tx) =>
      beginEmailChange(tx, { reader, email, secret: secretOf(request), paper: site }),
    );
    return isBegun ? here() : again(words.tooOften, 429);
  };

  const confirm: Handler = async (request) => {
    const { reader, session } = request.identity!;
    const given = codesForm.parse(request.body);
    const change = await findEmailChange(database.read, reader.id, clock.now());
    if (!change) return addressPage(context, request, { problem: words.codes.ended, status: 422 });
    const [oldCode, newCode] = [readCode(given.old), readCode(given.new)];
    const problems = {
      old: oldCode === undefined ? words.codes.six : undefined,
      new: newCode === undefined ? words.codes.six : undefined,
    };
    if (oldCode === undefined || newCode === undefined)
      return codesPage(context, request, { change, given, problems, status: 422 });
    const done = await database.write((tx) =>
      confirmEmailChange(tx, {
        reader,
        session: session.id,
        secret: secretOf(request),
        oldCode,
        newCode,
        paper: site,
      }),
    );
    if (done === 'changed')
      return redirect('/account', 303, { noStore: true, cookies: [said(config.origin, 'saved')] });
    if (done.code === 'email.ended')
      return addressPage(context, request, { problem: words.codes.ended, status: 422 });
    const wrong = words.codes.wrong(done.left);
    return codesPage(context, request, { change, given, problems: { old: wrong, new: wrong }, status: 422 });
  };

  const drop: Handler = async (request) => {
    await database.write((tx) => dropEmailChange(tx, request.identity!.id));
    return here();
  };

  const common = { who: 'reader', bodyLimit: 8 * 1024 } as const;
  const write = { ...common, method: 'POST', proof: 'same-origin' } as const;
  return [
    { ...common, method: 'GET', path, name: 'account-email', proof: 'none', handle: show },
    { ...write, path, name: 'account-email-begin', handle: begin },
    { ...write, path: `${path}/confirm`, name: 'account-email-confirm', handle: confirm },
    { ...write, path: `${path}/drop`, name: 'account-email-drop', handle: drop },
  ];
}

function addressPage(
  context: DomainContext,
  request: Request,
  step: { readonly given?: string; readonly problem?: string; readonly status?: number },
): Promise<Answer> {
  const { contactMail } = context.site;
  const field = fieldPart({
    name: 'email',
    label: words.field,
    type: 'email',
    value: step.given ?? '',
    problem: step.problem,
    more: { autocomplete: 'email', maxlength: 254, required: true, spellcheck: 'false' },
  });
  const lost =
    contactMail &&
    html`<p class="meta">${words.lost} <a class="text-link" href="${`mailto:${contactMail}`}">${contactMail}</a>.</p>`;
  return stepPage(context, request, {
    title: words.title,
    canonical: path,
    status: step.status,
    main: html`<p class="lede">${words.lede(request.identity!.reader.email ?? '')}</p><form class="fields" method="post" action="${path}" data-inline>${field}<button class="pill main" type="submit">${words.send}</button></form><p class="meta">${words.both}</p>${lost}`,
  });
}

function codesPage(
  context: DomainContext,
  request: Request,
  step: {
    readonly change: EmailChange;
    readonly given?: { readonly old: string; readonly new: string };
    readonly problems?: { readonly old: string | undefined; readonly new: string | undefined };
    readonly status?: number;
  },
): Promise<Answer> {
  const { codes } = words;
  const { change, given, problems } = step;
  const more = { inputmode: 'numeric', maxlength: 40, required: true, class: 'code', autocomplete: 'off' };
  const field = (name: 'old' | 'new', address: string) =>
    fieldPart({
      name,
      label: codes[name](address),
      value: given?.[name] ?? '',
      problem: problems?.[name],
      more,
    });
  return stepPage(context, request, {
    title: codes.title,
    canonical: path,
    status: step.status,
    main: html`<p class="lede" role="status">${codes.sent(change.old_email, change.new_email)}</p><form class="fields" method="post" action="${`${path}/confirm`}" data-inline>${field('old', change.old_email)}${field('new', change.new_email)}<p class="meta">${codes.until(clockWords(context.site, change.ends_at))}</p><button class="pill main" type="submit">${codes.change}</button></form><div class="actions">${buttonForm({ action: `${path}/drop`, label: codes.drop })}</div>`,
  });
}
