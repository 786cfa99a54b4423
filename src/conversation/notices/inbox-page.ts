import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import { redirect } from '../../platform/http/answers.ts';
import type { Answer, Request } from '../../platform/http/route-table.ts';
import { findReader } from '../../readers/index.ts';
import type { DomainContext } from '../../site/context.ts';
import { attributes, html, type Html } from '../../site/html.ts';
import { icons } from '../../site/icons.ts';
import { shorten, whenPart } from '../entries/entry-part.ts';
import { isThere } from '../follows/policy.ts';
import { facePart, nameOf, namePart } from '../reader-pages/name-part.ts';
import { commentPath } from '../threads/comment.ts';
import { countUnread, findNotice, listNotices, type Notice } from './notices.ts';
import { markAllRead, markNotice } from './read-notices.ts';
import { noticesText as words } from './text.ts';

const onPage = 30;
const quoteLength = 200;

/** `/inbox` */
export async function inboxPage(context: DomainContext, request: Request): Promise<Answer> {
  const { database, clock } = context;
  const reader = request.identity!.id;
  const before = request.query.get('before') ?? undefined;
  const now = clock.now();
  const [{ items, next }, unread] = await Promise.all([
    listNotices(database.read, { reader, before, limit: onPage }),
    countUnread(database.read, reader),
  ]);
  const list =
    items.length === 0
      ? html`<div class="empty"><p>${before ? words.noOlder : words.empty}</p>${!before && html`<p>${words.emptyHelp}</p>`}</div>`
      : html`<ol class="notices">${items.map((notice) => html`<li${attributes({ class: !notice.isRead && 'unread' })}>${noticePart(context, notice, now)}</li>`)}</ol>`;
  const all =
    unread > 0 &&
    html`<form action="/inbox" method="post" data-inline><input type="hidden" name="until" value="${now}"><button class="pill" name="act" value="read-all">${words.readAll}</button></form>`;
  const pager =
    (next || before) &&
    html`<nav class="pager" aria-label="${words.older}">${before ? html`<a class="pill" href="/inbox">${words.newest}</a>` : html`<span></span>`}${next && html`<a class="pill" rel="next" href="/inbox?before=${next}">${words.older}</a>`}</nav>`;
  return context.frame(request, {
    title: words.title,
    canonical: '/inbox',
    main: html`<div class="wrap list-page"><h1>${words.title}</h1><p class="lede">${words.lede}</p><div data-flow>${all}${list}${pager}</div></div>`,
    kind: 'inbox',
    robots: 'noindex',
    noStore: true,
  });
}

function noticePart(context: DomainContext, notice: Notice, now: number): Html {
  const { id, kind, comment, actor, isRead, at } = notice;
  const href = `/inbox/${id}`;
  const says = kind === 'recommends' ? words.recommended(comment!.recommends) : html`${words.says[kind]}`;
  const isByReader = kind === 'reply' || kind === 'mention' || kind === 'follower';
  const line = isByReader
    ? html`${namePart(actor)} <a href="${href}">${says}</a>`
    : html`<a href="${href}">${says}</a>`;
  const about =
    comment && html`<p class="notice-text" dir="auto"><q>${shorten(comment.text, quoteLength)}</q></p>`;
  const mark = html`<form action="/inbox" method="post" data-inline><input type="hidden" name="id" value="${id}"><button class="quiet" name="act" value="${isRead ? 'unread' : 'read'}">${isRead ? words.markUnread : words.markRead}<span class="hidden">: ${isByReader && nameOf(actor)} ${says}</span></button></form>`;
  return html`${isByReader ? facePart(actor) : html`<span class="portrait" aria-hidden="true">${icons.bell}</span>`}<div><p>${!isRead && html`<span class="badge">${words.isNew}</span> `}${line}</p>${about}<p class="meta dotted">${comment && html`<span>${words.under(comment.headline)}</span> `}<span>${whenPart(at, { site: context.site, now })}</span></p></div>${mark}`;
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
    if (code !== null && path !== null) return commentPath(path, code);
    if (kind === 'decision') return `/account/decisions${decision ? `/${decision}` : ''}`;
    const other = actor === null ? undefined : await findReader(database.read, actor);
    return other && isThere(other) ? `/readers/${other.handle}` : '/inbox';
  };
  return redirect(await to(), 303, { noStore: true });
}

const form = z.union([
  z.object({ act: z.literal('read-all'), until: z.coerce.number().int().min(0).max(1e15) }),
  z.object({ act: z.enum(['read', 'unread']), id: z.string().min(1).max(60) }),
]);

/** `POST /inbox` @throws AppError `notice.bad-form` */
export async function answerInbox({ database }: DomainContext, request: Request): Promise<Answer> {
  const reader = request.identity!.id;
  const { data } = form.safeParse(request.body);
  if (!data) throw new AppError('notice.bad-form', words.badForm, { status: 422 });
  await database.write((tx) =>
    data.act === 'read-all'
      ? markAllRead(tx, { reader, until: data.until })
      : markNotice(tx, { reader, id: data.id, isRead: data.act === 'read' }),
  );
  return redirect('/inbox', 303, { noStore: true });
}
