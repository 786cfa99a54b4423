import { sql } from 'kysely';
import type { Migration } from '../database/migrate.ts';

declare module '../database/tables.ts' {
  interface Tables {
    media: MediaTable;
  }
}

/** A media item as it is kept. `renditions` is JSON, `id` is made from the content. */
export interface MediaTable {
  id: string;
  kind: string;
  type: string;
  width: number | null;
  height: number | null;
  bytes: number;
  seconds: number | null;
  renditions: string;
  file_name: string;
  title: string | null;
  caption: string | null;
  credit: string | null;
  rights: string | null;
  created_at: number;
  /** Since when it is given out no more, as only killed stories showed it; milliseconds UTC. */
  withheld_at: number | null;
}

export const migrations: readonly Migration[] = [
  {
    id: 'media-001-media',
    async up(db) {
      await db.schema
        .createTable('media')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('type', 'text', (column) => column.notNull())
        .addColumn('width', 'integer')
        .addColumn('height', 'integer')
        .addColumn('bytes', 'bigint', (column) => column.notNull())
        .addColumn('seconds', 'integer')
        .addColumn('renditions', 'text', (column) => column.notNull())
        .addColumn('file_name', 'text', (column) => column.notNull())
        .addColumn('title', 'text')
        .addColumn('caption', 'text')
        .addColumn('credit', 'text')
        .addColumn('rights', 'text')
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('media_created').on('media').columns(['created_at', 'id']).execute();
    },
  },
  {
    id: 'media-002-withheld',
    async up(db) {
      await db.schema.alterTable('media').addColumn('withheld_at', 'bigint').execute();
      await db.schema
        .createIndex('media_withheld')
        .on('media')
        .column('id')
        .where(sql.ref('withheld_at'), 'is not', null)
        .execute();
    },
  },
];
