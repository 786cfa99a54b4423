import type { Migration } from '../platform/database/migrate.ts';
import { followMigrations } from './follows/migrations.ts';
import { noticeMigrations } from './notices/migrations.ts';
import { threadMigrations } from './threads/migrations.ts';

export const migrations: readonly Migration[] = [
  ...threadMigrations,
  ...followMigrations,
  ...noticeMigrations,
];
