import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { allMigrations } from '../../migrations.ts';
import { forEachDatabase, testNow } from '../../platform/database/testing.ts';
import { indexMissingComments, recountAll } from '../../conversation/index.ts';
import { listHolds } from '../../moderation/index.ts';
import { createReader, findReaderByHandle, saveProfile } from '../../readers/index.ts';
import { fromInstant, importStory, removeImported } from '../../stories/index.ts';
import { talks } from './forum/index.ts';
import { readers } from './forum/readers.ts';
import { branchOf, type SampleComment } from './forum/talk.ts';
import { loadForum } from './load-forum.ts';
import { sampleSource } from './load-sample.ts';
import { removeReaders, removeTraces } from './remove-forum.ts';
import { stories } from './stories/index.ts';

const allOf = (comments: readonly SampleComment[]) => comments.flatMap(branchOf);
const all = talks.flatMap(({ comments, late = [] }) => [...allOf(comments), ...allOf(late)]);
const handles = new Set(readers.map(({ handle }) => handle));
const config = { ZONE: 'Europe/London', NAME: 'The Ledger' };

/** How many comments stand above the deepest one, and it. */
const depthOf = (comment: SampleComment): number => 1 + Math.max(0, ...comment.replies.map(depthOf));

describe('the words of the sample forum', () => {
  it('show all that a conversation can hold', () => {
    const longest = talks.map(({ comments }) => allOf(comments)).toSorted((a, b) => b.length - a.length)[0]!;
    assert.ok(longest.length >= 50);
    assert.ok(Math.max(...longest.map(depthOf)) >= 5);
    for (const [what, shows] of Object.entries({
      quote: /^> /m,
      spoiler: /^>! /m,
      mention: /@[a-z-]+/,
      list: /^- /m,
      steps: /^1\. /m,
      emphasis: /\*\w+\*/,
      code: /`.+`/,
      Arabic: /^\p{Script=Arabic}/u,
    }))
      assert.ok(
        all.some(({ text }) => shows.test(text)),
        what,
      );
    assert.ok(all.some(({ edited }) => edited !== undefined));
    assert.ok(all.some(({ isDeleted, replies }) => isDeleted && replies.length > 0));
    assert.ok(all.filter(({ isPicked }) => isPicked).length >= 3);
    assert.deepEqual(talks.flatMap((talk) => talk.stands?.state ?? []).toSorted(), [
      'closed',
      'premoderated',
    ]);
  });

  it('are of readers who are there, of whom each writes and follows', () => {
    assert.equal(handles.size, readers.length);
    assert.deepEqual(
      all.filter(({ by }) => !handles.has(by)),
      [],
    );
    for (const { handle, follows } of readers) {
      assert.ok(
        all.some(({ by }) => by === handle),
        handle,
      );
      assert.ok(Object.values(follows).flat().length > 0, handle);
      for (const other of follows.readers ?? []) assert.ok(handles.has(other), other);
    }
  });

  it('come after their stories and after what they answer, and before now', () => {
    const spans: Readonly<Record<string, number>> = { min: 1, h: 60, d: 1440 };
    for (const { story, comments, late = [] } of talks) {
      const { published } = stories.find(({ slug }) => slug === story)!;
      const age = [...String(published).matchAll(/(\d+) (min|h|d)/g)].reduce(
        (sum, [, number, unit]) => sum + Number(number) * spans[unit!]!,
        0,
      );
      for (const comment of [...allOf(comments), ...allOf(late)]) {
        assert.ok(comment.after > 0 && comment.after < age, comment.text);
        for (const reply of comment.replies) assert.ok(reply.after > comment.after, reply.text);
      }
    }
  });
});

forEachDatabase('the sample forum', allMigrations, (get) => {
  const read = () => get().database.read;
  const load = () => loadForum({ database: get().database, clock: get().clock, config });
  before(async () => {
    await get().database.write(async (tx) => {
      for (const [index, { story }] of talks.entries())
        await importStory(tx, {
          source: sampleSource,
          sourceId: story,
          hash: story,
          content: {
            headline: story,
            slug: story,
            body: [{ type: 'paragraph', text: [{ text: 'Words.' }] }],
          },
          state: 'published',
          published: fromInstant(testNow - (index + 1) * 86_400_000, config.ZONE),
        });
    });
  });

  it('comes whole, posted as readers post, and is found as it was written', async () => {
    const { database } = get();
    const result = await load();
    const late = talks.flatMap((talk) => allOf(talk.late ?? [])).length;
    const deleted = all.filter(({ isDeleted }) => isDeleted).length;
    assert.deepEqual(result, { readers: readers.length, comments: all.length - late - deleted });
    const rows = await read().selectFrom('comment').selectAll().execute();
    assert.equal(rows.length, all.length);
    assert.equal(rows.filter(({ state }) => state === 'held').length, late);
    assert.equal((await listHolds(read())).items.length, late);
    assert.equal(rows.filter(({ state }) => state === 'deleted').length, deleted);
    assert.equal(rows.filter(({ edited_at }) => edited_at !== null).length, 1);
    assert.equal(
      rows.filter(({ picked_at }) => picked_at !== null).length,
      all.filter((each) => each.isPicked).length,
    );
    assert.ok(Math.max(...rows.map(({ depth }) => depth)) >= 4);
    assert.ok(rows.every(({ created_at }) => created_at < testNow));
    for (const what of ['<blockquote>', 'class="spoiler"', '/readers/wilma-crake', '<code>', '<ol>'])
      assert.ok(
        rows.some(({ html }) => html.includes(what)),
        what,
      );
    const recommended = all
      .filter(({ isDeleted }) => !isDeleted)
      .reduce((sum, each) => sum + each.recommends, 0);
    const counted = rows
      .filter(({ state }) => state === 'visible')
      .reduce((sum, each) => sum + each.recommends, 0);
    assert.equal(counted, recommended);
    assert.equal(await recountAll(database), 0);
    const nell = (await findReaderByHandle(read(), 'nell-arkley'))!;
    assert.deepEqual(nell.roles, ['staff', 'author']);
    assert.ok(nell.createdAt < testNow - 800 * 86_400_000);
  });

  it('changes nothing when it is loaded again', async () => {
    get().clock.advance(3_600_000);
    assert.deepEqual(await load(), { readers: 0, comments: 0 });
    const { count } = await read()
      .selectFrom('comment')
      .select((is) => is.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    assert.equal(Number(count), all.length);
  });

  it('goes with its readers, and leaves others what is theirs', async () => {
    const { database } = get();
    await indexMissingComments(database);
    const mine = await database.write(async (tx) => {
      const { id } = await createReader(tx, { email: 'ann@example.com' });
      const rules = { paper: 'The Ledger', takenNames: [], dayOf: String };
      await saveProfile(tx, { reader: id, name: 'Ann', handle: 'bea-too' }, rules);
      return id;
    });
    const gone = await database.write(async (tx) => {
      const rows = await tx.db.selectFrom('story').select('id').execute();
      await removeTraces(
        tx,
        rows.map(({ id }) => id),
      );
      await removeImported(tx, sampleSource);
      return removeReaders(tx);
    });
    assert.equal(gone, readers.length);
    const left = await read().selectFrom('reader').select('id').execute();
    assert.deepEqual(
      left.map(({ id }) => id),
      [mine],
    );
    for (const table of [
      'comment',
      'comment_document',
      'follow',
      'notice',
      'moderation_hold',
      'moderation_standing',
      'moderation_post',
    ] as const)
      assert.deepEqual(await read().selectFrom(table).selectAll().execute(), [], table);
  });

  it('gives way where a handle is taken, and to a paper without the stories', async () => {
    const { database } = get();
    assert.deepEqual(await load(), { readers: 0, comments: 0 });
    const holder = await database.write(async (tx) => {
      const { id } = await createReader(tx, { email: 'bea@example.com' });
      const rules = { paper: 'The Ledger', takenNames: [], dayOf: String };
      await saveProfile(tx, { reader: id, name: 'Bea', handle: 'bea' }, rules);
      const [{ story }] = talks as [(typeof talks)[number]];
      await importStory(tx, {
        source: sampleSource,
        sourceId: story,
        hash: story,
        content: { headline: story, slug: story, body: [{ type: 'paragraph', text: [{ text: 'Words.' }] }] },
        state: 'published',
        published: fromInstant(testNow - 86_400_000, config.ZONE),
      });
      return id;
    });
    assert.equal((await load()).readers, readers.length);
    assert.equal((await findReaderByHandle(read(), 'bea'))?.id, holder);
    assert.equal((await findReaderByHandle(read(), 'bea-thornhill'))?.name, 'Bea Thornhill');
  });
});
