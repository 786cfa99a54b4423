import type { AppError } from '../../platform/errors.ts';
import type { Answer, Request } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { html, type Html } from '../../site/html.ts';
import { clockWords } from '../time-words.ts';
import { buttonForm, fieldPart } from '../account/form.ts';
import { passkeyIsland } from '../passkeys/passkeys-part.ts';
import type { PendingSignIn } from './pending.ts';
import { signInText as words } from './text.ts';

interface Step {
  readonly title: string;
  readonly main: Html;
  readonly canonical?: string;
  readonly status?: number | undefined;
  readonly cookies?: readonly string[];
  readonly islands?: readonly string[];
}

/** A page of signing in: kept nowhere, listed nowhere, and fit to be put in place of the form that led to it. */
export async function stepPage(context: DomainContext, request: Request, step: Step): Promise<Answer> {
  const answer = await context.frame(request, {
    title: step.title,
    canonical: step.canonical ?? '/sign-in',
    main: html`<div class="wrap step" data-flow><h1 tabindex="-1">${step.title}</h1>${step.main}</div>`,
    kind: 'account',
    robots: 'noindex, nofollow',
    status: step.status ?? 200,
    noStore: true,
    islands: step.islands ?? [],
  });
  return { ...answer, cookies: [...(answer.cookies ?? []), ...(step.cookies ?? [])] };
}

/**
 * What waits until one is signed in, with a way to leave it.
 * @param saysOfComment what is said of a comment that waits for more than that
 */
export function waitsPart(pending: PendingSignIn | undefined, saysOfComment?: string): Html | undefined {
  if (!pending?.intent) return undefined;
  const { kind } = pending.intent;
  const known = Object.hasOwn(words.waits, kind) ? words.waits[kind] : words.waits.other;
  const told = kind === 'comment' ? (saysOfComment ?? known) : known;
  return html`<div class="waits"><p>${told}</p>${buttonForm({ action: '/sign-in/leave', label: words.leave, kind: 'quiet', isInline: false })}</div>`;
}

/** The first step: the mail address, and other ways. @param step.choices further ways to sign in */
export function emailPage(
  context: DomainContext,
  request: Request,
  step: {
    readonly to: string;
    readonly pending: PendingSignIn | undefined;
    readonly email?: string;
    readonly problem?: string;
    readonly status?: number;
    readonly choices?: Html | undefined;
  },
): Promise<Answer> {
  const field = fieldPart({
    name: 'email',
    label: words.email,
    type: 'email',
    value: step.email ?? step.pending?.email ?? '',
    problem: step.problem,
    more: { autocomplete: 'email webauthn', maxlength: 254, required: true, spellcheck: 'false' },
  });
  return stepPage(context, request, {
    title: words.title,
    status: step.status,
    islands: step.choices ? [passkeyIsland] : [],
    main: html`<p class="lede">${words.lede}</p>${waitsPart(step.pending)}<form class="fields" method="post" action="/sign-in" data-inline><input type="hidden" name="to" value="${step.to}">${field}<button class="pill main" type="submit">${words.send}</button></form>${step.choices}<p class="meta">${words.free} ${words.keeps}</p>`,
  });
}

/** The second step: the code. */
export function codePage(
  context: DomainContext,
  request: Request,
  step: { readonly pending: PendingSignIn; readonly problem?: string | undefined; readonly status?: number },
): Promise<Answer> {
  const { code } = words;
  const { pending } = step;
  const { site, clock } = context;
  const isAlive = pending.codeEndsAt !== undefined && pending.codeEndsAt > clock.now();
  const field = fieldPart({
    name: 'code',
    label: code.field,
    problem: step.problem ?? (isAlive ? undefined : code.ended),
    help: isAlive ? code.until(clockWords(site, pending.codeEndsAt)) : undefined,
    more: {
      autocomplete: 'one-time-code',
      inputmode: 'numeric',
      maxlength: 40,
      required: true,
      autofocus: true,
      class: 'code',
    },
  });
  return stepPage(context, request, {
    title: code.title,
    canonical: '/sign-in/code',
    status: step.status,
    main: html`<p class="lede" role="status">${code.sent} <b>${pending.email}</b>.</p>${waitsPart(pending)}<form class="fields" method="post" action="/sign-in/code" data-inline>${field}<button class="pill main" type="submit">${code.enter}</button></form><div class="actions">${buttonForm({ action: '/sign-in/extend', label: code.more })}${buttonForm({ action: '/sign-in/again', label: code.again })}<a class="pill" href="/sign-in?again=1" rel="nofollow">${code.other}</a></div><p class="meta">${code.junk}</p>`,
  });
}

/** What a mailed link leads to, in the browser that asked for it: a button, as mail scanners open links too. */
export function linkPage(
  context: DomainContext,
  request: Request,
  step: { readonly token: string; readonly pending: PendingSignIn },
): Promise<Answer> {
  return stepPage(context, request, {
    title: words.link.title,
    main: html`<p class="lede">${words.link.here} <b>${step.pending.email}</b>?</p>${waitsPart(step.pending)}<form class="fields" method="post" action="${`/sign-in/link/${step.token}`}"><button class="pill main" type="submit">${words.link.enter}</button></form>`,
  });
}

/** The same link in another browser: the code, to be typed where one began. */
export function elsewherePage(context: DomainContext, request: Request, code: string): Promise<Answer> {
  return stepPage(context, request, {
    title: words.link.other,
    main: html`<p class="lede">${words.link.elsewhere}</p><p class="big-code">${code.slice(0, 3)} ${code.slice(3)}</p><p>${words.link.only(new URL(context.site.origin).host)}</p>`,
  });
}

/** A link that holds no longer, and one that never did. */
export function endedPage(context: DomainContext, request: Request): Promise<Answer> {
  return stepPage(context, request, {
    title: words.link.ended,
    status: 410,
    main: html`<p class="lede">${words.link.endedHelp}</p><p><a class="pill main" href="/sign-in" rel="nofollow">${words.link.again}</a></p>`,
  });
}

/** Signed in, but what waited could not be done: it is kept. */
export function failedPage(
  context: DomainContext,
  request: Request,
  step: { readonly pending: PendingSignIn; readonly error?: AppError },
): Promise<Answer> {
  const { failed } = words;
  return stepPage(context, request, {
    title: failed.title,
    status: step.error?.status ?? 200,
    main: html`${step.error ? html`<p class="lede">${failed.lede}</p><p class="problem" role="alert">${step.error.message}</p>` : waitsPart(step.pending)}<div class="actions">${buttonForm({ action: '/sign-in/waiting', label: failed.again, kind: 'main' })}${buttonForm({ action: '/sign-in/leave', label: words.leave, isInline: false })}</div>`,
  });
}
