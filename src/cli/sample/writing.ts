import type { Block, Mark, Picture, Run, StoryContentInput, Text } from '../../stories/index.ts';

/** A story of the sample newsroom as its file writes it down. */
export interface SampleStory {
  /** Names the story here and in its address. */
  readonly slug: string;
  /** How long ago it appeared, such as '40 min', '5 h' or '3 d'; or the day it appeared. */
  readonly published: string | { readonly year: number; readonly month: number; readonly day: number };
  /** How long ago it was last changed in a way that matters. */
  readonly updated?: string;
  readonly corrections?: readonly { readonly ago: string; readonly text: string }[];
  /** Slugs of authors, or names of those without a page. */
  readonly by: readonly string[];
  readonly place?: string;
  readonly agency?: string;
  readonly content: Omit<StoryContentInput, 'slug' | 'byline' | 'dateline' | 'body' | 'lead'> & {
    readonly headline: string;
  };
  readonly lead?: Picture;
  readonly body: readonly Block[];
}

/** Text as it stands in a template: line ends are spaces; a hole holds words. */
function words(parts: TemplateStringsArray, holes: readonly (string | number)[]): string {
  return String.raw({ raw: parts }, ...holes)
    .replaceAll(/\s+/g, ' ')
    .trim();
}

type Tag<T> = (parts: TemplateStringsArray, ...holes: (string | number)[]) => T;

/** Quotation marks and apostrophes as a printer sets them, from those of a keyboard. */
export function typeset(source: string): string {
  return source.replaceAll(/(?<=^|[\s([‘“])'(?=\S)/g, '‘').replaceAll("'", '’');
}

const marked: Readonly<Record<string, Mark>> = { '*': 'em', '**': 'strong' };

/**
 * Runs of text with marks: `*emphasis*`, `**strong**`, `` `code` ``, `[words](address)`. An address `story:slug` is
 * that of another story here.
 */
export function inline(source: string): Text {
  const runs: Run[] = [];
  // Of the same length, so that places in one are places in the other.
  const set = typeset(source);
  const pattern = /(\*\*|\*|`)(.+?)\1|\[([^\]]+)\]\(([^)]+)\)/g;
  let from = 0;
  for (const found of set.matchAll(pattern)) {
    if (found.index > from) runs.push({ text: set.slice(from, found.index) });
    const [whole, mark, inside, label, href] = found;
    const to = found.index + whole.length;
    if (mark === '`') runs.push({ text: source.slice(found.index + 1, to - 1), marks: ['code'] });
    else runs.push(mark ? { text: inside!, marks: [marked[mark]!] } : { text: label!, href: href! });
    from = to;
  }
  if (from < set.length) runs.push({ text: set.slice(from) });
  return runs;
}

/** A paragraph. */
export const p: Tag<Block> = (parts, ...holes) => ({ type: 'paragraph', text: inline(words(parts, holes)) });

/** A subheading. */
export const h: Tag<Block> = (parts, ...holes) => ({
  type: 'subheading',
  text: inline(words(parts, holes)),
  level: 2,
});

/** A smaller subheading. */
export const h3: Tag<Block> = (parts, ...holes) => ({
  type: 'subheading',
  text: inline(words(parts, holes)),
  level: 3,
});

export const quote = (text: string, cite?: string): Block => ({
  type: 'quote',
  text: inline(text),
  ...(cite && { cite: typeset(cite) }),
});

export const pullquote = (text: string, cite?: string): Block => ({
  type: 'pullquote',
  text: inline(text),
  ...(cite && { cite: typeset(cite) }),
});

export const list = (...items: string[]): Block => ({
  type: 'list',
  ordered: false,
  items: items.map(inline),
});
export const steps = (...items: string[]): Block => ({
  type: 'list',
  ordered: true,
  items: items.map(inline),
});
export const keyfacts = (title: string, ...items: string[]): Block => ({
  type: 'keyfacts',
  title: typeset(title),
  items: items.map(inline),
});

/** A table whose first column names its rows. Cells are parted by `|`. */
export function table(caption: string, head: string, ...rows: string[]): Block {
  const cells = (row: string) => row.split('|').map((cell) => inline(cell.trim()));
  return {
    type: 'table',
    caption: typeset(caption),
    head: cells(head),
    rows: rows.map(cells),
    rowHeads: true,
  };
}

export const divider: Block = { type: 'divider' };
export const related = (slug: string, title: string, kicker?: string): Block => ({
  type: 'related',
  title: typeset(title),
  href: `/story:${slug}`,
  ...(kicker && { kicker }),
});

/** A picture of `pictures/`, by its name there, until the loader puts its id. */
export function shot(
  name: string,
  alt: string,
  caption: string,
  more: { credit?: string; focal?: readonly [number, number] } = {},
): Picture {
  return {
    media: name,
    alt: typeset(alt),
    caption: inline(caption),
    credit: more.credit ?? 'Illustration: The Lantern',
    ...(more.focal && { focal: { x: more.focal[0], y: more.focal[1] } }),
  };
}

export const figure = (picture: Picture, width: 'column' | 'wide' | 'side' = 'column'): Block => ({
  type: 'picture',
  ...picture,
  width,
});
export const gallery = (title: string, ...pictures: Picture[]): Block => ({
  type: 'gallery',
  title: typeset(title),
  pictures,
});

/** Lines of a program, as they are. */
export const code = (language: string, lines: string): Block => ({ type: 'code', code: lines, language });

/** Something on another site, loaded when the reader asks for it. */
export const embed = (url: string, provider: string, title: string): Block => ({
  type: 'embed',
  url,
  provider,
  title: typeset(title),
});

/** A film of `pictures/`, with its poster and captions from there, by their names. */
export const video = (
  name: string,
  about: { title: string; poster: string; captions: string; caption: string; credit: string },
): Block => ({
  type: 'video',
  media: name,
  poster: about.poster,
  captions: about.captions,
  title: typeset(about.title),
  caption: inline(about.caption),
  credit: about.credit,
});
