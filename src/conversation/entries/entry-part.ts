import { attributes, html, raw, type Html } from '../../site/html.ts';
import { within, writtenIn } from '../../site/language.ts';
import type { Site } from '../../site/site.ts';
import { formatClock, formatDate, fromInstant, isSameDay, timePart } from '../../stories/index.ts';
import { badgesPart, facePart, nameOf, namePart } from '../reader-pages/name-part.ts';
import { commentPath } from '../threads/comment.ts';
import type { Entry } from './entries.ts';
import { entriesText as words } from './text.ts';

export interface EntryOptions {
  readonly site: Site;
  /** Milliseconds UTC; what was written today shows its hour. */
  readonly now: number;
  readonly heading: 2 | 3;
  /** False on the page of its writer, where the name stands at the top. */
  readonly hasAuthor: boolean;
  /** Stands in place of what it says, such as the part of it that was looked for. */
  readonly text?: Html;
}

const quoteLength = 160;

/** A comment with its story above it and, of a reply, how that begins which it answers. */
export function entryPart(entry: Entry, options: EntryOptions): Html {
  const { story, parent } = entry;
  const path = entryPath(entry);
  const headline = html`<a href="${story.path}"${attributes({ ...within(story, writtenIn(options.site.language)) })}>${story.headline}</a>`;
  const time = html`<a href="${path}">${whenPart(entry.at, options)}</a>`;
  const by = options.hasAuthor
    ? html`<p class="entry-by">${facePart(entry.author, entry.originAuthor)}<span>${namePart(entry.author, entry.originAuthor)}${entry.author && badgesPart(entry.author)}</span></p>`
    : undefined;
  const answers =
    parent &&
    html`<p class="entry-parent">${parent.isSeen ? words.answers(nameOf(parent.author, parent.originAuthor)) : words.isReply}${parent.isSeen && html`<q>${shorten(parent.text, quoteLength)}</q>`}</p>`;
  const facts = [
    time,
    entry.isEdited && words.edited,
    entry.isPicked && html`<span class="badge">${words.pick}</span>`,
    entry.recommends > 0 && words.recommends(entry.recommends),
    entry.replies > 0 && html`<a href="${path}">${words.replies(entry.replies)}</a>`,
  ].filter((fact) => fact !== false);
  const title = options.heading === 2 ? html`<h2>${headline}</h2>` : html`<h3>${headline}</h3>`;
  return html`<article class="entry">${title}${by}${answers}<div class="entry-text" dir="auto">${options.text ?? raw(entry.html)}</div><p class="meta dotted">${facts.map((fact) => html`<span>${fact}</span> `)}</p></article>`;
}

/** Where a comment stands, in its thread. */
export function entryPath({ story, code }: Pick<Entry, 'story' | 'code'>): string {
  return commentPath(story.path, code);
}

/** The hour of today, else the day. */
export function whenPart(at: number, { site, now }: Pick<EntryOptions, 'site' | 'now'>): Html {
  const time = fromInstant(at, site.zone);
  const isToday = isSameDay(time, fromInstant(now, site.zone));
  return timePart(time, (isToday && formatClock(time, 'en-GB')) || formatDate(time, 'en-GB'));
}

/** How a text begins, cut between words. */
export function shorten(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= length) return line;
  return `${line
    .slice(0, length)
    .toWellFormed()
    .replace(/\s+\S*$/, '')} …`;
}
