import type { Answer, Request } from '../platform/http/route-table.ts';
import { html, type Html } from '../site/html.ts';
import { countByPeriod, formatDate, fromLocal, listStories, type StoryCard } from '../stories/index.ts';
import type { Context } from './context.ts';
import { commentsOfCards, framed, mediaOfCards, mediaTags } from './frame.ts';
import { pagerPart, storiesPart } from './list-page.ts';
import { notFound } from './lists.ts';
import { pagesText } from './text.ts';

const words = pagesText.archive;
const onPage = 40;

/** A year, a month of it, or a day; all of time when empty. */
export interface Period {
  readonly year?: number;
  readonly month?: number;
  readonly day?: number;
}

/** What an archive page shows, for either edition. */
export interface ArchiveView {
  readonly title: string;
  readonly path: string;
  /** The periods above it, the widest first. */
  readonly above: readonly { path: string; title: string }[];
  /** The periods within it that hold stories, named as within it: 'December', '28 Monday'. */
  readonly within: readonly { path: string; title: string; count: number }[];
  readonly cards: readonly StoryCard[];
  readonly next: string | undefined;
  readonly before: string | undefined;
}

/** Reads `/2009/07/28`, or all of time from `/archive`. @throws AppError `page.not-found` where there is no such day */
export function readPeriod(params: Readonly<Record<string, string>>): Period {
  if (params.year === undefined) return {};
  const parts = (['year', 'month', 'day'] as const).flatMap((name) => params[name] ?? []);
  if (!parts.every((part, index) => (index === 0 ? /^\d{4}$/ : /^\d{2}$/).test(part))) throw notFound();
  const [year, month, day] = parts.map(Number);
  try {
    fromLocal({ year: year!, month, day }, 'UTC');
  } catch {
    throw notFound();
  }
  return { year, month, day };
}

/** @throws AppError `list.bad-cursor` */
export async function loadArchive(
  { database, site }: Context,
  period: Period,
  request: Pick<Request, 'query'>,
): Promise<ArchiveView> {
  const db = database.read;
  const { year, month, day } = period;
  const before = request.query.get('before') ?? undefined;
  const counts = day === undefined ? await countByPeriod(db, { year, month }) : [];
  const list =
    year === undefined
      ? { items: [], next: undefined }
      : await listStories(db, { period: { year, month, day }, before, limit: onPage });
  const above: { path: string; title: string }[] = [{ path: '/archive', title: words.title }];
  if (month !== undefined) above.push({ path: pathOf({ year }), title: titleOf({ year }, site) });
  if (day !== undefined) above.push({ path: pathOf({ year, month }), title: titleOf({ year, month }, site) });
  return {
    title: titleOf(period, site),
    path: pathOf(period),
    above: year === undefined ? [] : above,
    within: counts
      .map(({ period: name, count }) => {
        const inner = readInner(name);
        return { path: pathOf(inner), title: shortTitleOf(inner, site), count };
      })
      .reverse(),
    cards: list.items,
    next: list.next,
    before,
  };
}

/** `/archive`, `/2009`, `/2009/07`, `/2009/07/28` */
export async function archivePage(context: Context, period: Period, request: Request): Promise<Answer> {
  const view = await loadArchive(context, period, request);
  const [media, comments] = await Promise.all([
    mediaOfCards(context, view.cards),
    commentsOfCards(context, view.cards),
  ]);
  const isRoot = period.year === undefined;
  const isEmpty = view.within.length === 0 && view.cards.length === 0;
  const main = html`<div class="wrap list-page">${!isRoot && html`<p class="crumbs">${crumbsPart(view)}</p>`}<h1>${view.title}</h1>${isRoot && html`<p class="lede">${words.lede} <a class="text-link" href="/search">${words.searchIt}</a></p>`}${view.within.length > 0 && periodsPart(view)}${isEmpty && html`<div class="empty"><p>${words.empty}</p><p>${words.emptyHelp} <a href="/archive">${words.title}</a></p></div>`}${view.cards.length > 0 && storiesPart(context, request, view.cards, media, { comments, hasSection: true })}${pagerPart(view.path, view.next, view.before)}</div>`;
  return framed(context, request, {
    title: isRoot ? view.title : words.on(view.title),
    description: isRoot ? words.lede : words.describe(view.title, context.site.name),
    canonical: view.before ? `${view.path}?before=${view.before}` : view.path,
    main,
    kind: 'archive',
    textPath: `/text${view.path}`,
    // Empty days are without end, and not for search engines.
    robots: isEmpty ? 'noindex' : undefined,
    tags: ['list', ...mediaTags(media)],
    status: isEmpty && !isRoot ? 404 : 200,
  });
}

function crumbsPart({ above }: ArchiveView): Html {
  return html`${above.map(({ path, title }, index) => html`${index > 0 && ' › '}<a href="${path}">${title}</a>`)}`;
}

function periodsPart({ within }: ArchiveView): Html {
  return html`<ul class="periods">${within.map(({ path, title, count }) => html`<li><a href="${path}">${title} <span>${pagesText.stories(count)}</span></a></li>`)}</ul>`;
}

function readInner(name: string): Period {
  const [year, month, day] = name.split('-').map(Number);
  return { year, month, day };
}

function pathOf({ year, month, day }: Period): string {
  if (year === undefined) return '/archive';
  const two = (number: number) => String(number).padStart(2, '0');
  return [
    `/${String(year).padStart(4, '0')}`,
    ...[month, day].flatMap((part) => (part === undefined ? [] : two(part))),
  ].join('/');
}

function titleOf({ year, month, day }: Period, site: Context['site']): string {
  if (year === undefined) return words.title;
  return formatDate(fromLocal({ year, month, day }, site.zone), site.language, { weekday: true });
}

function shortTitleOf({ year, month, day }: Period, { language }: Context['site']): string {
  if (month === undefined) return String(year);
  const at = Date.UTC(year!, month - 1, day ?? 1);
  const style =
    day === undefined ? { month: 'long' as const } : { day: 'numeric' as const, weekday: 'long' as const };
  return new Intl.DateTimeFormat(language, { ...style, timeZone: 'UTC' }).format(at);
}
