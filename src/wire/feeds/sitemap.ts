import { fromInstant, isoOf, type StoryCard } from '../../stories/index.ts';
import { xml, xmlDocument } from '../../site/xml.ts';
import { addressIn } from './feed-item.ts';
import type { SitemapFile, SitemapUrl } from './sitemap-files.ts';

const namespace = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/** The list of all files, https://www.sitemaps.org/protocol.html#index */
export function sitemapIndexOf(origin: string, files: readonly SitemapFile[]): string {
  return xmlDocument(xml`
    <sitemapindex xmlns="${namespace}">
      ${files.map(
        ({ name, changedAt }) => xml`
          <sitemap>
            <loc>${origin}/sitemaps/${name}.xml</loc>
            ${changedAt !== undefined && xml`<lastmod>${isoOf(fromInstant(changedAt, 'UTC'))}</lastmod>`}
          </sitemap>`,
      )}
    </sitemapindex>
  `);
}

/** One file, https://www.sitemaps.org/protocol.html */
export function sitemapOf(origin: string, urls: readonly SitemapUrl[]): string {
  return xmlDocument(xml`
    <urlset xmlns="${namespace}">
      ${urls.map(
        ({ path, changed }) => xml`
          <url>
            <loc>${addressIn(origin, path)}</loc>
            ${changed && xml`<lastmod>${changed}</lastmod>`}
          </url>`,
      )}
    </urlset>
  `);
}

/** How long a story counts as news, milliseconds. */
export const newsAge = 2 * 24 * 3_600_000;
/** The most stories that search engines take. */
export const mostNews = 1000;

/** What is new, https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap */
export function newsSitemapOf(origin: string, name: string, cards: readonly StoryCard[]): string {
  return xmlDocument(xml`
    <urlset xmlns="${namespace}" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
      ${cards.map(
        (card) => xml`
          <url>
            <loc>${addressIn(origin, card.path)}</loc>
            <news:news>
              <news:publication>
                <news:name>${name}</news:name>
                <news:language>${newsLanguage(card.language)}</news:language>
              </news:publication>
              <news:publication_date>${isoOf(card.published)}</news:publication_date>
              <news:title>${card.headline}</news:title>
            </news:news>
          </url>`,
      )}
    </urlset>
  `);
}

/** The language without its region, except for the two written forms of Chinese that news search tells apart. */
function newsLanguage(tag: string): string {
  const [language = 'en', ...rest] = tag.toLowerCase().split('-');
  if (language !== 'zh') return language;
  return rest.some((part) => ['hant', 'tw', 'hk', 'mo'].includes(part)) ? 'zh-tw' : 'zh-cn';
}
