import type { Migration } from '../../platform/database/migrate.ts';

declare module '../../platform/database/tables.ts' {
  interface Tables {
    reader_session: {
      id: string;
      /** SHA-256 of the token, base64url: what is in the database opens nothing. */
      token_hash: string;
      reader_id: string;
      /** How it began: `code`, `link`, `passkey`, or the name of a provider. */
      method: string;
      /** What the browser says it is, in words such as `Firefox on Android`. */
      device: string;
      created_at: number;
      seen_at: number;
      expires_at: number;
    };
  }
}

export const sessionMigrations: readonly Migration[] = [
  {
    id: 'readers-002-sessions',
    async up(db) {
      await db.schema
        .createTable('reader_session')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('token_hash', 'text', (column) => column.notNull().unique())
        .addColumn('reader_id', 'text', (column) => column.notNull())
        .addColumn('method', 'text', (column) => column.notNull())
        .addColumn('device', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('seen_at', 'bigint', (column) => column.notNull())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('reader_session_by_reader')
        .on('reader_session')
        .columns(['reader_id', 'seen_at'])
        .execute();
    },
  },
];
