import type { Answer, Request } from '../platform/http/route-table.ts';
import type { MediaLookup } from '../platform/media/item.ts';
import { attributes, html, type Html } from '../site/html.ts';
import { icons } from '../site/icons.ts';
import { within, writtenIn, type LanguageAttributes } from '../site/language.ts';
import {
  bodyIslands,
  bodyPart,
  bylinePart,
  cardPart,
  datelinePart,
  figurePart,
  findStoryByCode,
  storyText,
  timePart,
  yearsSince,
  type BodyOptions,
  type CardOptions,
} from '../stories/index.ts';
import { storyTalk } from '../conversation/index.ts';
import { redirect } from '../platform/http/answers.ts';
import type { Context } from './context.ts';
import { cardOptions, commentsOfCards, endOfDay, framed } from './frame.ts';
import { notFound } from './lists.ts';
import { storyHead } from './story-data.ts';
import { placed, type StoryPlaces } from './story-places.ts';
import { describe, gone, loadStory, type PublicStory, type StoryView } from './story-view.ts';
import { pagesText } from './text.ts';

const words = pagesText.story;
const leadSizes = '(max-width: 64rem) calc(100vw - 2rem), 62rem';
const relatedSizes = '(max-width: 36rem) 6.5rem, (max-width: 60rem) 45vw, 18rem';
/** Words that a reader gets through in a minute. */
const wordsPerMinute = 230;
/** What stands within the text never comes before this share of it. */
const inTextAfter = 0.45;
const leastBlocksForInText = 8;

/** `/2009/07/28/slug` */
export async function storyPage(context: Context, request: Request, places: StoryPlaces): Promise<Answer> {
  const view = await loadStory(context, decodeURI(request.url.pathname));
  const { story, section, media } = view;
  const { site, clock } = context;
  const paper = writtenIn(site.language);
  // The paper's own words, such as the date, are in its language within a story of another.
  const own = within(paper, story);
  const common = { maxWidth: request.saveData ? 480 : undefined, own };
  const [comments, talk, top, inText, end, conversation] = await Promise.all([
    commentsOfCards(context, view.related),
    storyTalk(context, story, request.identity),
    placed(places.top, view, request),
    story.sensitive ? [] : placed(places.inText, view, request),
    placed(places.end, view, request),
    placed(places.conversation, view, request),
  ]);
  const main = html`<article class="wrap story"${attributes({ ...within(story, paper) })}><header class="story-head">${kickerPart(view, own)}<h1>${story.headline}</h1>${story.standfirst && html`<p class="stand">${story.standfirst}</p>`}<div class="story-by">${byPart(story, own)}${talk.top}${top}</div>${notesPart(story, clock.now(), own)}</header>${story.lead && leadPart(story, media, common)}<div class="story-body">${textPart(view, inText, common)}</div><footer class="story-end">${endPart(view, own)}${sharePart(story, site.origin, own)}${end}${seriesPart(view, own)}</footer>${conversation}</article><div class="wrap">${talk.conversation}</div>${relatedPart(view, cardOptions(context, request, media, comments))}`;
  return framed(context, request, {
    title: story.headline,
    description: describe(story),
    canonical: story.canonical ?? story.path,
    main,
    kind: 'story',
    current: section?.slug,
    head: html`${storyHead(view, site)}${talk.head}`,
    islands: ['share', ...bodyIslands(story.body), ...talk.islands],
    feed: section && `/${section.slug}/feed.xml`,
    textPath: `/text${story.path}`,
    tags: [...view.tags, ...talk.tags],
    expiresAt: Math.min(
      endOfDay(clock.now(), story.published.zone),
      talk.expiresAt ?? Number.POSITIVE_INFINITY,
    ),
  });
}

/** `/s/{code}`: to the story, wherever it stands now. */
export async function shortLink({ database }: Context, code: string): Promise<Answer> {
  const story = await findStoryByCode(database.read, code);
  if (story?.state === 'killed') throw gone();
  if (story?.state !== 'published' || !story.path) throw notFound();
  return redirect(story.path, 302, { noStore: true });
}

function kickerPart({ story, section }: StoryView, own: LanguageAttributes): Html | undefined {
  if (!section && !story.kicker) return undefined;
  const link = section && html`<a${attributes({ ...own })} href="${`/${section.slug}`}">${section.name}</a>`;
  return html`<p class="kicker">${link}${link && story.kicker && ' · '}${story.kicker}</p>`;
}

function byPart(story: PublicStory, own: LanguageAttributes): Html {
  const byline = bylinePart(story.byline);
  const minutes = Math.max(1, Math.round(story.words / wordsPerMinute));
  return html`<div${attributes({ ...own })}>${byline ? html`<p class="byline">${byline}</p>` : story.credit && html`<p class="byline"><b>${story.credit}</b></p>`}<p class="dotted">${timePart(story.published, storyText.date(story.published))} <span>${storyText.readingTime(minutes)}</span></p>${story.updated && html`<p>${timePart(story.updated, storyText.updated(story.updated))}</p>`}</div>`;
}

function notesPart(story: PublicStory, now: number, own: LanguageAttributes): Html {
  const years = yearsSince(story.published, now);
  const corrections = story.corrections.length;
  return html`${years >= 1 && html`<p class="note"${attributes({ ...own })}>${storyText.oldNote(years)}</p>`}${corrections > 0 && html`<p class="note"${attributes({ ...own })}><a href="#corrections">${storyText.correctedNote(corrections)}</a></p>`}`;
}

function leadPart(story: PublicStory, media: MediaLookup, common: BodyOptions): Html {
  return figurePart(story.lead!, media, {
    ...common,
    className: 'story-lead',
    sizes: leadSizes,
    isEager: true,
  });
}

function textPart(
  { media, story }: StoryView,
  inText: readonly (Html | undefined)[],
  common: BodyOptions,
): Html {
  const { body } = story;
  const opening = datelinePart(story.dateline);
  const parts = inText.filter((part) => part !== undefined);
  if (parts.length === 0 || body.length < leastBlocksForInText)
    return bodyPart(body, media, { ...common, opening });
  const cut = Math.ceil(body.length * inTextAfter);
  return html`${bodyPart(body.slice(0, cut), media, { ...common, opening })}${parts}${bodyPart(body.slice(cut), media, common)}`;
}

function endPart({ story, topics }: StoryView, own: LanguageAttributes): Html {
  const corrections = story.corrections.map(
    ({ at, text }) =>
      html`<p class="correction"><b${attributes({ ...own })}>${storyText.correction(at)}</b> ${text}</p>`,
  );
  return html`${story.credit && story.byline.length > 0 && html`<p class="agency"${attributes({ ...own })}>${storyText.credit(story.credit)}</p>`}${story.canonical && html`<p class="agency"${attributes({ ...own })}>${words.original} <a class="text-link" href="${story.canonical}">${new URL(story.canonical).host}</a></p>`}${corrections.length > 0 && html`<section id="corrections"><h2 class="hidden"${attributes({ ...own })}>${storyText.corrections}</h2>${corrections}</section>`}${topics.length > 0 && html`<p class="tags"${attributes({ lang: own.lang })}>${topics.map(({ slug, name }) => html`<a class="pill" href="${`/topics/${slug}`}">${name}</a>`)}</p>`}`;
}

function sharePart(story: PublicStory, origin: string, { lang }: LanguageAttributes): Html {
  const url = `${origin}${story.path}`;
  const mail = `mailto:?subject=${encodeURIComponent(story.headline)}&body=${encodeURIComponent(words.mailBody(story.headline, url))}`;
  return html`<share-story class="share"${attributes({ lang })} data-url="${url}" data-title="${story.headline}" data-copied="${words.copied}"><button class="pill" type="button" hidden>${icons.share}${words.share}</button><a class="pill" href="${mail}">${icons.mail}${words.mail}</a><a class="pill" href="${`/s/${story.code}`}">${icons.link}${words.shortLink}</a><button class="pill" type="button" data-print hidden>${icons.print}${words.print}</button><span class="share-said" role="status"></span></share-story>`;
}

function seriesPart({ series, story }: StoryView, own: LanguageAttributes): Html | undefined {
  if (!series || series.parts.length < 2) return undefined;
  const parts = series.parts.map(({ id, path, headline }) =>
    id === story.id
      ? html`<li aria-current="page">${headline}</li>`
      : html`<li><a href="${path}">${headline}</a></li>`,
  );
  return html`<section class="series-list"><h2${attributes({ ...own })}><a href="${`/series/${series.slug}`}">${storyText.series(series.title)}</a></h2><ol>${parts}</ol></section>`;
}

function relatedPart(
  { related }: StoryView,
  common: Pick<CardOptions, 'media' | 'now' | 'language' | 'maxWidth' | 'comments'>,
): Html | undefined {
  if (related.length === 0) return undefined;
  const cards = related.map((card) =>
    cardPart(card, {
      ...common,
      heading: 3,
      sizes: relatedSizes,
      hasSection: true,
      hasStandfirst: !card.lead,
    }),
  );
  return html`<aside class="wrap related-stories" aria-labelledby="related"><h2 class="heading" id="related">${words.related}</h2><div class="row">${cards}</div></aside>`;
}
