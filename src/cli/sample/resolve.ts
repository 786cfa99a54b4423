import type { Block, Picture, StoryContentInput, Text } from '../../stories/index.ts';
import { typeset, type SampleStory } from './writing.ts';

/** What the names in a sample story stand for. */
export interface Names {
  /** Media ids by the names of the files. */
  readonly ids: ReadonlyMap<string, string>;
  /** Paths of stories by their slugs. */
  readonly paths: ReadonlyMap<string, string>;
  /** Authors' names by their slugs. */
  readonly names: ReadonlyMap<string, string>;
}

/** A sample story's content with ids and addresses in place of names. @throws Error where a name stands for nothing */
export function contentOf(story: SampleStory, names: Names): StoryContentInput {
  const { content } = story;
  return {
    ...content,
    kicker: typeset(content.kicker ?? ''),
    headline: typeset(content.headline),
    standfirst: typeset(content.standfirst ?? ''),
    slug: story.slug,
    byline: story.by.map((who) => {
      const name = names.names.get(who);
      return name ? { author: who, name } : { name: who };
    }),
    dateline: { ...(story.place && { place: story.place }), ...(story.agency && { agency: story.agency }) },
    ...(story.lead && { lead: pictureOf(story.lead, names) }),
    body: story.body.map((block) => blockOf(block, names)),
  };
}

function blockOf(block: Block, names: Names): Block {
  switch (block.type) {
    case 'picture':
      return { ...block, ...pictureOf(block, names) };
    case 'gallery':
      return { ...block, pictures: block.pictures.map((picture) => pictureOf(picture, names)) };
    case 'audio':
      return { ...block, media: mediaOf(block.media, names) };
    case 'video':
      return {
        ...block,
        media: mediaOf(block.media, names),
        ...(block.poster && { poster: mediaOf(block.poster, names) }),
        ...(block.captions && { captions: mediaOf(block.captions, names) }),
      };
    case 'related':
      return { ...block, href: hrefOf(block.href.slice(1), names) };
    case 'paragraph':
    case 'quote':
      return { ...block, text: textOf(block.text, names) };
    case 'list':
    case 'keyfacts':
      return { ...block, items: block.items.map((item) => textOf(item, names)) };
    default:
      return block;
  }
}

function pictureOf(picture: Picture, names: Names): Picture {
  return { ...picture, media: mediaOf(picture.media, names) };
}

function mediaOf(name: string, { ids }: Names): string {
  return known(ids.get(name), `file ${name}`);
}

function textOf(text: Text, names: Names): Text {
  return text.map((run) => (run.href ? { ...run, href: hrefOf(run.href, names) } : run));
}

function hrefOf(href: string, { paths }: Names): string {
  if (!href.startsWith('story:')) return href;
  return known(paths.get(href.slice('story:'.length)), href);
}

function known(found: string | undefined, what: string): string {
  if (found === undefined) throw new Error(`The sample newsroom has no ${what}.`);
  return found;
}
