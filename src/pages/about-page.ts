import type { Answer, Request } from '../platform/http/route-table.ts';
import { html, type Html } from '../site/html.ts';
import { formatDate, fromInstant, listCorrections, storyText, timePart } from '../stories/index.ts';
import { aboutText, type AboutPage } from './about-text.ts';
import type { Context } from './context.ts';
import { framed } from './frame.ts';
import { pagerPart } from './list-page.ts';
import { pagesText } from './text.ts';

const words = pagesText.corrections;
const onPage = 50;

/** `/about`, `/privacy`, `/accessibility` */
export function aboutPage(
  context: Context,
  name: 'about' | 'privacy' | 'accessibility',
  request: Request,
): Promise<Answer> {
  const page = aboutText(context.site)[name];
  const main = html`<div class="wrap list-page"><h1>${page.title}</h1><p class="lede">${page.lede}</p>${prosePart(page)}</div>`;
  return framed(context, request, {
    title: page.title,
    description: page.lede,
    canonical: `/${name}`,
    main,
    kind: 'about',
    tags: [],
  });
}

function prosePart({ passages }: AboutPage): Html {
  return html`<div class="prose">${passages.map(({ heading, paragraphs }) => html`${heading && html`<h2>${heading}</h2>`}${paragraphs.map((text) => html`<p>${linksPart(text)}</p>`)}`)}</div>`;
}

function linksPart(text: string): Html[] {
  return text.split(/(\[[^\]]+\]\([^)]+\))/).map((part) => {
    const link = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(part);
    return link ? html`<a href="${link[2]!}">${link[1]!}</a>` : html`${part}`;
  });
}

/** `/corrections`: all of them, the newest first. */
export async function correctionsPage(context: Context, request: Request): Promise<Answer> {
  const { site, database } = context;
  const before = request.query.get('before') ?? undefined;
  const { items, next } = await listCorrections(database.read, { before, limit: onPage });
  const list = items.map(
    ({ card, correction }) =>
      html`<li><p class="meta">${timePart(correction.at, formatDate(fromInstant(correction.at.at, correction.at.zone), site.language))}</p><p>${correction.text}</p><p class="meta">${words.in} <a class="text-link" href="${card.path}">${card.headline}</a>, ${storyText.shortDate(card.published)}</p></li>`,
  );
  const report =
    site.contactMail &&
    html`<p>${words.report} <a class="text-link" href="${`mailto:${site.contactMail}`}">${site.contactMail}</a>.</p>`;
  const main = html`<div class="wrap list-page"><h1>${words.title}</h1><p class="lede">${words.lede}</p>${report && html`<div class="prose">${report}</div>`}${list.length > 0 ? html`<ol class="corrections">${list}</ol>` : html`<div class="empty"><p>${words.empty}</p></div>`}${pagerPart('/corrections', next, before)}</div>`;
  return framed(context, request, {
    title: words.title,
    description: words.lede,
    canonical: before ? `/corrections?before=${before}` : '/corrections',
    main,
    kind: 'corrections',
    tags: ['list'],
  });
}
