import { attributes, html, type Attributes, type Html } from '../../site/html.ts';
import { threadsText as words } from './text.ts';

/** What can be done with a comment, each named with its writer, so that it makes sense where it is heard alone. */
export interface Heard {
  readonly label: Attributes;
  readonly when: Html;
  readonly recommend: Html;
  readonly recommended: Html;
  readonly reply: Html;
  readonly actions: Html;
  readonly link: Html;
  readonly quote: Html;
  readonly report: Html;
}

const known = new Map<string, Heard>();
const mostNames = 1000;

/** The words for one name: made once, as a page is made again and again from comments of the same readers. */
export function heardOf(name: string): Heard {
  let heard = known.get(name);
  if (heard === undefined) {
    if (known.size >= mostNames) known.clear();
    heard = {
      label: attributes({ 'aria-label': words.by(name) }),
      when: heardPart(words.whenBy(name)),
      recommend: html`${words.recommend}${heardPart(words.recommendsBy(name))}`,
      recommended: html`${words.recommended}${heardPart(words.takeBack(name))}`,
      reply: html`${words.reply}${heardPart(words.replyTo(name))}`,
      actions: html`${words.actions}${heardPart(words.actionsOf(name))}`,
      link: html`${words.link}${heardPart(words.byWriter(name))}`,
      quote: html`${words.quote}${heardPart(words.replyTo(name))}`,
      report: html`${words.report}${heardPart(words.recommendsBy(name))}`,
    };
    known.set(name, heard);
  }
  return heard;
}

/** Words that are heard and not seen. */
export function heardPart(text: string): Html {
  return html`<span class="hidden">${text}</span>`;
}
