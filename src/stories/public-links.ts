import type { Kysely } from 'kysely';
import type { Tables } from '../platform/database/tables.ts';
import type { Block, Picture, Text } from './blocks.ts';
import { findRedirects } from './redirects.ts';
import { cardsByPaths, type StoryCard } from './stories.ts';

/**
 * A story without its links to stories of ours that are not public: such a link would still tell the headline. A
 * related link goes; of a link within a text the words stay.
 * @param origin public address of the site, with which such a link may begin
 * @returns the story, and the stories of ours that it links to: when one of them is taken down, it changes too
 */
export async function withPublicLinks<S extends Linking>(
  db: Kysely<Tables>,
  story: S,
  origin: string,
): Promise<{ story: S; linked: readonly StoryCard[] }> {
  const paths = new Set<string>();
  const note = (href: string | undefined) => {
    const path = href === undefined ? undefined : storyPathOf(href, origin);
    if (path !== undefined) paths.add(path);
    return true;
  };
  keepLinks(story, note);
  if (paths.size === 0) return { story, linked: [] };
  const cards = await cardsByPaths(db, [...paths]);
  const moved = await findRedirects(
    db,
    [...paths].filter((path) => !cards.has(path)),
  );
  const targets = await cardsByPaths(
    db,
    [...moved.values()].flatMap(({ to, gone }) => (gone ? [] : to)),
  );
  const isShown = (href: string) => {
    const path = storyPathOf(href, origin);
    return path === undefined || cards.has(path) || moved.get(path)?.gone === false;
  };
  return { story: keepLinks(story, isShown), linked: [...cards.values(), ...targets.values()] };
}

interface Linking {
  readonly body: readonly Block[];
  readonly lead?: Picture | undefined;
}

type IsKept = (href: string) => boolean;

function keepLinks<S extends Linking>(story: S, isKept: IsKept): S {
  const body = story.body.flatMap((block) =>
    block.type === 'related' && !isKept(block.href) ? [] : keepIn(block, isKept),
  );
  return { ...story, body, lead: story.lead && keepInCaption(story.lead, isKept) };
}

/** The address of one of our stories to which a link leads, in either edition. */
function storyPathOf(href: string, origin: string): string | undefined {
  const local = href.startsWith(`${origin}/`) ? href.slice(origin.length) : href;
  const path = /^(?:\/text)?(\/\d{4}\/\d{2}\/\d{2}\/[^/?#]+)/.exec(local)?.[1];
  try {
    return path && decodeURI(path);
  } catch {
    return path;
  }
}

function keepIn(block: Block, isKept: IsKept): Block {
  const keep = (text: Text) => keepInText(text, isKept);
  switch (block.type) {
    case 'paragraph':
    case 'subheading':
    case 'pullquote':
      return { ...block, text: keep(block.text) };
    case 'quote': {
      const { source, ...quote } = block;
      return { ...quote, text: keep(block.text), ...(source && isKept(source) && { source }) };
    }
    case 'list':
    case 'keyfacts':
      return { ...block, items: block.items.map(keep) };
    case 'picture':
    case 'video':
      return keepInCaption(block, isKept);
    case 'gallery':
      return { ...block, pictures: block.pictures.map((picture) => keepInCaption(picture, isKept)) };
    case 'audio':
      return block.transcript ? { ...block, transcript: keep(block.transcript) } : block;
    case 'table':
      return {
        ...block,
        ...(block.head && { head: block.head.map(keep) }),
        rows: block.rows.map((row) => row.map(keep)),
      };
    case 'embed':
    case 'related':
    case 'divider':
    case 'code':
      return block;
  }
}

function keepInCaption<P extends Pick<Picture, 'caption'>>(picture: P, isKept: IsKept): P {
  return picture.caption ? { ...picture, caption: keepInText(picture.caption, isKept) } : picture;
}

function keepInText(text: Text, isKept: IsKept): Text {
  return text.map((run) => {
    if (run.href === undefined || isKept(run.href)) return run;
    const { href: _, ...words } = run;
    return words;
  });
}
