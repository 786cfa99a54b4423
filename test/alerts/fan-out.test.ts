import assert from 'node:assert/strict';
import { it } from 'node:test';
import { allMigrations } from '../../src/migrations.ts';
import { forEachDatabase, openTestDatabase, type TestDatabase } from '../../src/platform/database/testing.ts';
import { followTarget } from '../../src/conversation/index.ts';
import { signedInReader } from '../../src/readers/testing.ts';
import { killStory } from '../../src/stories/index.ts';
import { findAlert, listRuns } from '../../src/alerts/breaking/alerts.ts';
import { composeAlert } from '../../src/alerts/breaking/compose-alert.ts';
import { correctAlert } from '../../src/alerts/breaking/correct-alert.ts';
import { estimateAudience } from '../../src/alerts/breaking/estimate.ts';
import { sendAlert } from '../../src/alerts/breaking/send-alert.ts';
import {
  addBrowsers,
  choose,
  partsOf,
  publicStory,
  recordingSender,
  testRules,
  type TestBrowser,
} from '../../src/alerts/breaking/testing.ts';
import { audienceOf } from '../../src/alerts/breaking/wide-alert.ts';
import { cancelAlert, withdrawAlert, withdrawAlertsOf } from '../../src/alerts/breaking/withdraw-alert.ts';
import { runAlert, runLater } from '../../src/alerts/breaking/fan-out/run-alert.ts';

const never = new AbortController().signal;
const breaking = { choices: { 'breaking:': 'push' } };

forEachDatabase('an alert to many', allMigrations, (_, dialect) => {
  /** A newsroom of its own, so that no audience hears what another test sends. */
  async function scene(
    work: (scene: {
      readonly test: TestDatabase;
      readonly sender: ReturnType<typeof recordingSender>;
      readonly story: Awaited<ReturnType<typeof publicStory>>;
      readonly send: (audience?: string[], more?: object) => Promise<string>;
      readonly runAll: () => Promise<void>;
    }) => Promise<void>,
  ): Promise<void> {
    const test = await openTestDatabase(dialect, allMigrations);
    try {
      const { database } = test;
      const sender = recordingSender();
      const story = await publicStory(database);
      const parts = partsOf(test, sender);
      await work({
        test,
        sender,
        story,
        async send(audience = ['everyone'], more = {}) {
          const { id } = await database.write((tx) =>
            composeAlert(tx, {
              story: story.id,
              urgency: 'breaking',
              audiences: audience.map(audienceOf),
              actor: 'ann',
              ...more,
            }),
          );
          await database.write((tx) => sendAlert(tx, { alert: id, actor: 'ann', rules: testRules }));
          return id;
        },
        async runAll() {
          const open = await database.read
            .selectFrom('alert_run')
            .select('id')
            .where('state', 'in', ['waiting', 'running'])
            .where('at', '<=', test.clock.now())
            .orderBy('at')
            .orderBy('id')
            .execute();
          for (const { id } of open) await runAlert(parts, id, never);
        },
      });
    } finally {
      await test.close();
    }
  }

  it('rings everyone who wants breaking news once, and nobody else', () =>
    scene(async ({ test: { database, clock }, sender, send, runAll, story }) => {
      const ids = await addBrowsers(database, [
        ...Array.from({ length: 8 }, (): TestBrowser => breaking),
        { choices: { 'topic:ferries': 'push' } },
        {},
        { choices: { 'breaking:': 'off' } },
      ]);
      const audiences = [audienceOf('everyone')];
      assert.equal(await estimateAudience(database.read, audiences, clock.now()), 8);
      const id = await send();
      await runAll();
      assert.deepEqual(sender.told.map(({ browser }) => browser).sort(), ids.slice(0, 8));
      const [first] = sender.told;
      const alert = await findAlert(database.read, id);
      assert.equal(first!.notification.title, story.headline);
      assert.equal(first!.notification.navigate, `https://paper.example${story.path}`);
      assert.equal(first!.notification.tag, `a-${alert!.code}`);
      assert.equal(first!.options.topic, `a-${alert!.code}`);
      assert.equal(first!.options.urgency, 'high');
      assert.equal(first!.notification.silent, undefined);
      assert.equal(alert!.state, 'sent');
      assert.equal(alert!.counts.delivered, 8);
      // Once more, as after a crash: nothing is left to tell.
      await runAll();
      assert.equal(sender.told.length, 8);
    }));

  it('rings browsers by the choices of the account that is signed in, unless the browser says otherwise', () =>
    scene(async ({ test: { database, clock }, sender, send, runAll }) => {
      const session = async (reader: string) =>
        (
          await database.read
            .selectFrom('reader_session')
            .select('id')
            .where('reader_id', '=', reader)
            .executeTakeFirstOrThrow()
        ).id;
      const chooser = (await signedInReader(database)).reader;
      const follower = (await signedInReader(database)).reader;
      const quiet = (await signedInReader(database)).reader;
      const gone = (await signedInReader(database)).reader;
      await choose(database, `reader:${chooser.id}`, { 'topic:ferries': 'push' });
      await choose(database, `reader:${follower.id}`, { 'topic:': 'push' });
      await choose(database, `reader:${gone.id}`, { 'topic:ferries': 'push' });
      for (const reader of [follower, quiet])
        await database.write((tx) => followTarget(tx, reader, { kind: 'topic', target: 'ferries' }));
      const at = async (reader: string, choices?: TestBrowser['choices']): Promise<TestBrowser> => ({
        reader,
        session: await session(reader),
        ...(choices && { choices }),
      });
      const ids = await addBrowsers(database, [
        await at(chooser.id),
        await at(chooser.id, { 'topic:ferries': 'push' }),
        await at(follower.id),
        { choices: { 'topic:ferries': 'push', 'section:news': 'push' } },
        await at(chooser.id, { 'topic:ferries': 'off' }),
        await at(quiet.id),
        await at(gone.id),
        { reader: chooser.id },
      ]);
      await database.write(({ db }) =>
        db.deleteFrom('reader_session').where('reader_id', '=', gone.id).execute(),
      );
      const audience = ['topic:ferries', 'section:news'];
      const reckoned = await estimateAudience(database.read, audience.map(audienceOf), clock.now());
      await send(audience);
      await runAll();
      assert.deepEqual(sender.told.map(({ browser }) => browser).sort(), ids.slice(0, 4));
      assert.equal(reckoned, 4);
    }));

  it('keeps to quiet hours, pauses and the number of a day, and tells later who was only asleep', () =>
    scene(async ({ test, sender, send, runAll }) => {
      const { database, clock } = test;
      const day = Math.floor(clock.now() / 86_400_000);
      const ids = await addBrowsers(database, [
        breaking,
        breaking,
        breaking,
        { ...breaking, dayCount: { day, count: 4 } },
        { ...breaking, dayCount: { day: day - 1, count: 4 } },
      ]);
      const set = (id: string, row: object) =>
        database.write(({ db, now }) =>
          db
            .insertInto('alert_setting')
            .values({
              owner: `browser:${id}`,
              zone: 'Europe/London',
              quiet_from: null,
              quiet_to: null,
              gravest: 0,
              daily_cap: 4,
              paused_until: null,
              changed_at: now,
              ...row,
            })
            .execute(),
        );
      // It is noon there.
      await set(ids[1]!, { quiet_from: 11 * 60, quiet_to: 13 * 60 });
      await set(ids[2]!, { paused_until: clock.now() + 1 });
      const id = await send();
      await runAll();
      assert.deepEqual(sender.told.map(({ browser }) => browser).sort(), [ids[0], ids[4]]);
      const [run] = await listRuns(database.read, id);
      assert.equal(run!.putOff, 1);
      assert.equal(run!.state, 'running');
      assert.equal((await findAlert(database.read, id))!.state, 'sent');
      const job = await database.read
        .selectFrom('job')
        .select('run_at')
        .where('name', '=', 'alerts.later')
        .executeTakeFirstOrThrow();
      assert.ok(job.run_at >= clock.now() + 3_600_000);
      clock.set(job.run_at);
      await runLater(partsOf(test, sender), run!.id, never);
      assert.deepEqual(sender.told.map(({ browser }) => browser).sort(), [ids[0], ids[1], ids[4]]);
      assert.equal((await listRuns(database.read, id))[0]!.state, 'done');
      const counted = await database.read
        .selectFrom('alert_browser')
        .select(['id', 'day_count'])
        .orderBy('id')
        .execute();
      assert.deepEqual(
        counted.map((row) => row.day_count),
        [1, 1, 0, 4, 1],
      );
    }));

  it('tries again whom a service put off, forgets who is gone, and gives up in the end', () =>
    scene(async ({ test, sender, send, runAll }) => {
      const { database, clock } = test;
      const ids = await addBrowsers(database, [breaking, breaking, breaking, breaking]);
      const outcomes = ['later', 'gone', 'failed', 'refused'] as const;
      const retryAt = clock.now() + 300_000;
      sender.outcome = (browser) => {
        const outcome = outcomes[ids.indexOf(browser)]!;
        return { outcome, status: 429, ...(outcome === 'later' && { retryAt }) };
      };
      const id = await send();
      await runAll();
      const rows = await database.read
        .selectFrom('alert_browser')
        .select(['id', 'endpoint'])
        .orderBy('id')
        .execute();
      assert.deepEqual(
        rows.map(({ endpoint }) => endpoint === null),
        [false, true, false, false],
      );
      let [run] = await listRuns(database.read, id);
      assert.deepEqual([run!.taken, run!.gone, run!.failed, run!.putOff], [0, 1, 1, 2]);
      sender.outcome = () => ({ outcome: 'taken', status: 201 });
      clock.set(retryAt);
      await runLater(partsOf(test, sender), run!.id, never);
      assert.deepEqual(
        sender.told.map(({ browser }) => browser),
        [ids[0]],
      );
      // A day later it is no news any more.
      sender.outcome = () => ({ outcome: 'refused', status: 403 });
      clock.advance(86_400_000);
      await runLater(partsOf(test, sender), run!.id, never);
      [run] = await listRuns(database.read, id);
      assert.deepEqual([run!.state, run!.putOff, run!.failed], ['done', 0, 2]);
    }));

  it('goes on where it stood when it is killed between two batches, and passes nobody by', () =>
    scene(async ({ test, sender, send, runAll }) => {
      const ids = await addBrowsers(
        test.database,
        Array.from({ length: 20 }, () => breaking),
      );
      await send();
      let batches = 0;
      sender.before = () => {
        if (++batches % 2 === 0) throw new Error('killed');
      };
      for (let tries = 0; tries < 30; tries += 1) await runAll().catch(() => {});
      assert.deepEqual([...new Set(sender.told.map(({ browser }) => browser))].sort(), ids);
    }));

  it('stops when it is cancelled, and tells what was sent meanwhile', () =>
    scene(async ({ test: { database }, sender, send, runAll }) => {
      await addBrowsers(
        database,
        Array.from({ length: 20 }, () => breaking),
      );
      const id = await send();
      let batches = 0;
      sender.before = async () => {
        batches += 1;
        if (batches === 2) await database.write((tx) => cancelAlert(tx, { alert: id }));
      };
      await runAll();
      const alert = await findAlert(database.read, id);
      assert.equal(alert!.state, 'cancelled');
      assert.ok(sender.told.length <= 9, String(sender.told.length));
      assert.equal(alert!.counts.delivered, sender.told.length);
      // Who was told can be told that it holds no longer.
      const before = sender.told.length;
      await database.write((tx) =>
        withdrawAlert(tx, { alert: id, reason: 'wrong', actor: 'ann', paper: 'The Test' }),
      );
      await runAll();
      assert.equal(sender.told.length, 2 * before);
    }));

  it('tells a correction without a sound to whom it reached, and the new words to all others', () =>
    scene(async ({ test: { database }, sender, send, runAll }) => {
      const ids = await addBrowsers(
        database,
        Array.from({ length: 12 }, () => breaking),
      );
      const id = await send();
      let batches = 0;
      sender.before = async () => {
        batches += 1;
        if (batches === 2)
          await database.write((tx) =>
            correctAlert(tx, { alert: id, title: 'It is open', actor: 'ann', rules: testRules }),
          );
      };
      await runAll();
      sender.before = () => {};
      await runAll();
      const old = sender.told.filter(({ notification }) => notification.title !== 'It is open');
      const mended = sender.told.filter(({ notification }) => notification.title === 'It is open');
      assert.ok(old.length >= 3 && old.length < 12);
      for (const browser of ids) {
        const saw = old.some((each) => each.browser === browser);
        const told = mended.filter((each) => each.browser === browser);
        assert.equal(told.length, 1, browser);
        assert.equal(told[0]!.notification.silent === true, saw);
      }
      assert.equal(new Set(sender.told.map(({ notification }) => notification.tag)).size, 1);
      assert.equal((await findAlert(database.read, id))!.version, 2);
    }));

  it('takes back what it told of a story that is killed, on its way too, and says nothing of it any more', () =>
    scene(async ({ test: { database }, sender, send, runAll, story }) => {
      await addBrowsers(
        database,
        Array.from({ length: 12 }, () => breaking),
      );
      const id = await send();
      let batches = 0;
      sender.before = async () => {
        batches += 1;
        if (batches !== 2) return;
        await database.write((tx) => killStory(tx, { id: story.id, reason: 'false', actor: 'ann' }));
        await database.write((tx) =>
          withdrawAlertsOf(tx, { story: story.id, state: 'killed', paper: 'The Test' }),
        );
      };
      await runAll();
      sender.before = () => {};
      await runAll();
      const shown = new Map(sender.told.map(({ browser, notification }) => [browser, notification]));
      assert.ok(shown.size >= 3 && shown.size < 12);
      for (const { title, body, navigate, silent } of shown.values()) {
        assert.equal(title, 'The Test: an alert is withdrawn');
        assert.doesNotMatch(body, /harbour/);
        assert.equal(navigate, 'https://paper.example/');
        assert.equal(silent, true);
      }
      const alert = await findAlert(database.read, id);
      assert.equal(alert!.state, 'withdrawn');
      assert.match(alert!.reason!, /killed/);
    }));

  it('goes out at a wall clock in each zone, and has its story ready before', () =>
    scene(async ({ test, sender, story }) => {
      const { database, clock } = test;
      const ids = await addBrowsers(database, [
        { ...breaking, zone: 'Asia/Tokyo' },
        { ...breaking, zone: 'Europe/London' },
        { ...breaking, zone: 'America/New_York' },
        { ...breaking, zone: 'No/Such' },
      ]);
      const { id } = await database.write((tx) =>
        composeAlert(tx, {
          story: story.id,
          urgency: 'normal',
          audiences: [audienceOf('everyone')],
          actor: 'ann',
        }),
      );
      const sending = { alert: id, actor: 'ann', rules: testRules, isByZone: true };
      // Noon is over already where the day began first.
      await assert.rejects(
        database.write((tx) => sendAlert(tx, { ...sending, at: clock.now() + 3_600_000 })),
        { code: 'alert.zone-passed' },
      );
      const at = clock.now() + 20 * 3_600_000;
      await database.write((tx) => sendAlert(tx, { ...sending, at }));
      const warmed: string[] = [];
      const parts = partsOf(test, sender, {
        warm: async (path) => {
          assert.equal(sender.told.length, 0);
          if (!warmed.includes(path)) warmed.push(path);
        },
      });
      const told: Record<string, number> = {};
      for (const run of await listRuns(database.read, id)) {
        clock.set(Math.max(run.at, clock.now()));
        await runAlert({ ...parts, ...(sender.told.length > 0 && { warm: async () => {} }) }, run.id, never);
        for (const { browser } of sender.told) told[browser] ??= clock.now();
      }
      assert.deepEqual(
        ids.map((browser) => (told[browser]! - at) / 3_600_000),
        [-9, 0, 5, 0],
      );
      assert.equal(sender.told.length, 4);
      assert.deepEqual(warmed, [story.path]);
      assert.equal((await findAlert(database.read, id))!.state, 'sent');
    }));
});
