import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import { json, redirect } from '../../platform/http/answers.ts';
import type { Answer, Request } from '../../platform/http/route-table.ts';
import { findReader } from '../../readers/index.ts';
import type { DomainContext } from '../../site/context.ts';
import { attributes, html, type Html } from '../../site/html.ts';
import { icons } from '../../site/icons.ts';
import { shorten, whenPart } from '../entries/entry-part.ts';
import { isThere } from '../follows/policy.ts';
import { facePart, nameOf, namePart } from '../reader-pages/name-part.ts';
import { commentPath } from '../threads/comment.ts';
import { mostUnread, noticeFilters, type NoticeFilter } from './notice.ts';
import { countUnread, findNotice, listNotices, type Notice } from './notices.ts';
import { markAllRead, markNotice } from './read-notices.ts';
import { noticesText as words } from './text.ts';

const onPage = 30;
const quoteLength = 200;

/** What of the inbox is shown, as its address says it. */
type Shown = 'all' | 'unread' | NoticeFilter;
const shownKinds = ['all', 'unread', ...(Object.keys(noticeFilters) as NoticeFilter[])] as const;

function shownOf(given: string | null): Shown {
  return shownKinds.find((each) => each === given) ?? 'all';
}

function kindsOf(shown: Shown) {
  return shown === 'all' || shown === 'unread' ? undefined : noticeFilters[shown];
}

function pathOf(shown: Shown, before?: string): string {
  const query = new URLSearchParams({
    ...(shown !== 'all' && { of: shown }),
    ...(before !== undefined && { before }),
  });
  return query.size === 0 ? '/inbox' : `/inbox?${query.toString()}`;
}

/** `/inbox` */
export async function inboxPage(context: DomainContext, request: Request): Promise<Answer> {
  const { database, clock } = context;
  const reader = request.identity!.id;
  const shown = shownOf(request.query.get('of'));
  const before = request.query.get('before') ?? undefined;
  const now = clock.now();
  const kinds = kindsOf(shown);
  const asked = { reader, kinds, isUnread: shown === 'unread', before, limit: onPage };
  const [{ items, next }, unread] = await Promise.all([
    listNotices(database.read, asked),
    countUnread(database.read, reader),
  ]);
  const nothing = before ? words.noOlder : shown === 'all' ? words.empty : words.noneOfThese;
  const list =
    items.length === 0
      ? html`<div class="empty"><p>${nothing}</p>${!before && shown === 'all' && html`<p>${words.emptyHelp}</p>`}</div>`
      : html`<ol class="notices">${items.map((notice) => html`<li${attributes({ class: !notice.isRead && 'unread' })}>${noticePart(context, notice, { now, shown })}</li>`)}</ol>`;
  const filters = html`<nav aria-label="${words.filters}"><p class="kinds">${shownKinds.map((each) => filterPart(each, each === shown))}</p></nav>`;
  const all =
    unread > 0 &&
    html`<form action="/inbox" method="post" data-inline><input type="hidden" name="until" value="${now}"><input type="hidden" name="of" value="${shown}"><button class="pill" name="act" value="read-all">${kinds ? words.readThese : words.readAll}</button></form>`;
  const pager =
    (next || before) &&
    html`<nav class="pager" aria-label="${words.older}">${before ? html`<a class="pill" href="${pathOf(shown)}">${words.newest}</a>` : html`<span></span>`}${next && html`<a class="pill" rel="next" href="${pathOf(shown, next)}">${words.older}</a>`}</nav>`;
  return context.frame(request, {
    title: words.title,
    canonical: '/inbox',
    main: html`<div class="wrap list-page"><h1>${words.title}</h1><p class="lede">${words.lede} <a class="text-link" href="/alerts">${words.choose}</a></p>${filters}<div data-flow>${all}${list}${pager}</div></div>`,
    kind: 'inbox',
    robots: 'noindex',
    noStore: true,
  });
}

function filterPart(shown: Shown, isCurrent: boolean): Html {
  const label = shown === 'all' ? words.all : shown === 'unread' ? words.unreadOnly : words.filter[shown];
  const state = attributes({ 'aria-current': isCurrent && 'true' });
  return html`<a class="${isCurrent ? 'pill on' : 'pill'}" href="${pathOf(shown)}"${state}>${label}</a> `;
}

function noticePart(
  context: DomainContext,
  notice: Notice,
  { now, shown }: { readonly now: number; readonly shown: Shown },
): Html {
  const { id, kind, comment, story, actor, isRead, at } = notice;
  const href = `/inbox/${id}`;
  const says = kind === 'recommends' ? words.recommended(comment!.recommends) : html`${words.says[kind]}`;
  const isByReader = kind === 'reply' || kind === 'mention' || kind === 'follower' || kind === 'follow';
  const headline =
    story && html`<span lang="${story.language}" dir="${story.direction}">${story.headline}</span>`;
  const line = isByReader
    ? html`${namePart(actor)} <a href="${href}">${says}</a>`
    : html`<a href="${href}">${headline ? html`${says}: ${headline}` : says}</a>`;
  const about =
    comment && html`<p class="notice-text" dir="auto"><q>${shorten(comment.text, quoteLength)}</q></p>`;
  const spoken = html`<span class="hidden">: ${isByReader && nameOf(actor)} ${says} ${headline}</span>`;
  const mark = html`<form action="/inbox" method="post" data-inline><input type="hidden" name="id" value="${id}"><input type="hidden" name="of" value="${shown}"><button class="quiet" name="act" value="${isRead ? 'unread' : 'read'}">${isRead ? words.markUnread : words.markRead}${spoken}</button></form>`;
  return html`${isByReader ? facePart(actor) : html`<span class="portrait" aria-hidden="true">${icons.bell}</span>`}<div><p>${!isRead && html`<span class="badge">${words.isNew}</span> `}${line}</p>${about}<p class="meta dotted">${comment && html`<span>${words.under(comment.headline)}</span> `}<span>${whenPart(at, { site: context.site, now })}</span></p></div>${mark}`;
}

/** `/inbox/count`: how many wait to be read, for pages that are open. */
export async function inboxCount({ database }: DomainContext, request: Request): Promise<Answer> {
  const unread = await countUnread(database.read, request.identity!.id);
  return json({ unread, shown: unread > 0 ? words.unread(unread, mostUnread) : '' }, { noStore: true });
}

/**
 * `/inbox/{id}`: on to what a notice is of, which is read by that.
 * @throws AppError `notice.not-found`
 */
export async function openNotice({ database }: DomainContext, request: Request): Promise<Answer> {
  const reader = request.identity!.id;
  const id = request.params.id!;
  const notice = await findNotice(database.read, { reader, id });
  if (!notice) throw new AppError('notice.not-found', words.notFound, { status: 404 });
  const { kind, actor, code, path, decision } = notice;
  // A browser that looks ahead has read nothing.
  const isAhead = String(request.headers['sec-purpose'] ?? '').includes('prefetch');
  if (!isAhead) await database.write((tx) => markNotice(tx, { reader, id, isRead: true }));
  const to = async () => {
    if (path !== null) return code === null ? path : commentPath(path, code);
    if (kind === 'decision') return `/account/decisions${decision ? `/${decision}` : ''}`;
    const other = actor === null ? undefined : await findReader(database.read, actor);
    return other && isThere(other) ? `/readers/${other.handle}` : '/inbox';
  };
  return redirect(await to(), 303, { noStore: true });
}

const of = z.enum(shownKinds).catch('all');
const form = z.union([
  z.object({ act: z.literal('read-all'), until: z.coerce.number().int().min(0).max(1e15), of }),
  z.object({ act: z.enum(['read', 'unread']), id: z.string().min(1).max(60), of }),
]);

/** `POST /inbox` @throws AppError `notice.bad-form` */
export async function answerInbox({ database }: DomainContext, request: Request): Promise<Answer> {
  const reader = request.identity!.id;
  const { data } = form.safeParse(request.body);
  if (!data) throw new AppError('notice.bad-form', words.badForm, { status: 422 });
  await database.write((tx) =>
    data.act === 'read-all'
      ? markAllRead(tx, { reader, until: data.until, kinds: kindsOf(data.of) })
      : markNotice(tx, { reader, id: data.id, isRead: data.act === 'read' }),
  );
  return redirect(pathOf(data.of), 303, { noStore: true });
}
