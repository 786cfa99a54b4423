import type { Migration } from '../../platform/database/migrate.ts';

declare module '../../platform/database/tables.ts' {
  interface Tables {
    reader_export: {
      /** Names its folder under DATA_DIR/exports. */
      id: string;
      reader_id: string;
      created_at: number;
      /** When its files were whole; null until then. */
      ready_at: number | null;
      ends_at: number | null;
    };
    /** Addresses with which no account may be opened for a time: HMAC-SHA-256, base64url, and milliseconds UTC. */
    barred_address: { hash: string; until: number };
    /** The one key of these hashes. */
    barred_key: { name: string; key: string };
  }
}

export const privacyMigrations: readonly Migration[] = [
  {
    id: 'readers-051-export',
    async up(db) {
      await db.schema
        .createTable('reader_export')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('reader_id', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('ready_at', 'bigint')
        .addColumn('ends_at', 'bigint')
        .execute();
      await db.schema
        .createIndex('reader_export_by_reader')
        .on('reader_export')
        .columns(['reader_id', 'created_at'])
        .execute();
    },
  },
  {
    id: 'readers-052-barred',
    async up(db) {
      await db.schema
        .createTable('barred_address')
        .addColumn('hash', 'text', (column) => column.primaryKey())
        .addColumn('until', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('barred_address_by_end').on('barred_address').column('until').execute();
      await db.schema
        .createTable('barred_key')
        .addColumn('name', 'text', (column) => column.primaryKey())
        .addColumn('key', 'text', (column) => column.notNull())
        .execute();
    },
  },
];
