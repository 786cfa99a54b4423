import type { MediaLookup } from '../platform/media/item.ts';
import { attributes, html, type Html } from '../site/html.ts';
import { within, writtenIn } from '../site/language.ts';
import { picturePart } from '../site/picture.ts';
import { timePart } from './byline-part.ts';
import type { StoryCard } from './stories.ts';
import { formatClock, formatDate, isSameDay } from './time.ts';
import { storyText as words } from './text.ts';

export interface CardOptions {
  readonly media: MediaLookup;
  readonly heading: 2 | 3;
  /** Value of `sizes` for the picture; none is shown when left out. */
  readonly sizes?: string;
  readonly isEager?: boolean;
  /** No wider picture is offered, in pixels. */
  readonly maxWidth?: number;
  readonly hasStandfirst?: boolean;
  /** The section's name stands as kicker; not on the section's own page. */
  readonly hasSection?: boolean;
  /** Milliseconds UTC; what was published today shows its hour. */
  readonly now: number;
  /** How many comments stories have, by id; those without any are left out. */
  readonly comments?: ReadonlyMap<string, number>;
  /** Language of the page around it. */
  readonly language: string;
}

/** A story in a list: one link over all of it, headline first in the reading order. */
export function cardPart(card: StoryCard, options: CardOptions): Html {
  const { media, heading, sizes, isEager } = options;
  const lead = card.lead;
  const picture =
    sizes && lead
      ? picturePart(media.get(lead.media), {
          alt: lead.alt,
          sizes,
          isEager,
          focal: lead.focal,
          maxWidth: options.maxWidth,
        })
      : undefined;
  const kicker = card.kicker || (options.hasSection ? card.section?.name : '');
  const link = html`<a class="card-link" href="${card.path}">${card.headline}</a>`;
  const language = within(card, writtenIn(options.language));
  return html`<article class="card"${attributes({ ...language })}>${picture}<div>${kicker && html`<p class="kicker">${kicker}</p>`}${heading === 2 ? html`<h2>${link}</h2>` : html`<h3>${link}</h3>`}${options.hasStandfirst && card.standfirst && html`<p class="stand">${card.standfirst}</p>`}<p class="meta">${metaPart(card, options)}</p></div></article>`;
}

function metaPart(card: StoryCard, { now, comments }: CardOptions): Html {
  const names = card.byline.length > 0 ? words.names(card.byline.map(({ name }) => name)) : card.credit;
  const isToday = isSameDay(card.published, { ...card.published, at: now, precision: 'minute' });
  const clock = isToday ? formatClock(card.published, 'en-GB') : undefined;
  const time = timePart(card.published, clock ?? formatDate(card.published, 'en-GB'));
  const count = comments?.get(card.id);
  return html`${names && html`<span>${names}</span> `}${time}${count !== undefined && html` <span>${words.comments(count)}</span>`}`;
}
