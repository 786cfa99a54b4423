import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import type { Database } from '../../platform/database/database.ts';
import { forEachDatabase } from '../../platform/database/testing.ts';
import { newId, newShortCode } from '../../platform/ids.ts';
import { commentSorts, replyPath, type CommentRow, type CommentState } from './comment.ts';
import { countAbove } from './counters.ts';
import { recommendComment } from './recommend-comment.ts';
import { recountStory } from './recount.ts';
import { setCommentState } from './set-comment-state.ts';
import { commentsOf, findBranch, listThread, type ThreadNode } from './threads.ts';
import { oldReader, talkedOf, talkMigrations } from './testing.ts';

const states: readonly CommentState[] = ['visible', 'held', 'hidden', 'removed', 'deleted'];

/** Put a comment in its place without asking any rule. */
async function put(
  database: Database,
  story: string,
  parent: CommentRow | undefined,
  more: Partial<CommentRow> = {},
): Promise<CommentRow> {
  return database.write(async ({ db, now }) => {
    const id = newId(now);
    const { seq } = parent
      ? await db
          .selectFrom('comment')
          .select((row) => row.fn.countAll<number>().as('seq'))
          .where('root_id', '=', parent.root_id)
          .executeTakeFirstOrThrow()
      : { seq: 0 };
    const comment: CommentRow = {
      id,
      code: newShortCode(),
      story_id: story,
      parent_id: parent?.id ?? null,
      root_id: parent?.root_id ?? id,
      path: parent ? replyPath(parent.path, Number(seq)) : '',
      depth: parent ? parent.depth + 1 : 0,
      seq: Number(seq),
      arrived: 0,
      author_id: null,
      state: 'visible',
      source: id,
      html: `<p>${id}</p>`,
      text: id,
      created_at: now,
      edited_at: null,
      version: 1,
      recommends: 0,
      replies: 0,
      branch: 0,
      best: 0,
      shown: 1,
      picked_at: null,
      origin: null,
      origin_id: null,
      origin_author: null,
      key: null,
      ...more,
    };
    await db.insertInto('comment').values(comment).execute();
    await countAbove(db, comment, 1);
    return comment;
  });
}

forEachDatabase('threads', talkMigrations, (get) => {
  const rowOf = (id: string) =>
    get().database.read.selectFrom('comment').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

  it('counts alike whatever happens, in whatever order', async () => {
    const { database, clock } = get();
    const readers = await Promise.all(['Ada', 'Bo', 'Cy'].map((name) => oldReader(database, name)));
    const acts = fc.oneof(
      { weight: 3, arbitrary: fc.record({ act: fc.constant('post' as const), at: fc.nat() }) },
      fc.record({ act: fc.constant('state' as const), at: fc.nat(), state: fc.constantFrom(...states) }),
      fc.record({ act: fc.constant('recommend' as const), at: fc.nat(), who: fc.nat(2), isOn: fc.boolean() }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(acts, { minLength: 1, maxLength: 40 }), async (done) => {
        const story = await talkedOf(database);
        const ids: string[] = [];
        for (const step of done) {
          clock.advance(1000);
          if (step.act === 'post') {
            const at = step.at % (ids.length + 1);
            ids.push((await put(database, story.id, at === 0 ? undefined : await rowOf(ids[at - 1]!))).id);
          } else if (ids.length > 0) {
            const row = await rowOf(ids[step.at % ids.length]!);
            if (step.act === 'state') await database.write((tx) => setCommentState(tx, row, step.state));
            else if (row.state === 'visible')
              await database.write((tx) =>
                recommendComment(tx, { code: row.code, reader: readers[step.who]!, isOn: step.isOn }),
              );
          }
        }
        assert.equal(await database.write((tx) => recountStory(tx, story.id)), 0);
        const visible = (await Promise.all(ids.map(rowOf))).filter(({ state }) => state === 'visible');
        for (const sort of commentSorts) {
          const seen = await readAll(database, story.id, sort);
          assert.deepEqual(
            seen
              .filter(({ state }) => state === 'visible')
              .map(({ id }) => id)
              .toSorted(),
            visible.map(({ id }) => id).toSorted(),
          );
          for (const { state, html, text } of seen)
            if (state !== 'visible') assert.deepEqual([html, text], ['', '']);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('pages without leaving out or repeating, while others write', async () => {
    const { database, clock } = get();
    const story = await talkedOf(database);
    const roots: CommentRow[] = [];
    for (let index = 0; index < 130; index += 1) {
      // Several of one moment, as an import has them.
      if (index % 3 === 0) clock.advance(1000);
      roots.push(await put(database, story.id, undefined, { best: index % 7 }));
    }
    const before = roots.map(({ id }) => id).toSorted();
    for (const sort of commentSorts) {
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await listThread(database.read, { story: story.id, sort, after });
        assert.ok(page.nodes.length > 0 && page.nodes.length <= 50);
        seen.push(...page.nodes.map(({ comment }) => comment.id));
        after = page.next;
        clock.advance(10);
        // What is written meanwhile stands before the first page of the newest, and after the last of the oldest.
        await put(database, story.id, undefined, { best: 9 });
      } while (after !== undefined);
      assert.equal(new Set(seen).size, seen.length);
      const known = new Set(before);
      assert.deepEqual(seen.filter((id) => known.has(id)).toSorted(), before);
    }
    await assert.rejects(listThread(database.read, { story: story.id, sort: 'newest', after: 'x' }), {
      code: 'list.bad-cursor',
    });
  });

  it('folds long branches, and shows the whole of one on its own page, a part at a time', async () => {
    const { database, clock } = get();
    const story = await talkedOf(database);
    const root = await put(database, story.id, undefined);
    const replies: CommentRow[] = [];
    for (let index = 0; index < 230; index += 1) {
      clock.advance(10);
      replies.push(await put(database, story.id, index % 4 === 3 ? replies[index - 1] : root));
    }
    const [node] = (await listThread(database.read, { story: story.id, sort: 'newest' })).nodes;
    assert.equal(node!.folded, 225);
    assert.equal(commentsOf([node!]).length, 6);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await findBranch(database.read, { story: story.id, code: root.code, after });
      const shown = commentsOf([page!.root]);
      assert.ok(shown.length <= 102);
      // Whatever a comment answers stands above it on the same page.
      const ids = new Set(shown.map(({ id }) => id));
      for (const { parentId } of shown) assert.ok(parentId === undefined || ids.has(parentId));
      seen.push(...shown.map(({ id }) => id));
      after = page!.next;
    } while (after !== undefined);
    assert.deepEqual([...new Set(seen)].toSorted(), [root, ...replies].map(({ id }) => id).toSorted());
  });

  it('shows a reply with all that it answers and what answers it, and nothing beside it', async () => {
    const { database } = get();
    const story = await talkedOf(database);
    const root = await put(database, story.id, undefined);
    const beside = await put(database, story.id, root);
    const reply = await put(database, story.id, root);
    const below = await put(database, story.id, reply);
    const page = await findBranch(database.read, { story: story.id, code: reply.code });
    assert.deepEqual(
      commentsOf([page!.root]).map(({ id }) => id),
      [root.id, reply.id, below.id],
    );
    assert.ok(page!.isPart);
    assert.equal(page!.target.id, reply.id);
    const other = await talkedOf(database);
    assert.equal(await findBranch(database.read, { story: other.id, code: beside.code }), undefined);
  });

  it('shows deep replies where paths have ended', async () => {
    const { database } = get();
    const story = await talkedOf(database);
    const chain = [await put(database, story.id, undefined)];
    for (let depth = 1; depth <= 30; depth += 1) chain.push(await put(database, story.id, chain.at(-1)));
    const page = await findBranch(database.read, { story: story.id, code: chain[0]!.code });
    assert.equal(commentsOf([page!.root]).length, 31);
    const deep = await findBranch(database.read, { story: story.id, code: chain[29]!.code });
    const shown = new Set(commentsOf([deep!.root]).map(({ id }) => id));
    for (const at of [0, 28, 29, 30]) assert.ok(shown.has(chain[at]!.id), `comment ${at}`);
    assert.equal(await database.write((tx) => recountStory(tx, story.id)), 0);
  });

  it('keeps a tombstone where others have answered, and nothing where nobody has', async () => {
    const { database } = get();
    const story = await talkedOf(database);
    const root = await put(database, story.id, undefined);
    const middle = await put(database, story.id, root);
    const leaf = await put(database, story.id, middle);
    const take = async (comment: CommentRow, state: CommentState) => {
      const row = await rowOf(comment.id);
      await database.write((tx) => setCommentState(tx, row, state));
    };
    const seen = async () =>
      (await readAll(database, story.id, 'newest')).map(({ id, state }) => [id, state]);
    await take(middle, 'deleted');
    await take(root, 'removed');
    assert.deepEqual(await seen(), [
      [root.id, 'removed'],
      [middle.id, 'deleted'],
      [leaf.id, 'visible'],
    ]);
    await take(leaf, 'hidden');
    assert.deepEqual(await seen(), []);
    await take(leaf, 'visible');
    assert.equal((await seen()).length, 3);
  });
});

async function readAll(database: Database, story: string, sort: 'newest' | 'oldest' | 'best') {
  const nodes: ThreadNode[] = [];
  let after: string | undefined;
  do {
    const page = await listThread(database.read, { story, sort, after });
    for (const node of page.nodes) {
      // Of a folded branch the rest stands on its own page.
      const whole =
        node.folded > 0 ? (await findBranch(database.read, { story, code: node.comment.code }))!.root : node;
      nodes.push(whole);
    }
    after = page.next;
  } while (after !== undefined);
  return commentsOf(nodes);
}
