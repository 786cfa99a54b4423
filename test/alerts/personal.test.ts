import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { pushPersonal, type PersonalPushParts } from '../../src/alerts/personal/push-personal.ts';
import { personalPushJob, tellPersonal } from '../../src/alerts/personal/tell-personal.ts';
import type { AlertKind } from '../../src/alerts/index.ts';
import { chooseAlert } from '../../src/alerts/preferences/choose-alert.ts';
import { changeSetting } from '../../src/alerts/preferences/change-setting.ts';
import type { PushOutcome, PushTarget } from '../../src/alerts/sending/sender.ts';
import { blockReader, muteReader } from '../../src/conversation/index.ts';
import { makeNotices } from '../../src/conversation/notices/make-notices.ts';
import type { RecordedEvent } from '../../src/platform/events/event-log.ts';
import { newId } from '../../src/platform/ids.ts';
import { setReaderState } from '../../src/readers/index.ts';
import { signedInReader, type SignedInReader } from '../../src/readers/testing.ts';
import { saveSection } from '../../src/stories/index.ts';
import { contentOf, forEachSite, zone, type PublishedStory } from '../rig/site.ts';
import { addComment, setCommentState, type TestComment } from '../rig/talk.ts';

interface Sent {
  readonly target: PushTarget;
  readonly payload: { notification: Record<string, string>; app_badge: number };
}

forEachSite('personal alerts', {}, (get) => {
  let story: PublishedStory;
  let ben: SignedInReader;
  let count = 0;
  let sent: Sent[] = [];
  let outcomes: PushOutcome[] = [];

  const parts = (): PersonalPushParts => ({
    database: get().database,
    clock: get().clock,
    site: { origin: get().origin, language: 'en', zone },
    sender: async () => ({
      async sendToOne(target, payload) {
        sent.push({ target, payload: JSON.parse(payload) as Sent['payload'] });
        return { id: target.id, outcome: outcomes.shift() ?? 'taken', status: 201 };
      },
    }),
  });
  const newReader = (name: string) => {
    count += 1;
    return signedInReader(get().database, { name, handle: `${name.toLowerCase()}${count}` });
  };
  /** A browser that shows this reader's own alerts. */
  const browserOf = async (who: SignedInReader): Promise<string> => {
    const id = newId();
    const { database } = get();
    const session = await database.read
      .selectFrom('reader_session')
      .select('id')
      .where('reader_id', '=', who.reader.id)
      .executeTakeFirstOrThrow();
    await database.write((tx) =>
      tx.db
        .insertInto('alert_browser')
        .values({
          id,
          token: `hash-of-${id}`,
          endpoint: `https://push.example/${id}`,
          host: 'push.example',
          p256dh: 'BA',
          auth: 'AA',
          key_id: null,
          reader_id: who.reader.id,
          session_id: session.id,
          last_reader_id: who.reader.id,
          label: 'A test',
          zone,
          language: 'en',
          created_at: tx.now,
          seen_at: tx.now,
          subscribed_at: tx.now,
          delivered_at: null,
          day: 0,
          day_count: 0,
        })
        .execute(),
    );
    return id;
  };
  const say = (who: SignedInReader, text: string, more: Partial<Parameters<typeof addComment>[1]> = {}) =>
    addComment(get().database, { story: story.id, author: who.reader.id, text, ...more });
  const choose = (who: SignedInReader, kind: AlertKind, channel: 'push' | 'mail' | 'inbox' | 'daily') =>
    get().write((tx) => chooseAlert(tx, { owner: `reader:${who.reader.id}`, kind, target: '', channel }));
  const eventOf = (type: string, payload: Record<string, unknown>): RecordedEvent => ({
    position: 1,
    id: 'e',
    type,
    payload,
    tags: [],
    urgent: false,
    createdAt: get().clock.now(),
  });
  /** The notice of a reply, made here and now. */
  const noticeOf = async (who: SignedInReader, comment: TestComment): Promise<string> => {
    await get().write((tx) => makeNotices(tx, [eventOf('comment.posted', { comment: comment.id })]));
    const row = await get()
      .database.read.selectFrom('notice')
      .select('id')
      .where('reader_id', '=', who.reader.id)
      .where('comment_id', '=', comment.id)
      .executeTakeFirstOrThrow();
    return row.id;
  };
  const push = async (who: SignedInReader, notice: string, only?: readonly string[]): Promise<Sent[]> => {
    sent = [];
    await pushPersonal(parts(), { reader: who.reader.id, notice, ...(only && { only }) });
    return sent;
  };
  const jobsOf = (key: string) =>
    get()
      .database.read.selectFrom('job')
      .select(['name', 'run_at', 'payload', 'key'])
      .where('key', 'like', `%${key}%`)
      .execute();

  before(async () => {
    await get().write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
    story = await get().publish(contentOf('A quiet day'));
    ben = await newReader('Ben');
  });

  it('of a reply say who answered, what and where, and open the comment', async () => {
    const ann = await newReader('Ann');
    const browsers = [await browserOf(ann), await browserOf(ann)].sort();
    const reply = await say(ben, 'I do', { parent: await say(ann, 'Who knows the ferry?') });
    const notice = await noticeOf(ann, reply);
    const told = await push(ann, notice);
    assert.deepEqual(
      told.map(({ target }) => target.id),
      browsers,
    );
    const { notification, app_badge } = told[0]!.payload;
    assert.equal(notification.title, '\u2068Ben\u2069 replied to you');
    assert.equal(notification.body, '\u2068I do\u2069\nunder “\u2068A quiet day\u2069”');
    assert.equal(
      notification.navigate,
      `${get().origin}${story.path}/comments/${reply.code}#comment-${reply.code}`,
    );
    assert.equal(notification.tag, `c-${reply.code}`);
    assert.equal(app_badge, 1);
    assert.deepEqual(await push(ann, notice), []);
  });

  it('wait for a moment, once for each notice, and go the way that the reader chose', async () => {
    const cat = await newReader('Cat');
    const root = await say(cat, 'Top');
    const told = async (events = 1) => {
      const notice = await noticeOf(cat, await say(ben, 'Again', { parent: root }));
      const made = eventOf('notice.made', { reader: cat.reader.id, notice });
      for (let at = 0; at < events; at += 1)
        await Promise.all([0, 1].map(() => get().write((tx) => tellPersonal(tx, [made, made]))));
      return (await jobsOf(notice)).map(({ name, run_at }) => [name, run_at - get().clock.now()]);
    };
    assert.deepEqual(await told(2), [[personalPushJob, 15_000]]);
    await choose(cat, 'reply', 'mail');
    assert.deepEqual(await told(), [['alerts.letter', 120_000]]);
    for (const channel of ['inbox', 'daily'] as const) {
      await choose(cat, 'reply', channel);
      assert.deepEqual(await told(), []);
    }
  });

  it('are of nothing that was taken back, hidden or read meanwhile', async () => {
    const dan = await newReader('Dan');
    await browserOf(dan);
    const root = await say(dan, 'Top');
    for (const state of ['deleted', 'hidden', 'removed', 'held'] as const) {
      const reply = await say(ben, `Soon ${state}`, { parent: root });
      const notice = await noticeOf(dan, reply);
      await setCommentState(get().database, reply.id, state);
      assert.deepEqual(await push(dan, notice), [], state);
    }
    const read = await noticeOf(dan, await say(ben, 'Read at once', { parent: root }));
    await get().write((tx) =>
      tx.db.updateTable('notice').set({ read_at: tx.now }).where('id', '=', read).execute(),
    );
    assert.deepEqual(await push(dan, read), []);
    const changed = await noticeOf(dan, await say(ben, 'Told otherwise', { parent: root }));
    await choose(dan, 'reply', 'inbox');
    assert.deepEqual(await push(dan, changed), []);
    await choose(dan, 'reply', 'push');
    assert.equal((await push(dan, changed)).length, 1);
  });

  it('never reach whoever is muted, blocked, suspended, banned, signed out, leaving or gone', async () => {
    const { database } = get();
    const cases: Record<string, (who: SignedInReader, other: SignedInReader) => Promise<unknown>> = {
      'nothing of it': async () => {},
      'who mutes the other': (who, other) =>
        get().write((tx) => muteReader(tx, { reader: who.reader.id, target: other.reader.id })),
      'who blocks the other': (who, other) =>
        get().write((tx) => blockReader(tx, { reader: who.reader.id, target: other.reader.id })),
      suspended: (who) =>
        get().write((tx) =>
          setReaderState(tx, { id: who.reader.id, state: 'suspended', until: tx.now + 86_400_000 }),
        ),
      banned: (who) => get().write((tx) => setReaderState(tx, { id: who.reader.id, state: 'banned' })),
      'signed out': (who) =>
        get().write((tx) =>
          tx.db.deleteFrom('reader_session').where('reader_id', '=', who.reader.id).execute(),
        ),
      'signed in again, elsewhere': (who) =>
        get().write((tx) =>
          tx.db
            .updateTable('reader_session')
            .set({ id: newId() })
            .where('reader_id', '=', who.reader.id)
            .execute(),
        ),
      expired: (who) =>
        get().write((tx) =>
          tx.db
            .updateTable('reader_session')
            .set({ expires_at: tx.now })
            .where('reader_id', '=', who.reader.id)
            .execute(),
        ),
      'somebody else by now': (who, other) =>
        get().write((tx) =>
          tx.db
            .updateTable('reader_session')
            .set({ reader_id: other.reader.id })
            .where('reader_id', '=', who.reader.id)
            .execute(),
        ),
      leaving: (who) =>
        get().write((tx) =>
          tx.db.updateTable('reader').set({ state: 'leaving' }).where('id', '=', who.reader.id).execute(),
        ),
      gone: (who) =>
        get().write((tx) =>
          tx.db.updateTable('reader').set({ state: 'former' }).where('id', '=', who.reader.id).execute(),
        ),
    };
    for (const [name, happen] of Object.entries(cases)) {
      const who = await newReader('Eve');
      const other = await newReader('Other');
      await browserOf(who);
      const notice = await noticeOf(who, await say(other, 'Secret', { parent: await say(who, 'Top') }));
      await happen(who, other);
      assert.equal((await push(who, notice)).length, name === 'nothing of it' ? 1 : 0, name);
      if (name === 'nothing of it') continue;
      assert.equal(
        await database.read
          .selectFrom('alert_told')
          .select('key')
          .where('key', '=', `push:${notice}`)
          .executeTakeFirst(),
        undefined,
      );
    }
    const fay = await newReader('Fay');
    const notice = await noticeOf(fay, await say(ben, 'Hers', { parent: await say(fay, 'Top') }));
    const gus = await newReader('Gus');
    await browserOf(gus);
    assert.deepEqual(await push(gus, notice), []);
  });

  it('keep quiet at night, and ring in the morning; a full day and a pause leave it to the inbox', async () => {
    const hal = await newReader('Hal');
    await browserOf(hal);
    const root = await say(hal, 'Top');
    const owner = `reader:${hal.reader.id}` as const;
    const set = (change: Parameters<typeof changeSetting>[2]) =>
      get().write((tx) => changeSetting(tx, owner, change, zone));
    // It is noon in London, on a winter's day.
    await set({ quiet: { from: 11 * 60, to: 13 * 60 } });
    const night = await noticeOf(hal, await say(ben, 'By night', { parent: root }));
    assert.deepEqual(await push(hal, night), []);
    const waiting = (await jobsOf(night)).filter(({ name }) => name === personalPushJob);
    assert.deepEqual(
      waiting.map(({ run_at }) => run_at - get().clock.now()),
      [3_600_000],
    );
    await set({ quiet: undefined, dailyCap: 1 });
    assert.equal((await push(hal, night)).length, 1);
    const second = await noticeOf(hal, await say(ben, 'The second', { parent: root }));
    assert.deepEqual(await push(hal, second), []);
    await set({ dailyCap: 0, pausedUntil: get().clock.now() + 60_000 });
    assert.deepEqual(await push(hal, second), []);
  });

  it('forget a browser that is gone, and try again the one that was busy', async () => {
    const ida = await newReader('Ida');
    const [first, second] = [await browserOf(ida), await browserOf(ida)].sort();
    const notice = await noticeOf(ida, await say(ben, 'Hello', { parent: await say(ida, 'Top') }));
    outcomes = ['gone', 'later'];
    assert.equal((await push(ida, notice)).length, 2);
    const left = await get()
      .database.read.selectFrom('alert_browser')
      .select(['id', 'endpoint'])
      .where('reader_id', '=', ida.reader.id)
      .orderBy('id')
      .execute();
    assert.deepEqual(
      left.map(({ id, endpoint }) => [id, endpoint !== null]),
      [
        [first, false],
        [second, true],
      ],
    );
    const again = (await jobsOf(notice)).find(({ name }) => name === personalPushJob);
    assert.equal(again!.run_at - get().clock.now(), 30_000);
    const { only } = JSON.parse(again!.payload) as { only: string[] };
    assert.deepEqual(only, [second]);
    assert.deepEqual(
      (await push(ida, notice, only)).map(({ target }) => target.id),
      [second],
    );
  });
});
