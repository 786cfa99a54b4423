import type { Migration } from '../../platform/database/migrate.ts';

declare module '../../platform/database/tables.ts' {
  interface Tables {
    passkey: PasskeyTable;
    passkey_challenge: {
      /** SHA-256 of the challenge, base64url. */
      challenge_hash: string;
      /** SHA-256 of a secret of the browser that it was given to. */
      browser: string;
      /** `add` or `sign-in`. */
      kind: string;
      ends_at: number;
    };
  }
}

export interface PasskeyTable {
  id: string;
  reader_id: string;
  /** As the authenticator calls it, base64url. */
  credential_id: string;
  /** SubjectPublicKeyInfo, base64url. */
  public_key: string;
  /** ES256 or RS256. */
  algorithm: string;
  /** JSON array of how it is reached. */
  transports: string;
  /** As the authenticator counted when it was last used; 0 where it does not count. */
  counter: number;
  /** 1 where it is kept on several devices, else 0. */
  is_synced: number;
  name: string;
  created_at: number;
  used_at: number | null;
}

export const passkeyMigrations: readonly Migration[] = [
  {
    id: 'readers-035-passkeys',
    async up(db) {
      await db.schema
        .createTable('passkey')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('reader_id', 'text', (column) => column.notNull())
        .addColumn('credential_id', 'text', (column) => column.notNull().unique())
        .addColumn('public_key', 'text', (column) => column.notNull())
        .addColumn('algorithm', 'text', (column) => column.notNull())
        .addColumn('transports', 'text', (column) => column.notNull())
        .addColumn('counter', 'bigint', (column) => column.notNull())
        .addColumn('is_synced', 'integer', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('used_at', 'bigint')
        .execute();
      await db.schema
        .createIndex('passkey_by_reader')
        .on('passkey')
        .columns(['reader_id', 'created_at'])
        .execute();
      await db.schema
        .createTable('passkey_challenge')
        .addColumn('challenge_hash', 'text', (column) => column.primaryKey())
        .addColumn('browser', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('ends_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('passkey_challenge_by_end')
        .on('passkey_challenge')
        .column('ends_at')
        .execute();
    },
  },
];
