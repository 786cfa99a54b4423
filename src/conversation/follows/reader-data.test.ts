import assert from 'node:assert/strict';
import { it } from 'node:test';
import { forEachDatabase } from '../../platform/database/testing.ts';
import { migrations as jobs } from '../../platform/jobs/migrations.ts';
import { migrations as readers } from '../../readers/index.ts';
import { signedInReader } from '../../readers/testing.ts';
import { noticeMigrations } from '../notices/migrations.ts';
import { noticesData } from '../notices/reader-data.ts';
import { followTarget } from './follow-target.ts';
import { followMigrations } from './migrations.ts';
import { blockReader, muteReader } from './mute-reader.ts';
import { followsData } from './reader-data.ts';

forEachDatabase(
  'data of a reader',
  [...jobs, ...readers, ...followMigrations, ...noticeMigrations],
  (get) => {
    it('gives out what is the reader’s own, and leaves nothing once erased', async () => {
      const { database } = get();
      const [ann, ben, cat, dan] = await Promise.all(
        ['ann', 'ben', 'cat', 'dan'].map(
          async (handle) => (await signedInReader(database, { handle })).reader,
        ),
      );
      await database.write((tx) => followTarget(tx, ann!, { kind: 'reader', target: ben!.id }));
      await database.write((tx) => followTarget(tx, ben!, { kind: 'reader', target: ann!.id }));
      await database.write((tx) => muteReader(tx, { reader: ann!.id, target: cat!.id }));
      await database.write((tx) => blockReader(tx, { reader: dan!.id, target: ann!.id }));
      await database.write(async ({ db, now }) => {
        const row = {
          key: 'k',
          comment_id: null,
          story_id: null,
          decision_id: null,
          created_at: now,
          read_at: null,
        };
        await db
          .insertInto('notice')
          .values([
            { ...row, id: 'n1', reader_id: ann!.id, kind: 'follower', actor_id: ben!.id },
            { ...row, id: 'n2', reader_id: ben!.id, kind: 'follower', actor_id: ann!.id },
          ])
          .execute();
      });
      const given = JSON.stringify(await followsData.collect(database.read, ann!));
      assert.ok(given.includes(ben!.id) && given.includes(cat!.id));
      // Who has blocked one is nobody's to know.
      assert.ok(!given.includes(dan!.id));
      assert.ok(JSON.stringify(await noticesData.collect(database.read, ann!)).includes(ben!.id));
      await database.write(async (tx) => {
        const leaver = { ...ann!, addresses: [ann!.email!] };
        await followsData.erase(tx, leaver, 'delete');
        await noticesData.erase(tx, leaver, 'delete');
      });
      for (const table of ['follow', 'reader_mute', 'reader_block', 'following_feed', 'notice'] as const) {
        const rows = await database.read.selectFrom(table).selectAll().execute();
        assert.ok(!JSON.stringify(rows).includes(ann!.id), table);
      }
      assert.equal(await followsData.collect(database.read, ann!), undefined);
    });
  },
);
