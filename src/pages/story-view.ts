import { AppError } from '../platform/errors.ts';
import type { MediaLookup } from '../platform/media/item.ts';
import {
  findSection,
  findSeries,
  findStoryByPath,
  isPublic,
  listStories,
  plainText,
  relatedStories,
  storyMediaIds,
  topicsBySlugs,
  withPublicLinks,
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
  const found = await findStoryByPath(db, path);
  if (found?.state === 'killed') throw gone();
  if (!found || !isPublic(found)) throw notFound();
  const { story, linked } = await withPublicLinks(db, found as PublicStory, context.site.origin);
  const [section, topics, series, related] = await Promise.all([
    story.section ? findSection(db, story.section) : undefined,
    topicsBySlugs(db, story.topics),
    story.series ? loadSeries(context, story.series.slug) : undefined,
    relatedStories(db, story, mostRelated),
  ]);
  const media = await context.media.byIds(db, [...storyMediaIds(story), ...related.flatMap(storyMediaIds)]);
  const others = [...related, ...linked, ...(series?.parts ?? [])];
  const tags = new Set([
    `story:${story.id}`,
    ...others.map(({ id }) => `story:${id}`),
    ...story.topics.map((topic) => `topic:${topic}`),
    ...story.byline.flatMap(({ author }) => (author ? `author:${author}` : [])),
    ...(story.section ? [`section:${story.section}`] : []),
    ...(story.series ? [`series:${story.series.slug}`] : []),
    ...mediaTags(media),
  ]);
  return { story, section, topics, series, related, media, tags: [...tags] };
}

const descriptionLength = 200;

/** What a story is about, for those who show a link to it: its standfirst, else how it begins. */
export function describe({ standfirst, body }: Story): string | undefined {
  if (standfirst) return standfirst;
  const text = body
    .flatMap((block) => (block.type === 'paragraph' ? plainText(block.text) : []))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (text.length <= descriptionLength) return text || undefined;
  return `${text.slice(0, descriptionLength).replace(/\s+\S*$/, '')} …`;
}

/** A story that was killed. */
export function gone(): AppError {
  return new AppError('story.gone', words.error.gone, { status: 410 });
}

async function loadSeries({ database }: Context, slug: string): Promise<StoryView['series']> {
  const db = database.read;
  const series = await findSeries(db, slug);
  if (!series) return undefined;
  const { items } = await listStories(db, { series: slug, limit: mostParts, oldestFirst: true });
  return { ...series, parts: items };
}
