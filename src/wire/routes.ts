import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database/database.ts';
import { AppError } from '../platform/errors.ts';
import { json, text } from '../platform/http/answers.ts';
import type { Answer, Request, Route } from '../platform/http/route-table.ts';
import type { MediaStore } from '../platform/media/media-store.ts';
import type { Site } from '../site/site.ts';
import { listStories } from '../stories/index.ts';
import { loadFeed, type FeedKind, type FeedOf } from './feeds/feed.ts';
import { jsonFeedOf } from './feeds/json-feed.ts';
import { rssOf } from './feeds/rss.ts';
import { mostNews, newsAge, newsSitemapOf, sitemapIndexOf, sitemapOf } from './feeds/sitemap.ts';
import { pageFiles, pageUrls, storyFiles, storyUrls } from './feeds/sitemap-files.ts';
import { wireText as words } from './text.ts';

/** What the routes of feeds and sitemaps are given by main.ts. */
export interface WireContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly media: MediaStore;
  readonly site: Site;
}

const xmlType = 'application/xml; charset=utf-8';
const kinds: readonly (readonly [FeedKind, string])[] = [
  ['section', '/:slug'],
  ['topic', '/topics/:slug'],
  ['author', '/authors/:slug'],
  ['series', '/series/:slug'],
];

/** Feeds of the site and of each section, topic, author and series; sitemaps. */
export function wireRoutes(context: WireContext): Route[] {
  const get = (path: string, name: string, handle: Route['handle']): Route => ({
    method: 'GET',
    path,
    name,
    who: 'anyone',
    proof: 'none',
    stored: true,
    handle,
  });
  const feeds = (path: string, of: (request: Request) => FeedOf): Route[] => [
    get(`${path}/feed.xml`, 'feed', (request) => rssAnswer(context, of(request))),
    get(`${path}/feed.json`, 'feed', (request) => jsonFeedAnswer(context, of(request))),
  ];
  return [
    ...feeds('', () => ({ kind: 'site' })),
    ...kinds.flatMap(([kind, path]) => feeds(path, ({ params }) => ({ kind, slug: params.slug! }))),
    get('/sitemap.xml', 'sitemap-index', () => sitemapIndex(context)),
    get('/sitemaps/:file', 'sitemap', ({ params }) => sitemap(context, params.file!)),
    get('/news-sitemap.xml', 'news-sitemap', () => newsSitemap(context)),
  ];
}

/** Whoever reads feeds in a browser reads them from another site. */
const forAll = { 'access-control-allow-origin': '*' };

async function rssAnswer(context: WireContext, of: FeedOf): Promise<Answer> {
  const feed = await loadFeed(context.database.read, context, of);
  return text(rssOf(feed), {
    type: 'application/rss+xml; charset=utf-8',
    tags: feed.tags,
    headers: forAll,
  });
}

async function jsonFeedAnswer(context: WireContext, of: FeedOf): Promise<Answer> {
  const feed = await loadFeed(context.database.read, context, of);
  return json(jsonFeedOf(feed), {
    type: 'application/feed+json; charset=utf-8',
    tags: feed.tags,
    headers: forAll,
  });
}

async function sitemapIndex({ database, site }: WireContext): Promise<Answer> {
  const files = [...(await pageFiles(database.read)), ...(await storyFiles(database.read))];
  return text(sitemapIndexOf(site.origin, files), { type: xmlType, tags: ['site', 'list'] });
}

async function sitemap({ database, site }: WireContext, file: string): Promise<Answer> {
  const match = /^(?:pages|(\d{4})-(0\d|1[0-2]))(?:-([2-9]|[1-9]\d{1,4}))?\.xml$/.exec(file);
  if (!match) throw noSitemap();
  const [, year, month, number = '1'] = match;
  const urls =
    year === undefined
      ? await pageUrls(database.read, Number(number))
      : year === '0000'
        ? []
        : await storyUrls(database.read, { year: Number(year), month: Number(month) }, Number(number));
  if (urls.length === 0) throw noSitemap();
  return text(sitemapOf(site.origin, urls), { type: xmlType, tags: ['site', 'list'] });
}

async function newsSitemap({ database, clock, site }: WireContext): Promise<Answer> {
  const { items } = await listStories(database.read, {
    firstHere: true,
    from: clock.now() - newsAge,
    limit: mostNews,
  });
  const oldest = items.at(-1);
  return text(newsSitemapOf(site.origin, site.name, items), {
    type: xmlType,
    tags: ['site', 'list'],
    // The millisecond after its last.
    ...(oldest && { expiresAt: oldest.published.at + newsAge + 1 }),
  });
}

function noSitemap(): AppError {
  return new AppError('page.not-found', words.sitemap.notFound, { status: 404 });
}
