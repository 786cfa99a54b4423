import { CompiledQuery, type Kysely, type QueryResult } from 'kysely';
import { directConnection } from './sqlite-driver.ts';
import type { Tables } from './tables.ts';

/** What a hole of a statement may hold. */
export type StatementValue = string | number | bigint | boolean | null | Uint8Array;

/** Many values in one hole; made by `list` and `tuples`. */
class Several {
  readonly values: readonly StatementValue[];
  /** Values of each tuple; 0 for values that stand alone. */
  readonly width: number;
  constructor(values: readonly StatementValue[], width: number) {
    this.values = values;
    this.width = width;
  }
}

/** Values for a hole in `in (...)`. @throws Error for none: no database takes an empty list */
export function list(values: readonly StatementValue[]): Several {
  if (values.length === 0) throw new Error('A list in a statement holds at least one value.');
  return new Several(values, 0);
}

/** Rows for a hole after `values`, all of the same width. @throws Error for none */
export function tuples(rows: readonly (readonly StatementValue[])[]): Several {
  if (rows.length === 0) throw new Error('A statement inserts at least one row.');
  return new Several(rows.flat(), rows[0]!.length);
}

/** A statement that can be sent. */
export interface Statement<Row> {
  execute(db: Kysely<Tables>): Promise<QueryResult<Row>>;
}

/**
 * A statement written out, for what is asked with every request and every write: its text is put together once, not each
 * time, as a query builder and Kysely's own tag do, which costs more than the answer. Holes take values alone, and
 * `list` and `tuples`; both databases must read the rest alike. A limit stands in the text: SQLite plans a statement anew
 * for each value bound to it.
 */
export function statement<Row = unknown>(
  strings: TemplateStringsArray,
  ...holes: readonly (StatementValue | Several)[]
): Statement<Row> {
  return {
    execute(db) {
      const values = valuesOf(holes);
      const direct = directConnection(db);
      if (direct) return direct.send<Row>(textOf(strings, holes, 'sqlite'), values);
      return db.executeQuery(
        CompiledQuery.raw(textOf(strings, holes, 'postgres'), [...values]) as CompiledQuery<Row>,
      );
    },
  };
}

function valuesOf(holes: readonly (StatementValue | Several)[]): readonly StatementValue[] {
  if (!holes.some((hole) => hole instanceof Several)) return holes as readonly StatementValue[];
  return holes.flatMap((hole) => (hole instanceof Several ? hole.values : [hole]));
}

type Marks = 'sqlite' | 'postgres';

/** Texts of a template by the shape of its lists. */
const texts: Readonly<Record<Marks, WeakMap<TemplateStringsArray, Map<string, string>>>> = {
  sqlite: new WeakMap(),
  postgres: new WeakMap(),
};
/** Longer lists come in too many lengths to be kept. */
const longestKept = 16;

function textOf(
  strings: TemplateStringsArray,
  holes: readonly (StatementValue | Several)[],
  marks: Marks,
): string {
  let shape = '';
  let isKept = true;
  for (const hole of holes) {
    if (!(hole instanceof Several)) continue;
    shape += `${hole.values.length}.`;
    isKept &&= hole.values.length <= longestKept;
  }
  let known = texts[marks].get(strings);
  if (known === undefined) texts[marks].set(strings, (known = new Map<string, string>()));
  let text = known.get(shape);
  if (text !== undefined) return text;
  text = putTogether(strings, holes, marks);
  if (isKept) known.set(shape, text);
  return text;
}

function putTogether(
  strings: TemplateStringsArray,
  holes: readonly (StatementValue | Several)[],
  marks: Marks,
): string {
  let count = 0;
  const mark = () => (marks === 'sqlite' ? '?' : `$${(count += 1)}`);
  const marksOf = (hole: Several) => {
    const all = hole.values.map(mark);
    if (hole.width === 0) return all.join(', ');
    const rows = Array.from({ length: all.length / hole.width }, (_, row) =>
      all.slice(row * hole.width, (row + 1) * hole.width),
    );
    return rows.map((row) => `(${row.join(', ')})`).join(', ');
  };
  return strings.reduce((text, part, index) => {
    const hole = holes[index - 1];
    return text + (hole instanceof Several ? marksOf(hole) : mark()) + part;
  });
}
