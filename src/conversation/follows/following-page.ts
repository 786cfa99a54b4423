import type { Answer, Request } from '../../platform/http/route-table.ts';
import type { MediaLookup } from '../../platform/media/item.ts';
import type { DomainContext } from '../../site/context.ts';
import { html, type Html } from '../../site/html.ts';
import { cardPart, storiesByIds, storyMediaIds, type StoryCard } from '../../stories/index.ts';
import { loadEntries, type Entry } from '../entries/entries.ts';
import { entryPart } from '../entries/entry-part.ts';
import type { Relations } from './follow.ts';
import { followingTopics } from './following-topics.ts';
import { feedPathOf, findFeedSecret } from './following-feed.ts';
import { listFollowing } from './following-items.ts';
import { relationsOf } from './relations.ts';
import { followingTabs } from './tabs-part.ts';
import { followsText } from './text.ts';

const words = followsText.page;
const onPage = 20;
const thumbSizes = '(max-width: 36rem) 6.5rem, 13rem';

/** One piece of news of the Following page, whole. */
export type FollowingNews =
  | { readonly kind: 'comment'; readonly at: number; readonly entry: Entry }
  | { readonly kind: 'story'; readonly at: number; readonly card: StoryCard };

/** A page of news with all that it shows. What is hidden while it is read is left out. */
export async function loadFollowing(
  { database, clock }: Pick<DomainContext, 'database' | 'clock'>,
  list: { readonly reader: string; readonly before?: string; readonly limit: number },
): Promise<{ news: readonly FollowingNews[]; next: string | undefined; relations: Relations }> {
  const db = database.read;
  const [{ items, next }, relations] = await Promise.all([
    listFollowing(db, { ...list, now: clock.now() }),
    relationsOf(db, list.reader),
  ]);
  const idsOf = (kind: 'comment' | 'story') => items.flatMap((item) => (item.kind === kind ? item.id : []));
  const [entries, cards] = await Promise.all([
    loadEntries(db, idsOf('comment'), relations),
    storiesByIds(db, idsOf('story')),
  ]);
  const cardsById = new Map(cards.map((card) => [card.id, card]));
  const news = items.flatMap((item): FollowingNews[] => {
    const entry = entries.get(item.id);
    if (item.kind === 'comment') return entry ? [{ kind: 'comment', at: item.at, entry }] : [];
    const card = cardsById.get(item.id);
    return card ? [{ kind: 'story', at: item.at, card }] : [];
  });
  return { news, next, relations };
}

/** `/following` */
export async function followingPage(context: DomainContext, request: Request): Promise<Answer> {
  const { database, media, config } = context;
  const reader = request.identity!.id;
  const before = request.query.get('before') ?? undefined;
  // Before anything is read: what happens meanwhile is told of, rather than missed.
  const after = context.livePosition();
  const [{ news, next, relations }, secret] = await Promise.all([
    loadFollowing(context, { reader, before, limit: onPage }),
    before === undefined ? findFeedSecret(database.read, reader) : undefined,
  ]);
  const pictures = await media.byIds(
    database.read,
    news.flatMap((each) => (each.kind === 'story' ? storyMediaIds(each.card) : [])),
  );
  const list =
    news.length === 0
      ? emptyPart(before !== undefined)
      : html`<ol class="entries">${news.map((each) => html`<li>${newsPart(context, request, each, pictures)}</li>`)}</ol>`;
  const isFirst = before === undefined;
  const writers = news.flatMap((each) => (each.kind === 'comment' ? (each.entry.author?.id ?? []) : []));
  const topics = followingTopics(relations, writers);
  const live =
    isFirst &&
    html`<following-news role="status" data-topics="${topics.join(' ')}" data-after="${after}" data-own="${reader}" data-one="${words.oneNew}" data-many="${words.manyNew}"><a class="pill" href="/following" hidden></a></following-news>`;
  const pager =
    (next || before) &&
    html`<nav class="pager" aria-label="${words.older}">${before ? html`<a class="pill" href="/following">${words.toNewest}</a>` : html`<span></span>`}${next && html`<a class="pill" rel="next" href="/following?before=${next}">${words.older}</a>`}</nav>`;
  const feed = isFirst && feedPart(secret && `${config.origin}${feedPathOf(secret)}`);
  return context.frame(request, {
    title: words.title,
    canonical: '/following',
    main: html`<div class="wrap list-page"><h1>${words.title}</h1><p class="lede">${words.lede}</p>${followingTabs('newest')}${live}${list}${pager}${feed}</div>`,
    kind: 'following',
    islands: isFirst ? ['following'] : [],
    current: 'following',
    robots: 'noindex',
    noStore: true,
  });
}

function newsPart(
  { site, clock }: DomainContext,
  request: Request,
  news: FollowingNews,
  media: MediaLookup,
): Html {
  if (news.kind === 'comment')
    return entryPart(news.entry, { site, now: clock.now(), heading: 2, hasAuthor: true });
  return html`<p class="kicker">${words.newStory}</p>${cardPart(news.card, {
    media,
    now: clock.now(),
    language: site.language,
    maxWidth: request.saveData ? 480 : undefined,
    heading: 2,
    sizes: thumbSizes,
    hasStandfirst: true,
    hasSection: true,
  })}`;
}

function emptyPart(isOlder: boolean): Html {
  if (isOlder) return html`<div class="empty"><p>${words.noOlder}</p></div>`;
  return html`<div class="empty"><p>${words.empty}</p><p>${words.emptyHelp} <a href="/">${words.toFront}</a></p></div>`;
}

function feedPart(address: string | undefined): Html {
  const form = (act: string, label: string) =>
    html`<form action="/following/feed" method="post" data-inline><button class="pill" name="act" value="${act}">${label}</button></form>`;
  return html`<section class="own-feed" data-flow aria-labelledby="own-feed"><h2 class="heading" id="own-feed">${words.feed}</h2><p>${words.feedHelp}</p>${address && html`<label>${words.feedAddress}<input type="url" readonly value="${address}"></label>`}<div class="buttons">${form('renew', address ? words.feedRenew : words.feedMake)}${address && form('end', words.feedEnd)}</div></section>`;
}
