import { sql } from 'kysely';
import type { Migration } from '../platform/database/migrate.ts';
import { fillStoryMedia } from './story-media.ts';

declare module '../platform/database/tables.ts' {
  interface Tables {
    section: { slug: string; name: string; description: string; position: number; source: string | null };
    topic: { slug: string; name: string; description: string; source: string | null };
    author: {
      slug: string;
      name: string;
      role: string;
      bio: string;
      picture: string | null;
      source: string | null;
    };
    series: { slug: string; title: string; description: string; source: string | null };
    story: StoryTable;
    story_revision: RevisionTable;
    story_correction: {
      id: string;
      story_id: string;
      at: number;
      time: string;
      text: string;
      public: number;
    };
    story_listing: { list: string; published_at: number; story_id: string };
    /** What public stories show: pictures, sound, films. */
    story_media: { media_id: string; story_id: string };
    archive_day: {
      day: string;
      stories: number;
      /** When a story of the day was last published, changed or taken back; milliseconds UTC. */
      changed_at: number | null;
    };
    redirect: { path: string; story_id: string | null; target: string | null };
    front_slot: { position: number; story_id: string };
  }
}

export interface StoryTable {
  id: string;
  code: string;
  state: string;
  path: string | null;
  kicker: string;
  headline: string;
  standfirst: string;
  /** JSON of blocks. */
  body: string;
  /** JSON. */
  byline: string;
  /** JSON. */
  dateline: string;
  credit: string;
  section: string | null;
  /** JSON array of slugs. */
  topics: string;
  series: string | null;
  series_part: number | null;
  /** JSON of a picture. */
  lead: string | null;
  language: string;
  direction: string;
  slug: string | null;
  canonical: string | null;
  sensitive: number;
  published_at: number | null;
  /** JSON of a StoryTime. */
  published: string | null;
  /** As far as it is known: 2009, 2009-07 or 2009-07-28, in the zone of the publication. */
  published_day: string | null;
  updated_at: number | null;
  updated: string | null;
  scheduled_at: number | null;
  embargo_until: number | null;
  version: number;
  words: number;
  held: string | null;
  kill_reason: string | null;
  source: string | null;
  source_id: string | null;
  source_hash: string | null;
  source_version: number | null;
  created_at: number;
  changed_at: number;
}

export interface RevisionTable {
  story_id: string;
  version: number;
  at: number;
  actor: string;
  /** What was done, such as `published`. */
  action: string;
  note: string;
  /** JSON of the content as it stood afterwards. */
  content: string;
}

export const migrations: readonly Migration[] = [
  {
    id: 'stories-001-stories',
    async up(db) {
      await db.schema
        .createTable('section')
        .addColumn('slug', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('description', 'text', (column) => column.notNull())
        .addColumn('position', 'integer', (column) => column.notNull())
        .addColumn('source', 'text')
        .execute();
      await db.schema
        .createTable('topic')
        .addColumn('slug', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('description', 'text', (column) => column.notNull())
        .addColumn('source', 'text')
        .execute();
      await db.schema
        .createTable('author')
        .addColumn('slug', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('role', 'text', (column) => column.notNull())
        .addColumn('bio', 'text', (column) => column.notNull())
        .addColumn('picture', 'text')
        .addColumn('source', 'text')
        .execute();
      await db.schema
        .createTable('series')
        .addColumn('slug', 'text', (column) => column.primaryKey())
        .addColumn('title', 'text', (column) => column.notNull())
        .addColumn('description', 'text', (column) => column.notNull())
        .addColumn('source', 'text')
        .execute();
      await db.schema
        .createTable('story')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('code', 'text', (column) => column.notNull().unique())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('path', 'text', (column) => column.unique())
        .addColumn('kicker', 'text', (column) => column.notNull())
        .addColumn('headline', 'text', (column) => column.notNull())
        .addColumn('standfirst', 'text', (column) => column.notNull())
        .addColumn('byline', 'text', (column) => column.notNull())
        .addColumn('dateline', 'text', (column) => column.notNull())
        .addColumn('credit', 'text', (column) => column.notNull())
        .addColumn('section', 'text', (column) => column.references('section.slug'))
        .addColumn('topics', 'text', (column) => column.notNull())
        .addColumn('series', 'text', (column) => column.references('series.slug'))
        .addColumn('series_part', 'integer')
        .addColumn('lead', 'text')
        .addColumn('language', 'text', (column) => column.notNull())
        .addColumn('direction', 'text', (column) => column.notNull())
        .addColumn('slug', 'text')
        .addColumn('canonical', 'text')
        .addColumn('sensitive', 'integer', (column) => column.notNull())
        .addColumn('published_at', 'bigint')
        .addColumn('published', 'text')
        .addColumn('published_day', 'text')
        .addColumn('updated_at', 'bigint')
        .addColumn('updated', 'text')
        .addColumn('scheduled_at', 'bigint')
        .addColumn('embargo_until', 'bigint')
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('words', 'integer', (column) => column.notNull())
        .addColumn('held', 'text')
        .addColumn('kill_reason', 'text')
        .addColumn('source', 'text')
        .addColumn('source_id', 'text')
        .addColumn('source_hash', 'text')
        .addColumn('source_version', 'integer')
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('changed_at', 'bigint', (column) => column.notNull())
        // Last, so that lists which leave the body alone never read the pages it overflows to.
        .addColumn('body', 'text', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('story_source')
        .on('story')
        .columns(['source', 'source_id'])
        .unique()
        .execute();
      await db.schema.createIndex('story_state').on('story').columns(['state', 'changed_at', 'id']).execute();
      await db.schema
        .createTable('story_revision')
        .addColumn('story_id', 'text', (column) =>
          column.notNull().references('story.id').onDelete('cascade'),
        )
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('actor', 'text', (column) => column.notNull())
        .addColumn('action', 'text', (column) => column.notNull())
        .addColumn('note', 'text', (column) => column.notNull())
        .addColumn('content', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('story_revision_key', ['story_id', 'version'])
        .execute();
      await db.schema
        .createTable('story_correction')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('story_id', 'text', (column) =>
          column.notNull().references('story.id').onDelete('cascade'),
        )
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('time', 'text', (column) => column.notNull())
        .addColumn('text', 'text', (column) => column.notNull())
        .addColumn('public', 'integer', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('story_correction_story')
        .on('story_correction')
        .columns(['story_id', 'at'])
        .execute();
      await db.schema
        .createIndex('story_correction_public')
        .on('story_correction')
        .columns(['public', 'at', 'id'])
        .execute();
      // Holds published stories only: a list of any kind is one walk along this key.
      await db.schema
        .createTable('story_listing')
        .addColumn('list', 'text', (column) => column.notNull())
        .addColumn('published_at', 'bigint', (column) => column.notNull())
        .addColumn('story_id', 'text', (column) =>
          column.notNull().references('story.id').onDelete('cascade'),
        )
        .addPrimaryKeyConstraint('story_listing_key', ['list', 'published_at', 'story_id'])
        .execute();
      await db.schema.createIndex('story_listing_story').on('story_listing').column('story_id').execute();
      await db.schema
        .createTable('archive_day')
        .addColumn('day', 'text', (column) => column.primaryKey())
        .addColumn('stories', 'integer', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('redirect')
        .addColumn('path', 'text', (column) => column.primaryKey())
        .addColumn('story_id', 'text', (column) => column.references('story.id').onDelete('cascade'))
        .addColumn('target', 'text')
        .execute();
      await db.schema.createIndex('redirect_story').on('redirect').column('story_id').execute();
      await db.schema
        .createTable('front_slot')
        .addColumn('position', 'integer', (column) => column.primaryKey())
        .addColumn('story_id', 'text', (column) =>
          column.notNull().references('story.id').onDelete('cascade'),
        )
        .execute();
    },
  },
  {
    id: 'stories-002-day-changed',
    async up(db) {
      // Sitemaps say when what they list was last changed, without reading it all.
      await db.schema.alterTable('archive_day').addColumn('changed_at', 'bigint').execute();
    },
  },
  {
    id: 'stories-003-lists-of-the-newsroom',
    async up(db) {
      // Nearly every story is published: an index that knows that state lures SQLite into walking through all of them.
      await db.schema.dropIndex('story_state').execute();
      await db.schema.createIndex('story_changed').on('story').columns(['changed_at', 'id']).execute();
      await sql`create index story_not_published on story (state, changed_at, id) where state <> 'published'`.execute(
        db,
      );
    },
  },
  {
    id: 'stories-004-media-of-stories',
    async up(db) {
      await db.schema
        .createTable('story_media')
        .addColumn('media_id', 'text', (column) => column.notNull())
        .addColumn('story_id', 'text', (column) =>
          column.notNull().references('story.id').onDelete('cascade'),
        )
        .addPrimaryKeyConstraint('story_media_key', ['media_id', 'story_id'])
        .execute();
      await db.schema.createIndex('story_media_story').on('story_media').column('story_id').execute();
      await fillStoryMedia(db);
    },
  },
];
