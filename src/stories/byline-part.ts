import { html, type Html } from '../site/html.ts';
import type { StoryContent } from './story.ts';
import { isoOf, type StoryTime } from './time.ts';
import { storyText as words } from './text.ts';

/** 'By Ann Bell and Cy Moor', each linked where there is a page of theirs. */
export function bylinePart(byline: StoryContent['byline']): Html | undefined {
  if (byline.length === 0) return undefined;
  // The language knows where the commas go: a name is put in for each placeholder.
  const parts = words.names(byline.map((_, index) => `\u0001${index}\u0001`)).split('\u0001');
  return html`<span>${words.by}</span> ${parts.map((part, index) => (index % 2 === 0 ? part : authorPart(byline[Number(part)]!)))}`;
}

function authorPart({ author, name, role }: StoryContent['byline'][number]): Html {
  const shown = author ? html`<a rel="author" href="/authors/${author}">${name}</a>` : html`<b>${name}</b>`;
  return role ? html`${shown}<span>, ${role}</span>` : shown;
}

/** A date that machines read too. */
export function timePart(time: StoryTime, shown: string): Html {
  return html`<time datetime="${isoOf(time)}">${shown}</time>`;
}

/** 'LONDON (Agency) -', at the start of the first paragraph. */
export function datelinePart({ place, agency }: StoryContent['dateline']): Html | undefined {
  if (!place && !agency) return undefined;
  const shown = [place, agency && `(${agency})`].filter(Boolean).join(' ');
  return html`<span class="dateline">${shown}</span> –`;
}
