import assert from 'node:assert/strict';
import { it } from 'node:test';
import { forEachDatabase } from '../platform/database/testing.ts';
import { migrations as jobMigrations } from '../platform/jobs/migrations.ts';
import { migrations as mediaMigrations } from '../platform/media/migrations.ts';
import { Withheld } from '../platform/media/withhold.ts';
import { migrations as searchMigrations } from '../platform/search/migrations.ts';
import {
  createStory,
  killStory,
  migrations,
  publishStory,
  saveAuthor,
  saveSection,
  unpublishStory,
  updateStory,
} from './index.ts';
import { fillStoryMedia } from './story-media.ts';

const zone = 'Europe/London';
const actor = 'test';

forEachDatabase(
  'what stories show',
  [...jobMigrations, ...searchMigrations, ...mediaMigrations, ...migrations],
  (get) => {
    const withheld = new Withheld();
    const pictureOf = (media: string) => ({ media, alt: 'A quay' });

    /** Take in a picture. @returns its id */
    async function takePicture(letter: string): Promise<string> {
      const id = letter.repeat(32);
      await get().database.write(({ db, now }) =>
        db
          .insertInto('media')
          .values({
            id,
            kind: 'picture',
            type: 'image/jpeg',
            width: 10,
            height: 10,
            bytes: 10,
            seconds: null,
            renditions: '[]',
            file_name: 'a.jpg',
            title: null,
            caption: null,
            credit: null,
            rights: null,
            created_at: now,
            withheld_at: null,
          })
          .execute(),
      );
      return id;
    }

    async function publish(headline: string, media: string): Promise<string> {
      const { database } = get();
      const content = {
        headline,
        section: 'news',
        lead: pictureOf(media),
        body: [{ type: 'paragraph' as const, text: [{ text: 'Words.' }] }],
      };
      await database.write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
      const { id } = await database.write((tx) => createStory(tx, { content, actor }));
      await database.write((tx) => publishStory(tx, { id, actor, zone }));
      return id;
    }
    const kill = (id: string) =>
      get().database.write((tx) => killStory(tx, { id, reason: 'By order of a court', actor }));

    it('is withheld with the last story of which it was killed, and given out again with a new one', async () => {
      const { database } = get();
      database.onCommit((events) => withheld.hear(events));
      const alone = await takePicture('a');
      const shared = await takePicture('b');
      const [first, second, third] = [
        await publish('First', alone),
        await publish('Second', shared),
        await publish('Third', shared),
      ];
      await kill(first);
      assert.ok(withheld.has(alone));
      await kill(second);
      assert.ok(!withheld.has(shared), 'the third shows it');
      await kill(third);
      assert.ok(withheld.has(shared));
      const other = new Withheld();
      await other.load(database.read);
      assert.ok(other.has(alone) && other.has(shared));
      const again = await publish('Again', await takePicture('c'));
      await database.write((tx) =>
        updateStory(tx, { id: again, content: { lead: pictureOf(shared) }, actor }),
      );
      assert.ok(!withheld.has(shared));
      assert.ok(withheld.has(alone));
    });

    it('stays where it is the face of an author', async () => {
      const face = await takePicture('d');
      await get().database.write((tx) => saveAuthor(tx, { slug: 'ada', name: 'Ada', picture: face }));
      await kill(await publish('By Ada', face));
      assert.ok(!withheld.has(face));
    });

    it('is known of public stories alone, and found out anew from them', async () => {
      const { database } = get();
      const rows = () =>
        database.read.selectFrom('story_media').selectAll().orderBy('media_id').orderBy('story_id').execute();
      const shown = await takePicture('e');
      const id = await publish('Shown', shown);
      assert.ok((await rows()).some(({ media_id, story_id }) => media_id === shown && story_id === id));
      await database.write((tx) => unpublishStory(tx, { id, actor }));
      const before = await rows();
      assert.ok(!before.some(({ story_id }) => story_id === id));
      await database.write(({ db }) => db.deleteFrom('story_media').execute());
      await database.write(({ db }) => fillStoryMedia(db));
      assert.deepEqual(await rows(), before);
    });
  },
);
