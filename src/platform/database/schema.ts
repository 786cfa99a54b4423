import { sql, type Kysely } from 'kysely';
import { dialectOf } from './dialect.ts';
import type { Tables } from './tables.ts';

/** The tables that a database has at this moment, each with its columns in the order in which they were made. */
export async function tablesHere(db: Kysely<Tables>): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } =
    dialectOf(db) === 'postgres'
      ? await sql<{ name: string; column: string }>`select table_name as "name", column_name as "column"
          from information_schema.columns join information_schema.tables using (table_schema, table_name)
          where table_schema = current_schema() and table_type = 'BASE TABLE'
          order by table_name, ordinal_position`.execute(db)
      : await sql<{ name: string; column: string }>`select m.name as "name", p.name as "column"
          from sqlite_schema as m join pragma_table_info(m.name) as p
          where m.type = 'table' and m.name not like 'sqlite\\_%' escape '\\' order by m.name, p.cid`.execute(
          db,
        );
  const tables = new Map<string, string[]>();
  for (const { name, column } of rows) {
    const columns = tables.get(name);
    if (columns) columns.push(column);
    else tables.set(name, [column]);
  }
  return tables;
}

/** Drop every table with all that is in it. Belongs into a transaction that makes others in their place. */
export async function dropTables(db: Kysely<Tables>): Promise<void> {
  if (dialectOf(db) === 'postgres') {
    const names = [...(await tablesHere(db)).keys()];
    if (names.length > 0)
      await sql`drop table ${sql.join(names.map((name) => sql.table(name)))} cascade`.execute(db);
    return;
  }
  // Rows that name others are gone before the transaction ends; until then nothing is checked.
  await sql`pragma defer_foreign_keys = on`.execute(db);
  for (;;) {
    // Tables of an index go with it and cannot be dropped by themselves; the newest depend on those before.
    const { rows } = await sql<{ name: string }>`select name from sqlite_schema
      where type = 'table' and name not like 'sqlite\\_%' escape '\\'
      order by sql like 'create virtual%' desc, rowid desc limit 1`.execute(db);
    if (rows.length === 0) return;
    await sql`drop table ${sql.table(rows[0]!.name)}`.execute(db);
  }
}
