import assert from 'node:assert/strict';
import { it } from 'node:test';
import { forEachDatabase } from '../../platform/database/testing.ts';
import type { DomainEvent } from '../../platform/database/database.ts';
import { eraseReader } from '../../readers/index.ts';
import { blockReader } from '../follows/mute-reader.ts';
import { applyToComment, findCommentTarget } from './apply-decision.ts';
import { deleteComment } from './delete-comment.ts';
import { editComment } from './edit-comment.ts';
import { commentHistory } from './history.ts';
import { editTime } from './own-comment.ts';
import { pickComment } from './pick-comment.ts';
import { prepareComment } from './prepare-comment.ts';
import { commentsData } from './reader-data.ts';
import { recommendComment } from './recommend-comment.ts';
import { recountStory } from './recount.ts';
import { setThread, setThreadDefaults } from './set-thread.ts';
import { findBranch, listThread, listWaiting } from './threads.ts';
import { oldReader, say, saySo, talkedOf, talkMigrations } from './testing.ts';

const zone = 'Europe/London';

forEachDatabase('comments', talkMigrations, (get) => {
  let count = 0;
  /** Nobody of an earlier test, and never too fast for the rules. */
  const people = async (...names: string[]) => {
    count += 1;
    get().clock.advance(3_600_000);
    return Promise.all(names.map((name) => oldReader(get().database, `${name}${count}`)));
  };
  const row = (code: string) =>
    get().database.read.selectFrom('comment').selectAll().where('code', '=', code).executeTakeFirstOrThrow();
  const told: DomainEvent[] = [];
  it('listens', () => get().database.onCommit((events) => void told.push(...events)));
  const eventsOf = async (work: () => Promise<unknown>) => {
    told.length = 0;
    await work();
    return told.map(({ type }) => type).filter((type) => type.startsWith('comment.'));
  };

  it('posts once, however often a form is sent, also at the same time', async () => {
    const { database } = get();
    const story = await talkedOf(database);
    const [ann, ben] = await people('ann', 'ben');
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => say(database, story, ann!, 'Once and no more.', { key: 'form-1' })),
    );
    assert.equal(new Set(outcomes.map((outcome) => 'code' in outcome && outcome.code)).size, 1);
    assert.deepEqual(outcomes.map((outcome) => 'isRepeat' in outcome && outcome.isRepeat).toSorted(), [
      false,
      true,
      true,
    ]);
    // A key is its author's: another's with the same one is another comment.
    await saySo(database, story, ben!, 'From somebody else.', { key: 'form-1' });
    assert.equal((await listThread(database.read, { story: story.id, sort: 'newest' })).nodes.length, 2);
  });

  it('keeps the comment and its event, or neither', async () => {
    const { database } = get();
    const story = await talkedOf(database);
    const [ann] = await people('ann');
    assert.deepEqual(await eventsOf(() => saySo(database, story, ann!, 'Said and told.')), [
      'comment.posted',
    ]);
    const prepared = await prepareComment(database.read, 'Never said.', ann!.id);
    await assert.rejects(
      database.write(async (tx) => {
        const { postComment } = await import('./post-comment.ts');
        await postComment(tx, { story, reader: ann!, prepared, isConfirmed: true, zone });
        throw new Error('The power is gone.');
      }),
    );
    const { comments } = await database.read
      .selectFrom('story_thread')
      .select('comments')
      .where('story_id', '=', story.id)
      .executeTakeFirstOrThrow();
    assert.equal(comments, 1);
  });

  it('takes no answer to what is gone, to another story, or to one who blocked the writer', async () => {
    const { database } = get();
    const [story, other] = [await talkedOf(database), await talkedOf(database)];
    const [ann, ben] = await people('ann', 'ben');
    const parent = await saySo(database, story, ann!, 'Answer me.');
    await assert.rejects(say(database, other, ben!, 'Elsewhere.', { parent }), {
      code: 'comment.parent-gone',
    });
    await assert.rejects(say(database, story, ben!, 'Nowhere.', { parent: 'zzzzzzzz' }), {
      code: 'comment.parent-gone',
    });
    await database.write((tx) => blockReader(tx, { reader: ann!.id, target: ben!.id }));
    await assert.rejects(say(database, story, ben!, 'Still here.', { parent }), {
      code: 'comment.not-taken',
    });
    const named = await prepareComment(database.read, `And @${ann!.handle}?`, ben!.id);
    assert.deepEqual(named.mentions, []);
    assert.ok(!named.html.includes('mention'));
    await database.write((tx) => deleteComment(tx, { code: parent, reader: ann!.id }));
    const [cat] = await people('cat');
    await assert.rejects(say(database, story, cat!, 'Too late.', { parent }), {
      code: 'comment.parent-gone',
    });
  });

  it('can be edited by its author for five minutes, and moderators see what stood before', async () => {
    const { database, clock } = get();
    const story = await talkedOf(database);
    const [ann, ben] = await people('ann', 'ben');
    const code = await saySo(database, story, ann!, 'The ferry was blue.');
    const edit = async (reader: typeof ann, text: string) => {
      const prepared = await prepareComment(database.read, text, reader!.id);
      return database.write((tx) =>
        editComment(tx, { code, story, reader: reader!, prepared, isConfirmed: true, zone }),
      );
    };
    await assert.rejects(edit(ben, 'The ferry was red.'), { code: 'comment.not-found' });
    clock.advance(editTime - 1);
    assert.deepEqual(await eventsOf(() => edit(ann, 'The ferry was *green*.')), ['comment.edited']);
    const edited = await row(code);
    assert.equal(edited.version, 2);
    assert.equal(edited.html, '<p>The ferry was <em>green</em>.</p>');
    assert.deepEqual(
      (await commentHistory(database.read, edited.id)).map(({ source }) => source),
      ['The ferry was blue.', 'The ferry was *green*.'],
    );
    clock.advance(1);
    await assert.rejects(edit(ann, 'The ferry was white.'), { code: 'comment.too-late-to-edit' });
  });

  it('leaves nothing of what its author deleted, and all of what others answered', async () => {
    const { database } = get();
    const story = await talkedOf(database);
    const [ann, ben] = await people('ann', 'ben');
    const code = await saySo(database, story, ann!, 'Canary words.');
    const answer = await saySo(database, story, ben!, 'I heard that.', { parent: code });
    await assert.rejects(
      database.write((tx) => deleteComment(tx, { code, reader: ben!.id })),
      { code: 'comment.not-found' },
    );
    assert.deepEqual(
      await eventsOf(() => database.write((tx) => deleteComment(tx, { code, reader: ann!.id }))),
      ['comment.removed'],
    );
    const gone = await row(code);
    assert.deepEqual([gone.state, gone.source, gone.html, gone.text], ['deleted', '', '', '']);
    const branch = await findBranch(database.read, { story: story.id, code: answer });
    assert.equal(branch!.root.comment.state, 'deleted');
    assert.equal(branch!.root.comment.author, undefined);
    await assert.rejects(
      database.write((tx) => deleteComment(tx, { code, reader: ann!.id })),
      { code: 'comment.not-found' },
    );
  });

  it('is recommended once by each, by others, and the count is that of those who do', async () => {
    const { database } = get();
    const story = await talkedOf(database);
    const [ann, ben, cat] = await people('ann', 'ben', 'cat');
    const code = await saySo(database, story, ann!, 'Worth it.');
    const recommend = (reader: typeof ann, isOn: boolean) =>
      database.write((tx) => recommendComment(tx, { code, reader: reader!, isOn }));
    await assert.rejects(recommend(ann, true), { code: 'comment.own' });
    await Promise.all([recommend(ben, true), recommend(ben, true), recommend(cat, true)]);
    assert.equal((await row(code)).recommends, 2);
    await Promise.all([recommend(ben, false), recommend(ben, false)]);
    assert.equal((await row(code)).recommends, 1);
    assert.equal(await database.write((tx) => recountStory(tx, story.id)), 0);
    await assert.rejects(recommend({ ...ben!, state: 'banned' }, true), { code: 'account.barred' });
  });

  it('waits unseen where it is held, is shown when approved, and hidden when that is decided', async () => {
    const { database } = get();
    const story = await talkedOf(database);
    await database.write((tx) => setThread(tx, story.id, { state: 'premoderated' }));
    const [ann] = await people('ann');
    const outcome = await say(database, story, ann!, 'Hold this.');
    assert.equal(outcome.kind, 'held');
    const { id, code } = outcome as { id: string; code: string };
    assert.deepEqual((await listThread(database.read, { story: story.id, sort: 'newest' })).nodes, []);
    assert.equal(await findBranch(database.read, { story: story.id, code }), undefined);
    assert.equal(
      (await findBranch(database.read, { story: story.id, code, viewer: ann!.id }))?.target.text,
      'Hold this.',
    );
    assert.equal((await listWaiting(database.read, story.id, ann!.id)).length, 1);
    const decide = (action: 'approve' | 'hide' | 'keep' | 'remove' | 'restore') =>
      eventsOf(() =>
        database.write((tx) =>
          applyToComment(tx, { action, target: { kind: 'comment', id } } as Parameters<
            typeof applyToComment
          >[1]),
        ),
      );
    assert.deepEqual(await decide('approve'), ['comment.shown']);
    assert.deepEqual(await decide('approve'), []);
    assert.equal((await findCommentTarget(database.read, id))?.isVisible, true);
    assert.deepEqual(await decide('hide'), ['comment.removed']);
    assert.equal((await findCommentTarget(database.read, id))?.isVisible, false);
    assert.deepEqual(await decide('keep'), ['comment.shown']);
    assert.deepEqual(await decide('remove'), ['comment.removed']);
    assert.deepEqual(await decide('keep'), [], 'what was removed is not kept by the way');
    assert.deepEqual(await decide('restore'), ['comment.shown']);
    await database.write((tx) => deleteComment(tx, { code, reader: ann!.id }));
    assert.deepEqual(await decide('restore'), [], 'what its author deleted stays deleted');
    assert.equal(await database.write((tx) => recountStory(tx, story.id)), 0);
  });

  it('is picked by the newsroom, and told of once', async () => {
    const { database } = get();
    const story = await talkedOf(database);
    const [ann] = await people('ann');
    const code = await saySo(database, story, ann!, 'Pick me.');
    const pick = (isPicked: boolean) =>
      eventsOf(() => database.write((tx) => pickComment(tx, { code, isPicked })));
    assert.deepEqual([await pick(true), await pick(true)], [['comment.picked'], []]);
    assert.deepEqual([await pick(false), await pick(false)], [['comment.picked'], []]);
  });

  it('says nothing of its author once the account is erased', async () => {
    const { database } = get();
    const story = await talkedOf(database);
    const [ann, ben] = await people('ann', 'ben');
    const code = await saySo(database, story, ann!, 'Words of Ann.');
    const answer = await saySo(database, story, ben!, `Thank you, @${ann!.handle}!`, { parent: code });
    await database.write((tx) => recommendComment(tx, { code: answer, reader: ann!, isOn: true }));
    const kept = await commentsData.collect(database.read, ann!);
    assert.match(JSON.stringify(kept), /Words of Ann/);
    const erase = (id: string, comments: 'keep' | 'delete') =>
      database.write((tx) => eraseReader(tx, { id, comments, data: [commentsData] }));
    await erase(ann!.id, 'keep');
    const left = await row(code);
    assert.deepEqual([left.author_id, left.state, left.text], [null, 'visible', 'Words of Ann.']);
    const answered = await row(answer);
    assert.equal(answered.recommends, 0);
    assert.ok(!JSON.stringify(answered).includes(ann!.handle!));
    assert.equal(answered.text, 'Thank you, former reader!');
    await erase(ben!.id, 'delete');
    assert.deepEqual((await row(answer)).source, '');
    assert.equal(await database.write((tx) => recountStory(tx, story.id)), 0);
  });

  it('counts right and places each once when many write at the same time', async () => {
    const { database } = get();
    const story = await talkedOf(database);
    const writers = await people('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
    const root = await saySo(database, story, writers[0]!, 'Begin.');
    const codes = await Promise.all(
      writers.flatMap((writer, index) => [
        saySo(database, story, writer, `Reply by ${index}.`, { parent: root }),
        saySo(database, story, writer, `Another start by ${index}.`),
      ]),
    );
    const rows = await Promise.all(codes.map(row));
    assert.equal(new Set(rows.map(({ root_id, path }) => `${root_id} ${path}`)).size, codes.length);
    assert.equal((await row(root)).branch, 8);
    assert.equal(await database.write((tx) => recountStory(tx, story.id)), 0);
  });

  it('is refused where a story or its section is closed', async () => {
    const { database } = get();
    const [ann] = await people('ann');
    const story = await talkedOf(database);
    await database.write((tx) => setThreadDefaults(tx, 'section:city', { state: 'closed' }));
    assert.equal((await say(database, story, ann!, 'Hello?')).kind, 'rejected');
    await database.write((tx) => setThread(tx, story.id, { state: 'open' }));
    assert.equal((await say(database, story, ann!, 'Hello again?')).kind, 'posted');
    await database.write((tx) => setThreadDefaults(tx, 'section:city', { state: undefined }));
    const sensitive = await talkedOf(database, { sensitive: true });
    assert.equal((await say(database, sensitive, ann!, 'What a trial.')).kind, 'rejected');
    await assert.rejects(
      database.write((tx) => setThreadDefaults(tx, 'section:city', { depth: 2 })),
      { code: 'thread.bad-setting' },
    );
    await assert.rejects(
      database.write((tx) => setThreadDefaults(tx, 'section:nowhere', { state: 'open' })),
      { code: 'thread.no-section' },
    );
  });
});
