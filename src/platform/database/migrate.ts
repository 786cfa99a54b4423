import { sql, type Kysely } from 'kysely';
import { AppError } from '../errors.ts';
import type { Database } from './database.ts';
import { dialectOf } from './dialect.ts';
import { dropTables, tablesHere } from './schema.ts';
import type { Tables } from './tables.ts';

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
  /** True for the restore itself, which alone may go on with a database between `beginRestore` and `endRestore`. */
  isRestoring?: boolean;
}

/** Any number that nothing else locks. */
const ledgerLock = 7_358_110;
/** Stands among the steps as long as a restore is not finished. */
const unfinishedRestore = 'restore-unfinished';

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
 * @throws AppError `database.newer` when the database was made by a newer Freesheet, `database.restore-unfinished`
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[],
  options: MigrateOptions = {},
): Promise<string[]> {
  await database.write(({ db }) => createLedger(db));
  const steps = await appliedSteps(database);
  if (steps.isRestoreUnfinished && !options.isRestoring) {
    throw new AppError(
      'database.restore-unfinished',
      'A restore into this database was interrupted, so it is not whole. Run it again: npx freesheet restore FILE',
    );
  }
  const applied = new Set(steps.ids);
  const unknown = unknownSteps(steps.ids, migrations);
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

/** The steps that have run on a database, in no order; none on a new one, which is left as it is. */
export async function appliedSteps(
  database: Pick<Database, 'read'>,
): Promise<{ readonly ids: readonly string[]; readonly isRestoreUnfinished: boolean }> {
  if (!(await tablesHere(database.read)).has('migration')) return { ids: [], isRestoreUnfinished: false };
  const rows = await database.read.selectFrom('migration').select('id').execute();
  return {
    ids: rows.flatMap(({ id }) => (id === unfinishedRestore ? [] : [id])),
    isRestoreUnfinished: rows.some(({ id }) => id === unfinishedRestore),
  };
}

/** Steps that this Freesheet does not know: a newer one has taken them. */
export function unknownSteps(ids: readonly string[], migrations: readonly Migration[]): string[] {
  const known = new Set(migrations.map((step) => step.id));
  return ids.filter((id) => !known.has(id));
}

/**
 * Empty a database for a restore, whatever is in it. Until `endRestore` nothing but the restore opens it.
 * To be called when what it held is safe elsewhere.
 */
export async function beginRestore(database: Database): Promise<void> {
  await database.write(async ({ db, now }) => {
    await dropTables(db);
    await createLedger(db);
    await db.insertInto('migration').values({ id: unfinishedRestore, applied_at: now }).execute();
  });
}

/** The database is whole again. */
export async function endRestore(database: Database): Promise<void> {
  await database.write(({ db }) => db.deleteFrom('migration').where('id', '=', unfinishedRestore).execute());
}

async function createLedger(db: Kysely<Tables>): Promise<void> {
  // PostgreSQL's `if not exists` fails where two look at once.
  if (dialectOf(db) === 'postgres') await sql`select pg_advisory_xact_lock(${ledgerLock})`.execute(db);
  await db.schema
    .createTable('migration')
    .ifNotExists()
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('applied_at', 'bigint', (column) => column.notNull())
    .execute();
}
