import assert from 'node:assert/strict';
import { it } from 'node:test';
import { allMigrations } from '../../src/migrations.ts';
import { forEachDatabase, openTestDatabase, type TestDatabase } from '../../src/platform/database/testing.ts';
import type { RecordedEvent } from '../../src/platform/events/event-log.ts';
import { JobRunner } from '../../src/platform/jobs/job-runner.ts';
import { silentLog } from '../../src/platform/log.ts';
import {
  correctStory,
  fromInstant,
  importStory,
  killStory,
  publishStory,
  unpublishStory,
  updateStory,
} from '../../src/stories/index.ts';
import { composeAlert } from '../../src/alerts/breaking/compose-alert.ts';
import { sendAlert } from '../../src/alerts/breaking/send-alert.ts';
import { storyDelay } from '../../src/alerts/breaking/tell-story.ts';
import {
  addBrowsers,
  partsOf,
  publicStory,
  recordingSender,
  testRules,
  testZone,
} from '../../src/alerts/breaking/testing.ts';
import { watchWideAlerts } from '../../src/alerts/breaking/watch-wide-alerts.ts';
import { everyone } from '../../src/alerts/breaking/wide-alert.ts';

interface Scene {
  readonly test: TestDatabase;
  readonly sender: ReturnType<typeof recordingSender>;
  /** Hand on what happened, and do all jobs that are due. */
  settle(): Promise<void>;
  /** Titles that a browser was shown, in their order. */
  shown(browser: string): string[];
}

forEachDatabase('stories that are told by themselves', allMigrations, (_, dialect) => {
  async function scene(work: (scene: Scene) => Promise<void>): Promise<void> {
    const test = await openTestDatabase(dialect, allMigrations);
    const { database, clock } = test;
    try {
      const sender = recordingSender();
      const jobs = new JobRunner({ database, clock, log: silentLog });
      let handle: (events: RecordedEvent[]) => Promise<void> = async () => {};
      let wanted: readonly string[] = [];
      watchWideAlerts({
        ...partsOf(test, sender),
        jobs,
        events: {
          onRecorded: () => {},
          subscribe(_name, given, { types = [] } = {}) {
            [handle, wanted] = [given, types];
          },
        },
      });
      const seen = new Set<string>();
      await work({
        test,
        sender,
        shown: (browser) =>
          sender.told
            .filter((each) => each.browser === browser)
            .map(({ notification }) => notification.title),
        async settle() {
          for (let isMore = true; isMore;) {
            const rows = await database.read.selectFrom('outbox').selectAll().orderBy('created_at').execute();
            const fresh = rows.filter(({ id, type }) => !seen.has(id) && wanted.includes(type));
            const events = fresh.map((row, index): RecordedEvent => ({
              position: index,
              id: row.id,
              type: row.type,
              payload: JSON.parse(row.payload) as Record<string, unknown>,
              tags: [],
              urgent: false,
              createdAt: row.created_at,
            }));
            // Twice: they are handed on at least once.
            if (events.length > 0) for (let time = 0; time < 2; time += 1) await handle(events);
            for (const { id } of fresh) seen.add(id);
            await jobs.look();
            await jobs.idle();
            const due = await database.read
              .selectFrom('job')
              .select('id')
              .where('state', '=', 'waiting')
              .where('run_at', '<=', clock.now())
              .executeTakeFirst();
            isMore = due !== undefined || fresh.length > 0;
          }
        },
      });
      await jobs.stop();
    } finally {
      await test.close();
    }
  }
  const topic = { choices: { 'topic:ferries': 'push' } };

  it('are told once to those who want to hear of their like, after a while', () =>
    scene(async ({ test: { database, clock }, settle, shown, sender }) => {
      const [ferries, section, other] = await addBrowsers(database, [
        topic,
        { choices: { 'section:news': 'push', 'topic:ferries': 'push' } },
        { choices: { 'topic:trams': 'push', 'breaking:': 'push' } },
      ]);
      const story = await publicStory(database);
      await settle();
      assert.equal(sender.told.length, 0);
      clock.advance(storyDelay);
      await settle();
      assert.deepEqual(shown(ferries!), [story.headline]);
      assert.deepEqual(shown(section!), [story.headline]);
      assert.deepEqual(shown(other!), []);
      assert.equal(sender.told[0]!.notification.tag, `s-${story.code}`);
      // It comes back after a withdrawal, and is no news.
      await database.write((tx) => unpublishStory(tx, { id: story.id, actor: 'ann' }));
      await settle();
      assert.match(shown(ferries!).at(-1)!, /withdrawn/);
      await database.write((tx) => publishStory(tx, { id: story.id, actor: 'ann', zone: testZone }));
      clock.advance(storyDelay);
      await settle();
      assert.equal(shown(ferries!).length, 2);
    }));

  it('are not told when they are taken back at once, are imported, or appeared long ago', () =>
    scene(async ({ test: { database, clock }, settle, sender }) => {
      await addBrowsers(database, [topic]);
      const undone = await publicStory(database);
      await settle();
      await database.write((tx) => unpublishStory(tx, { id: undone.id, actor: 'ann' }));
      const content = {
        headline: 'Old',
        section: 'news',
        topics: ['ferries'],
        body: [{ type: 'paragraph' as const, text: [{ text: 'Old.' }] }],
      };
      const incoming = { source: 'wire:test', hash: 'a', content };
      await database.write((tx) =>
        importStory(tx, {
          ...incoming,
          sourceId: '1',
          state: 'published',
          published: fromInstant(clock.now(), testZone),
        }),
      );
      const { story: old } = await database.write((tx) =>
        importStory(tx, { ...incoming, sourceId: '2', state: 'draft' }),
      );
      await database.write((tx) =>
        publishStory(tx, {
          id: old.id,
          actor: 'ann',
          zone: testZone,
          at: fromInstant(clock.now() - 30 * 86_400_000, testZone),
        }),
      );
      clock.advance(storyDelay);
      await settle();
      assert.equal(sender.told.length, 0);
    }));

  it('are told again to those who follow the very story, when they are updated or corrected', () =>
    scene(async ({ test: { database, clock }, settle, shown }) => {
      const story = await publicStory(database);
      const [follower, other] = await addBrowsers(database, [
        { choices: { [`story:${story.id}`]: 'push' } },
        topic,
      ]);
      clock.advance(storyDelay);
      await settle();
      const zone = testZone;
      const change = (headline: string, significant: boolean) =>
        database.write((tx) =>
          updateStory(tx, { id: story.id, content: { headline }, actor: 'ann', significant, zone }),
        );
      await change('A comma', false);
      await change('The first', true);
      await change('The harbour opens', true);
      clock.advance(storyDelay);
      await settle();
      assert.deepEqual(shown(follower!), ['Updated: The harbour opens']);
      await database.write((tx) =>
        correctStory(tx, { id: story.id, text: 'It was Friday.', actor: 'ann', zone }),
      );
      clock.advance(storyDelay);
      await settle();
      assert.deepEqual(shown(follower!), ['Updated: The harbour opens', 'Corrected: The harbour opens']);
      assert.deepEqual(shown(other!), [story.headline]);
    }));

  it('are not told to whoever heard of them as breaking news', () =>
    scene(async ({ test: { database, clock }, settle, shown }) => {
      const [both, only] = await addBrowsers(database, [
        { choices: { 'topic:ferries': 'push', 'breaking:': 'push' } },
        topic,
      ]);
      const story = await publicStory(database);
      const { id } = await database.write((tx) =>
        composeAlert(tx, {
          story: story.id,
          title: 'Breaking',
          urgency: 'breaking',
          audiences: [everyone],
          actor: 'ann',
        }),
      );
      await database.write((tx) => sendAlert(tx, { alert: id, actor: 'ann', rules: testRules }));
      await settle();
      clock.advance(storyDelay);
      await settle();
      assert.deepEqual(shown(both!), ['Breaking']);
      assert.deepEqual(shown(only!), [story.headline]);
      // A kill takes both back.
      await database.write((tx) => killStory(tx, { id: story.id, reason: 'false', actor: 'ann' }));
      await settle();
      for (const browser of [both!, only!]) assert.match(shown(browser).at(-1)!, /withdrawn/);
    }));
});
