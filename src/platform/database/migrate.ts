import { sql, type Kysely } from 'kysely';
import { AppError } from '../errors.ts';
import type { Database } from './database.ts';

/** One step of the schema. Steps run once, in the order in which they are listed, each in a transaction of its own. */
export interface Migration {
  /** `{domain}-{number}-{what}`; never changed once released. */
  readonly id: string;
  /** Raw access: the schema of a step is that of its time, not of today's types. */
  // oxlint-disable-next-line typescript/no-explicit-any
  up(db: Kysely<any>, dialect: Database['dialect']): Promise<void>;
}

export interface MigrateOptions {
  /** Called once before the first step on a database that already holds data: the place for a backup. */
  beforeUpgrade?: () => Promise<void>;
}

/** The steps of the ground floor itself. */
export const platformMigrations: readonly Migration[] = [
  {
    id: 'platform-001-outbox',
    async up(db) {
      await db.schema
        .createTable('outbox')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('type', 'text', (column) => column.notNull())
        .addColumn('payload', 'text', (column) => column.notNull())
        .addColumn('tags', 'text', (column) => column.notNull())
        .addColumn('urgent', 'integer', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('position', 'bigint')
        .execute();
      await db.schema.createIndex('outbox_position').on('outbox').column('position').unique().execute();
      await sql`create index outbox_waiting on outbox (created_at, id) where position is null`.execute(db);
      await db.schema
        .createTable('outbox_cursor')
        .addColumn('consumer', 'text', (column) => column.primaryKey())
        .addColumn('position', 'bigint', (column) => column.notNull())
        .addColumn('seen_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('lease')
        .addColumn('name', 'text', (column) => column.primaryKey())
        .addColumn('owner', 'text', (column) => column.notNull())
        .addColumn('until', 'bigint', (column) => column.notNull())
        .execute();
    },
  },
];

/**
 * Bring the schema up to date. Safe to interrupt: a step and its record commit together. Safe to run twice at once.
 * @returns ids of the steps that ran
 * @throws AppError `database.newer` when the database was made by a newer Freesheet
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[],
  options: MigrateOptions = {},
): Promise<string[]> {
  await database.write(async ({ db }) => {
    await db.schema
      .createTable('migration')
      .ifNotExists()
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('applied_at', 'bigint', (column) => column.notNull())
      .execute();
  });
  const applied = new Set(
    (await database.read.selectFrom('migration').select('id').execute()).map((row) => row.id),
  );
  const known = new Set(migrations.map((step) => step.id));
  const unknown = [...applied].filter((id) => !known.has(id));
  if (unknown.length > 0) {
    throw new AppError(
      'database.newer',
      `This database was made by a newer Freesheet (it has ${unknown[0]}). Start that version, or restore a backup from before it.`,
    );
  }
  const pending = migrations.filter((step) => !applied.has(step.id));
  if (pending.length > 0 && applied.size > 0) await options.beforeUpgrade?.();
  const ran: string[] = [];
  for (const step of pending) {
    const isDone = await database.write(async ({ db, now }) => {
      if (database.dialect === 'postgres') await sql`lock table migration in exclusive mode`.execute(db);
      if (await db.selectFrom('migration').select('id').where('id', '=', step.id).executeTakeFirst())
        return false;
      await step.up(db, database.dialect);
      await db.insertInto('migration').values({ id: step.id, applied_at: now }).execute();
      return true;
    });
    if (isDone) ran.push(step.id);
  }
  return ran;
}
