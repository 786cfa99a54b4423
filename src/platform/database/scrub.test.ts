import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { migrations as searchMigrations } from '../search/migrations.ts';
import { findDocuments, putDocument, removeDocument } from '../search/search.ts';
import { forEachDatabase } from './testing.ts';

const word = 'zebrafinch';

async function filesWith(folder: string): Promise<string[]> {
  const found = [];
  for (const name of await readdir(folder))
    if ((await readFile(join(folder, name))).includes(word)) found.push(name);
  return found;
}

const documentOf = (id: string, text: string) => ({
  id,
  path: `/${id}`,
  title: `Number ${id}`,
  summary: '',
  text,
  authors: [],
  topics: [],
  language: 'en',
  at: 1,
});

forEachDatabase('a database that is scrubbed', searchMigrations, (get, dialect) => {
  it('holds no word of rows that were removed or changed, and is whole', async () => {
    const { database, dataDir } = get();
    const rare: string[] = [];
    for (let group = 0; group < 30; group += 1)
      await database.write(async ({ db }) => {
        for (let number = 0; number < 100; number += 1) {
          // In no order, so that pages are split as they are by real keys.
          const id = `${((group * 100 + number) * 7919) % 3001}-${group}`;
          const isRare = number % 10 === 3;
          if (isRare) rare.push(id);
          const filling = 'plain words '.repeat((number * 37) % 50);
          await putDocument(db, documentOf(id, `${isRare ? word : 'finch'} ${filling}`));
        }
      });
    if (dialect === 'sqlite') assert.notDeepEqual(await filesWith(dataDir), []);
    await database.write(async ({ db }) => {
      for (const [index, id] of rare.entries())
        if (index % 2 === 0) await removeDocument(db, id);
        else await putDocument(db, documentOf(id, 'gone'));
    });
    await database.scrub();
    assert.deepEqual(await filesWith(dataDir), []);
    const find = async (words: string) => (await findDocuments(database.read, { words, limit: 10 })).total;
    assert.equal(await find(word), 0);
    assert.equal(await find('gone'), 150);
    assert.equal(await find('finch'), 2700);
    await database.write(({ db }) => putDocument(db, documentOf('new', 'after it')));
    assert.equal(await find('after'), 1);
  });
});
