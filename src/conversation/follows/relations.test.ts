import assert from 'node:assert/strict';
import { it } from 'node:test';
import { forEachDatabase } from '../../platform/database/testing.ts';
import { migrations as readers } from '../../readers/index.ts';
import { followMigrations } from './migrations.ts';
import { isUnseen, noRelations } from './follow.ts';
import { relationsOf } from './relations.ts';

forEachDatabase('relations', [...readers, ...followMigrations], (get) => {
  it('tells how a reader stands to the others', async () => {
    const { database } = get();
    const since = 1;
    await database.write(async ({ db }) => {
      await db
        .insertInto('follow')
        .values([
          { reader_id: 'ann', kind: 'reader', target: 'ben', since },
          { reader_id: 'ann', kind: 'topic', target: 'harbour', since },
          { reader_id: 'ben', kind: 'author', target: 'smith', since },
        ])
        .execute();
      await db.insertInto('reader_mute').values({ reader_id: 'ann', target_id: 'cat', since }).execute();
      await db
        .insertInto('reader_block')
        .values([
          { reader_id: 'ann', target_id: 'dan', since },
          { reader_id: 'eve', target_id: 'ann', since },
        ])
        .execute();
    });
    const ann = await relationsOf(database.read, 'ann');
    assert.deepEqual([...ann.following.reader], ['ben']);
    assert.deepEqual([...ann.following.topic], ['harbour']);
    assert.equal(ann.following.author.size, 0);
    assert.deepEqual(
      ['ben', 'cat', 'dan', 'eve'].filter((id) => isUnseen(ann, id)),
      ['cat', 'dan'],
    );
    assert.deepEqual([...ann.blockedBy], ['eve']);
    const cat = await relationsOf(database.read, 'cat');
    assert.equal(cat.blockedBy.size, 0);
    assert.equal(await relationsOf(database.read, undefined), noRelations);
  });
});
