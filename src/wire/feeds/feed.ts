import type { Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { AppError } from '../../platform/errors.ts';
import type { MediaStore } from '../../platform/media/media-store.ts';
import type { Site } from '../../site/site.ts';
import { siteText } from '../../site/text.ts';
import {
  findAuthor,
  findSection,
  findSeries,
  findStories,
  findTopic,
  isPublic,
  listStories,
  storyMediaIds,
  topicsBySlugs,
  withPublicLinks,
} from '../../stories/index.ts';
import { feedItemOf, type FeedItem } from './feed-item.ts';
import { wireText as words } from '../text.ts';

/** What a feed is of. */
export type FeedOf = { readonly kind: 'site' } | { readonly kind: FeedKind; readonly slug: string };
export type FeedKind = 'section' | 'topic' | 'author' | 'series';

/** A feed, whatever its format. */
export interface Feed {
  readonly title: string;
  readonly description: string;
  /** Whole address of the page that it follows. */
  readonly home: string;
  /** Whole addresses of the feed itself. */
  readonly rss: string;
  readonly json: string;
  readonly language: string;
  readonly publisher: string;
  readonly contactMail: string | undefined;
  /** Whole address of a square PNG. */
  readonly icon: string;
  readonly items: readonly FeedItem[];
  /** Milliseconds UTC at which the last of its stories was changed; undefined for an empty feed. */
  readonly changedAt: number | undefined;
  /** Page-store tags. */
  readonly tags: readonly string[];
}

interface Head {
  readonly name: string;
  readonly description: string;
}

const mostItems = 50;

const heads: Record<FeedKind, (db: Kysely<Tables>, slug: string) => Promise<Head | undefined>> = {
  async section(db, slug) {
    const found = await findSection(db, slug);
    return found && { name: found.name, description: found.description || words.feed.section(found.name) };
  },
  async topic(db, slug) {
    const found = await findTopic(db, slug);
    return found && { name: found.name, description: found.description || words.feed.topic(found.name) };
  },
  async author(db, slug) {
    const found = await findAuthor(db, slug);
    return found && { name: found.name, description: words.feed.author(found.name) };
  },
  async series(db, slug) {
    const found = await findSeries(db, slug);
    return found && { name: found.title, description: found.description || words.feed.series(found.title) };
  },
};

const folders: Record<FeedKind, string> = {
  section: '',
  topic: '/topics',
  author: '/authors',
  series: '/series',
};

/**
 * The newest stories of the whole site, or of a section, topic, author or series.
 * @throws AppError `page.not-found` when there is none of that name
 */
export async function loadFeed(
  db: Kysely<Tables>,
  context: { readonly media: MediaStore; readonly site: Site },
  of: FeedOf,
): Promise<Feed> {
  const { site, media } = context;
  const head = of.kind === 'site' ? undefined : await heads[of.kind](db, of.slug);
  if (of.kind !== 'site' && !head) throw noFeed();
  const path = of.kind === 'site' ? '' : `${folders[of.kind]}/${encodeURIComponent(of.slug)}`;
  const { items: cards } = await listStories(db, {
    ...(of.kind === 'site' ? {} : { [of.kind]: of.slug }),
    limit: mostItems,
  });
  // A name without a public story would still tell of one that was taken down. A section is there by itself.
  if (of.kind !== 'site' && of.kind !== 'section' && cards.length === 0) throw noFeed();
  const found = await findStories(
    db,
    cards.map(({ id }) => id),
  );
  // One may have been taken back since the list was read.
  const shown = await Promise.all(
    found.filter(isPublic).map((story) => withPublicLinks(db, story, site.origin)),
  );
  const stories = shown.map(({ story }) => story);
  const topics = await topicsBySlugs(db, [...new Set(stories.flatMap((story) => story.topics))]);
  const target = {
    origin: site.origin,
    media: await media.byIds(db, stories.flatMap(storyMediaIds)),
    topics: new Map(topics.map(({ slug, name }) => [slug, name])),
  };
  const sections = new Map(cards.map(({ id, section }) => [id, section?.name]));
  return {
    title: head ? siteText.titleOf(head.name, site.name) : site.name,
    description: head?.description ?? site.tagline,
    home: `${site.origin}${path || '/'}`,
    rss: `${site.origin}${path}/feed.xml`,
    json: `${site.origin}${path}/feed.json`,
    language: site.language,
    publisher: site.publisher,
    contactMail: site.contactMail,
    icon: `${site.origin}/icon-512.png`,
    items: stories.map((story) => feedItemOf(story, { ...target, section: sections.get(story.id) })),
    changedAt: stories.length > 0 ? Math.max(...stories.map((story) => story.changedAt)) : undefined,
    tags: [
      'site',
      of.kind === 'site' ? 'list' : `${of.kind}:${of.slug}`,
      ...topics.map(({ slug }) => `topic:${slug}`),
      ...shown.flatMap(({ linked }) => linked.map(({ id }) => `story:${id}`)),
    ],
  };
}

function noFeed(): AppError {
  return new AppError('page.not-found', words.feed.notFound, { status: 404 });
}
