import type { Migration } from '../../platform/database/migrate.ts';

declare module '../../platform/database/tables.ts' {
  interface Tables {
    alert_browser: AlertBrowserTable;
    push_key: PushKeyTable;
  }
}

/** A browser that has asked for alerts, with an account or without. */
export interface AlertBrowserTable {
  id: string;
  /** Hash of the token in its cookie `browser`, by which it is known again. */
  token: string;
  /** Address of its subscription at its push service; null before the first and once the service says that it is gone. */
  endpoint: string | null;
  /** Host of `endpoint`, for the pace of each service. */
  host: string | null;
  /** Its public key and its secret (RFC 8291, section 3.1 and 3.2), base64url. */
  p256dh: string | null;
  auth: string | null;
  /** Of the key in `push_key` that the subscription was made with. */
  key_id: string | null;
  /** Whose personal alerts it shows; null where nobody is signed in. */
  reader_id: string | null;
  /** The session under which it shows them: they end with it. */
  session_id: string | null;
  /** Account that last had its alerts here: when it signs in here again, it has them again. */
  last_reader_id: string | null;
  /** What its owner calls it, such as `Firefox on Windows`. */
  label: string;
  /** IANA zone that the browser is in. */
  zone: string;
  language: string;
  created_at: number;
  /** When it last opened a page or answered; milliseconds UTC. */
  seen_at: number;
  subscribed_at: number | null;
  /** When its push service last took an alert for it. */
  delivered_at: number | null;
  /** Day of `zone`, as days since 1970, of which `day_count` counts. */
  day: number;
  /** Public alerts taken for it on that day. */
  day_count: number;
}

/** Keys by which push services know this site (VAPID, RFC 8292). */
export interface PushKeyTable {
  id: string;
  /** Uncompressed point, base64url: what browsers subscribe with. */
  public: string;
  /** Scalar, base64url. */
  private: string;
  created_at: number;
  /** From when on no subscription is made with it any more; those made before still get their alerts by it. */
  retired_at: number | null;
}

export const subscriptionMigrations: readonly Migration[] = [
  {
    id: 'alerts-001-browsers',
    async up(db) {
      await db.schema
        .createTable('alert_browser')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('token', 'text', (column) => column.notNull().unique())
        .addColumn('endpoint', 'text', (column) => column.unique())
        .addColumn('host', 'text')
        .addColumn('p256dh', 'text')
        .addColumn('auth', 'text')
        .addColumn('key_id', 'text')
        .addColumn('reader_id', 'text')
        .addColumn('session_id', 'text')
        .addColumn('last_reader_id', 'text')
        .addColumn('label', 'text', (column) => column.notNull())
        .addColumn('zone', 'text', (column) => column.notNull())
        .addColumn('language', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('seen_at', 'bigint', (column) => column.notNull())
        .addColumn('subscribed_at', 'bigint')
        .addColumn('delivered_at', 'bigint')
        .addColumn('day', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('day_count', 'integer', (column) => column.notNull().defaultTo(0))
        .execute();
      await db.schema
        .createIndex('alert_browser_by_reader')
        .on('alert_browser')
        .columns(['reader_id', 'id'])
        .where('reader_id', 'is not', null)
        .execute();
      await db.schema
        .createIndex('alert_browser_by_session')
        .on('alert_browser')
        .column('session_id')
        .where('session_id', 'is not', null)
        .execute();
      await db.schema
        .createIndex('alert_browser_by_last_reader')
        .on('alert_browser')
        .column('last_reader_id')
        .where('last_reader_id', 'is not', null)
        .execute();
      await db.schema.createIndex('alert_browser_seen').on('alert_browser').column('seen_at').execute();
      await db.schema
        .createTable('push_key')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('public', 'text', (column) => column.notNull())
        .addColumn('private', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('retired_at', 'bigint')
        .execute();
    },
  },
];
