import type { Migration } from '../../platform/database/migrate.ts';

declare module '../../platform/database/tables.ts' {
  interface Tables {
    sso_token: {
      /** SHA-256 of issuer and `jti`, base64url. */
      id_hash: string;
      /** When the token ends by itself; milliseconds UTC. */
      ends_at: number;
    };
  }
}

export const ssoMigrations: readonly Migration[] = [
  {
    id: 'readers-040-sso',
    async up(db) {
      await db.schema
        .createTable('sso_token')
        .addColumn('id_hash', 'text', (column) => column.primaryKey())
        .addColumn('ends_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('sso_token_by_end').on('sso_token').column('ends_at').execute();
    },
  },
];
