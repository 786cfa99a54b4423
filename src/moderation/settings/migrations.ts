import type { Migration } from '../../platform/database/migrate.ts';

declare module '../../platform/database/tables.ts' {
  interface Tables {
    moderation_setting: {
      /** Always `rules`: one row holds them all, so that they change together. */
      id: string;
      /** New with each change. */
      version: string;
      /** JSON of those that differ from the default. */
      value: string;
      changed_at: number;
      changed_by: string;
    };
  }
}

export const settingMigrations: readonly Migration[] = [
  {
    id: 'moderation-002-settings',
    async up(db) {
      await db.schema
        .createTable('moderation_setting')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('version', 'text', (column) => column.notNull())
        .addColumn('value', 'text', (column) => column.notNull())
        .addColumn('changed_at', 'bigint', (column) => column.notNull())
        .addColumn('changed_by', 'text', (column) => column.notNull())
        .execute();
    },
  },
];
