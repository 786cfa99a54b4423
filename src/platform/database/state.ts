import { sql } from 'kysely';
import type { Database } from './database.ts';
import { appliedSteps, unknownSteps, type Migration } from './migrate.ts';

/** What an open database is, without changing it. */
export interface DatabaseState {
  /** Such as `SQLite 3.53.4` or `PostgreSQL 15.14`. */
  readonly version: string;
  /** False for a database in which nothing was ever made. */
  readonly isMade: boolean;
  /** Ids of known steps of the schema that have not run. */
  readonly pending: readonly string[];
  /** Ids of steps that ran and that this Freesheet does not know: a newer one made them. */
  readonly unknown: readonly string[];
  /** Half of a backup came back: only a restore opens it. */
  readonly isRestoreUnfinished: boolean;
  /** When the first step ran, milliseconds UTC. */
  readonly madeAt: number | undefined;
  /** The latest time that a step or an event bears, milliseconds UTC. */
  readonly latest: number | undefined;
  /** The database server's own clock, milliseconds UTC, where it has one. */
  readonly serverNow: number | undefined;
}

/** Look at a database: its version, and how its schema stands to the steps that this Freesheet knows. Reads only. */
export async function databaseState(
  database: Database,
  migrations: readonly Migration[],
): Promise<DatabaseState> {
  const db = database.read;
  const isPostgres = database.dialect === 'postgres';
  const { rows } = isPostgres
    ? await sql<{ version: string; now: number | null }>`
        select current_setting('server_version') as version,
          (extract(epoch from clock_timestamp()) * 1000)::bigint as now`.execute(db)
    : await sql<{ version: string; now: number | null }>`
        select sqlite_version() as version, null as now`.execute(db);
  const { version, now } = rows[0]!;
  const tables = new Set((await db.introspection.getTables()).map(({ name }) => name));
  const applied = tables.has('migration') ? await db.selectFrom('migration').selectAll().execute() : [];
  const event = tables.has('outbox')
    ? await db.selectFrom('outbox').select('created_at').orderBy('id', 'desc').limit(1).executeTakeFirst()
    : undefined;
  const { ids, isRestoreUnfinished } = await appliedSteps(database);
  const ran = new Set(ids);
  const times = applied.map(({ applied_at }) => applied_at);
  const latest = Math.max(...times, event?.created_at ?? -Infinity);
  return {
    version: `${isPostgres ? 'PostgreSQL' : 'SQLite'} ${version}`,
    isMade: applied.length > 0,
    pending: migrations.map(({ id }) => id).filter((id) => !ran.has(id)),
    unknown: unknownSteps(ids, migrations),
    isRestoreUnfinished,
    madeAt: times.length > 0 ? Math.min(...times) : undefined,
    latest: Number.isFinite(latest) ? latest : undefined,
    serverNow: now ?? undefined,
  };
}
