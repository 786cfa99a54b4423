import { sql } from 'kysely';
import type { Answer, Request } from '../../platform/http/route-table.ts';
import { cardFromRow, type ReaderCard } from '../../readers/index.ts';
import type { DomainContext } from '../../site/context.ts';
import { html, type Html } from '../../site/html.ts';
import { facePart, nameOf, namePart } from '../reader-pages/name-part.ts';
import { followKinds, type FollowKind } from './follow.ts';
import { followPart } from './follow-part.ts';
import { statesThere } from './policy.ts';
import { countOwnFollows, listOwnFollows } from './own-follows.ts';
import { relationPart } from './relation-part.ts';
import { relationsOf } from './relations.ts';
import { followingTabs } from './tabs-part.ts';
import { followsText as words } from './text.ts';

const onPage = 50;
const mostUnseen = 2000;

/** `/following/all`: what one follows, by kind. */
export async function allFollowsPage(context: DomainContext, request: Request): Promise<Answer> {
  const db = context.database.read;
  const reader = request.identity!.id;
  const asked = request.query.get('kind');
  const counts = await countOwnFollows(db, reader);
  const kind =
    followKinds.find((each) => each === asked) ?? followKinds.find((each) => counts.get(each)) ?? 'reader';
  const before = request.query.get('before') ?? undefined;
  const { items, next } = await listOwnFollows(db, { reader, kind, before, limit: onPage });
  const path = `/following/all?kind=${kind}`;
  const kinds = followKinds
    .filter((each) => each === kind || counts.get(each))
    .map((each) => kindPart(each, counts.get(each) ?? 0, each === kind));
  const list =
    items.length === 0
      ? html`<div class="empty"><p>${words.all.empty}</p></div>`
      : html`<ul class="named">${items.map(({ target, name, path: to }) => html`<li><a href="${to}">${capital(name)}</a>${followPart({ kind, target, name, isFollowing: true, to: path, isPersonal: false })}</li>`)}</ul>`;
  return following(context, request, {
    tab: 'all',
    title: words.all.title,
    main: html`${counts.size > 0 && html`<p class="kinds">${kinds}</p>`}${list}${nextPart(path, next)}`,
  });
}

function kindPart(kind: FollowKind, count: number, isCurrent: boolean): Html {
  const label = html`${words.all.kinds[kind]} <span class="meta">${count}</span>`;
  const href = `/following/all?kind=${kind}`;
  return isCurrent
    ? html`<a class="pill on" href="${href}" aria-current="true">${label}</a> `
    : html`<a class="pill" href="${href}">${label}</a> `;
}

/** `/following/muted`: whom one does not see, and the way back. */
export async function mutedPage(context: DomainContext, request: Request): Promise<Answer> {
  const db = context.database.read;
  const reader = request.identity!.id;
  const relations = await relationsOf(db, reader);
  const rows = await db
    .selectFrom('reader')
    .select(['id', 'handle', 'name', 'picture', 'roles', 'state', 'created_at'])
    .where('id', 'in', (inner) =>
      inner
        .selectFrom('reader_mute')
        .select('target_id')
        .where('reader_id', '=', reader)
        .unionAll(inner.selectFrom('reader_block').select('target_id').where('reader_id', '=', reader)),
    )
    .where('state', 'in', statesThere)
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(mostUnseen)
    .execute();
  const cards = rows.map(cardFromRow);
  const list = (heading: string, help: string, shown: readonly ReaderCard[]) =>
    html`<section><h2 class="heading">${heading}</h2><p class="meta">${help}</p>${shown.length === 0 ? html`<p>${words.muted.empty}</p>` : html`<ul class="named">${shown.map((card) => html`<li>${facePart(card)}${namePart(card)}${relationPart({ target: card.id, name: nameOf(card), relations, to: '/following/muted' })}</li>`)}</ul>`}</section>`;
  const { muted, blocked } = relations;
  return following(context, request, {
    tab: 'muted',
    title: words.muted.title,
    main: html`<p class="lede">${words.muted.lede}</p>${list(
      words.muted.muted,
      words.muted.mutedHelp,
      cards.filter(({ id }) => muted.has(id)),
    )}${list(
      words.muted.blocked,
      words.muted.blockedHelp,
      cards.filter(({ id }) => blocked.has(id)),
    )}`,
  });
}

function following(
  context: DomainContext,
  request: Request,
  { tab, title, main }: { readonly tab: 'all' | 'muted'; readonly title: string; readonly main: Html },
): Promise<Answer> {
  return context.frame(request, {
    title,
    canonical: request.url.pathname,
    main: html`<div class="wrap list-page"><h1>${title}</h1>${followingTabs(tab)}${main}</div>`,
    kind: 'following',
    current: 'following',
    robots: 'noindex',
    noStore: true,
  });
}

/** The way on in a list that begins with its newest. @param path with its query */
export function nextPart(path: string, next: string | undefined): Html | undefined {
  if (next === undefined) return undefined;
  const join = path.includes('?') ? '&' : '?';
  return html`<nav class="pager" aria-label="${words.lists.more}"><span></span><a class="pill" rel="next" href="${`${path}${join}before=${next}`}">${words.lists.more}</a></nav>`;
}

function capital(name: string): string {
  return name.charAt(0).toLocaleUpperCase() + name.slice(1);
}
