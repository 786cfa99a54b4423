import { sql } from 'kysely';
import type { Migration } from '../../platform/database/migrate.ts';

declare module '../../platform/database/tables.ts' {
  interface Tables {
    moderation_decision: DecisionTable;
    moderation_look: LookTable;
    moderation_profile: {
      reader_id: string;
      /** JSON of ProfileWords, as they stood before they were hidden. */
      words: string;
      at: number;
    };
  }
}

/** Rows are written once and never changed, but for the words when the reader is erased. */
export interface DecisionTable {
  id: string;
  at: number;
  target_kind: string;
  target_id: string;
  owner_id: string | null;
  story_id: string | null;
  action: string;
  reason: string;
  law: string | null;
  note: string;
  actor_kind: string;
  actor_name: string;
  until: number | null;
  undoes: string | null;
  notice_id: string | null;
}

/** A reader's wish that somebody looks at a decision again. */
export interface LookTable {
  id: string;
  decision_id: string;
  reader_id: string;
  text: string;
  at: number;
  /** `upheld` or `changed`; null while it waits. */
  outcome: string | null;
  answer: string;
  answered_at: number | null;
  answered_by: string | null;
}

export const decisionMigrations: readonly Migration[] = [
  {
    id: 'moderation-004-decisions',
    async up(db) {
      await db.schema
        .createTable('moderation_decision')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('target_kind', 'text', (column) => column.notNull())
        .addColumn('target_id', 'text', (column) => column.notNull())
        .addColumn('owner_id', 'text')
        .addColumn('story_id', 'text')
        .addColumn('action', 'text', (column) => column.notNull())
        .addColumn('reason', 'text', (column) => column.notNull())
        .addColumn('law', 'text')
        .addColumn('note', 'text', (column) => column.notNull())
        .addColumn('actor_kind', 'text', (column) => column.notNull())
        .addColumn('actor_name', 'text', (column) => column.notNull())
        .addColumn('until', 'bigint')
        .addColumn('undoes', 'text', (column) => column.unique())
        .addColumn('notice_id', 'text')
        .execute();
      await db.schema
        .createIndex('moderation_decision_by_target')
        .on('moderation_decision')
        .columns(['target_kind', 'target_id', 'at'])
        .execute();
      await db.schema
        .createIndex('moderation_decision_by_owner')
        .on('moderation_decision')
        .columns(['owner_id', 'at', 'id'])
        .execute();
      await db.schema
        .createTable('moderation_look')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('decision_id', 'text', (column) => column.notNull().unique())
        .addColumn('reader_id', 'text', (column) => column.notNull())
        .addColumn('text', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('outcome', 'text')
        .addColumn('answer', 'text', (column) => column.notNull())
        .addColumn('answered_at', 'bigint')
        .addColumn('answered_by', 'text')
        .execute();
      await sql`create index moderation_look_waiting on moderation_look (at, id) where outcome is null`.execute(
        db,
      );
      await db.schema
        .createIndex('moderation_look_by_reader')
        .on('moderation_look')
        .column('reader_id')
        .execute();
      await db.schema
        .createTable('moderation_profile')
        .addColumn('reader_id', 'text', (column) => column.primaryKey())
        .addColumn('words', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .execute();
    },
  },
];
