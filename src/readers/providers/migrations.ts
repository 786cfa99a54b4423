import type { Migration } from '../../platform/database/migrate.ts';

declare module '../../platform/database/tables.ts' {
  interface Tables {
    sign_in_attempt: {
      /** SHA-256 of the `state`, or of the `nonce` where the publisher's own login is asked, base64url. */
      state_hash: string;
      /** Id of a provider. */
      provider: string;
      /** SHA-256 of the secret of the browser that set out; no other may come back. */
      browser: string;
      nonce: string;
      /** Of PKCE (RFC 7636). */
      verifier: string;
      /** Who connects the provider to an account that is signed in; null where one signs in. */
      reader_id: string | null;
      ends_at: number;
    };
    reader_login: {
      id: string;
      issuer: string;
      /** What the issuer calls the reader. */
      subject: string;
      reader_id: string;
      created_at: number;
      used_at: number;
    };
  }
}

export const providerMigrations: readonly Migration[] = [
  {
    id: 'readers-030-providers',
    async up(db) {
      await db.schema
        .createTable('sign_in_attempt')
        .addColumn('state_hash', 'text', (column) => column.primaryKey())
        .addColumn('provider', 'text', (column) => column.notNull())
        .addColumn('browser', 'text', (column) => column.notNull())
        .addColumn('nonce', 'text', (column) => column.notNull())
        .addColumn('verifier', 'text', (column) => column.notNull())
        .addColumn('reader_id', 'text')
        .addColumn('ends_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('sign_in_attempt_by_end').on('sign_in_attempt').column('ends_at').execute();
      await db.schema
        .createTable('reader_login')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('issuer', 'text', (column) => column.notNull())
        .addColumn('subject', 'text', (column) => column.notNull())
        .addColumn('reader_id', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('used_at', 'bigint', (column) => column.notNull())
        .addUniqueConstraint('reader_login_once', ['issuer', 'subject'])
        .execute();
      await db.schema
        .createIndex('reader_login_by_reader')
        .on('reader_login')
        .columns(['reader_id', 'created_at'])
        .execute();
    },
  },
];
