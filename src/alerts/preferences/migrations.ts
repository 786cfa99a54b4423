import type { Migration } from '../../platform/database/migrate.ts';

declare module '../../platform/database/tables.ts' {
  interface Tables {
    alert_setting: AlertSettingTable;
    alert_choice: AlertChoiceTable;
  }
}

/** When alerts may come, for an account or for a browser. */
export interface AlertSettingTable {
  /** `reader:{id}` or `browser:{id}`. */
  owner: string;
  /** IANA. */
  zone: string;
  /** Minutes of the day in `zone` between which nothing rings; both null for never. */
  quiet_from: number | null;
  quiet_to: number | null;
  /** 1 where the gravest come through quiet hours all the same. */
  gravest: number;
  /** Most alerts that ring on a day; 0 for no limit. */
  daily_cap: number;
  /** Nothing rings before; milliseconds UTC. */
  paused_until: number | null;
  changed_at: number;
}

/** What somebody wants to hear of, and how. */
export interface AlertChoiceTable {
  owner: string;
  /** An `AlertKind`. */
  kind: string;
  /** Slug or id of one section, topic, author, story or reader; '' for all that are followed, and where a kind has none. */
  target: string;
  /** An `AlertChannel`. */
  channel: string;
  changed_at: number;
}

export const preferenceMigrations: readonly Migration[] = [
  {
    id: 'alerts-010-preferences',
    async up(db) {
      await db.schema
        .createTable('alert_setting')
        .addColumn('owner', 'text', (column) => column.primaryKey())
        .addColumn('zone', 'text', (column) => column.notNull())
        .addColumn('quiet_from', 'integer')
        .addColumn('quiet_to', 'integer')
        .addColumn('gravest', 'integer', (column) => column.notNull())
        .addColumn('daily_cap', 'integer', (column) => column.notNull())
        .addColumn('paused_until', 'bigint')
        .addColumn('changed_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('alert_choice')
        .addColumn('owner', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('target', 'text', (column) => column.notNull())
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('changed_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('alert_choice_key', ['owner', 'kind', 'target'])
        .execute();
      // Who wants to hear of something: one walk along this key.
      await db.schema
        .createIndex('alert_choice_by_target')
        .on('alert_choice')
        .columns(['kind', 'target', 'channel', 'owner'])
        .execute();
    },
  },
];
