import type { Answer, Request } from '../platform/http/route-table.ts';
import { attributes, html, type Html } from '../site/html.ts';
import { picturePart } from '../site/picture.ts';
import { countsLife, followPart, isFollowing, talkedPart } from '../conversation/index.ts';
import { cardPart, type StoryCard } from '../stories/index.ts';
import type { MediaLookup } from '../platform/media/item.ts';
import type { Context } from './context.ts';
import { cardOptions, commentsOfCards, framed, mediaOfCards, mediaTags } from './frame.ts';
import { loadList, type ListView } from './lists.ts';
import { pagesText as words } from './text.ts';

const thumbSizes = '(max-width: 36rem) 6.5rem, 13rem';
const featureSizes = '(max-width: 36rem) calc(100vw - 2rem), 30rem';

/** Page of a section, topic, author or series. */
export async function listPage(
  context: Context,
  kind: ListView['kind'],
  slug: string,
  request: Request,
): Promise<Answer> {
  const view = await loadList(context, kind, slug, request);
  const media = new Map(await mediaOfCards(context, view.cards));
  const portrait = view.picture ? await context.media.find(context.database.read, view.picture) : undefined;
  if (portrait) media.set(portrait.id, portrait);
  const face = picturePart(portrait, { alt: '', sizes: '6rem', maxWidth: 480, isEager: true });
  const isSection = view.kind === 'section';
  const [comments, talked] = await Promise.all([
    commentsOfCards(context, view.cards),
    isSection && view.before === undefined ? talkedPart(context, slug) : undefined,
  ]);
  const stories = storiesPart(context, request, view.cards, media, {
    comments,
    hasSection: !isSection,
    hasFeature: isSection && view.before === undefined,
  });
  const main = html`<div class="wrap list-page"><header${attributes({ class: face && 'person' })}>${face}<div>${view.label && html`<p class="crumbs">${labelPart(view)}</p>`}<h1>${view.title}</h1>${view.role && html`<p class="meta">${view.role}</p>`}</div>${view.description && html`<p class="lede">${view.description}</p>`}${await followButton(context, request, view, slug)}</header>${stories}${pagerPart(view.path, view.next, view.before)}${talked?.part}</div>`;
  return framed(context, request, {
    title: view.title,
    description: view.description || words.list.describe(view.title, context.site.name),
    canonical: view.before ? `${view.path}?before=${view.before}` : view.path,
    main,
    kind: view.kind,
    current: isSection ? slug : undefined,
    feed: `${view.path}/feed.xml`,
    textPath: `/text${view.path}`,
    tags: [view.tag, ...mediaTags(media), ...(talked?.tags ?? [])],
    expiresAt: context.clock.now() + countsLife,
  });
}

/** Authors and topics can be followed. */
async function followButton(
  { database }: Context,
  { identity }: Request,
  { kind, title: name, path: to }: ListView,
  target: string,
): Promise<Html | undefined> {
  if (kind !== 'author' && kind !== 'topic') return undefined;
  const isOn = await isFollowing(database.read, identity?.id, { kind, target });
  return followPart({ kind, target, name, isFollowing: isOn, to });
}

function labelPart(view: ListView): Html {
  const index = { topic: '/topics', author: '/authors', series: '/series', section: '/' }[view.kind];
  return html`<a href="${index}">${view.label}</a>`;
}

export interface StoriesOptions {
  /** The section's name stands over each. */
  readonly hasSection: boolean;
  /** The first stands larger than the others. */
  readonly hasFeature?: boolean;
  /** How many comments the stories have, by id. */
  readonly comments?: ReadonlyMap<string, number>;
}

/** Stories one under the other; says so where there are none. */
export function storiesPart(
  context: Context,
  request: Request,
  cards: readonly StoryCard[],
  media: MediaLookup,
  { hasSection, hasFeature = false, comments }: StoriesOptions,
): Html {
  if (cards.length === 0) {
    return html`<div class="empty"><p>${words.list.empty}</p><p>${words.list.emptyHelp} <a href="/">${words.list.toFront}</a></p></div>`;
  }
  const common = cardOptions(context, request, media, comments);
  const items = cards.map((card, index) => {
    const isFeature = hasFeature && index === 0;
    const sizes = isFeature ? featureSizes : thumbSizes;
    return html`<li${attributes({ class: isFeature && 'feature' })}>${cardPart(card, { ...common, heading: 2, sizes, isEager: index < 2, hasStandfirst: true, hasSection })}</li>`;
  });
  return html`<ol class="stories">${items}</ol>`;
}

/** Links to the next page and back to the first. */
export function pagerPart(
  path: string,
  next: string | undefined,
  before: string | undefined,
): Html | undefined {
  if (!next && !before) return undefined;
  const join = path.includes('?') ? '&' : '?';
  return html`<nav class="pager" aria-label="${words.list.older}">${before ? html`<a class="pill" href="${path}">${words.list.newest}</a>` : html`<span></span>`}${next && html`<a class="pill" rel="next" href="${`${path}${join}before=${next}`}">${words.list.older}</a>`}</nav>`;
}
