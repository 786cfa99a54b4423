import { sql } from 'kysely';
import type { Migration } from '../../platform/database/migrate.ts';

declare module '../../platform/database/tables.ts' {
  interface Tables {
    notice: NoticeTable;
  }
}

export interface NoticeTable {
  id: string;
  /** To whom it is. */
  reader_id: string;
  /** `NoticeKind` */
  kind: string;
  /** What it is of, once for each reader, such as `reply:{comment}`: however often it is told, there is one. */
  key: string;
  /** Whose doing it is; null for what nobody in particular did. */
  actor_id: string | null;
  comment_id: string | null;
  story_id: string | null;
  /** Id of a decision of moderators. */
  decision_id: string | null;
  /** Milliseconds UTC; a notice never moves in its list. */
  created_at: number;
  read_at: number | null;
}

export const noticeMigrations: readonly Migration[] = [
  {
    id: 'conversation-040-notices',
    async up(db) {
      await db.schema
        .createTable('notice')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('reader_id', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('actor_id', 'text')
        .addColumn('comment_id', 'text')
        .addColumn('story_id', 'text')
        .addColumn('decision_id', 'text')
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('read_at', 'bigint')
        .execute();
      await db.schema
        .createIndex('notice_once')
        .on('notice')
        .columns(['reader_id', 'key'])
        .unique()
        .execute();
      await db.schema
        .createIndex('notice_by_reader')
        .on('notice')
        .columns(['reader_id', 'created_at', 'id'])
        .execute();
      await db.schema
        .createIndex('notice_unread')
        .on('notice')
        .columns(['reader_id', 'created_at'])
        .where(sql.ref('read_at'), 'is', null)
        .execute();
      await db.schema.createIndex('notice_by_time').on('notice').column('created_at').execute();
      await db.schema.createIndex('notice_by_comment').on('notice').column('comment_id').execute();
      await db.schema.createIndex('notice_by_actor').on('notice').column('actor_id').execute();
    },
  },
  {
    id: 'conversation-041-notices-of-stories',
    async up(db) {
      await db.schema
        .createIndex('notice_by_story')
        .on('notice')
        .columns(['story_id', 'reader_id'])
        .where(sql.ref('kind'), '=', sql.lit('story'))
        .execute();
    },
  },
];
