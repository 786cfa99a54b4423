import { migrations as alerts } from './alerts/index.ts';
import { migrations as conversation } from './conversation/index.ts';
import { platformMigrations, type Migration } from './platform/database/migrate.ts';
import { migrations as jobs } from './platform/jobs/migrations.ts';
import { migrations as media } from './platform/media/migrations.ts';
import { migrations as search } from './platform/search/migrations.ts';
import { migrations as moderation } from './moderation/index.ts';
import { migrations as readers } from './readers/index.ts';
import { migrations as stories } from './stories/index.ts';
import { migrations as wire } from './wire/index.ts';

/** Every step of the schema, in order: what stands lower comes first. */
export const allMigrations: readonly Migration[] = [
  ...platformMigrations,
  ...jobs,
  ...search,
  ...media,
  ...readers,
  ...stories,
  ...moderation,
  ...conversation,
  ...alerts,
  ...wire,
];
