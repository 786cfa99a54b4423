import type { Migration } from '../../platform/database/migrate.ts';

declare module '../../platform/database/tables.ts' {
  interface Tables {
    alert: AlertTable;
    alert_text: AlertTextTable;
    alert_run: AlertRunTable;
    alert_reached: AlertReachedTable;
    /** How push services do, as the server that sends to them last said. */
    alert_service: AlertServiceTable;
    alert_waiting: { run_id: string; browser_id: string; at: number; tries: number };
  }
}

/** An alert to many: breaking news by an editor, or a new story told to those who want to hear of its like. */
export interface AlertTable {
  id: string;
  /** Short: names it in addresses, in the notification's tag and in the push service's Topic. */
  code: string;
  /** `breaking` by an editor, `story` by itself. */
  kind: string;
  story_id: string | null;
  /** Of a story that is told of by itself: the version that it is told of, so that it is told of once. */
  story_version: number | null;
  /** An `AlertUrgency`. */
  urgency: string;
  title: string;
  body: string;
  /** Id of a picture in `media`. */
  picture: string | null;
  /** JSON list of audiences: `everyone`, `section:{slug}`, `topic:{slug}`, `author:{slug}`, `story:{id}`. */
  audience: string;
  /** `draft`, `waiting` (for the second person), `scheduled`, `sending`, `sent`, `cancelled`, `withdrawn`. */
  state: string;
  /** 1 until it is corrected or withdrawn; its words are in `alert_text`. */
  version: number;
  /** Milliseconds UTC; with `by_zone` the same wall clock in each reader's zone. */
  send_at: number | null;
  by_zone: number;
  /** Who composed it, who agreed: names as the command line or the desk knows them. */
  created_by: string;
  approved_by: string | null;
  created_at: number;
  changed_at: number;
  /** Why it was withdrawn or cancelled. */
  reason: string | null;
  estimate: number;
  delivered: number;
  shown: number;
  clicked: number;
  dismissed: number;
  unsubscribed: number;
}

/** One way through the audience of an alert; taken up again where it stood after a fault. */
export interface AlertRunTable {
  id: string;
  alert_id: string;
  /** Of the alert, that it tells. */
  version: number;
  /** `send`, `correct` or `withdraw`. */
  kind: string;
  /** `by-clock` where it is for those alone whose clock on the wall shows the time now at which it is to go; else ''. */
  zone: string;
  /** When it begins, milliseconds UTC. */
  at: number;
  /** How far it is: all of the audience that comes before is dealt with. */
  cursor: string;
  /** `waiting`, `running`, `done` or `cancelled`. */
  state: string;
  /** How many push services took, how many browsers were gone, and how many it was given up for. */
  taken: number;
  gone: number;
  failed: number;
  started_at: number | null;
  ended_at: number | null;
}

/** What an alert says and has said, for the newsroom's records. */
export interface AlertTextTable {
  alert_id: string;
  version: number;
  /** `composed`, `corrected` or `withdrawn`. */
  action: string;
  title: string;
  body: string;
  at: number;
  by: string;
  /** Who agreed, where two must; a text that waits for it is not shown. */
  approved_by: string | null;
}

/** Whom an alert may have reached, a row for each batch: who is to see its correction. Kept for some days. */
export interface AlertReachedTable {
  alert_id: string;
  seq: number;
  /** Of the alert, that they were told. */
  version: number;
  /** JSON list of ids. */
  browsers: string;
  at: number;
}

export interface AlertServiceTable {
  host: string;
  /** Messages a second that it is sent at most; null for no limit. */
  rate: number | null;
  /** Milliseconds UTC until which nothing is sent to it. */
  rests_until: number | null;
  reason: string | null;
  taken: number;
  later: number;
  refused: number;
  at: number;
}

export const breakingMigrations: readonly Migration[] = [
  {
    id: 'alerts-020-alerts',
    async up(db) {
      await db.schema
        .createTable('alert')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('code', 'text', (column) => column.notNull().unique())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('story_id', 'text')
        .addColumn('story_version', 'integer')
        .addColumn('urgency', 'text', (column) => column.notNull())
        .addColumn('title', 'text', (column) => column.notNull())
        .addColumn('body', 'text', (column) => column.notNull())
        .addColumn('picture', 'text')
        .addColumn('audience', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('send_at', 'bigint')
        .addColumn('by_zone', 'integer', (column) => column.notNull())
        .addColumn('created_by', 'text', (column) => column.notNull())
        .addColumn('approved_by', 'text')
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('changed_at', 'bigint', (column) => column.notNull())
        .addColumn('reason', 'text')
        .addColumn('estimate', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('delivered', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('shown', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('clicked', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('dismissed', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('unsubscribed', 'integer', (column) => column.notNull().defaultTo(0))
        .execute();
      await db.schema.createIndex('alert_by_time').on('alert').columns(['created_at', 'id']).execute();
      await db.schema.createIndex('alert_by_sending').on('alert').columns(['kind', 'send_at']).execute();
      await db.schema.createIndex('alert_by_story').on('alert').columns(['story_id', 'created_at']).execute();
      await db.schema
        .createTable('alert_run')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('alert_id', 'text', (column) =>
          column.notNull().references('alert.id').onDelete('cascade'),
        )
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('zone', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('cursor', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('taken', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('gone', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('failed', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('started_at', 'bigint')
        .addColumn('ended_at', 'bigint')
        .execute();
      await db.schema
        .createIndex('alert_run_key')
        .on('alert_run')
        .columns(['alert_id', 'version', 'kind', 'at'])
        .unique()
        .execute();
      await db.schema
        .createTable('alert_text')
        .addColumn('alert_id', 'text', (column) =>
          column.notNull().references('alert.id').onDelete('cascade'),
        )
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('action', 'text', (column) => column.notNull())
        .addColumn('title', 'text', (column) => column.notNull())
        .addColumn('body', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('by', 'text', (column) => column.notNull())
        .addColumn('approved_by', 'text')
        .addPrimaryKeyConstraint('alert_text_key', ['alert_id', 'version'])
        .execute();
      await db.schema
        .createTable('alert_reached')
        .addColumn('alert_id', 'text', (column) =>
          column.notNull().references('alert.id').onDelete('cascade'),
        )
        .addColumn('seq', 'integer', (column) => column.notNull())
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('browsers', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('alert_reached_key', ['alert_id', 'seq'])
        .execute();
      await db.schema.createIndex('alert_reached_by_time').on('alert_reached').column('at').execute();
      await db.schema
        .createTable('alert_waiting')
        .addColumn('run_id', 'text', (column) =>
          column.notNull().references('alert_run.id').onDelete('cascade'),
        )
        .addColumn('browser_id', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('tries', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('alert_waiting_key', ['run_id', 'browser_id'])
        .execute();
      await db.schema
        .createIndex('alert_waiting_due')
        .on('alert_waiting')
        .columns(['run_id', 'at', 'browser_id'])
        .execute();
    },
  },
  {
    id: 'alerts-021-services',
    async up(db) {
      await db.schema
        .createTable('alert_service')
        .addColumn('host', 'text', (column) => column.primaryKey())
        .addColumn('rate', 'real')
        .addColumn('rests_until', 'bigint')
        .addColumn('reason', 'text')
        .addColumn('taken', 'bigint', (column) => column.notNull())
        .addColumn('later', 'bigint', (column) => column.notNull())
        .addColumn('refused', 'bigint', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .execute();
    },
  },
];
