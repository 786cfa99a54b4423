import type { Answer, Request } from '../platform/http/route-table.ts';
import { attributes, html, type Html } from '../site/html.ts';
import { within, writtenIn } from '../site/language.ts';
import {
  bylinePart,
  datelinePart,
  listSections,
  storyText,
  timePart,
  yearsSince,
  type Section,
  type StoryCard,
} from '../stories/index.ts';
import { loadArchive, type Period } from './archive-page.ts';
import type { Context } from './context.ts';
import { endOfDay } from './frame.ts';
import { loadFront } from './front-page.ts';
import { loadList, type ListView } from './lists.ts';
import { piecesPart } from './search-page.ts';
import { loadSearch } from './search-view.ts';
import { loadStory } from './story-view.ts';
import { textBody, textHref, textPicture } from './text-blocks.ts';
import { textFrame } from './text-frame.ts';
import { pagesText } from './text.ts';

const words = pagesText.texts;

/** `/text` */
export async function textFront(context: Context): Promise<Answer> {
  const { site, database } = context;
  const [{ top, bands }, sections] = await Promise.all([loadFront(context), listSections(database.read)]);
  const main = html`<h1>${site.name}</h1><p>${site.tagline}</p><nav aria-label="${words.sections}"><p>${sections.map(({ slug, name }, index) => html`${index > 0 && ' | '}<a href="${`/text/${slug}`}">${name}</a>`)}</p></nav>${cardsPart(top, site.language)}${bands.map(({ slug, name, cards }) => html`<h2><a href="${`/text/${slug}`}">${name}</a></h2>${cardsPart(cards, site.language)}`)}`;
  return textFrame(context, { title: site.name, main, path: '/text', full: '/', tags: ['front'] });
}

/** `/text/{section}`, `/text/topics/{topic}`, `/text/authors/{author}`, `/text/series/{series}` */
export async function textList(
  context: Context,
  kind: ListView['kind'],
  slug: string,
  request: Request,
): Promise<Answer> {
  const view = await loadList(context, kind, slug, request);
  const main = html`<h1>${view.title}</h1>${view.role && html`<p>${view.role}</p>`}${view.description && html`<p>${view.description}</p>`}${cardsPart(view.cards, context.site.language)}${view.cards.length === 0 && html`<p>${pagesText.list.empty}</p>`}${nextPart(`/text${view.path}`, view.next)}`;
  return textFrame(context, {
    title: view.title,
    main,
    path: `/text${view.path}`,
    full: view.path,
    tags: [view.tag],
  });
}

/** `/text/archive`, `/text/2009` and so on. */
export async function textArchive(context: Context, period: Period, request: Request): Promise<Answer> {
  const view = await loadArchive(context, period, request);
  const isEmpty = view.within.length === 0 && view.cards.length === 0;
  const main = html`${view.above.length > 0 && html`<p>${view.above.map(({ path, title }, index) => html`${index > 0 && ' > '}<a href="${`/text${path}`}">${title}</a>`)}</p>`}<h1>${view.title}</h1>${view.within.length > 0 && html`<ul>${view.within.map(({ path, title, count }) => html`<li><a href="${`/text${path}`}">${title}</a> (${pagesText.stories(count)})</li>`)}</ul>`}${cardsPart(view.cards, context.site.language)}${isEmpty && html`<p>${pagesText.archive.empty}</p>`}${nextPart(`/text${view.path}`, view.next)}`;
  return textFrame(context, {
    title: view.title,
    main,
    path: `/text${view.path}`,
    full: view.path,
    tags: ['list'],
    status: isEmpty && period.year !== undefined ? 404 : 200,
  });
}

/** `/text/search` */
export async function textSearch(context: Context, request: Request): Promise<Answer> {
  const { form, isAsked, hits, total, next } = await loadSearch(context, request);
  const text = pagesText.search;
  const paper = writtenIn(context.site.language);
  const results = hits.map(
    ({ card, title, excerpt }) =>
      html`<li><span${attributes({ ...within(card, paper) })}><a href="${textHref(card.path)}">${piecesPart(title)}</a><br>${piecesPart(excerpt)}</span><br>${storyText.shortDate(card.published)}</li>`,
  );
  const main = html`<h1>${text.title}</h1><form action="/text/search" method="get" role="search"><label>${text.query} <input type="search" name="q" value="${form.q}" maxlength="400"></label> <button type="submit">${text.find}</button></form>${isAsked && html`<p>${hits.length === 0 ? `${text.none}. ${text.noneHelp}` : stories(total)}</p>`}<ol>${results}</ol>${next && html`<p><a rel="next" href="${next}">${text.more}</a></p>`}`;
  return textFrame(context, {
    title: text.title,
    main,
    path: '/text/search',
    full: `/search${request.url.search}`,
  });
}

const stories = (total: number) => pagesText.stories(total);

/** `/text/2009/07/28/slug`: the whole story. */
export async function textStory(context: Context, request: Request): Promise<Answer> {
  const path = decodeURI(request.url.pathname).slice('/text'.length);
  const { story, section, topics, series, related, media, tags } = await loadStory(context, path);
  const paper = writtenIn(context.site.language);
  const own = attributes({ ...within(paper, story) });
  const years = yearsSince(story.published, context.clock.now());
  const dateline = datelinePart(story.dateline);
  const byline = bylinePart(story.byline);
  const parts = series?.parts.filter(({ id }) => id !== story.id) ?? [];
  const main = html`<article${attributes({ ...within(story, paper) })}>${kickerPart(section, story.kicker)}<h1>${story.headline}</h1>${story.standfirst && html`<p><b>${story.standfirst}</b></p>`}${byline && html`<p${own}>${byline}</p>`}<p${own}>${timePart(story.published, storyText.date(story.published))}${story.updated && html`. ${timePart(story.updated, storyText.updated(story.updated))}`}</p>${years >= 1 && html`<p${own}><i>${storyText.oldNote(years)}</i></p>`}${story.lead && textPicture(story.lead, media)}${dateline && html`<p>${dateline}</p>`}${textBody(story.body, media)}${story.credit && html`<p${own}>${storyText.credit(story.credit)}</p>`}${story.canonical && html`<p${own}>${pagesText.story.original} <a href="${story.canonical}">${new URL(story.canonical).host}</a></p>`}${story.corrections.length > 0 && html`<h2${own}>${storyText.corrections}</h2>${story.corrections.map(({ at, text }) => html`<p><b${own}>${storyText.correction(at)}</b> ${text}</p>`)}`}</article>${topics.length > 0 && html`<p>${topics.map(({ slug, name }, index) => html`${index > 0 && ' | '}<a href="${`/text/topics/${slug}`}">${name}</a>`)}</p>`}${series && parts.length > 0 && html`<h2>${storyText.series(series.title)}</h2>${cardsPart(parts, paper.language)}`}${related.length > 0 && html`<h2>${pagesText.story.related}</h2>${cardsPart(related, paper.language)}`}`;
  return textFrame(context, {
    title: story.headline,
    main,
    path: `/text${story.path}`,
    full: story.path,
    tags,
    expiresAt: endOfDay(context.clock.now(), story.published.zone),
  });
}

function kickerPart(section: Section | undefined, kicker: string): Html | undefined {
  const link = section && html`<a href="${`/text/${section.slug}`}">${section.name}</a>`;
  return link || kicker ? html`<p>${link}${link && kicker && ': '}${kicker}</p>` : undefined;
}

function cardsPart(cards: readonly StoryCard[], language: string): Html | undefined {
  if (cards.length === 0) return undefined;
  const paper = writtenIn(language);
  return html`<ul>${cards.map(
    (card) =>
      // A paragraph each: links of short items stand too close to be pressed otherwise.
      html`<li><p><span${attributes({ ...within(card, paper) })}><a href="${textHref(card.path)}">${card.headline}</a>${card.standfirst && html`<br>${card.standfirst}`}</span> (${timePart(card.published, storyText.shortDate(card.published))})</p></li>`,
  )}</ul>`;
}

function nextPart(path: string, next: string | undefined): Html | undefined {
  return next ? html`<p><a rel="next" href="${`${path}?before=${next}`}">${words.next}</a></p>` : undefined;
}
