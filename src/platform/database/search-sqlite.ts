import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Term } from '../search/query.ts';
import { mostCounted, mostRanked, weights } from './search-limits.ts';
import type { CollectionNames, IndexAnswer, IndexRequest, SearchDialect } from './search-dialect.ts';
import type { Tables } from './tables.ts';

type Row = IndexAnswer['rows'][number];

/** Of those that rank highest, so many are put in order by their time too; more than any page goes down to. */
const mostCompared = 2000;

/** Full text by FTS5. The index is contentless: what it shows comes from the documents, by the same key. */
export function sqliteSearch({ document, index }: CollectionNames): SearchDialect {
  const documents = sql.table(document);
  const words = sql.table(index);
  const keyOf = async (db: Kysely<Tables>, id: string): Promise<number | undefined> => {
    const row = await db.selectFrom(document).select('key').where('id', '=', id).executeTakeFirst();
    return row?.key;
  };
  return {
    async createTables(db) {
      await sql`create table ${documents} (key integer primary key, id text not null unique, at bigint not null,
        section text, authors text not null, title text not null, summary text not null, text text not null)`.execute(
        db,
      );
      await sql`create index ${sql.ref(`${document}_at`)} on ${documents} (at)`.execute(db);
      await sql`create virtual table ${words} using fts5 (title, summary, text, content='', contentless_delete=1,
        tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co M*'", prefix='2 3')`.execute(db);
    },

    async put(db, { tokens, ...row }) {
      const known = await keyOf(db, row.id);
      let key = known;
      if (known === undefined) {
        const { insertId } = await db.insertInto(document).values(row).executeTakeFirstOrThrow();
        key = Number(insertId);
      } else {
        await db.updateTable(document).set(row).where('key', '=', known).execute();
      }
      const [title, summary, text] = tokens.map((list) => list.join(' '));
      await sql`insert or replace into ${words} (rowid, title, summary, text)
        values (${key}, ${title}, ${summary}, ${text})`.execute(db);
    },

    async remove(db, id) {
      const key = await keyOf(db, id);
      if (key === undefined) return;
      await sql`delete from ${words} where rowid = ${key}`.execute(db);
      await db.deleteFrom(document).where('key', '=', key).execute();
    },

    async clear(db) {
      await sql`insert into ${words} (${words}) values ('delete-all')`.execute(db);
      await db.deleteFrom(document).execute();
    },

    async find(db, request) {
      const isBare = request.query.must.length === 0;
      const match = matchOf(request);
      const filters = filtersOf(request);
      const where = sql.join([...(isBare ? [] : [sql`${words} match ${match}`]), ...filters], sql` and `);
      const joined = sql`${words} join ${documents} as d on d.key = ${words}.rowid`;
      const from = isBare ? sql`${documents} as d` : filters.length === 0 ? words : joined;
      const page = sql`limit ${request.limit} offset ${request.offset}`;
      const columns = sql`d.id, d.title, d.summary, d.text`;
      // A better rank is more negative; the rounding lets the newer of near equals stand first.
      const rank = sql`round(bm25(${words}, ${sql.raw(weights.join(', '))}), 3)`;
      const { rows } = await (
        isBare
          ? sql<Row>`select ${columns} from ${from} where ${where} order by d.at desc, d.id desc ${page}`
          : // Documents are looked at for the best alone: to look at each that holds a common word costs most of it all.
            sql<Row>`select ${columns} from (select key, rank from
              (select ${words}.rowid as key, ${rank} as rank from ${from} where ${where}
              order by ${words}.rowid desc limit ${mostRanked})
            order by rank, key desc limit ${mostCompared}) as best
          join ${documents} as d on d.key = best.key order by best.rank, d.at desc, d.id desc ${page}`
      ).execute(db);
      // The index alone can count what no filter narrows, without a look at each document.
      const counted = await sql<{ total: number }>`select count(*) as total from (select 1
        from ${from} where ${where} limit ${mostCounted})`.execute(db);
      return { rows, total: counted.rows[0]!.total };
    },
  };
}

function filtersOf({ section, author, from, to }: IndexRequest): RawBuilder<unknown>[] {
  const filters: RawBuilder<unknown>[] = [];
  if (section !== undefined) filters.push(sql`d.section = ${section}`);
  if (author !== undefined) filters.push(sql`instr(d.authors, ${` ${author} `}) > 0`);
  if (from !== undefined) filters.push(sql`d.at >= ${from}`);
  if (to !== undefined) filters.push(sql`d.at < ${to}`);
  return filters;
}

/** An FTS5 expression; tokens hold letters, digits and marks only, and stand in quotes. */
function matchOf({ query }: IndexRequest): string {
  const phrase = ({ tokens, isPrefix }: Term) => `"${tokens.join(' ')}"${isPrefix ? ' *' : ''}`;
  const must = query.must.map(phrase).join(' AND ');
  return query.mustNot.length === 0 ? must : `(${must}) NOT (${query.mustNot.map(phrase).join(' OR ')})`;
}
