import type { AppError } from '../platform/errors.ts';
import { json, redirect } from '../platform/http/answers.ts';
import type { Answer, Request } from '../platform/http/route-table.ts';
import { readersText } from '../readers/index.ts';
import { findDocuments } from '../platform/search/search.ts';
import { html, type Html } from '../site/html.ts';
import { storiesByIds, storyText, timePart, type StoryCard } from '../stories/index.ts';
import type { Context } from './context.ts';
import { framed } from './frame.ts';
import { movedTo } from './moved.ts';
import { textFrame } from './text-frame.ts';
import { pagesText } from './text.ts';

const words = pagesText.error;
const mostSuggested = 5;

/** The page for an error, with its code and what to do; an old address is sent on instead. */
export async function errorPage(context: Context, error: AppError, request: Request): Promise<Answer> {
  if (error.code === 'page.not-found' && (request.method === 'GET' || String(request.method) === 'HEAD')) {
    try {
      const moved = await movedTo(context, request);
      if (moved) return moved;
    } catch (other) {
      if ((other as AppError).code !== 'story.gone') throw other;
      return errorPage(context, other as AppError, request);
    }
  }
  const isSignedOut = error.code === 'account.signed-out';
  if (isSignedOut && request.method === 'GET' && !wantsJson(request))
    return redirect(signInPath(request), 303, { noStore: true });
  if (wantsJson(request)) {
    const { code, message, fields } = error;
    return json({ error: { code, message, fields } }, { status: error.status, noStore: true });
  }
  const { title, help } = wordsFor(error);
  const suggested = error.status === 404 ? await suggestions(context, request) : [];
  const body = html`<h1>${title}</h1><p class="lede">${help}</p>${isSignedOut && html`<p><a class="pill main" href="/sign-in" rel="nofollow">${readersText.signIn}</a></p>`}${suggestedPart(suggested)}`;
  const isText = request.url.pathname === '/text' || request.url.pathname.startsWith('/text/');
  if (isText) {
    return textFrame(context, {
      title,
      main: html`${body}<p>${words.code(error.code)}</p>`,
      path: '/text',
      status: error.status,
    });
  }
  const search = html`<form class="find" action="/search" method="get" role="search"><label>${pagesText.search.query}<input type="search" name="q" value="${error.status === 404 ? guess(request) : ''}" maxlength="400"></label><button class="pill main" type="submit">${pagesText.search.find}</button></form>`;
  return framed(context, request, {
    title,
    canonical: request.url.pathname,
    main: html`<div class="wrap list-page">${body}${error.status < 500 && search}<p class="meta error-code">${words.code(error.code)}</p></div>`,
    kind: 'error',
    robots: 'noindex',
    status: error.status,
    noStore: true,
  });
}

/** The first step of signing in, with the way back to where one wanted to go. */
function signInPath({ url }: Request): string {
  return `/sign-in?to=${encodeURIComponent(`${url.pathname}${url.search}`)}`;
}

function wantsJson({ headers }: Request): boolean {
  const accept = String(headers.accept ?? '');
  return accept.includes('application/json') && !accept.includes('text/html');
}

function wordsFor(error: AppError): { title: string; help: string } {
  if (error.status === 404) return { title: words.notFound, help: words.notFoundHelp };
  if (error.status === 410) return { title: words.gone, help: words.goneHelp };
  if (error.status === 429) return { title: words.tooMany, help: error.message };
  if (error.status >= 500 && error.status !== 503) return { title: words.fault, help: words.faultHelp };
  return { title: words.wrong, help: error.message };
}

/** The words of an address, which usually hold those of a headline. */
function guess({ url }: Request): string {
  let path = url.pathname;
  try {
    path = decodeURIComponent(path);
  } catch {
    // Half an escape is searched as it is.
  }
  const last = path.split('/').findLast((part) => /\p{L}{3}/u.test(part)) ?? '';
  return last
    .replace(/\.\w{2,5}$/, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2)
    .slice(0, 8)
    .join(' ');
}

async function suggestions(context: Context, request: Request): Promise<StoryCard[]> {
  const db = context.database.read;
  const all = guess(request).split(' ').filter(Boolean);
  // All of the words at first; then the longest ones, as old addresses hold what headlines do not.
  const longest = all.toSorted((a, b) => b.length - a.length);
  const ids: string[] = [];
  for (const asked of [all, longest.slice(0, 3), longest.slice(0, 2), longest.slice(0, 1)]) {
    if (asked.length === 0 || ids.length > 0) continue;
    const { items } = await findDocuments(db, { words: asked.join(' '), limit: mostSuggested });
    ids.push(...items.map(({ id }) => id));
  }
  return storiesByIds(db, ids);
}

function suggestedPart(cards: readonly StoryCard[]): Html | undefined {
  if (cards.length === 0) return undefined;
  return html`<section class="prose"><h2>${words.perhaps}</h2><ul>${cards.map((card) => html`<li><a href="${card.path}">${card.headline}</a>, ${timePart(card.published, storyText.shortDate(card.published))}</li>`)}</ul></section>`;
}
