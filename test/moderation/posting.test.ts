import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { applyToComment, findCommentTarget } from '../../src/conversation/index.ts';
import {
  answerLook,
  askAgain,
  decide,
  listHolds,
  listReported,
  moderationHandlers,
  reportTarget,
  saveSetting,
  trustOf,
  undoDecision,
  type Action,
} from '../../src/moderation/index.ts';
import { signedInReader, type SignedInReader } from '../../src/readers/testing.ts';
import { saveSection } from '../../src/stories/index.ts';
import { elements, wordsOf } from '../rig/dom.ts';
import { contentOf, forEachSite, fresh, type PublishedStory } from '../rig/site.ts';
import { Visitor, type Visited } from '../rig/visitor.ts';

const handlers = moderationHandlers({ findComment: findCommentTarget, applyDecision: applyToComment });
const actor = { kind: 'moderator', name: 'mo' } as const;

forEachSite('moderated posting', { env: { WRITE_LIMIT: '1000' } }, (get) => {
  let story: PublishedStory;
  let count = 0;

  const newReader = (roles: Parameters<typeof signedInReader>[1] = {}) => {
    count += 1;
    return signedInReader(get().database, {
      name: `Writer ${count}`,
      handle: `writer${count}`,
      origin: get().origin,
      ...roles,
    });
  };
  const visitor = (who?: SignedInReader) => new Visitor(get(), who ? { cookie: who.cookie } : {});
  const form = (who: SignedInReader) => visitor(who).open(`/comments/new?story=${story.code}`);
  const post = async (who: SignedInReader, text: string): Promise<Visited> =>
    visitor(who).press(await form(who), '/comments', { text });
  const set = (name: string, value: unknown) =>
    get().write((tx) => saveSetting(tx, { name, value, actor: 'test' }));
  const idOf = async (text: string) =>
    (
      await get()
        .database.read.selectFrom('comment')
        .select('id')
        .where('text', 'like', `%${text}%`)
        .executeTakeFirstOrThrow()
    ).id;
  const act = (kind: 'comment' | 'reader', id: string, action: Action, until?: number) =>
    get().write((tx) =>
      decide(tx, { target: { kind, id }, action, reason: 'abuse', actor, until }, handlers),
    );
  /** As somebody reads it who is not signed in, at an address that was asked for before: nothing there is stale. */
  const seen = async () => wordsOf((await visitor().open(`${story.path}/comments`)).doc);
  /** The same, as it stands now: what is added may come a moment later. */
  const now = async () => wordsOf((await visitor().open(fresh(`${story.path}/comments`))).doc);

  before(async () => {
    await get().write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
    story = await get().publish(contentOf('A quiet day'));
  });

  it('refuses a banned word with the reason, and gives back what was typed', async () => {
    await set('words.banned', 'scum');
    const writer = await newReader();
    const refused = await post(writer, 'All of them are s.c.u.m & worse');
    assert.equal(refused.status, 422);
    assert.match(wordsOf(refused.doc), /words that are not taken here/);
    const field = elements(refused.doc, 'textarea').find(({ attribs }) => attribs.name === 'text')!;
    assert.equal(wordsOf(field), 'All of them are s.c.u.m & worse');
    assert.ok(field.attribs['aria-describedby'], 'the reason is told with the field');
    assert.doesNotMatch(await seen(), /All of them/);
    const { standing } = await trustOf(get().database.read, writer.reader.id, get().clock.now());
    assert.equal(standing.rejected, 1, 'the refusal is remembered');
    await set('words.banned', undefined);
  });

  it('asks before it posts in capitals, and posts when the writer says yes', async () => {
    const writer = await newReader();
    const asked = await post(writer, 'THE FERRY WAS LATE AGAIN, AND NOBODY SAID WHY');
    assert.match(wordsOf(asked.doc), /Posting this as it stands\?/);
    assert.doesNotMatch(await seen(), /NOBODY SAID WHY/);
    const yes = elements(asked.doc, 'button').find(({ attribs }) => attribs.name === 'confirmed')!;
    await visitor(writer).press(asked, '/comments', { confirmed: yes.attribs.value! });
    assert.match(await now(), /NOBODY SAID WHY/);
  });

  it('shows what is held to its writer alone, until it is approved', async () => {
    await set('premoderate.all', 'on');
    const writer = await newReader();
    await post(writer, 'Something to be looked at first.');
    assert.doesNotMatch(await seen(), /looked at first\./);
    assert.match(
      wordsOf((await visitor(writer).open(`${story.path}/comments`)).doc),
      /Something to be looked at first\./,
    );
    const id = await idOf('looked at first');
    const held = (await listHolds(get().database.read)).items.find(({ comment }) => comment === id);
    assert.deepEqual(held?.reasons, ['moderation.premoderated']);
    await act('comment', id, 'approve');
    assert.match(await now(), /Something to be looked at first\./);
    await set('premoderate.all', undefined);
  });

  it('takes away what is removed at once, and brings it back when that is undone', async () => {
    const writer = await newReader();
    await post(writer, 'Words to be removed.');
    assert.match(await now(), /Words to be removed/);
    const { id } = await act('comment', await idOf('to be removed'), 'remove');
    assert.doesNotMatch(await seen(), /Words to be removed/);
    await get().write((tx) => undoDecision(tx, { id, actor }, handlers));
    assert.match(await now(), /Words to be removed/);
  });

  it('hides what enough readers report, at once, until a moderator shows it again', async () => {
    const writer = await newReader();
    await post(writer, 'Words to be reported.');
    const id = await idOf('to be reported');
    const moderator = await newReader({ roles: ['moderator'] });
    await get().write((tx) =>
      reportTarget(
        tx,
        { reader: moderator.reader, target: { kind: 'comment', id }, category: 'abuse', text: '' },
        handlers,
      ),
    );
    assert.doesNotMatch(await seen(), /Words to be reported/);
    assert.equal((await listReported(get().database.read)).length, 1);
    await act('comment', id, 'keep');
    assert.match(await now(), /Words to be reported/);
    assert.equal((await listReported(get().database.read)).length, 0);
    const told = wordsOf((await visitor(writer).open('/account/decisions')).doc);
    assert.match(told, /Your comment is shown again/);
  });

  it('lets a suspended reader write nothing until it is over, and a banned one never', async () => {
    const writer = await newReader();
    const page = await form(writer);
    await act('reader', writer.reader.id, 'suspend', get().clock.now() + 3_600_000);
    const send = (text: string) =>
      visitor(writer).press(page, '/comments', { text, key: `k-${text.length}` });
    const refused = await send('While suspended.');
    assert.match(wordsOf(refused.doc), /cannot write comments until/);
    get().clock.advance(3_600_000);
    await send('When it is over, I write.');
    assert.match(await now(), /When it is over, I write/);
    await act('reader', writer.reader.id, 'ban');
    const banned = await send('And now I am banned from it.');
    assert.match(wordsOf(banned.doc), /cannot write comments any more/);
    assert.doesNotMatch(await seen(), /banned from it/);
  });

  it('leads from the inbox to what was decided, and tells when a decision stands', async () => {
    const writer = await newReader();
    await post(writer, 'Words that are decided about.');
    const { id } = await act('comment', await idOf('are decided about'), 'remove');
    await get().write((tx) => askAgain(tx, { decision: id, reader: writer.reader.id, text: 'Why?' }));
    await get().write((tx) =>
      answerLook(tx, { decision: id, outcome: 'upheld', answer: 'It stands.', actor }, handlers),
    );
    const notices = async () =>
      get()
        .database.read.selectFrom('notice')
        .select('id')
        .where('reader_id', '=', writer.reader.id)
        .where('decision_id', '=', id)
        .execute();
    let told = await notices();
    while (told.length < 2) {
      await new Promise((resolve) => setTimeout(resolve, 15));
      told = await notices();
    }
    const { path, doc } = await visitor(writer).open(`/inbox/${told[0]!.id}`);
    assert.equal(path, `/account/decisions/${id}`);
    assert.match(wordsOf(doc), /the decision stands.*It stands\./);
  });

  it('forgets what waited when its writer deletes it', async () => {
    await set('premoderate.all', 'on');
    const writer = await newReader();
    await post(writer, 'Words to be deleted while held.');
    const id = await idOf('deleted while held');
    const { code } = await get()
      .database.read.selectFrom('comment')
      .select('code')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    await visitor(writer).send(`/comments/${code}/delete`, { fields: {} });
    const { items } = await listHolds(get().database.read);
    assert.ok(items.every(({ comment }) => comment !== id));
    await assert.rejects(act('comment', id, 'approve'), { code: 'moderation.no-target' });
    await set('premoderate.all', undefined);
  });
});
