import { sql } from 'kysely';
import type { Migration } from '../../platform/database/migrate.ts';

declare module '../../platform/database/tables.ts' {
  interface Tables {
    moderation_notice: NoticeTable;
  }
}

export interface NoticeTable {
  id: string;
  /** Receipt number, which opens its page. */
  code: string;
  at: number;
  /** Address on this site that it names, as typed. */
  address: string;
  target_kind: string | null;
  target_id: string | null;
  /** Whose the target is. */
  owner_id: string | null;
  law: string;
  reason: string;
  name: string;
  email: string;
  /** 1 where the sender says that it is meant in good faith. */
  good_faith: number;
  /** Network that it came from, to slow down floods; emptied after a day. */
  network: string;
  decision_id: string | null;
  answer: string;
  answered_at: number | null;
}

export const noticeMigrations: readonly Migration[] = [
  {
    id: 'moderation-006-notices',
    async up(db) {
      await db.schema
        .createTable('moderation_notice')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('code', 'text', (column) => column.notNull().unique())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('address', 'text', (column) => column.notNull())
        .addColumn('target_kind', 'text')
        .addColumn('target_id', 'text')
        .addColumn('owner_id', 'text')
        .addColumn('law', 'text', (column) => column.notNull())
        .addColumn('reason', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('email', 'text', (column) => column.notNull())
        .addColumn('good_faith', 'integer', (column) => column.notNull())
        .addColumn('network', 'text', (column) => column.notNull())
        .addColumn('decision_id', 'text')
        .addColumn('answer', 'text', (column) => column.notNull())
        .addColumn('answered_at', 'bigint')
        .execute();
      await sql`create index moderation_notice_waiting on moderation_notice (at, id) where answered_at is null`.execute(
        db,
      );
      await db.schema
        .createIndex('moderation_notice_by_network')
        .on('moderation_notice')
        .columns(['network', 'at'])
        .execute();
    },
  },
];
