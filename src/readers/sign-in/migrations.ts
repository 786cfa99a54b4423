import type { Migration } from '../../platform/database/migrate.ts';

declare module '../../platform/database/tables.ts' {
  interface Tables {
    sign_in: SignInTable;
    sign_in_note: { id: string; kind: string; email_hash: string; network_hash: string; at: number };
  }
}

/** A sign-in that has begun and not ended; only the browser that holds its secret can go on with it. */
export interface SignInTable {
  id: string;
  /** SHA-256 of the secret in the browser's cookie, base64url. */
  secret_hash: string;
  /** In lower case; null until it is given. */
  email: string | null;
  /** Hash over the browser's secret and the code: without the secret the code cannot be found out from it. */
  code_hash: string | null;
  /** SHA-256 of the token in the mailed link. */
  link_hash: string | null;
  /** Milliseconds UTC. */
  code_ends_at: number | null;
  extensions: number;
  tries: number;
  /** Who has signed in already, where something waits for the name. */
  reader_id: string | null;
  /** Path to go back to. */
  return_to: string;
  /** JSON of an Intent. */
  intent: string | null;
  /** Until when the intent is being run by a request; no second one runs it meanwhile. */
  running_until: number | null;
  created_at: number;
  ends_at: number;
}

export const signInMigrations: readonly Migration[] = [
  {
    id: 'readers-010-sign-in',
    async up(db) {
      await db.schema
        .createTable('sign_in')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('secret_hash', 'text', (column) => column.notNull().unique())
        .addColumn('email', 'text')
        .addColumn('code_hash', 'text')
        .addColumn('link_hash', 'text', (column) => column.unique())
        .addColumn('code_ends_at', 'bigint')
        .addColumn('extensions', 'integer', (column) => column.notNull())
        .addColumn('tries', 'integer', (column) => column.notNull())
        .addColumn('reader_id', 'text')
        .addColumn('return_to', 'text', (column) => column.notNull())
        .addColumn('intent', 'text')
        .addColumn('running_until', 'bigint')
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('ends_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('sign_in_by_end').on('sign_in').column('ends_at').execute();
      await db.schema
        .createTable('sign_in_note')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('email_hash', 'text', (column) => column.notNull())
        .addColumn('network_hash', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('sign_in_note_by_email')
        .on('sign_in_note')
        .columns(['email_hash', 'kind', 'at'])
        .execute();
      await db.schema
        .createIndex('sign_in_note_by_network')
        .on('sign_in_note')
        .columns(['network_hash', 'kind', 'at'])
        .execute();
      await db.schema.createIndex('sign_in_note_by_time').on('sign_in_note').column('at').execute();
    },
  },
];
