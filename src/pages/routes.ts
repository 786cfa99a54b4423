import type { Answer, Request, Route } from '../platform/http/route-table.ts';
import { aboutPage, correctionsPage } from './about-page.ts';
import { archivePage, readPeriod } from './archive-page.ts';
import type { Context } from './context.ts';
import { frontPage } from './front-page.ts';
import { indexPage } from './index-pages.ts';
import { listPage } from './list-page.ts';
import { searchPage } from './search-page.ts';
import { shortLink, storyPage } from './story-page.ts';
import type { StoryPlaces } from './story-places.ts';
import { textArchive, textFront, textList, textSearch, textStory } from './text-edition.ts';

type Handle = (request: Request) => Promise<Answer>;

/** A page that is the same for all readers of a country. */
function shared(path: string, name: string, handle: Handle): Route {
  return { method: 'GET', path, name, who: 'anyone', proof: 'none', stored: true, handle };
}

/** A page whose address holds what somebody typed: made anew each time. */
function asked(path: string, name: string, handle: Handle): Route {
  return { method: 'GET', path, name, who: 'anyone', proof: 'none', handle };
}

const year = ':year(^\\d{4}$)';
const month = ':month(^\\d{2}$)';
const day = ':day(^\\d{2}$)';
const folders = { topic: 'topics', author: 'authors', series: 'series' } as const;

/** All pages for everyone. @param places what other domains put into a story's page */
export function pageRoutes(context: Context, places: StoryPlaces = {}): Route[] {
  const archive = (request: Request) => archivePage(context, readPeriod(request.params), request);
  const textPeriod = (request: Request) => textArchive(context, readPeriod(request.params), request);
  const lists = (['topic', 'author', 'series'] as const).flatMap((kind) => [
    shared(`/${folders[kind]}`, `${kind}-index`, (request) =>
      indexPage(context, folders[kind] as 'topics', request),
    ),
    shared(`/${folders[kind]}/:slug`, kind, (request) =>
      listPage(context, kind, request.params.slug!, request),
    ),
    shared(`/text/${folders[kind]}/:slug`, `text-${kind}`, (request) =>
      textList(context, kind, request.params.slug!, request),
    ),
  ]);
  return [
    shared('/', 'front', (request) => frontPage(context, request)),
    shared(`/${year}/${month}/${day}/:slug`, 'story', (request) => storyPage(context, request, places)),
    asked('/s/:code', 'short-link', ({ params }) => shortLink(context, params.code!)),
    shared('/:section', 'section', (request) =>
      listPage(context, 'section', request.params.section!, request),
    ),
    ...lists,
    shared('/archive', 'archive', archive),
    shared(`/${year}`, 'archive-year', archive),
    shared(`/${year}/${month}`, 'archive-month', archive),
    shared(`/${year}/${month}/${day}`, 'archive-day', archive),
    asked('/search', 'search', (request) => searchPage(context, request)),
    shared('/about', 'about', (request) => aboutPage(context, 'about', request)),
    shared('/privacy', 'privacy', (request) => aboutPage(context, 'privacy', request)),
    shared('/accessibility', 'accessibility', (request) => aboutPage(context, 'accessibility', request)),
    shared('/corrections', 'corrections', (request) => correctionsPage(context, request)),
    shared('/text', 'text-front', () => textFront(context)),
    shared(`/text/${year}/${month}/${day}/:slug`, 'text-story', (request) => textStory(context, request)),
    shared('/text/:section', 'text-section', (request) =>
      textList(context, 'section', request.params.section!, request),
    ),
    shared('/text/archive', 'text-archive', textPeriod),
    shared(`/text/${year}`, 'text-archive-year', textPeriod),
    shared(`/text/${year}/${month}`, 'text-archive-month', textPeriod),
    shared(`/text/${year}/${month}/${day}`, 'text-archive-day', textPeriod),
    asked('/text/search', 'text-search', (request) => textSearch(context, request)),
  ];
}
