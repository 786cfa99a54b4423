import { mostCounted, type Piece } from '../platform/search/search.ts';
import { entryPart } from '../conversation/index.ts';
import type { Answer, Request } from '../platform/http/route-table.ts';
import { attributes, html, type Html } from '../site/html.ts';
import { within, writtenIn, type Written } from '../site/language.ts';
import { storyText, timePart } from '../stories/index.ts';
import type { Context } from './context.ts';
import { framed } from './frame.ts';
import { loadSearch, type SearchForm, type SearchView } from './search-view.ts';
import { pagesText } from './text.ts';

const words = pagesText.search;

/** `/search` */
export async function searchPage(context: Context, request: Request): Promise<Answer> {
  const view = await loadSearch(context, request);
  const paper = writtenIn(context.site.language);
  const main = html`<div class="wrap list-page"><h1>${words.title}</h1>${tabsPart(request)}${formPart(view)}<div role="status">${summaryPart(view)}</div>${view.comments.length > 0 && html`<ol class="entries">${view.comments.map(({ entry, excerpt }) => html`<li>${entryPart(entry, { site: context.site, now: context.clock.now(), heading: 2, hasAuthor: true, text: html`<p>${piecesPart(excerpt)}</p>` })}</li>`)}</ol>`}${view.hits.length > 0 && html`<ol class="stories">${view.hits.map((hit) => hitPart(hit, paper))}</ol>`}${view.next && html`<nav class="pager" aria-label="${words.more}"><span></span><a class="pill" rel="next" href="${view.next}">${words.more}</a></nav>`}</div>`;
  return framed(context, request, {
    title: view.form.q ? words.titleOf(view.form.q) : words.title,
    description: words.describe(context.site.name),
    canonical: `/search${request.url.search}`,
    main,
    kind: 'search',
    robots: 'noindex',
    textPath: `/text/search${request.url.search}`,
  });
}

/** The form with what was typed, and what is wrong with it beside the field. */
export function formPart({ form, problems, sections, authors }: SearchView): Html {
  return html`<form class="find" action="/search" method="get" role="search"><label>${words.query}<input type="search" name="q" value="${form.q}" maxlength="400" enterkeyhint="search"${attributes({ autofocus: form.q === '' })}></label>${form.in === 'comments' && html`<input type="hidden" name="in" value="comments">`}<label>${words.section}<select name="section"><option value="">${words.anySection}</option>${sections.map(({ slug, name }) => optionPart(slug, name, form.section))}</select></label>${form.in !== 'comments' && html`<label>${words.author}<select name="author"><option value="">${words.anyAuthor}</option>${authors.map(({ slug, name }) => optionPart(slug, name, form.author))}</select></label>`}${dayPart('from', words.from, form, problems)}${dayPart('to', words.to, form, problems)}<button class="pill main" type="submit">${words.find}</button></form>`;
}

function optionPart(value: string, name: string, chosen: string): Html {
  return html`<option value="${value}"${attributes({ selected: value === chosen })}>${name}</option>`;
}

function dayPart(
  name: 'from' | 'to',
  label: string,
  form: SearchForm,
  problems: SearchView['problems'],
): Html {
  const problem = problems[name];
  const id = `${name}-problem`;
  return html`<label>${label}<input type="${problem ? 'text' : 'date'}" name="${name}" value="${form[name]}"${attributes({ 'aria-invalid': problem && 'true', 'aria-describedby': problem && id })}>${problem && html`<span class="problem" id="${id}">${problem}</span>`}</label>`;
}

/** Stories or comments: the same words are looked for. */
function tabsPart({ query }: Request): Html {
  const tab = (where: '' | 'comments', label: string) => {
    const asked = new URLSearchParams(query);
    asked.delete('after');
    asked.delete('in');
    if (where !== '') asked.set('in', where);
    const isCurrent = (query.get('in') === 'comments') === (where === 'comments');
    const search = asked.toString();
    return html`<li><a href="${search === '' ? '/search' : `/search?${search}`}"${attributes({ 'aria-current': isCurrent && 'page' })}>${label}</a></li>`;
  };
  return html`<nav class="tabs" aria-label="${words.where}"><ul>${tab('', words.inStories)}${tab('comments', words.inComments)}</ul></nav>`;
}

function summaryPart({ isAsked, hits, comments, form, total }: SearchView): Html {
  if (!isAsked) return html`<p class="lede">${words.start}</p>`;
  if (hits.length + comments.length === 0)
    return html`<div class="empty"><p>${words.none}</p><p>${words.noneHelp}</p></div>`;
  return html`<p class="lede">${form.in === 'comments' ? words.foundComments(total, mostCounted) : words.found(total, mostCounted)}</p>`;
}

function hitPart({ card, title, excerpt }: SearchView['hits'][number], paper: Written): Html {
  return html`<li><article class="card"${attributes({ ...within(card, paper) })}><div>${card.section && html`<p class="kicker">${card.section.name}</p>`}<h2><a class="card-link" href="${card.path}">${piecesPart(title)}</a></h2><p class="stand">${piecesPart(excerpt)}</p><p class="meta">${card.byline.length > 0 && html`<span>${storyText.names(card.byline.map(({ name }) => name))}</span> `}${timePart(card.published, storyText.shortDate(card.published))}</p></div></article></li>`;
}

/** Text with what was looked for marked. */
export function piecesPart(pieces: readonly Piece[]): Html[] {
  return pieces.map(({ text, hit }) => (hit ? html`<mark>${text}</mark>` : html`${text}`));
}
