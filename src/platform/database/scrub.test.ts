import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import type { Kysely } from 'kysely';
import { migrations as searchMigrations } from '../search/migrations.ts';
import { findDocuments, putDocument, removeDocument } from '../search/search.ts';
import { forEachDatabase } from './testing.ts';

declare module './tables.ts' {
  interface Tables {
    scrubbed: { id: string; words: string };
  }
}

const table = {
  id: 'test-001-scrubbed',
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('scrubbed')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('words', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('scrubbed_words').on('scrubbed').column('words').execute();
  },
};
const word = 'zebrafinch';

async function filesWith(folder: string): Promise<string[]> {
  const found = [];
  for (const name of await readdir(folder))
    if ((await readFile(join(folder, name))).includes(word)) found.push(name);
  return found;
}

/** Whole numbers below 2^32 that look like chance and are the same in each run (Lehmer). */
function* chance(): Generator<number, never> {
  for (let state = 7; ;) yield (state = Number((BigInt(state) * 48_271n) % 2_147_483_647n));
}

forEachDatabase('a database that is scrubbed', [...searchMigrations, table], (get, dialect) => {
  it('holds no word of rows that were removed or changed, and is whole', async () => {
    const { database, dataDir } = get();
    const numbers = chance();
    const next = () => numbers.next().value;
    const rare: string[] = [];
    // In no order and of all lengths, so that pages are split as they are in life.
    for (let group = 0; group < 100; group += 1)
      await database.write(async ({ db }) => {
        for (let number = 0; number < 100; number += 1) {
          const id = `${next().toString(36)}-${group}-${number}`;
          const isRare = number % 20 === 3;
          if (isRare) rare.push(id);
          const words = `${isRare ? word : 'finch'} ${'plain '.repeat(next() % 100)}${id}`;
          await db.insertInto('scrubbed').values({ id, words }).execute();
        }
      });
    if (dialect === 'sqlite') assert.notDeepEqual(await filesWith(dataDir), []);
    await database.write(async ({ db }) => {
      for (const [index, id] of rare.entries())
        if (index % 2 === 0) await db.deleteFrom('scrubbed').where('id', '=', id).execute();
        else await db.updateTable('scrubbed').set({ words: '' }).where('id', '=', id).execute();
    });
    await database.scrub();
    assert.deepEqual(await filesWith(dataDir), []);
    const left = await database.read
      .selectFrom('scrubbed')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    assert.equal(Number(left.count), 10_000 - rare.length / 2);
  });

  it('holds no word of stories that cannot be found any more', async () => {
    const { database, dataDir } = get();
    const put = (id: string, text: string) =>
      database.write(({ db }) =>
        putDocument(db, {
          id,
          path: `/${id}`,
          title: `Number ${id}`,
          summary: '',
          text,
          authors: [],
          topics: [],
          language: 'en',
          at: 1,
        }),
      );
    for (let number = 0; number < 50; number += 1) await put(String(number), `${word} and finch`);
    for (let number = 0; number < 25; number += 1) await put(String(number), 'finch');
    for (let number = 25; number < 50; number += 1)
      await database.write(({ db }) => removeDocument(db, String(number)));
    await database.scrub();
    assert.deepEqual(await filesWith(dataDir), []);
    await put('new', 'after it');
    const found = async (words: string) => (await findDocuments(database.read, { words, limit: 10 })).total;
    assert.deepEqual([await found(word), await found('finch'), await found('after')], [0, 25, 1]);
  });
});
