import type { Kysely } from 'kysely';
import type { Database } from '../platform/database/database.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { MediaItem } from '../platform/media/item.ts';
import type { MediaStore } from '../platform/media/media-store.ts';
import { renditionHref } from '../platform/media/sources.ts';
import {
  blockText,
  findSection,
  findStory,
  isoOf,
  plainText,
  storyMediaIds,
  topicsBySlugs,
  withPublicLinks,
  type Picture,
  type Story,
} from '../stories/index.ts';
import { addressOf, blocksToHtml } from './blocks-to-html.ts';
import { rfc3339 } from './feeds/full-times.ts';

export interface NinjsExportOptions {
  /** Public address of this site. */
  readonly origin: string;
  /** Who holds the rights, unless the story credits another. */
  readonly copyrightHolder: string;
}

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json | undefined };
/** A ninjs 3.1 item. */
export type NinjsItem = Record<string, Json | undefined> & { readonly uri: string };

const standard = {
  name: 'ninjs',
  version: '3.1',
  schema: 'http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json',
};
const storiesAtOnce = 100;

/** All published stories as ninjs 3.1, oldest id first; of killed ones only that they are canceled. */
export async function* ninjsItems(
  database: Database,
  media: MediaStore,
  options: NinjsExportOptions,
): AsyncGenerator<NinjsItem> {
  const db = database.read;
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('story')
      .select('id')
      .where('state', 'in', ['published', 'killed'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(storiesAtOnce)
      .execute();
    for (const { id } of rows) {
      const story = await findStory(db, id);
      if (story?.state === 'published') yield await ninjsOf(db, media, story, options);
      else if (story?.state === 'killed' && story.path) yield canceled(story, options);
    }
    if (rows.length < storiesAtOnce) return;
    after = rows.at(-1)!.id;
  }
}

/** A notice that a story is taken back, without a word of it. */
function canceled(story: Story, options: NinjsExportOptions): NinjsItem {
  return {
    uri: uriOf(story, options),
    standard,
    type: 'text',
    version: String(story.version),
    pubStatus: 'canceled',
  };
}

/** The short link: it stays when the address changes. */
function uriOf(story: Story, options: NinjsExportOptions): string {
  return `${options.origin}/s/${story.code}`;
}

/** One published story as a ninjs 3.1 item. */
export async function ninjsOf(
  db: Kysely<Tables>,
  media: MediaStore,
  published: Story,
  options: NinjsExportOptions,
): Promise<NinjsItem> {
  const { story } = await withPublicLinks(db, published, options.origin);
  const items = await media.byIds(db, storyMediaIds(story));
  const topics = await topicsBySlugs(db, story.topics);
  const section = story.section ? await findSection(db, story.section) : undefined;
  const pictures = picturesOf(story);
  const associations = pictures.flatMap(({ name, picture }) => {
    const item = items.get(picture.media);
    return item ? [pictureItem(name, picture, item, options)] : [];
  });
  const html = blocksToHtml(story.body, { origin: options.origin, media: items });
  const text = story.body.map(blockText).filter(Boolean).join('\n\n');
  const at = story.published!;
  return pruned({
    uri: uriOf(story, options),
    standard,
    type: associations.length > 0 ? 'composite' : 'text',
    representationType: 'full',
    version: String(story.version),
    firstCreated: rfc3339(at),
    versionCreated: rfc3339(story.updated ?? at),
    pubStatus: 'usable',
    copyrightHolder: story.credit || options.copyrightHolder,
    language: story.language,
    headlines: [
      { role: 'main', contentType: 'text/plain', value: story.headline },
      ...(story.kicker ? [{ role: 'kicker', contentType: 'text/plain', value: story.kicker }] : []),
    ],
    descriptions: story.standfirst
      ? [{ role: 'summary', contentType: 'text/plain', value: story.standfirst }]
      : undefined,
    bodies: [
      { role: 'main', contentType: 'text/html', charCount: html.length, wordCount: story.words, value: html },
      {
        role: 'plain',
        contentType: 'text/plain',
        charCount: text.length,
        wordCount: story.words,
        value: text,
      },
    ],
    by: story.byline.map(({ name, role }) => (role ? `${name}, ${role}` : name)).join('; ') || undefined,
    located: story.dateline.place,
    infoSources: story.credit ? [{ name: story.credit }] : undefined,
    subjects: [
      ...(section
        ? [
            {
              name: section.name,
              rel: 'section',
              uri: `${options.origin}/${encodeURIComponent(section.slug)}`,
            },
          ]
        : []),
      ...topics.map((topic) => ({
        name: topic.name,
        rel: 'about',
        uri: `${options.origin}/topics/${encodeURIComponent(topic.slug)}`,
      })),
    ],
    edNote:
      story.corrections.map((note) => `Corrected ${isoOf(note.at)}: ${note.text}`).join('\n') || undefined,
    altIds: [
      { role: 'id', value: story.id },
      { role: 'url', value: `${options.origin}${story.path}` },
      ...(story.canonical ? [{ role: 'canonical', value: story.canonical }] : []),
      // What is known of the date and no more: 2009, 2009-07 or 2009-07-28.
      { role: 'published', value: isoOf(at) },
    ],
    associations,
  }) as NinjsItem;
}

function picturesOf(story: Story): { name: string; picture: Picture }[] {
  const inBody = story.body.flatMap((block): Picture[] =>
    block.type === 'picture' ? [block] : block.type === 'gallery' ? block.pictures : [],
  );
  return [
    ...(story.lead ? [{ name: 'main', picture: story.lead }] : []),
    ...inBody.map((picture, index) => ({ name: `picture-${index + 1}`, picture })),
  ];
}

function pictureItem(name: string, picture: Picture, item: MediaItem, options: NinjsExportOptions): Json {
  const caption = picture.caption ? plainText(picture.caption) : (item.caption ?? '');
  const jpegs = item.renditions.filter((rendition) => rendition.format === 'jpeg');
  return pruned({
    name,
    uri: addressOf(item, options),
    type: 'picture',
    headlines: picture.alt ? [{ role: 'main', contentType: 'text/plain', value: picture.alt }] : undefined,
    descriptions: caption ? [{ role: 'caption', contentType: 'text/plain', value: caption }] : undefined,
    by: picture.credit ?? item.credit,
    copyrightNotice: item.rights,
    renditions: jpegs.map((rendition) => ({
      name: `w${rendition.width}`,
      href: `${options.origin}${renditionHref(item.id, rendition.width, 'jpeg')}`,
      contentType: 'image/jpeg',
      width: rendition.width,
      height: rendition.height,
      sizeInBytes: rendition.bytes,
    })),
  });
}

function pruned(fields: Record<string, Json | undefined>): { readonly [key: string]: Json | undefined } {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
