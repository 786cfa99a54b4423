import { sql } from 'kysely';
import type { Migration } from '../../platform/database/migrate.ts';

declare module '../../platform/database/tables.ts' {
  interface Tables {
    mail_key: { purpose: string; secret: string; created_at: number };
    mail_stop: MailStopTable;
    mail_brief: MailBriefTable;
    newsletter: NewsletterTable;
    newsletter_issue: NewsletterIssueTable;
    newsletter_reader: NewsletterReaderTable;
    alert_told: AlertToldTable;
  }
}

/** Addresses to which no letter goes any more, or which have begun to send them back. */
export interface MailStopTable {
  /** Keyed hash of the address: the address itself is not kept. */
  address_hash: string;
  /** `bounce` or `complaint`. */
  reason: string;
  /** As mail servers say it, such as `5.1.1`. */
  status: string;
  /** How many letters came back. */
  failures: number;
  first_at: number;
  last_at: number;
  /** From when on nothing is sent; null while it is only counted. */
  stopped_at: number | null;
}

/** When an account gets its next brief. */
export interface MailBriefTable {
  reader_id: string;
  /** `daily` or `weekly`. */
  rhythm: string;
  /** Up to when the last one told; milliseconds UTC. */
  last_at: number;
  next_at: number;
}

export interface NewsletterTable {
  slug: string;
  name: string;
  description: string;
  /** Slug of the section that it is of; null for one of the whole paper. */
  section: string | null;
  created_at: number;
  /** From when on nobody can sign up and nothing is sent. */
  closed_at: number | null;
}

export interface NewsletterIssueTable {
  id: string;
  /** Short: names it on the command line. */
  code: string;
  newsletter: string;
  subject: string;
  /** The editor's note; blank lines part paragraphs. */
  note: string;
  /** JSON list of ids. */
  stories: string;
  /** `draft`, `scheduled`, `sending`, `sent` or `cancelled`. */
  state: string;
  /** Milliseconds UTC. */
  send_at: number | null;
  /** Id of the last of those who get it that a mail is written for. */
  cursor: string;
  created_by: string;
  created_at: number;
  changed_at: number;
  /** For how many a mail was written, and how many left by it. */
  recipients: number;
  unsubscribed: number;
}

/** Who gets a newsletter. Whoever leaves is removed. */
export interface NewsletterReaderTable {
  id: string;
  newsletter: string;
  /** In lower case; null where it is an account's, whose address may change. */
  address: string | null;
  reader_id: string | null;
  /** SHA-256 of the token in the mail that asks whether it was meant; null once it was answered. */
  token_hash: string | null;
  asked_at: number;
  /** Null until the answer: nothing is sent before. */
  confirmed_at: number | null;
}

/**
 * What was told to one reader by push or by mail. A mail is written down before it is handed to a mail server: one whose
 * fate is not known is never sent twice.
 */
export interface AlertToldTable {
  /** Such as `push:{notice}`, `mail:{notice}`, `brief:{reader}:{time}`, `issue:{issue}:{address hash}`. */
  key: string;
  reader_id: string | null;
  issue_id: string | null;
  /** `push` or `mail`. */
  channel: string;
  /** `trying`, `told`, `refused` or `unclear`. */
  state: string;
  at: number;
}

export const mailMigrations: readonly Migration[] = [
  {
    id: 'alerts-030-mail',
    async up(db) {
      await db.schema
        .createTable('mail_key')
        .addColumn('purpose', 'text', (column) => column.primaryKey())
        .addColumn('secret', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('mail_stop')
        .addColumn('address_hash', 'text', (column) => column.primaryKey())
        .addColumn('reason', 'text', (column) => column.notNull())
        .addColumn('status', 'text', (column) => column.notNull())
        .addColumn('failures', 'integer', (column) => column.notNull())
        .addColumn('first_at', 'bigint', (column) => column.notNull())
        .addColumn('last_at', 'bigint', (column) => column.notNull())
        .addColumn('stopped_at', 'bigint')
        .execute();
      await db.schema
        .createTable('mail_brief')
        .addColumn('reader_id', 'text', (column) => column.notNull())
        .addColumn('rhythm', 'text', (column) => column.notNull())
        .addColumn('last_at', 'bigint', (column) => column.notNull())
        .addColumn('next_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('mail_brief_key', ['reader_id', 'rhythm'])
        .execute();
      await db.schema.createIndex('mail_brief_due').on('mail_brief').column('next_at').execute();
      // Few choose a brief, and they are looked for every quarter of an hour.
      await sql`create index alert_choice_of_briefs on alert_choice (owner) where channel in ('daily', 'weekly')`.execute(
        db,
      );
    },
  },
  {
    id: 'alerts-031-newsletters',
    async up(db) {
      await db.schema
        .createTable('newsletter')
        .addColumn('slug', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('description', 'text', (column) => column.notNull())
        .addColumn('section', 'text')
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('closed_at', 'bigint')
        .execute();
      await db.schema
        .createTable('newsletter_issue')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('code', 'text', (column) => column.notNull().unique())
        .addColumn('newsletter', 'text', (column) => column.notNull())
        .addColumn('subject', 'text', (column) => column.notNull())
        .addColumn('note', 'text', (column) => column.notNull())
        .addColumn('stories', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('send_at', 'bigint')
        .addColumn('cursor', 'text', (column) => column.notNull().defaultTo(''))
        .addColumn('created_by', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('changed_at', 'bigint', (column) => column.notNull())
        .addColumn('recipients', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('unsubscribed', 'integer', (column) => column.notNull().defaultTo(0))
        .execute();
      await db.schema
        .createIndex('newsletter_issue_by_time')
        .on('newsletter_issue')
        .columns(['newsletter', 'created_at', 'id'])
        .execute();
      await db.schema
        .createTable('newsletter_reader')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('newsletter', 'text', (column) => column.notNull())
        .addColumn('address', 'text')
        .addColumn('reader_id', 'text')
        .addColumn('token_hash', 'text')
        .addColumn('asked_at', 'bigint', (column) => column.notNull())
        .addColumn('confirmed_at', 'bigint')
        .execute();
      await db.schema
        .createIndex('newsletter_reader_by_address')
        .on('newsletter_reader')
        .columns(['address', 'newsletter'])
        .unique()
        .execute();
      await db.schema
        .createIndex('newsletter_reader_by_reader')
        .on('newsletter_reader')
        .columns(['reader_id', 'newsletter'])
        .unique()
        .execute();
      // Those who get an issue: one walk along this key.
      await db.schema
        .createIndex('newsletter_reader_by_newsletter')
        .on('newsletter_reader')
        .columns(['newsletter', 'id'])
        .execute();
      await db.schema
        .createIndex('newsletter_reader_by_token')
        .on('newsletter_reader')
        .column('token_hash')
        .where('token_hash', 'is not', null)
        .execute();
    },
  },
  {
    id: 'alerts-032-told',
    async up(db) {
      await db.schema
        .createTable('alert_told')
        .addColumn('key', 'text', (column) => column.primaryKey())
        .addColumn('reader_id', 'text')
        .addColumn('issue_id', 'text')
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('alert_told_by_reader')
        .on('alert_told')
        .columns(['reader_id', 'channel', 'at'])
        .where('reader_id', 'is not', null)
        .execute();
      await db.schema
        .createIndex('alert_told_by_issue')
        .on('alert_told')
        .columns(['issue_id', 'state'])
        .where('issue_id', 'is not', null)
        .execute();
      await db.schema.createIndex('alert_told_by_time').on('alert_told').column('at').execute();
    },
  },
];
