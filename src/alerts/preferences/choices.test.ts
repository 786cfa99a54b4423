import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { migrations as conversation } from '../../conversation/index.ts';
import { forEachDatabase } from '../../platform/database/testing.ts';
import { migrations as jobs } from '../../platform/jobs/migrations.ts';
import { migrations as media } from '../../platform/media/migrations.ts';
import { migrations as search } from '../../platform/search/migrations.ts';
import { migrations as readers } from '../../readers/index.ts';
import { signedInReader } from '../../readers/testing.ts';
import { migrations as stories, saveAuthor, saveSection, saveTopic } from '../../stories/index.ts';
import type { AlertChannel, AlertKind, AlertOwner } from '../alert.ts';
import { migrations as alerts } from '../migrations.ts';
import { chooseAlert } from './choose-alert.ts';
import { channelFor, channelsFor, choicesOf } from './choices.ts';
import { changeSetting, pauseAlerts } from './change-setting.ts';
import { browsersToRing, listenersOf } from './listeners.ts';
import { browserSettings, settingOf } from './settings.ts';

const all = [...jobs, ...search, ...media, ...readers, ...stories, ...conversation, ...alerts];
const zone = 'Europe/London';

forEachDatabase('choices of alerts', all, (get) => {
  const db = () => get().database.read;
  const choose = (owner: AlertOwner, kind: AlertKind, target: string, channel?: AlertChannel) =>
    get().database.write((tx) => chooseAlert(tx, { owner, kind, target, channel }));
  const follow = (reader: string, kind: string, target: string) =>
    get().database.write((tx) =>
      tx.db.insertInto('follow').values({ reader_id: reader, kind, target, since: tx.now }).execute(),
    );
  const enter = async () => (await signedInReader(get().database)).reader.id;
  const harbour = { kind: 'topic', target: 'harbour' } as const;

  before(async () => {
    await get().database.write(async (tx) => {
      for (const slug of ['news', 'sport']) await saveSection(tx, { slug, name: slug });
      for (const slug of ['harbour', 'trams', 'eels']) await saveTopic(tx, { slug, name: slug });
      await saveAuthor(tx, { slug: 'smith', name: 'A. Smith' });
    });
  });

  it('are as usual until somebody chooses', async () => {
    const ann = await enter();
    const own = (kind: AlertKind, target = '') => channelFor(db(), { reader: ann, kind, target });
    assert.deepEqual(
      [await own('reply'), await own('mention'), await own('pick'), await own('breaking')],
      ['push', 'push', 'inbox', 'off'],
    );
    // What one neither follows nor chose.
    assert.equal(await own('topic', 'harbour'), 'off');
    await follow(ann, 'topic', 'harbour');
    assert.equal(await own('topic', 'harbour'), 'inbox');
    await choose(`reader:${ann}`, 'topic', '', 'daily');
    assert.equal(await own('topic', 'harbour'), 'daily');
    assert.equal(await own('topic', 'trams'), 'off');
    await choose(`reader:${ann}`, 'topic', 'harbour', 'off');
    await choose(`reader:${ann}`, 'topic', 'trams', 'push');
    assert.equal(await own('topic', 'harbour'), 'off');
    assert.equal(await own('topic', 'trams'), 'push');
    await choose(`reader:${ann}`, 'topic', 'harbour');
    assert.equal(await own('topic', 'harbour'), 'daily');
    const ben = await enter();
    const both = await channelsFor(db(), { kind: 'topic', target: 'trams', readers: [ann, ben] });
    assert.deepEqual([both.get(ann), both.get(ben)], ['push', 'off']);
    assert.deepEqual(await choicesOf(db(), `reader:${ann}`), [
      { kind: 'topic', target: '', channel: 'daily' },
      { kind: 'topic', target: 'trams', channel: 'push' },
    ]);
  });

  it('are refused where there is nothing to choose', async () => {
    const [cat, dan] = [await enter(), await enter()];
    const refused = async (
      owner: AlertOwner,
      kind: AlertKind,
      target: string,
      channel: AlertChannel,
      code: string,
    ) => assert.rejects(choose(owner, kind, target, channel), { code }, `${kind} ${target} ${channel}`);
    const own: AlertOwner = `reader:${cat}`;
    await refused(own, 'topic', 'nothing', 'push', 'alert.not-found');
    await refused(own, 'section', '', 'push', 'alert.bad-choice');
    await refused(own, 'reply', 'x', 'push', 'alert.bad-choice');
    await refused(own, 'decision', '', 'off', 'alert.bad-choice');
    await refused(own, 'reader', cat, 'push', 'alert.not-found');
    await refused(own, 'story', 'nothing', 'push', 'alert.not-found');
    // Nobody's own affairs ring in a browser by itself, nor does it take mails.
    await refused('browser:b', 'reply', '', 'push', 'alert.bad-choice');
    await refused('browser:b', 'reader', cat, 'push', 'alert.bad-choice');
    await refused('browser:b', 'topic', 'harbour', 'mail', 'alert.bad-choice');
    await refused('browser:b', 'topic', '', 'push', 'alert.bad-choice');
    await choose(own, 'reader', dan, 'push');
    await choose(own, 'reader', dan);
    await get().database.write((tx) =>
      tx.db.insertInto('reader_block').values({ reader_id: dan, target_id: cat, since: 1 }).execute(),
    );
    await refused(own, 'reader', dan, 'push', 'alert.not-found');
  });

  it('have an end', async () => {
    await get().database.write(async ({ db: table }) => {
      const rows = Array.from({ length: 300 }, (_, index) => ({
        owner: 'browser:full',
        kind: 'topic',
        target: `t${index}`,
        channel: 'push',
        changed_at: 1,
      }));
      await table.insertInto('alert_choice').values(rows).execute();
    });
    await assert.rejects(choose('browser:full', 'topic', 'harbour', 'push'), { code: 'alert.too-many' });
    // What is chosen already can be changed.
    await choose('browser:full', 'topic', 't7', 'off');
  });

  it('find everybody who hears of a story, once each, a batch at a time', async () => {
    const eels = { kind: 'topic', target: 'eels' } as const;
    const sport = { kind: 'section', target: 'sport' } as const;
    const smith = { kind: 'author', target: 'smith' } as const;
    const expected = new Map<string, string>();
    for (let index = 0; index < 7; index += 1) {
      const reader = await enter();
      await follow(reader, 'topic', 'eels');
      expected.set(reader, 'inbox');
    }
    const [daily, off, pushed, both, section, gone] = [
      await enter(),
      await enter(),
      await enter(),
      await enter(),
      await enter(),
      await enter(),
    ];
    for (const reader of [daily, off, both]) await follow(reader, 'topic', 'eels');
    await choose(`reader:${daily}`, 'topic', '', 'daily');
    await choose(`reader:${off}`, 'topic', 'eels', 'off');
    await choose(`reader:${pushed}`, 'author', 'smith', 'push');
    await choose(`reader:${both}`, 'section', 'sport', 'mail');
    await choose(`reader:${section}`, 'section', 'sport', 'weekly');
    await choose(`reader:${gone}`, 'section', 'sport', 'push');
    await get().database.write((tx) =>
      tx.db.updateTable('reader').set({ state: 'former' }).where('id', '=', gone).execute(),
    );
    await choose('browser:other', 'section', 'sport', 'push');
    expected.set(daily, 'daily').set(pushed, 'push').set(both, 'mail,inbox').set(section, 'weekly');
    for (const limit of [1, 3, 500]) {
      const found: [string, string][] = [];
      let after: string | undefined;
      do {
        const batch = await listenersOf(db(), [eels, sport, smith], { limit, ...(after && { after }) });
        assert.ok(batch.items.length <= limit);
        found.push(...batch.items.map((each): [string, string] => [each.reader, each.channels.join()]));
        after = batch.next;
      } while (after !== undefined);
      assert.deepEqual(
        found,
        [...expected].toSorted(([a], [b]) => (a < b ? -1 : 1)),
      );
    }
    assert.deepEqual(await listenersOf(db(), []), { items: [], next: undefined });
  });

  it('ring in a browser by its own choice or that of its account, and not where it is off there', async () => {
    const [eve, fay] = [await enter(), await enter()];
    await choose(`reader:${eve}`, 'topic', 'harbour', 'push');
    await choose(`reader:${fay}`, 'topic', 'harbour', 'mail');
    await choose('browser:own', 'topic', 'harbour', 'push');
    await choose('browser:off', 'topic', 'harbour', 'off');
    await choose('browser:offmail', 'topic', 'harbour', 'push');
    const browsers = [
      { id: 'own', reader: null },
      { id: 'off', reader: eve },
      { id: 'eves', reader: eve },
      { id: 'fays', reader: fay },
      { id: 'offmail', reader: fay },
      { id: 'nobodys', reader: null },
    ];
    assert.deepEqual([...(await browsersToRing(db(), browsers, [harbour]))], ['own', 'eves', 'offmail']);
    // What is off for one thing is not off for another under which the same story stands.
    const news = { kind: 'section', target: 'news' } as const;
    await choose('browser:off', 'section', 'news', 'push');
    assert.ok((await browsersToRing(db(), browsers, [harbour, news])).has('off'));
    assert.equal((await browsersToRing(db(), browsers, [])).size, 0);
  });

  it('wait for quiet hours of the account, and for the number that each browser has', async () => {
    const gus = await enter();
    const own: AlertOwner = `reader:${gus}`;
    const change = (owner: AlertOwner, what: Parameters<typeof changeSetting>[2]) =>
      get().database.write((tx) => changeSetting(tx, owner, what, zone));
    await change(own, { quiet: { from: 60, to: 120 }, zone: 'Asia/Tokyo' });
    await change('browser:gus', { dailyCap: 2 });
    const settings = await browserSettings(db(), [
      { id: 'gus', reader: gus, zone },
      { id: 'new', reader: null, zone },
    ]);
    assert.deepEqual(settings.get('gus'), {
      zone: 'Asia/Tokyo',
      quiet: { from: 60, to: 120 },
      isGravestLet: true,
      dailyCap: 2,
      pausedUntil: undefined,
    });
    assert.equal(settings.get('new')!.dailyCap, 4);
    await get().database.write((tx) => pauseAlerts(tx, own, true, zone));
    const paused = await settingOf(db(), own, zone);
    assert.equal(paused.pausedUntil, get().clock.now() + 7 * 86_400_000);
    assert.deepEqual(paused.quiet, { from: 60, to: 120 });
    await get().database.write((tx) => pauseAlerts(tx, own, false, zone));
    assert.equal((await settingOf(db(), own, zone)).pausedUntil, undefined);
    for (const wrong of [
      { zone: 'Mars/Olympus' },
      { quiet: { from: 60, to: 60 } },
      { quiet: { from: -1, to: 60 } },
      { dailyCap: 1.5 },
      { dailyCap: -1 },
      { pausedUntil: get().clock.now() + 8 * 86_400_000 },
    ])
      await assert.rejects(change(own, wrong), { code: 'alert.bad-setting' });
  });
});
