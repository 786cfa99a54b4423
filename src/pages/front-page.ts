import type { Answer, Request } from '../platform/http/route-table.ts';
import { html, type Html } from '../site/html.ts';
import { countsLife, talkedPart } from '../conversation/index.ts';
import { cardPart, frontStories, listSections, listStories, type StoryCard } from '../stories/index.ts';
import type { Context } from './context.ts';
import { cardOptions, commentsOfCards, framed, mediaOfCards, mediaTags } from './frame.ts';
import { pagesText as words } from './text.ts';

const railPlaces = 4;
const rowPlaces = 4;
const bandPlaces = 4;
/** Sections that get a band of their own. */
const mostBands = 12;

const leadSizes = '(max-width: 60rem) calc(100vw - 2rem), 50rem';
const rowSizes = '(max-width: 36rem) 6.5rem, (max-width: 60rem) 45vw, 18rem';
const bandSizes = '(max-width: 36rem) calc(100vw - 2rem), 24rem';
/** Beside more cards than this the standfirsts would be too long a column. */
const mostWithStandfirst = 2;

type CommonOptions = ReturnType<typeof cardOptions>;

export interface FrontView {
  /** Curated, then filled with the newest. */
  readonly top: readonly StoryCard[];
  /** The newest of each section that does not stand above. */
  readonly bands: readonly { slug: string; name: string; cards: readonly StoryCard[] }[];
}

/** What the front page shows, for either edition. */
export async function loadFront({ database: { read } }: Context): Promise<FrontView> {
  const top = await frontStories(read, 1 + railPlaces + rowPlaces);
  const above = new Set(top.map(({ id }) => id));
  const bands = [];
  for (const { slug, name } of (await listSections(read)).slice(0, mostBands)) {
    const { items } = await listStories(read, { section: slug, limit: bandPlaces + above.size });
    const cards = items.filter(({ id }) => !above.has(id)).slice(0, bandPlaces);
    if (cards.length > 0) bands.push({ slug, name, cards });
  }
  return { top, bands };
}

/** `/` */
export async function frontPage(context: Context, request: Request): Promise<Answer> {
  const { site } = context;
  const view = await loadFront(context);
  const shown = [...view.top, ...view.bands.flatMap(({ cards }) => cards)];
  const [media, comments, talked] = await Promise.all([
    mediaOfCards(context, shown),
    commentsOfCards(context, shown),
    talkedPart(context),
  ]);
  const common = cardOptions(context, request, media, comments);
  const [lead, ...rest] = view.top;
  const rail = rest.slice(0, railPlaces);
  const row = rest.slice(railPlaces);
  const main = lead
    ? html`<div class="wrap"><div class="front"><div class="front-lead">${cardPart(lead, { ...common, heading: 2, sizes: leadSizes, isEager: true, hasStandfirst: true, hasSection: true })}</div>${rail.length > 0 && html`<div class="front-rail">${rail.map((card) => cardPart(card, { ...common, heading: 2, hasSection: true, hasStandfirst: true }))}</div>`}${row.length > 0 && html`<div class="row">${row.map((card) => cardPart(card, { ...common, heading: 2, sizes: rowSizes, hasSection: true, hasStandfirst: !card.lead }))}</div>`}</div>${talked.part}${view.bands.map((band) => bandPart(band, common))}</div>`
    : emptyPart();
  return framed(context, request, {
    title: site.name,
    description: site.tagline,
    canonical: '/',
    main,
    kind: 'front',
    textPath: '/text',
    tags: ['front', ...mediaTags(media), ...talked.tags],
    expiresAt: context.clock.now() + countsLife,
  });
}

/** The newest of a section with its picture, and the next ones beside it. */
function bandPart({ slug, name, cards }: FrontView['bands'][number], common: CommonOptions): Html {
  const [first, ...others] = cards;
  const hasStandfirst = others.length <= mostWithStandfirst;
  const lines =
    others.length > 0 &&
    html`<div class="band-lines">${others.map((card) => cardPart(card, { ...common, heading: 3, hasStandfirst }))}</div>`;
  return html`<section class="band" aria-labelledby="${`band-${slug}`}"><h2 class="heading" id="${`band-${slug}`}"><a href="${`/${slug}`}">${name}</a></h2><div class="band-cards">${cardPart(first!, { ...common, heading: 3, sizes: bandSizes, hasStandfirst: true })}${lines}</div></section>`;
}

/** The first run without the sample: says what to do. */
function emptyPart(): Html {
  const { empty, emptyHelp, emptyCommands } = words.front;
  return html`<div class="wrap list-page"><div class="empty"><h2>${empty}</h2><p>${emptyHelp}</p>${emptyCommands.map((command) => html`<pre><code>${command}</code></pre>`)}</div></div>`;
}
