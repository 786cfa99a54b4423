import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { applyToComment, findCommentTarget } from '../../src/conversation/index.ts';
import {
  answerNotice,
  decide,
  findNotice,
  listNotices,
  moderationHandlers,
  saveSetting,
  type Action,
} from '../../src/moderation/index.ts';
import { signedInReader, type SignedInReader } from '../../src/readers/testing.ts';
import { saveSection } from '../../src/stories/index.ts';
import { elements, wordsOf } from '../rig/dom.ts';
import { contentOf, forEachSite, type PublishedStory } from '../rig/site.ts';
import { addComment, type TestComment } from '../rig/talk.ts';
import { mailsTo, Visitor } from '../rig/visitor.ts';

const handlers = moderationHandlers({ findComment: findCommentTarget, applyDecision: applyToComment });
const actor = { kind: 'moderator', name: 'mo' } as const;

forEachSite('moderation', { env: { WRITE_LIMIT: '1000' } }, (get) => {
  let story: PublishedStory;
  let ann: SignedInReader;
  let ben: SignedInReader;

  const newReader = (name: string) =>
    signedInReader(get().database, { name, handle: name.toLowerCase(), origin: get().origin });
  const visitor = (who?: SignedInReader) => new Visitor(get(), who ? { cookie: who.cookie } : {});
  const say = (who: SignedInReader, text: string) =>
    addComment(get().database, { story: story.id, author: who.reader.id, text });
  const act = (comment: TestComment, action: Action, note = '') =>
    get().write((tx) =>
      decide(
        tx,
        { target: { kind: 'comment', id: comment.id }, action, reason: 'abuse', note, actor },
        handlers,
      ),
    );
  const reports = () => get().database.read.selectFrom('moderation_report').selectAll().execute();

  before(async () => {
    await get().write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
    story = await get().publish(contentOf('A quiet day'));
    ann = await newReader('Ann');
    ben = await newReader('Ben');
  });

  it('shows the guidelines, those of the house or of the paper, at once when they change', async () => {
    assert.match((await visitor().open('/guidelines')).text, /Talk about the matter/);
    const set = (value: unknown) =>
      get().write((tx) => saveSetting(tx, { name: 'guidelines', value, actor: 'test' }));
    await set('# Our own\n\nBe <b>kind</b>, see [the law](/notices) and [not this](javascript:alert(1)).');
    const { text } = await visitor().open('/guidelines');
    assert.match(
      text,
      /<h2>Our own<\/h2><p>Be &lt;b&gt;kind&lt;\/b&gt;, see <a href="\/notices">the law<\/a>/,
    );
    assert.ok(!text.includes('href="javascript'));
    await set(undefined);
    assert.match((await visitor().open('/guidelines')).text, /Talk about the matter/);
  });

  it('takes a report of a comment, once, and tells nobody of it', async () => {
    const comment = await say(ann, 'Something rude.');
    const page = await visitor(ben).open(`/report?kind=comment&id=${comment.id}`);
    assert.match(wordsOf(page.doc), /Something rude\./);
    const missing = await visitor(ben).press(page, '/report');
    assert.equal(missing.status, 422);
    assert.match(wordsOf(missing.doc), /Choose what is wrong with it\./);
    const sent = await visitor(ben).press(page, '/report', { category: 'abuse', text: 'Look at this.' });
    assert.equal(sent.status, 200);
    assert.match(sent.path, /^\/report\/sent/);
    await visitor(ben).press(page, '/report', { category: 'spam' });
    assert.deepEqual(
      (await reports()).map(({ target_id, category, state }) => [target_id, category, state]),
      [[comment.id, 'abuse', 'open']],
    );
    assert.doesNotMatch((await visitor(ann).open('/account/decisions')).text, /Look at this/);
  });

  it('keeps a report until one has signed in', async () => {
    const comment = await say(ann, 'Something else that is rude.');
    const browser = visitor();
    const page = await browser.open(`/report?kind=comment&id=${comment.id}`);
    const asked = await browser.press(page, '/report', { category: 'hate', text: '' });
    assert.equal(asked.path, '/sign-in');
    await browser.press(asked, '/sign-in', { email: 'cleo@readers.example' });
    const [mail] = await mailsTo(get(), 'cleo@readers.example');
    const code = await browser.open('/sign-in/code');
    const done = await browser.press(code, '/sign-in/code', { code: mail!.code! });
    assert.match(done.path, /^\/report\/sent/);
    assert.ok(
      (await reports()).some(({ target_id, category }) => target_id === comment.id && category === 'hate'),
    );
  });

  it('answers for what one may not see as for what is not there, and nothing of one own can be reported', async () => {
    const hidden = await say(ann, 'Words that were removed.');
    await act(hidden, 'remove');
    const [gone, none] = [
      await visitor(ben).open(`/report?kind=comment&id=${hidden.id}`),
      await visitor(ben).open(`/report?kind=comment&id=none`),
    ];
    assert.deepEqual([gone.status, none.status], [404, 404]);
    assert.equal(wordsOf(gone.doc), wordsOf(none.doc));
    assert.doesNotMatch((await visitor().open(`/notices?kind=comment&id=${hidden.id}`)).text, /were removed/);
    const own = await say(ben, 'My own words.');
    assert.equal((await visitor(ben).open(`/report?kind=comment&id=${own.id}`)).status, 409);
  });

  it('takes a notice of illegal content from anybody, with a receipt and an answer', async () => {
    const comment = await say(ann, 'A false accusation.');
    const browser = visitor();
    const page = await browser.open(`/notices?kind=comment&id=${comment.id}`);
    assert.match(wordsOf(page.doc), /A false accusation\./);
    const empty = await browser.press(page, '/notices');
    assert.equal(empty.status, 422);
    for (const words of [/Say which law it breaks/, /Say why it breaks the law/, /Confirm that it is true/])
      assert.match(wordsOf(empty.doc), words);
    const typed = {
      law: 'Defamation',
      reason: 'It says that I stole.',
      name: 'Dee',
      email: 'dee@lawyers.example',
      faith: 'yes',
    };
    const elsewhere = await browser.press(page, '/notices', { ...typed, address: 'https://other.example/' });
    assert.match(wordsOf(elsewhere.doc), /This is not on this site/);
    assert.match(elsewhere.text, /It says that I stole/, 'what was typed comes back');
    const receipt = await browser.press(page, '/notices', typed);
    const code = receipt.path.split('/').at(-1)!;
    assert.match(code, /^[a-z0-9]{12}$/);
    assert.equal((await browser.press(page, '/notices', typed)).path, receipt.path, 'twice is once');
    const notice = (await findNotice(get().database.read, code))!;
    assert.deepEqual(notice.target, { kind: 'comment', id: comment.id });
    assert.doesNotMatch(receipt.text, /dee@lawyers|Dee|stole/, 'who has the number learns no name');
    assert.match((await mailsTo(get(), 'dee@lawyers.example'))[0]!.raw, new RegExp(code));
    const paper = { name: 'The Freesheet', origin: get().origin, language: 'en' };
    await get().write((tx) => answerNotice(tx, { code, answer: 'The comment was removed.', paper }));
    const grouped = `${code.slice(0, 4)}-${code.slice(4, 8)} ${code.slice(8).toUpperCase()}`;
    const found = await visitor().open(`/notices?code=${encodeURIComponent(grouped)}`);
    assert.match(wordsOf(found.doc), /The comment was removed\./);
    assert.match((await mailsTo(get(), 'dee@lawyers.example', 2))[1]!.raw, /The comment was removed/);
    assert.equal((await visitor().open('/notices/bbbbbbbbbbbb')).status, 404);
    assert.deepEqual(await listNotices(get().database.read), []);
  });

  it('lets no network fill the desk, nor anybody else a letter box', async () => {
    const browser = visitor();
    const page = await browser.open('/notices');
    const send = (reason: string, email: string) =>
      browser.press(page, '/notices', { address: '/', law: 'A law', reason, email, faith: 'yes' });
    let last;
    for (let at = 0; at < 25; at += 1) last = await send(`Reason ${at}`, 'victim@readers.example');
    assert.equal(last!.status, 429);
    const jobs = await get()
      .database.read.selectFrom('job')
      .select('id')
      .where('name', '=', 'mail.send')
      .execute();
    assert.ok(jobs.length < 12, `${jobs.length} mails`);
  });

  it('tells its owner what was decided and why, and looks again when asked', async () => {
    const comment = await say(ann, 'The words that were decided about.');
    const decision = await act(comment, 'remove', 'It calls the mayor names.');
    const list = await visitor(ann).open('/account/decisions');
    const links = elements(list.doc, 'a').map(({ attribs }) => attribs.href);
    assert.ok(links.includes(`/account/decisions/${decision.id}`));
    const path = `/account/decisions/${decision.id}`;
    const statement = await visitor(ann).open(path);
    for (const words of [
      /Your comment was removed/,
      /The words that were decided about\./,
      /It calls the mayor names\./,
      /It insults or attacks somebody\./,
      /A person decided\./,
      /The guidelines of this forum/,
      /court/,
    ])
      assert.match(wordsOf(statement.doc), words);
    assert.ok(!statement.text.includes('mo<'), 'not who decided');
    assert.equal(statement.headers['cache-control'], 'no-store');
    const empty = await visitor(ann).press(statement, `${path}/look`, { text: ' ' });
    assert.equal(empty.status, 422);
    const asked = await visitor(ann).press(statement, `${path}/look`, { text: 'It is a quotation.' });
    assert.match(wordsOf(asked.doc), /You asked for another look/);
    assert.equal(
      elements(asked.doc, 'form').filter(({ attribs }) => attribs.action?.endsWith('/look')).length,
      0,
    );
  });

  it('accuses nobody of what was only suspected', async () => {
    const comment = await say(ann, 'Words that may stand.');
    await act(comment, 'hide');
    const { id } = await act(comment, 'restore');
    const statement = await visitor(ann).open(`/account/decisions/${id}`);
    const said = wordsOf(elements(statement.doc, 'main')[0]!);
    assert.match(said, /Your comment is shown again.*Everybody can read it\./);
    assert.doesNotMatch(said, /insults|guidelines/);
    const list = wordsOf((await visitor(ann).open('/account/decisions')).doc);
    assert.match(list, /Your comment is shown again Everybody can read it\./);
  });

  it('shows decisions to nobody else, and takes nothing for them', async () => {
    const decision = await act(await say(ann, 'More words.'), 'remove', 'A secret note.');
    const path = `/account/decisions/${decision.id}`;
    const [others, none] = [
      await visitor(ben).open(path),
      await visitor(ben).open('/account/decisions/none'),
    ];
    assert.deepEqual([others.status, wordsOf(others.doc)], [404, wordsOf(none.doc)]);
    const look = await visitor(ben).send(`${path}/look`, { fields: { text: 'Mine' } });
    assert.equal(look.status, 404);
    const stranger = await visitor().open(path);
    assert.match(stranger.path, /^\/sign-in/);
    assert.doesNotMatch(stranger.text, /secret note|More words/);
    assert.doesNotMatch((await visitor(ben).open('/account/decisions')).text, /secret note/);
    assert.doesNotMatch(
      (await visitor(ben).open(`/account/decisions?before=${decision.id}`)).text,
      /secret note|More words/,
    );
    const forged = await visitor(ann).send(`${path}/look`, {
      fields: { text: 'Forged' },
      headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    });
    assert.equal(forged.status, 403);
  });

  it('escapes what people write wherever it shows it', async () => {
    const attack = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
    const comment = await say(ann, attack);
    const decision = await act(comment, 'hide', attack);
    await act(comment, 'restore');
    const pages = [
      await visitor(ben).open(`/report?kind=comment&id=${comment.id}`),
      await visitor().open(`/notices?kind=comment&id=${comment.id}`),
      await visitor(ann).open(`/account/decisions/${decision.id}`),
      await visitor().send('/notices', { fields: { address: attack, law: attack, reason: attack } }),
    ];
    for (const { path, text, doc } of pages) {
      assert.ok(text.includes('&lt;script&gt;alert(1)'), path);
      assert.equal(
        elements(doc, 'img').filter(({ attribs }) => attribs.onerror !== undefined).length,
        0,
        path,
      );
    }
  });
});
