import { sql } from 'kysely';
import type { Migration } from '../../platform/database/migrate.ts';

declare module '../../platform/database/tables.ts' {
  interface Tables {
    moderation_standing: StandingTable;
    moderation_post: PostTable;
  }
}

export interface StandingTable {
  reader_id: string;
  /** How often something was handed in; counts up before the rules look, which keeps two at once from each other. */
  tries: number;
  accepted: number;
  removed: number;
  rejected: number;
  /** When a comment of this reader was last removed; milliseconds UTC. */
  removed_at: number | null;
  /** Of this reader's own reports: those that a moderator agreed with, and those that one did not. */
  upheld: number;
  dismissed: number;
}

export interface PostTable {
  id: string;
  comment_id: string;
  reader_id: string;
  story_id: string;
  at: number;
  kind: string;
  /** An `Outcome`. */
  outcome: string;
  /** Hash of its folded words, to know the same again. */
  fingerprint: string;
}

export const trustMigrations: readonly Migration[] = [
  {
    id: 'moderation-001-standing',
    async up(db) {
      await db.schema
        .createTable('moderation_standing')
        .addColumn('reader_id', 'text', (column) => column.primaryKey())
        .addColumn('tries', 'integer', (column) => column.notNull())
        .addColumn('accepted', 'integer', (column) => column.notNull())
        .addColumn('removed', 'integer', (column) => column.notNull())
        .addColumn('rejected', 'integer', (column) => column.notNull())
        .addColumn('removed_at', 'bigint')
        .addColumn('upheld', 'integer', (column) => column.notNull())
        .addColumn('dismissed', 'integer', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('moderation_post')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('comment_id', 'text', (column) => column.notNull())
        .addColumn('reader_id', 'text', (column) => column.notNull())
        .addColumn('story_id', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('outcome', 'text', (column) => column.notNull())
        .addColumn('fingerprint', 'text', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('moderation_post_by_reader')
        .on('moderation_post')
        .columns(['reader_id', 'at', 'id'])
        .execute();
      await sql`create index moderation_post_refused on moderation_post (reader_id, at)
        where outcome in ('reject', 'removed')`.execute(db);
      await db.schema
        .createIndex('moderation_post_by_comment')
        .on('moderation_post')
        .column('comment_id')
        .execute();
      await db.schema.createIndex('moderation_post_by_time').on('moderation_post').column('at').execute();
    },
  },
];
