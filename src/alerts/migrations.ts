import type { Migration } from '../platform/database/migrate.ts';
import { breakingMigrations } from './breaking/migrations.ts';
import { mailMigrations } from './mail/migrations.ts';
import { preferenceMigrations } from './preferences/migrations.ts';
import { subscriptionMigrations } from './subscriptions/migrations.ts';

export const migrations: readonly Migration[] = [
  ...subscriptionMigrations,
  ...preferenceMigrations,
  ...breakingMigrations,
  ...mailMigrations,
];
