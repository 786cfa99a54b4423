import type { Migration } from '../platform/database/migrate.ts';
import { passkeyMigrations } from './passkeys/migrations.ts';
import { providerMigrations } from './providers/migrations.ts';
import { profileMigrations } from './profile/migrations.ts';
import { emailMigrations } from './email/migrations.ts';
import { privacyMigrations } from './privacy/migrations.ts';
import { sessionMigrations } from './sessions/migrations.ts';
import { signInMigrations } from './sign-in/migrations.ts';
import { ssoMigrations } from './sso/migrations.ts';

declare module '../platform/database/tables.ts' {
  interface Tables {
    reader: ReaderTable;
    reader_handle: { handle: string; reader_id: string; since: number; until: number | null };
  }
}

export interface ReaderTable {
  id: string;
  /** In lower case; null once the account is erased. */
  email: string | null;
  /** In lower case; null until the reader has chosen one. */
  handle: string | null;
  /** What the handle looks like, so that no two look alike. */
  handle_look: string | null;
  name: string;
  bio: string;
  /** Id of a picture. */
  picture: string | null;
  /** JSON array of `Role`. */
  roles: string;
  state: string;
  /** Milliseconds UTC until which a suspension holds. */
  suspended_until: number | null;
  /** JSON of ReaderSettings. */
  settings: string;
  /** When the forum's guidelines were accepted; milliseconds UTC. */
  guidelines_at: number | null;
  /** When the reader asked to leave; milliseconds UTC. */
  leaving_at: number | null;
  /** What becomes of the comments of one who leaves: `delete` or `keep`. */
  leaving_comments: string | null;
  days_active: number;
  /** As 2026-11-24, in UTC. */
  last_active_day: string | null;
  created_at: number;
}

export const migrations: readonly Migration[] = [
  {
    id: 'readers-001-readers',
    async up(db) {
      await db.schema
        .createTable('reader')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('email', 'text', (column) => column.unique())
        .addColumn('handle', 'text', (column) => column.unique())
        .addColumn('handle_look', 'text', (column) => column.unique())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('bio', 'text', (column) => column.notNull())
        .addColumn('picture', 'text')
        .addColumn('roles', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('suspended_until', 'bigint')
        .addColumn('settings', 'text', (column) => column.notNull())
        .addColumn('guidelines_at', 'bigint')
        .addColumn('leaving_at', 'bigint')
        .addColumn('leaving_comments', 'text')
        .addColumn('days_active', 'integer', (column) => column.notNull())
        .addColumn('last_active_day', 'text')
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('reader_by_leaving')
        .on('reader')
        .columns(['leaving_at', 'id'])
        .where('leaving_at', 'is not', null)
        .execute();
      await db.schema
        .createTable('reader_handle')
        .addColumn('handle', 'text', (column) => column.primaryKey())
        .addColumn('reader_id', 'text', (column) => column.notNull())
        .addColumn('since', 'bigint', (column) => column.notNull())
        .addColumn('until', 'bigint')
        .execute();
      await db.schema
        .createIndex('reader_handle_by_reader')
        .on('reader_handle')
        .columns(['reader_id', 'since'])
        .execute();
    },
  },
  ...sessionMigrations,
  ...signInMigrations,
  ...profileMigrations,
  ...providerMigrations,
  ...passkeyMigrations,
  ...ssoMigrations,
  ...emailMigrations,
  ...privacyMigrations,
];
