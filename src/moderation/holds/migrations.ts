import { sql } from 'kysely';
import type { Migration } from '../../platform/database/migrate.ts';

declare module '../../platform/database/tables.ts' {
  interface Tables {
    moderation_hold: {
      id: string;
      comment_id: string;
      reader_id: string | null;
      story_id: string;
      /** `comment`, `edit`, or `reported`. */
      kind: string;
      /** JSON array of codes. */
      reasons: string;
      /** JSON array of Verdict. */
      verdicts: string;
      at: number;
      /** When somebody decided. */
      ended_at: number | null;
      decision_id: string | null;
    };
  }
}

export const holdMigrations: readonly Migration[] = [
  {
    id: 'moderation-003-holds',
    async up(db) {
      await db.schema
        .createTable('moderation_hold')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('comment_id', 'text', (column) => column.notNull())
        .addColumn('reader_id', 'text')
        .addColumn('story_id', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('reasons', 'text', (column) => column.notNull())
        .addColumn('verdicts', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('ended_at', 'bigint')
        .addColumn('decision_id', 'text')
        .execute();
      await sql`create index moderation_hold_waiting on moderation_hold (at, id) where ended_at is null`.execute(
        db,
      );
      await db.schema
        .createIndex('moderation_hold_by_comment')
        .on('moderation_hold')
        .columns(['comment_id', 'at'])
        .execute();
      await db.schema
        .createIndex('moderation_hold_by_reader')
        .on('moderation_hold')
        .column('reader_id')
        .execute();
    },
  },
];
