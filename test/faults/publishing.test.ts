import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { findStory, isPublic, listRevisions } from '../../src/stories/index.ts';
import {
  anyOf,
  assertConsistent,
  forEachDialect,
  rounds,
  settingsOf,
  startVictim,
  withNewsroom,
} from '../rig/faults.ts';

forEachDialect('publishing that is killed', (dialect) => {
  for (let round = 1; round <= rounds; round += 1)
    it(`loses nothing that was acknowledged, round ${round}`, () =>
      withNewsroom(dialect, async (newsroom) => {
        const { database } = newsroom;
        const victim = startVictim('test/faults/publishing.victim.ts', [], settingsOf(newsroom));
        const least = anyOf(1, 40);
        await victim.until((lines) => lines.length >= least);
        await wait(anyOf(0, 20));
        await victim.kill();
        const acknowledged = new Map(
          victim.lines.map((line) => {
            const [id, version, state] = line.split(' ') as [string, string, string];
            return [id, { version: Number(version), state }];
          }),
        );
        assert.ok(acknowledged.size > 0);
        for (const [id, { version, state }] of acknowledged) {
          const story = await findStory(database.read, id);
          assert.ok(story, `story ${id} is lost`);
          assert.ok(story.version >= version, `a change of ${id} is lost`);
          if (story.version === version) assert.equal(story.state, state);
          // What happened to it is told whole: a change and its revision are one.
          assert.equal((await listRevisions(database.read, id)).length, story.version);
          assert.equal(
            story.corrections.length,
            (await listRevisions(database.read, id)).filter(({ action }) => action === 'corrected').length,
          );
          if (isPublic(story)) assert.ok(story.path);
        }
        await assertConsistent(database, 'harbour');
        // Each change left its event, once.
        const events = await database.read
          .selectFrom('outbox')
          .select((expression) => expression.fn.countAll<number>().as('count'))
          .where('type', 'like', 'story.%')
          .executeTakeFirstOrThrow();
        const versions = await database.read
          .selectFrom('story')
          .select((expression) => expression.fn.sum<number>('version').as('sum'))
          .executeTakeFirstOrThrow();
        assert.equal(Number(events.count), Number(versions.sum));
      }));
});
