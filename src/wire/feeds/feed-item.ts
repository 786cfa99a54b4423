import type { MediaItem, MediaLookup } from '../../platform/media/item.ts';
import {
  plainText,
  storyText,
  type Block,
  type Body,
  type Picture,
  type Story,
  type StoryTime,
} from '../../stories/index.ts';
import { addressOf, blocksToHtml } from '../blocks-to-html.ts';
import { wireText as words } from '../text.ts';

/** A story as feeds show it, whatever their format. */
export interface FeedItem {
  /** The short link: it stays when the address changes. */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  /** The whole story. */
  readonly html: string;
  readonly published: StoryTime;
  readonly updated: StoryTime | undefined;
  readonly authors: readonly { readonly name: string; readonly url?: string }[];
  /** Names of its section and topics. */
  readonly categories: readonly string[];
  readonly language: string;
  readonly picture: FeedPicture | undefined;
  readonly sounds: readonly FeedSound[];
}

export interface FeedPicture {
  readonly url: string;
  readonly alt: string;
  readonly caption: string;
  readonly credit: string;
  /** Pixels and bytes of the file at `url`. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

export interface FeedSound {
  readonly url: string;
  readonly type: string;
  readonly title: string;
  readonly bytes: number;
  readonly seconds: number | undefined;
}

export interface FeedTarget {
  /** Public address of this site. */
  readonly origin: string;
  readonly media: MediaLookup;
  /** Names of topics by slug. */
  readonly topics: ReadonlyMap<string, string>;
  readonly section: string | undefined;
}

/** @param story a public one */
export function feedItemOf(story: Story, target: FeedTarget): FeedItem {
  const { origin } = target;
  const named = story.byline.map(({ author, name }) => ({
    name,
    ...(author ? { url: `${origin}/authors/${encodeURIComponent(author)}` } : {}),
  }));
  return {
    id: `${origin}/s/${story.code}`,
    url: addressIn(origin, story.path!),
    title: story.headline,
    summary: story.standfirst,
    html: htmlOf(story, target),
    published: story.published!,
    updated: story.updated,
    // Without a name of its own a story would be put down to the paper.
    authors: named.length > 0 || story.credit === '' ? named : [{ name: story.credit }],
    categories: [target.section, ...story.topics.map((slug) => target.topics.get(slug))].flatMap(
      (name) => name ?? [],
    ),
    language: story.language,
    picture: story.lead && pictureOf(story.lead, target),
    sounds: story.body.flatMap((block) => (block.type === 'audio' ? soundOf(block, target) : [])),
  };
}

/** Whole address of a path that may hold letters of any script. */
export function addressIn(origin: string, path: string): string {
  return `${origin}${encodeURI(path.toWellFormed())}`;
}

/** Everything that stands with the story on its page, as one piece: readers of feeds show nothing else. */
function htmlOf(story: Story, target: FeedTarget): string {
  const lead: Body = story.lead ? [{ type: 'picture', width: 'column', ...story.lead }] : [];
  const standfirst: Body = story.standfirst
    ? [{ type: 'paragraph', text: [{ text: story.standfirst, marks: ['strong'] }] }]
    : [];
  const corrections = story.corrections.map(({ at, text }): Block => ({
    type: 'paragraph',
    text: [{ text: storyText.correction(at), marks: ['strong'] }, { text: ` ${text}` }],
  }));
  const body = [...lead, ...standfirst, ...withDateline(story), ...originOf(story), ...corrections];
  const html = blocksToHtml(body.map(askingNobody), target);
  return story.direction === 'rtl' ? `<div dir="rtl">${html}</div>` : html;
}

function withDateline({ body, dateline: { place, agency } }: Story): Body {
  if (!place && !agency) return body;
  const line = { text: `${[place, agency && `(${agency})`].filter(Boolean).join(' ')} – ` };
  const [first, ...others] = body;
  return first?.type === 'paragraph'
    ? [{ ...first, text: [line, ...first.text] }, ...others]
    : [{ type: 'paragraph', text: [line] }, ...body];
}

/** Who supplied it, and where it first appeared. */
function originOf({ credit, canonical }: Story): Body {
  const lines: Body = [];
  if (credit) lines.push({ type: 'paragraph', text: [{ text: storyText.credit(credit) }] });
  if (canonical) {
    const text = [{ text: `${words.feed.original} ` }, { text: new URL(canonical).host, href: canonical }];
    lines.push({ type: 'paragraph', text });
  }
  return lines;
}

/** A frame would ask its provider as soon as the story is opened; a link waits for the reader. */
function askingNobody(block: Block): Block {
  if (block.type !== 'embed') return block;
  const link = { text: storyText.embedOpen(block.provider), href: block.url };
  return { type: 'paragraph', text: block.title ? [{ text: `${block.title}: ` }, link] : [link] };
}

function pictureOf(lead: Picture, target: FeedTarget): FeedPicture | undefined {
  const item = target.media.get(lead.media);
  if (!item) return undefined;
  const widest = item.renditions
    .filter(({ format }) => format === 'jpeg')
    .toSorted((one, other) => other.width - one.width)[0];
  if (!widest) return undefined;
  return {
    url: addressOf(item, target),
    alt: lead.alt,
    caption: lead.caption ? plainText(lead.caption) : (item.caption ?? ''),
    credit: lead.credit ?? item.credit ?? '',
    width: widest.width,
    height: widest.height,
    bytes: widest.bytes,
  };
}

function soundOf(block: Extract<Block, { type: 'audio' }>, target: FeedTarget): FeedSound[] {
  const item: MediaItem | undefined = target.media.get(block.media);
  if (!item) return [];
  const { type, bytes, seconds } = item;
  return [{ url: addressOf(item, target), type, title: block.title, bytes, seconds }];
}
