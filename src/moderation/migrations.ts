import type { Migration } from '../platform/database/migrate.ts';
import { decisionMigrations } from './decisions/migrations.ts';
import { holdMigrations } from './holds/migrations.ts';
import { noticeMigrations } from './notices/migrations.ts';
import { reportMigrations } from './reports/migrations.ts';
import { settingMigrations } from './settings/migrations.ts';
import { trustMigrations } from './trust/migrations.ts';

export const migrations: readonly Migration[] = [
  ...trustMigrations,
  ...settingMigrations,
  ...holdMigrations,
  ...decisionMigrations,
  ...reportMigrations,
  ...noticeMigrations,
];
