import { sql } from 'kysely';
import type { Migration } from '../../platform/database/migrate.ts';

declare module '../../platform/database/tables.ts' {
  interface Tables {
    moderation_report: ReportTable;
  }
}

export interface ReportTable {
  id: string;
  target_kind: string;
  target_id: string;
  /** Whose the target is. */
  owner_id: string | null;
  reader_id: string;
  category: string;
  text: string;
  /** At the time of the report; 100 is that of a known reader. */
  weight: number;
  at: number;
  /** `open`, `upheld`, `dismissed`, or `gone` with what it was about. */
  state: string;
  decision_id: string | null;
}

export const reportMigrations: readonly Migration[] = [
  {
    id: 'moderation-005-reports',
    async up(db) {
      await db.schema
        .createTable('moderation_report')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('target_kind', 'text', (column) => column.notNull())
        .addColumn('target_id', 'text', (column) => column.notNull())
        .addColumn('owner_id', 'text')
        .addColumn('reader_id', 'text', (column) => column.notNull())
        .addColumn('category', 'text', (column) => column.notNull())
        .addColumn('text', 'text', (column) => column.notNull())
        .addColumn('weight', 'integer', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('decision_id', 'text')
        .execute();
      await db.schema
        .createIndex('moderation_report_once')
        .on('moderation_report')
        .columns(['target_kind', 'target_id', 'reader_id'])
        .unique()
        .execute();
      await db.schema
        .createIndex('moderation_report_by_reader')
        .on('moderation_report')
        .columns(['reader_id', 'at'])
        .execute();
      await db.schema
        .createIndex('moderation_report_by_owner')
        .on('moderation_report')
        .column('owner_id')
        .execute();
      await sql`create index moderation_report_open on moderation_report (at, id) where state = 'open'`.execute(
        db,
      );
    },
  },
];
