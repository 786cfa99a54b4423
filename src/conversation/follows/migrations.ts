import type { Migration } from '../../platform/database/migrate.ts';

declare module '../../platform/database/tables.ts' {
  interface Tables {
    follow: FollowTable;
    reader_mute: { reader_id: string; target_id: string; since: number };
    reader_block: { reader_id: string; target_id: string; since: number };
    following_feed: FollowingFeedTable;
  }
}

export interface FollowTable {
  reader_id: string;
  /** `FollowKind` */
  kind: string;
  /** Id of a reader, a story or the first comment of a thread; slug of an author or topic. */
  target: string;
  /** Milliseconds UTC. */
  since: number;
}

export interface FollowingFeedTable {
  reader_id: string;
  /** As it stands in the address: what it opens stands in this same database, so a hash would keep nothing. */
  secret: string;
  since: number;
}

export const followMigrations: readonly Migration[] = [
  {
    id: 'conversation-030-follows',
    async up(db) {
      await db.schema
        .createTable('follow')
        .addColumn('reader_id', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('target', 'text', (column) => column.notNull())
        .addColumn('since', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('follow_key', ['reader_id', 'kind', 'target'])
        .execute();
      await db.schema
        .createIndex('follow_by_target')
        .on('follow')
        .columns(['kind', 'target', 'since', 'reader_id'])
        .execute();
      await db.schema
        .createIndex('follow_by_since')
        .on('follow')
        .columns(['reader_id', 'kind', 'since', 'target'])
        .execute();
      for (const table of ['reader_mute', 'reader_block']) {
        await db.schema
          .createTable(table)
          .addColumn('reader_id', 'text', (column) => column.notNull())
          .addColumn('target_id', 'text', (column) => column.notNull())
          .addColumn('since', 'bigint', (column) => column.notNull())
          .addPrimaryKeyConstraint(`${table}_key`, ['reader_id', 'target_id'])
          .execute();
        await db.schema
          .createIndex(`${table}_by_target`)
          .on(table)
          .columns(['target_id', 'reader_id'])
          .execute();
      }
      await db.schema
        .createTable('following_feed')
        .addColumn('reader_id', 'text', (column) => column.primaryKey())
        .addColumn('secret', 'text', (column) => column.notNull().unique())
        .addColumn('since', 'bigint', (column) => column.notNull())
        .execute();
    },
  },
];
