import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type LimitNode,
  type QueryResult,
  ValueNode,
} from 'kysely';
import type { Tables } from './tables.ts';

const cachedStatements = 500;

interface Prepared {
  readonly statement: StatementSync;
  readonly returnsRows: boolean;
  /** Since room was last made for others. */
  isUsed: boolean;
}

/**
 * Kysely's connection over one handle of Node's own SQLite. Everything answers before the next macrotask,
 * which is what lets many commands share one transaction.
 */
class SqliteConnection implements DatabaseConnection {
  readonly #handle: DatabaseSync;
  readonly #mayQuery: () => void;
  readonly #statements = new Map<string, Prepared>();

  constructor(handle: DatabaseSync, mayQuery: () => void) {
    this.#handle = handle;
    this.#mayQuery = mayQuery;
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.send(query.sql, query.parameters);
  }

  /** Run a statement. The work itself is done at once, though its answer is awaited. */
  async send<R>(text: string, values: readonly unknown[]): Promise<QueryResult<R>> {
    this.#mayQuery();
    const { statement, returnsRows } = this.#prepare(text);
    const parameters = values.map(toSqlite);
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

  #prepare(text: string): Prepared {
    const known = this.#statements.get(text);
    if (known) {
      known.isUsed = true;
      return known;
    }
    if (this.#statements.size >= cachedStatements) this.#makeRoom();
    const statement = this.#handle.prepare(text);
    const entry = { statement, returnsRows: statement.columns().length > 0, isUsed: false };
    // FTS5 keeps its notes of what was deleted under row ids above 2^53, and the last one is told after every write.
    if (!entry.returnsRows) statement.setReadBigInts(true);
    this.#statements.set(text, entry);
    return entry;
  }

  /** Forget the oldest statement that nobody used since its last turn: noting every use in order would cost each of them. */
  #makeRoom(): void {
    for (const [text, entry] of this.#statements) {
      this.#statements.delete(text);
      if (!entry.isUsed) return;
      entry.isUsed = false;
      this.#statements.set(text, entry);
    }
  }
}

/** SQLite plans a statement anew each time that another value is bound to its limit: numbers stand in the text there. */
class QueryCompiler extends SqliteQueryCompiler {
  protected override visitLimit(node: LimitNode): void {
    const { limit } = node;
    if (ValueNode.is(limit) && Number.isSafeInteger(limit.value)) this.append(`limit ${String(limit.value)}`);
    else super.visitLimit(node);
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

const connections = new WeakMap<object, SqliteConnection>();

/** The connection behind a query builder of SQLite, past Kysely; undefined for other databases. For this folder alone. */
export function directConnection(db: object): Pick<SqliteConnection, 'send'> | undefined {
  return connections.get(db);
}

/**
 * A query builder over one open handle.
 * @param mayQuery throws where a query is not allowed at this moment
 */
export function sqliteBuilder(handle: DatabaseSync, mayQuery: () => void = () => {}): Kysely<Tables> {
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
  const db = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => driver,
      createIntrospector: (inner) => new SqliteIntrospector(inner),
      createQueryCompiler: () => new QueryCompiler(),
    },
  });
  connections.set(db, connection);
  return db;
}

async function refuseTransaction(): Promise<void> {
  throw new Error('Transactions go through Database.write, so that commands can share a commit.');
}
