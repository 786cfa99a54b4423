import { sql } from 'kysely';
import type { Migration } from '../../platform/database/migrate.ts';

declare module '../../platform/database/tables.ts' {
  interface Tables {
    comment: CommentTable;
    comment_version: {
      comment_id: string;
      /** From 1: what stood before the first edit. */
      version: number;
      /** When these words were written; milliseconds UTC. */
      at: number;
      source: string;
      html: string;
    };
    comment_mention: { comment_id: string; reader_id: string };
    comment_recommend: { comment_id: string; reader_id: string; at: number };
    story_thread: StoryThreadTable;
    /** `scope` is `site` or `section:{slug}`; `settings` is JSON of ThreadDefaults. */
    thread_settings: { scope: string; settings: string };
  }
}

export interface CommentTable {
  id: string;
  /** Short, for addresses. */
  code: string;
  story_id: string;
  /** Null at the top level. */
  parent_id: string | null;
  /** Own id at the top level. */
  root_id: string;
  /** Place below the root: six digits (`seq`) for each comment from the root down; '' for the root itself. */
  path: string;
  /** 0 at the top level; counts on where the path no longer does. */
  depth: number;
  /** The how many-th reply below its root, in the order of arrival; 0 for the root itself. */
  seq: number;
  /** Of a root: how many replies have arrived in its branch, whatever became of them. */
  arrived: number;
  /** Null for one whose account was erased, and for comments from elsewhere. */
  author_id: string | null;
  state: string;
  /** As typed. Empty once it was deleted. */
  source: string;
  /** Safe HTML. */
  html: string;
  /** What is read of it, without marks and without what stands in spoilers. */
  text: string;
  created_at: number;
  edited_at: number | null;
  /** 1 until it is edited. */
  version: number;
  recommends: number;
  /** Visible comments that answer it directly. */
  replies: number;
  /** Visible comments below it, however deep. */
  branch: number;
  /** Wilson's lower bound of `recommends` among those who took a stand, in millionths. */
  best: number;
  /** 1 where readers see it or its tombstone. */
  shown: number;
  picked_at: number | null;
  /** Where a comment from elsewhere comes from, its id there and the name of who wrote it. */
  origin: string | null;
  origin_id: string | null;
  origin_author: string | null;
  /** From the form that posted it: the same again is the same comment. */
  key: string | null;
}

export interface StoryThreadTable {
  story_id: string;
  /** `open`, `premoderated`, `closed` or `legal`; null goes by the defaults. */
  state: string | null;
  /** Milliseconds UTC from which on it is closed; null goes by the defaults. */
  closes_at: number | null;
  /** Null goes by the defaults. */
  slow_seconds: number | null;
  /** A public line above the conversation. */
  note: string;
  /** Visible comments. */
  comments: number;
  recommends: number;
  /** Of the newest visible comment. */
  last_at: number | null;
}

export const threadMigrations: readonly Migration[] = [
  {
    id: 'conversation-001-comments',
    async up(db) {
      await db.schema
        .createTable('comment')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('code', 'text', (column) => column.notNull().unique())
        .addColumn('story_id', 'text', (column) =>
          column.notNull().references('story.id').onDelete('cascade'),
        )
        .addColumn('parent_id', 'text')
        .addColumn('root_id', 'text', (column) => column.notNull())
        .addColumn('path', 'text', (column) => column.notNull())
        .addColumn('depth', 'integer', (column) => column.notNull())
        .addColumn('seq', 'integer', (column) => column.notNull())
        .addColumn('arrived', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('author_id', 'text')
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('edited_at', 'bigint')
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('recommends', 'integer', (column) => column.notNull())
        .addColumn('replies', 'integer', (column) => column.notNull())
        .addColumn('branch', 'integer', (column) => column.notNull())
        .addColumn('best', 'integer', (column) => column.notNull())
        .addColumn('shown', 'integer', (column) => column.notNull())
        .addColumn('picked_at', 'bigint')
        .addColumn('origin', 'text')
        .addColumn('origin_id', 'text')
        .addColumn('origin_author', 'text')
        .addColumn('key', 'text')
        .addColumn('html', 'text', (column) => column.notNull())
        .addColumn('text', 'text', (column) => column.notNull())
        .addColumn('source', 'text', (column) => column.notNull())
        .execute();
      // The sorts of a story's top level: each page is one walk along its key.
      for (const [name, order] of [
        ['comment_roots_by_time', 'created_at'],
        ['comment_roots_by_best', 'best'],
      ] as const)
        await db.schema
          .createIndex(name)
          .on('comment')
          .columns(['story_id', order, 'id'])
          .where(sql.ref('parent_id'), 'is', null)
          .where(sql.ref('shown'), '=', sql.lit(1))
          .execute();
      await db.schema
        .createIndex('comment_branch')
        .on('comment')
        .columns(['root_id', 'path'])
        .unique()
        .execute();
      await db.schema.createIndex('comment_arrival').on('comment').columns(['root_id', 'seq']).execute();
      await db.schema
        .createIndex('comment_by_story')
        .on('comment')
        .columns(['story_id', 'created_at', 'id'])
        .execute();
      await db.schema
        .createIndex('comment_by_author')
        .on('comment')
        .columns(['author_id', 'created_at', 'id'])
        .execute();
      await db.schema
        .createIndex('comment_by_parent')
        .on('comment')
        .columns(['parent_id', 'created_at', 'id'])
        .where('parent_id', 'is not', null)
        .execute();
      // What was recommended of late, for the lists of the most recommended.
      await db.schema
        .createIndex('comment_recommended')
        .on('comment')
        .columns(['created_at', 'recommends', 'story_id'])
        .where(sql.ref('state'), '=', sql.lit('visible'))
        .where('recommends', '>', sql.lit(0))
        .execute();
      await db.schema
        .createIndex('comment_key')
        .on('comment')
        .columns(['author_id', 'key'])
        .unique()
        .where('key', 'is not', null)
        .execute();
      await db.schema
        .createIndex('comment_origin')
        .on('comment')
        .columns(['origin', 'origin_id'])
        .unique()
        .where('origin', 'is not', null)
        .execute();
      await db.schema
        .createTable('comment_version')
        .addColumn('comment_id', 'text', (column) =>
          column.notNull().references('comment.id').onDelete('cascade'),
        )
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('source', 'text', (column) => column.notNull())
        .addColumn('html', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('comment_version_key', ['comment_id', 'version'])
        .execute();
      await db.schema
        .createTable('comment_mention')
        .addColumn('comment_id', 'text', (column) =>
          column.notNull().references('comment.id').onDelete('cascade'),
        )
        .addColumn('reader_id', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('comment_mention_key', ['comment_id', 'reader_id'])
        .execute();
      await db.schema
        .createIndex('comment_mention_by_reader')
        .on('comment_mention')
        .columns(['reader_id', 'comment_id'])
        .execute();
      await db.schema
        .createTable('comment_recommend')
        .addColumn('comment_id', 'text', (column) =>
          column.notNull().references('comment.id').onDelete('cascade'),
        )
        .addColumn('reader_id', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('comment_recommend_key', ['comment_id', 'reader_id'])
        .execute();
      await db.schema
        .createIndex('comment_recommend_by_reader')
        .on('comment_recommend')
        .columns(['reader_id', 'at', 'comment_id'])
        .execute();
      await db.schema
        .createTable('story_thread')
        .addColumn('story_id', 'text', (column) =>
          column.primaryKey().references('story.id').onDelete('cascade'),
        )
        .addColumn('state', 'text')
        .addColumn('closes_at', 'bigint')
        .addColumn('slow_seconds', 'integer')
        .addColumn('note', 'text', (column) => column.notNull())
        .addColumn('comments', 'integer', (column) => column.notNull())
        .addColumn('recommends', 'integer', (column) => column.notNull())
        .addColumn('last_at', 'bigint')
        .execute();
      await db.schema
        .createTable('thread_settings')
        .addColumn('scope', 'text', (column) => column.primaryKey())
        .addColumn('settings', 'text', (column) => column.notNull())
        .execute();
    },
  },
];
