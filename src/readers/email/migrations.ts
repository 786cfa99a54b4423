import type { Migration } from '../../platform/database/migrate.ts';

declare module '../../platform/database/tables.ts' {
  interface Tables {
    reader_email_change: EmailChangeTable;
  }
}

/** A change of a reader's mail address that has begun; the newest of each reader is the one that counts. */
export interface EmailChangeTable {
  id: string;
  reader_id: string;
  /** In lower case. */
  old_email: string;
  new_email: string;
  /** Hashes over the browser's session and each code: without the session's token the codes cannot be found out. */
  old_code_hash: string;
  /** Of a code that nobody was sent, where the new address has an account already. */
  new_code_hash: string;
  tries: number;
  created_at: number;
  ends_at: number;
  /** When both codes were given; the row stays for a while, as mails to the old address may lie in DATA_DIR/mail. */
  done_at: number | null;
}

export const emailMigrations: readonly Migration[] = [
  {
    id: 'readers-050-email-change',
    async up(db) {
      await db.schema
        .createTable('reader_email_change')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('reader_id', 'text', (column) => column.notNull())
        .addColumn('old_email', 'text', (column) => column.notNull())
        .addColumn('new_email', 'text', (column) => column.notNull())
        .addColumn('old_code_hash', 'text', (column) => column.notNull())
        .addColumn('new_code_hash', 'text', (column) => column.notNull())
        .addColumn('tries', 'integer', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('ends_at', 'bigint', (column) => column.notNull())
        .addColumn('done_at', 'bigint')
        .execute();
      await db.schema
        .createIndex('reader_email_change_by_reader')
        .on('reader_email_change')
        .columns(['reader_id', 'created_at'])
        .execute();
      await db.schema
        .createIndex('reader_email_change_by_time')
        .on('reader_email_change')
        .column('created_at')
        .execute();
    },
  },
];
