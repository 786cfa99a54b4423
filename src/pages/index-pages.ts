import type { Answer, Request } from '../platform/http/route-table.ts';
import { attributes, html } from '../site/html.ts';
import { listAuthors, listSeries, listTopics } from '../stories/index.ts';
import type { Context } from './context.ts';
import { framed } from './frame.ts';
import { pagesText as words } from './text.ts';

interface Entry {
  readonly slug: string;
  readonly name: string;
  readonly note?: string;
}

const most = 1000;

/** Every topic, author or series, by name. */
export async function indexPage(
  context: Context,
  kind: 'topics' | 'authors' | 'series',
  request: Request,
): Promise<Answer> {
  const { title, lede, entries } = await load(context, kind);
  const list = html`<ul${attributes({ class: entries.some(({ note }) => note) ? 'people' : 'periods' })}>${entries.map(({ slug, name, note }) => html`<li><a href="${`/${kind}/${slug}`}">${name}${note && html` <span>${note}</span>`}</a></li>`)}</ul>`;
  const main = html`<div class="wrap list-page"><h1>${title}</h1><p class="lede">${lede}</p>${entries.length > 0 ? list : html`<div class="empty"><p>${words.list.noNames}</p></div>`}</div>`;
  return framed(context, request, {
    title,
    description: lede,
    canonical: `/${kind}`,
    main,
    kind: 'index',
    tags: ['list', kind],
  });
}

async function load(
  { database: { read } }: Context,
  kind: 'topics' | 'authors' | 'series',
): Promise<{ title: string; lede: string; entries: Entry[] }> {
  if (kind === 'topics') {
    return {
      title: words.list.topics,
      lede: words.list.topicsLede,
      entries: await listTopics(read, { limit: most, withStories: true }),
    };
  }
  if (kind === 'authors') {
    const authors = await listAuthors(read, { limit: most, withStories: true });
    const entries = authors.map(({ slug, name, role }) => ({ slug, name, note: role || undefined }));
    return { title: words.list.authors, lede: words.list.authorsLede, entries };
  }
  const series = await listSeries(read, { limit: most, withStories: true });
  const entries = series.map(({ slug, title }) => ({ slug, name: title }));
  return { title: words.list.seriesList, lede: words.list.seriesLede, entries };
}
