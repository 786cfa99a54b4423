import type { Migration } from '../platform/database/migrate.ts';
import { followMigrations } from './follows/migrations.ts';
import { noticeMigrations } from './notices/migrations.ts';

export const migrations: readonly Migration[] = [...followMigrations, ...noticeMigrations];
