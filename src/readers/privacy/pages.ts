import type { Answer, Request } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { attributes, html } from '../../site/html.ts';
import { buttonForm } from '../account/form.ts';
import { stepPage } from '../sign-in/pages.ts';
import type { ReaderExport } from './exports.ts';
import { leavingTime } from './leave.ts';
import type { CommentsAfter } from './reader-data.ts';
import { momentWords } from '../time-words.ts';
import { privacyText } from './text.ts';

/** `/account/data` */
export function dataPage(
  context: DomainContext,
  request: Request,
  step: { readonly exports: readonly ReaderExport[]; readonly problem?: string },
): Promise<Answer> {
  const { data } = privacyText;
  const { site } = context;
  const isMaking = step.exports.some(({ readyAt }) => readyAt === undefined);
  const ready = step.exports.filter(({ readyAt }) => readyAt !== undefined);
  const rows = ready.map(
    ({ id, readyAt, endsAt }) =>
      html`<li><p><b>${data.made(momentWords(site, readyAt!))}</b>, ${data.until(momentWords(site, endsAt!))}</p><div class="actions"><a class="pill" href="${`/account/data/${id}/data.html`}" download>${data.html}</a><a class="pill" href="${`/account/data/${id}/data.json`}" download>${data.json}</a></div></li>`,
  );
  const ask = isMaking
    ? html`<p role="status">${data.asked}</p>`
    : html`<div class="actions">${buttonForm({ action: '/account/data', label: data.ask, kind: 'main' })}</div>`;
  return stepPage(context, request, {
    title: data.title,
    canonical: '/account/data',
    status: step.problem === undefined ? 200 : 429,
    main: html`<p class="lede">${data.lede}</p>${step.problem && html`<p class="problem" role="alert">${step.problem}</p>`}${ask}${rows.length > 0 && html`<ul class="downloads">${rows}</ul>`}`,
  });
}

/** `/account/leave` */
export function leavePage(
  context: DomainContext,
  request: Request,
  step: { readonly problem?: string },
): Promise<Answer> {
  const { leave } = privacyText;
  const { problem } = step;
  const described = attributes({ 'aria-describedby': problem && 'comments-problem' });
  const choice = (value: CommentsAfter) =>
    html`<label class="check"><input type="radio" name="comments" value="${value}" required>${leave[value]}</label>`;
  return stepPage(context, request, {
    title: leave.title,
    canonical: '/account/leave',
    status: problem === undefined ? 200 : 422,
    main: html`<p class="lede">${leave.lede}</p><p>${leave.first} <a class="text-link" href="/account/data">${privacyText.data.title}</a></p><form class="fields" method="post" action="/account/leave" data-inline><fieldset class="field"${described}><legend>${leave.comments}</legend>${problem && html`<p class="problem" id="comments-problem" role="alert">${problem}</p>`}${choice('delete')}${choice('keep')}</fieldset><button class="pill main grave" type="submit">${leave.press}</button></form>`,
  });
}

/** `/account/leave` of one who has asked to leave already. */
export function leavingPage(
  context: DomainContext,
  request: Request,
  step: { readonly leavingAt: number; readonly comments: CommentsAfter },
): Promise<Answer> {
  const { asked } = privacyText.leave;
  return stepPage(context, request, {
    title: asked.title,
    canonical: '/account/leave',
    main: html`<p class="lede" role="status">${asked.when(momentWords(context.site, step.leavingAt + leavingTime))} ${asked[step.comments]}</p><p>${asked.until}</p><div class="actions">${buttonForm({ action: '/account/stay', label: asked.stay, kind: 'main', isInline: false })}</div>`,
  });
}
