import { sql } from 'kysely';
import type { Migration } from '../../platform/database/migrate.ts';

declare module '../../platform/database/tables.ts' {
  interface Tables {
    reader_handle_change: { id: string; reader_id: string; at: number };
    reader_picture: ReaderPictureTable;
  }
}

export interface ReaderPictureTable {
  id: string;
  reader_id: string;
  /** WebP of 96 pixels each way, base64; where names stand in rows. */
  small: string;
  /** WebP of 320 pixels each way, base64. */
  large: string;
  created_at: number;
}

export const profileMigrations: readonly Migration[] = [
  {
    id: 'readers-011-profile',
    async up(db) {
      await db.schema
        .createTable('reader_handle_change')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('reader_id', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('reader_handle_change_by_reader')
        .on('reader_handle_change')
        .columns(['reader_id', 'at'])
        .execute();
      await db.schema
        .createTable('reader_picture')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('reader_id', 'text', (column) => column.notNull())
        .addColumn('small', 'text', (column) => column.notNull())
        .addColumn('large', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('reader_picture_by_reader')
        .on('reader_picture')
        .column('reader_id')
        .execute();
      await db.schema
        .createIndex('reader_with_role')
        .on('reader')
        .column('id')
        .where(sql.ref('roles'), '<>', sql.lit('[]'))
        .execute();
    },
  },
];
