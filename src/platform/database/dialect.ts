import { PostgresAdapter, type Kysely } from 'kysely';
import type { Database } from './database.ts';

/** Which dialect a query builder or transaction speaks. For this folder and what it exports alone. */
export function dialectOf<T>(db: Kysely<T>): Database['dialect'] {
  return db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite';
}
