import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import {
  blockReader,
  countUnread,
  followTarget,
  migrations as conversation,
} from '../../conversation/index.ts';
import { forEachDatabase } from '../../platform/database/testing.ts';
import type { RecordedEvent } from '../../platform/events/event-log.ts';
import { migrations as jobs } from '../../platform/jobs/migrations.ts';
import { migrations as media } from '../../platform/media/migrations.ts';
import { migrations as search } from '../../platform/search/migrations.ts';
import { migrations as readers } from '../../readers/index.ts';
import { signedInReader } from '../../readers/testing.ts';
import { killStory, migrations as stories, saveTopic, type Story } from '../../stories/index.ts';
import { addComment, type TestComment } from '../../../test/rig/talk.ts';
import type { AlertChannel, AlertKind } from '../alert.ts';
import { keepNewAlert } from '../breaking/compose-alert.ts';
import { publicStory } from '../breaking/testing.ts';
import { audienceOf, type WideAlert } from '../breaking/wide-alert.ts';
import { cancelAlert, withdrawAlert } from '../breaking/withdraw-alert.ts';
import { migrations as alerts } from '../migrations.ts';
import { chooseAlert } from '../preferences/choose-alert.ts';
import { putAlert, takeOut } from './put-alert.ts';
import { putComments } from './put-comments.ts';
import { unwantedNotices } from './unwanted.ts';

const all = [...jobs, ...search, ...media, ...readers, ...stories, ...conversation, ...alerts];

forEachDatabase('the inbox of news', all, (get) => {
  const write = <T>(command: Parameters<ReturnType<typeof get>['database']['write']>[0]) =>
    get().database.write(command) as Promise<T>;
  const enter = async () => (await signedInReader(get().database)).reader;
  const choose = (reader: string, kind: AlertKind, target: string, channel: AlertChannel) =>
    write((tx) => chooseAlert(tx, { owner: `reader:${reader}`, kind, target, channel }));
  const unread = (reader: string) => countUnread(get().database.read, reader);
  const story = (headline: string) => publicStory(get().database, { headline, topics: ['harbour'] });
  const alert = async (about: Story, audiences: readonly string[], kind: WideAlert['kind'] = 'breaking') => {
    const words = { title: 'It has happened', body: '', picture: undefined };
    const { id } = await write<WideAlert>((tx) =>
      keepNewAlert(tx, {
        ...words,
        kind,
        story: about,
        urgency: 'normal',
        audiences: audiences.map(audienceOf),
        actor: 'test',
      }),
    );
    await write((tx) => tx.db.updateTable('alert').set({ state: 'sending' }).where('id', '=', id).execute());
    return id;
  };
  const made = async (reader: string) => {
    const rows = await get()
      .database.read.selectFrom('outbox')
      .select(['type', 'payload'])
      .where('type', 'in', ['notice.made', 'notice.added'])
      .execute();
    return rows.flatMap(({ type, payload }) => (payload.includes(reader) ? type : []));
  };

  before(async () => {
    await write((tx) => saveTopic(tx, { slug: 'harbour', name: 'Harbour' }));
  });

  it('holds an alert for all who hear of it in whatever way, once, and not for those who do not', async () => {
    const [ann, ben, cat, dan] = [await enter(), await enter(), await enter(), await enter()];
    await choose(ann.id, 'breaking', '', 'inbox');
    await choose(ben.id, 'breaking', '', 'push');
    await choose(cat.id, 'breaking', '', 'mail');
    const flood = await story('The flood');
    const id = await alert(flood, ['everyone']);
    assert.equal(await putAlert(get().database, id), 3);
    assert.equal(await putAlert(get().database, id), 0);
    assert.deepEqual(
      [await unread(ann.id), await unread(ben.id), await unread(cat.id), await unread(dan.id)],
      [1, 1, 1, 0],
    );
    // Of the mail is told one by one; a bell that shows a number needs no more than to be told.
    assert.deepEqual(await made(cat.id), ['notice.made']);
    assert.deepEqual(await made(ann.id), ['notice.added']);
    await write((tx) => withdrawAlert(tx, { alert: id, reason: 'untrue', actor: 'test', paper: 'Test' }));
    await takeOut(get().database, id);
    assert.equal(await unread(ann.id), 0);
    assert.equal(await putAlert(get().database, id), 0);
  });

  it('holds one notice of a new story, whatever one hears of it for, and a second when it is changed', async () => {
    const [eve, fay] = [await enter(), await enter()];
    await write((tx) => followTarget(tx, eve, { kind: 'topic', target: 'harbour' }));
    await choose(eve.id, 'section', 'news', 'inbox');
    await write((tx) => followTarget(tx, fay, { kind: 'topic', target: 'harbour' }));
    await choose(fay.id, 'topic', 'harbour', 'off');
    const ferry = await story('The ferry');
    const first = await alert(ferry, ['section:news', 'topic:harbour'], 'story');
    assert.equal(await putAlert(get().database, first), 1);
    assert.equal(await unread(fay.id), 0);
    await choose(eve.id, 'story', ferry.id, 'inbox');
    const changed = await alert(ferry, [`story:${ferry.id}`], 'story');
    assert.equal(await putAlert(get().database, changed), 1);
    assert.equal(await unread(eve.id), 1);
    await write((tx) => killStory(tx, { id: ferry.id, reason: 'Untrue', actor: 'test' }));
    assert.equal(await unread(eve.id), 0);
  });

  it('holds nothing of a story that is taken down, or of an alert that was cancelled, while it goes out', async () => {
    const gus = await enter();
    await choose(gus.id, 'breaking', '', 'inbox');
    const gone = await story('Taken down');
    const id = await alert(gone, ['everyone']);
    await write((tx) => killStory(tx, { id: gone.id, reason: 'Untrue', actor: 'test' }));
    assert.equal(await putAlert(get().database, id), 0);
    const next = await alert(await story('Cancelled'), ['everyone']);
    await write((tx) => cancelAlert(tx, { alert: next }));
    assert.equal(await putAlert(get().database, next), 0);
    assert.equal(await putAlert(get().database, 'no-such-alert'), 0);
    assert.equal(await unread(gus.id), 0);
  });

  it('holds comments of those one follows, once and as the answer where they answer', async () => {
    const [hal, ida, jon, kim, lee] = [
      await enter(),
      await enter(),
      await enter(),
      await enter(),
      await enter(),
    ];
    for (const reader of [ida, jon, kim, lee])
      await write((tx) => followTarget(tx, reader, { kind: 'reader', target: hal.id }));
    await choose(kim.id, 'reader', '', 'off');
    await choose(lee.id, 'reader', hal.id, 'push');
    const about = await story('Talked of');
    const comment = (author: string, parent?: TestComment) =>
      addComment(get().database, { story: about.id, author, text: 'Words', parent });
    const event = ({ id }: TestComment, type = 'comment.posted', more = {}): RecordedEvent => ({
      position: 1,
      id: `e${id}`,
      type,
      payload: { comment: id, story: about.id, author: hal.id, ...more },
      tags: [],
      urgent: false,
      createdAt: get().clock.now(),
    });
    const asked = await comment(ida.id);
    const answer = await comment(hal.id, asked);
    const earlier = { ...event(await comment(hal.id)), createdAt: get().clock.now() - 1 };
    await putComments(get().database, [earlier]);
    assert.equal(await unread(jon.id), 0, 'it was written before anybody followed');
    await putComments(get().database, [event(answer), event(answer)]);
    // Ida has it as an answer to her, from where answers are made.
    assert.deepEqual(
      [await unread(ida.id), await unread(jon.id), await unread(kim.id), await unread(lee.id)],
      [0, 1, 0, 1],
    );
    assert.deepEqual(await made(lee.id), ['notice.made']);
    assert.ok(!(await made(jon.id)).includes('notice.made'));
    await write((tx) => blockReader(tx, { reader: hal.id, target: jon.id }));
    const next = await comment(hal.id);
    await putComments(get().database, [event(next), event(answer, 'comment.shown', { isFirst: false })]);
    assert.deepEqual([await unread(ida.id), await unread(jon.id), await unread(lee.id)], [1, 1, 2]);
    const held = await comment(hal.id);
    await write((tx) =>
      tx.db.updateTable('comment').set({ state: 'held' }).where('id', '=', held.id).execute(),
    );
    await putComments(get().database, [event(held)]);
    assert.equal(await unread(lee.id), 2);
    await write((tx) =>
      tx.db.updateTable('comment').set({ state: 'visible' }).where('id', '=', held.id).execute(),
    );
    await putComments(get().database, [event(held, 'comment.shown', { isFirst: true })]);
    assert.equal(await unread(lee.id), 3);
  });

  it('spares a reader a kind that is off, and never a decision', async () => {
    const moe = await enter();
    await choose(moe.id, 'reply', '', 'off');
    const asked = (['reply', 'mention', 'decision', 'recommends'] as const).map((kind) => ({
      reader: moe.id,
      kind,
    }));
    const spared = await write<ReadonlySet<string>>((tx) => unwantedNotices(tx, asked));
    assert.deepEqual([...spared], [`${moe.id} reply`]);
  });
});
