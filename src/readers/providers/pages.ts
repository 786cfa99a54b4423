import type { AppError } from '../../platform/errors.ts';
import type { Answer, Request } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { html } from '../../site/html.ts';
import { stepPage } from '../sign-in/pages.ts';
import { providersText as words } from './text.ts';

/**
 * Send a browser that sent a form on to another site. It is told by the page and not by a redirect: the policy that
 * forms go to this site alone (`form-action`) holds for where they are redirected to as well.
 */
export async function goingPage(
  context: DomainContext,
  request: Request,
  going: { readonly name: string; readonly to: URL; readonly cookies: readonly string[] },
): Promise<Answer> {
  const { href } = going.to;
  const answer = await stepPage(context, request, {
    title: words.going(going.name),
    cookies: going.cookies,
    main: html`<p class="lede">${words.goingHelp(going.name)}</p><p><a class="pill main" href="${href}" rel="nofollow noreferrer">${words.goingLink(going.name)}</a></p>`,
  });
  return { ...answer, headers: { ...answer.headers, refresh: `0; url=${href}` } };
}

/** It came to nothing, with why and where to go from here. */
export function troublePage(context: DomainContext, request: Request, error: AppError): Promise<Answer> {
  const way = request.identity
    ? html`<a class="pill main" href="/account">${words.toAccount}</a>`
    : html`<a class="pill main" href="/sign-in?again=1" rel="nofollow">${words.toSignIn}</a>`;
  return stepPage(context, request, {
    title: words.failed,
    status: error.status,
    main: html`<p class="lede" role="alert">${error.message}</p><p>${way}</p><p class="meta">${error.code}</p>`,
  });
}
