import type { Kysely } from 'kysely';
import type { Tables } from '../platform/database/tables.ts';
import { AppError } from '../platform/errors.ts';
import type { MediaLookup } from '../platform/media/item.ts';
import {
  cardsByPaths,
  findRedirect,
  findSection,
  findSeries,
  findStoryByPath,
  isPublic,
  listStories,
  relatedStories,
  storyMediaIds,
  topicsBySlugs,
  type Block,
  type Section,
  type Series,
  type Story,
  type StoryCard,
  type StoryTime,
  type Topic,
} from '../stories/index.ts';
import type { Context } from './context.ts';
import { mediaTags } from './frame.ts';
import { notFound } from './lists.ts';
import { pagesText as words } from './text.ts';

/** A story that anyone may read. */
export type PublicStory = Story & { readonly path: string; readonly published: StoryTime };

/** Everything that a story's page shows, for either edition. */
export interface StoryView {
  readonly story: PublicStory;
  readonly body: readonly Block[];
  readonly section: Section | undefined;
  readonly topics: readonly Topic[];
  /** The series with all its public parts, oldest first. */
  readonly series: (Series & { readonly parts: readonly StoryCard[] }) | undefined;
  readonly related: readonly StoryCard[];
  readonly media: MediaLookup;
  readonly tags: readonly string[];
}

const mostRelated = 4;
const mostParts = 50;

/**
 * @param path address of the story
 * @throws AppError `page.not-found`, `story.gone` for one that was killed
 */
export async function loadStory(context: Context, path: string): Promise<StoryView> {
  const db = context.database.read;
  const story = await findStoryByPath(db, path);
  if (story?.state === 'killed') throw gone();
  if (!story || !isPublic(story)) throw notFound();
  const shown = story as PublicStory;
  const links = await publicLinks(db, story.body);
  const [section, topics, series, related] = await Promise.all([
    story.section ? findSection(db, story.section) : undefined,
    topicsBySlugs(db, story.topics),
    story.series ? loadSeries(db, story.series.slug) : undefined,
    relatedStories(db, story, mostRelated),
  ]);
  const body = story.body.filter((block) => block.type !== 'related' || links.isShown(block.href));
  const media = await context.media.byIds(db, [...storyMediaIds(story), ...related.flatMap(storyMediaIds)]);
  const others = [...related, ...links.cards, ...(series?.parts ?? [])];
  const tags = new Set([
    `story:${story.id}`,
    ...others.map(({ id }) => `story:${id}`),
    ...story.topics.map((topic) => `topic:${topic}`),
    ...story.byline.flatMap(({ author }) => (author ? `author:${author}` : [])),
    ...(story.section ? [`section:${story.section}`] : []),
    ...(story.series ? [`series:${story.series.slug}`] : []),
    ...mediaTags(media),
  ]);
  return { story: shown, body, section, topics, series, related, media, tags: [...tags] };
}

/** A story that was killed. */
export function gone(): AppError {
  return new AppError('story.gone', words.error.gone, { status: 410 });
}

async function loadSeries(db: Kysely<Tables>, slug: string): Promise<StoryView['series']> {
  const series = await findSeries(db, slug);
  if (!series) return undefined;
  const { items } = await listStories(db, { series: slug, limit: mostParts, oldestFirst: true });
  return { ...series, parts: items };
}

const storyPath = /^\/\d{4}\/\d{2}\/\d{2}\/[^/?#]+/;

/** A link to a story of ours that is not public any more would still tell its headline: it is left out. */
async function publicLinks(
  db: Kysely<Tables>,
  body: readonly Block[],
): Promise<{ cards: StoryCard[]; isShown(href: string): boolean }> {
  const paths = new Set(
    body.flatMap((block) => (block.type === 'related' ? (storyPath.exec(block.href)?.[0] ?? []) : [])),
  );
  const known = await cardsByPaths(db, [...paths]);
  for (const path of paths) {
    if (known.has(path)) continue;
    const moved = await findRedirect(db, path);
    const card = moved && !moved.gone ? (await cardsByPaths(db, [moved.to])).get(moved.to) : undefined;
    if (card) known.set(path, card);
  }
  return {
    cards: [...known.values()],
    isShown(href) {
      const path = storyPath.exec(href)?.[0];
      return path === undefined || known.has(path);
    },
  };
}
