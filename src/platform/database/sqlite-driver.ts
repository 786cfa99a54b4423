import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';

const cachedStatements = 500;

/**
 * Kysely's connection over one handle of Node's own SQLite. Everything answers before the next macrotask,
 * which is what lets many commands share one transaction.
 */
class SqliteConnection implements DatabaseConnection {
  readonly #handle: DatabaseSync;
  readonly #mayQuery: () => void;
  readonly #statements = new Map<string, { statement: StatementSync; returnsRows: boolean }>();

  constructor(handle: DatabaseSync, mayQuery: () => void) {
    this.#handle = handle;
    this.#mayQuery = mayQuery;
  }

  // Kysely awaits this; the work itself is done at once.
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    this.#mayQuery();
    const { statement, returnsRows } = this.#prepare(query.sql);
    const parameters = query.parameters.map(toSqlite);
    if (returnsRows) return { rows: statement.all(...parameters) as R[] };
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    this.#mayQuery();
    // Not from the cache: an open iterator must not be reset by another use of its statement.
    const statement = this.#handle.prepare(query.sql);
    let rows: R[] = [];
    for (const row of statement.iterate(...query.parameters.map(toSqlite))) {
      rows.push(row as R);
      if (rows.length === 200) {
        yield { rows };
        rows = [];
      }
    }
    if (rows.length > 0) yield { rows };
  }

  #prepare(text: string): { statement: StatementSync; returnsRows: boolean } {
    const known = this.#statements.get(text);
    if (known) {
      this.#statements.delete(text);
      this.#statements.set(text, known);
      return known;
    }
    const statement = this.#handle.prepare(text);
    const entry = { statement, returnsRows: statement.columns().length > 0 };
    // FTS5 keeps its notes of what was deleted under row ids above 2^53, and the last one is told after every write.
    if (!entry.returnsRows) statement.setReadBigInts(true);
    this.#statements.set(text, entry);
    if (this.#statements.size > cachedStatements)
      this.#statements.delete(this.#statements.keys().next().value!);
    return entry;
  }
}

/** node:sqlite reads a leading object as named parameters, so that a Date would silently become NULL. */
function toSqlite(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'bigint') return value;
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Uint8Array) return value;
  throw new TypeError(
    `A query parameter is ${value === undefined ? 'undefined' : typeof value}; give text, a number, bytes or null.`,
  );
}

/**
 * A Kysely dialect over one open handle.
 * @param mayQuery throws where a query is not allowed at this moment
 */
export function sqliteDialect(handle: DatabaseSync, mayQuery: () => void = () => {}): Dialect {
  const connection = new SqliteConnection(handle, mayQuery);
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    beginTransaction: refuseTransaction,
    commitTransaction: refuseTransaction,
    rollbackTransaction: refuseTransaction,
    destroy: async () => {},
  };
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

async function refuseTransaction(): Promise<void> {
  throw new Error('Transactions go through Database.write, so that commands can share a commit.');
}
