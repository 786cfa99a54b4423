import { portraitPart, readersText, type ReaderCard } from '../../readers/index.ts';
import { html, type Html } from '../../site/html.ts';
import { isThere } from '../follows/policy.ts';
import { readerPagesText as words } from './text.ts';

/**
 * A reader's name, and the way to the reader's page where there is one. Set apart from what stands around it: a name in
 * Arabic letters would turn the order of the time beside it.
 * @param elsewhere the name of one who has no account here
 */
export function namePart(card: ReaderCard | undefined, elsewhere?: string): Html {
  const name = nameOf(card, elsewhere);
  return card && isThere(card)
    ? html`<a class="name" href="/readers/${card.handle}" dir="auto">${name}</a>`
    : html`<b dir="auto">${name}</b>`;
}

/** As the reader is called where nothing can be linked. */
export function nameOf(card: ReaderCard | undefined, elsewhere?: string): string {
  if (!card || card.state === 'former') return elsewhere ?? readersText.former;
  return card.name || (card.handle === undefined ? readersText.former : `@${card.handle}`);
}

/** What somebody is to the paper, as words. */
export function badgesPart({ roles }: Pick<ReaderCard, 'roles'>): readonly Html[] {
  return roles.map((role) => html` <span class="badge">${words.roles[role]}</span>`);
}
/** A reader's picture or first letter, also of one who has no account here. @param side in CSS pixels */
export function facePart(card: ReaderCard | undefined, elsewhere?: string, side = 40): Html {
  const name = nameOf(card, elsewhere).replace(/^@/, '');
  return portraitPart({ picture: card?.picture, name }, side);
}
