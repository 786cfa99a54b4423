import { cookieName, setCookie } from '../../platform/http/cookies.ts';
import type { Request } from '../../platform/http/route-table.ts';
import { html, type Html } from '../../site/html.ts';
import { accountText } from './text.ts';

const saidCookie = 'said';
/** The next page says it; one that is opened later does not. */
const seconds = 30;

/** What the next page says about what was just done. */
export type Said = keyof typeof accountText.said;

/** Have the next page of this browser say something, once. @returns a value of Set-Cookie */
export function said(origin: string, what: Said): string {
  return setCookie(origin, { name: saidCookie, value: what, seconds });
}

/**
 * The line at the top of a page on which one is told what was done. It stands on every page, empty, so that what is
 * put there is read out.
 * @returns with it the cookies of the answer, after which it is not said again
 */
export function saidPart(
  origin: string,
  request: Request,
): { readonly part: Html; readonly cookies: readonly string[] } {
  const { cookies, identity } = request;
  const given = cookies[cookieName(origin, saidCookie)];
  const isKnown = given !== undefined && Object.hasOwn(accountText.said, given);
  const line = isKnown ? accountText.said[given as Said](identity?.reader.name ?? '') : undefined;
  const words =
    line && html`<p>${line.text}${line.link && html` <a href="${line.link.to}">${line.link.text}</a>`}</p>`;
  return {
    part: html`<div class="said" role="status" data-personal="said">${words}</div>`,
    cookies:
      given === undefined || isOnTheWay(request)
        ? []
        : [setCookie(origin, { name: saidCookie, value: '', seconds: 0 })],
  };
}

/** A script on another page asks, to learn where a form leads: this page is opened next, and says it then. */
function isOnTheWay({ headers, url }: Request): boolean {
  const from = headers.referer;
  return (
    headers['sec-fetch-dest'] === 'empty' &&
    from !== undefined &&
    URL.canParse(from) &&
    new URL(from).pathname !== url.pathname
  );
}
