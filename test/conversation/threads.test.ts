import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { setThread, type TalkStory } from '../../src/conversation/index.ts';
import { talkedOf } from '../../src/conversation/threads/testing.ts';
import { muteReader } from '../../src/conversation/index.ts';
import { signedInReader, type SignedInReader } from '../../src/readers/testing.ts';
import { elements, one, parse, structuredData, withClass, wordsOf } from '../rig/dom.ts';
import { forEachSite, fresh } from '../rig/site.ts';

forEachSite('conversations', {}, (get) => {
  let count = 0;
  let ann: SignedInReader;
  let ben: SignedInReader;

  /** Readers who have been here for long, and are new to the rules of this test. */
  const people = async (...names: string[]) => {
    count += 1;
    const { database, origin } = get();
    const made = await Promise.all(
      names.map((name) =>
        signedInReader(database, { origin, handle: `${name.toLowerCase()}${count}`, name }),
      ),
    );
    await database.write((tx) =>
      tx.db.updateTable('reader').set({ created_at: 0, days_active: 200 }).execute(),
    );
    return made;
  };

  const send = async (path: string, fields: Record<string, string>, who?: SignedInReader) => {
    const answer = await fetch(`http://127.0.0.1:${get().port}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/x-www-form-urlencoded',
        ...who?.headers,
      },
      body: new URLSearchParams(fields),
    });
    return { status: answer.status, to: answer.headers.get('location'), text: await answer.text() };
  };

  const post = async (story: TalkStory, who: SignedInReader, text: string, parent = '') => {
    get().clock.advance(600_000);
    const { status, to, text: page } = await send('/comments', { story: story.code, text, parent }, who);
    assert.equal(status, 303, page);
    return /comments\/(\w+)#comment-\1$/.exec(to!)![1]!;
  };

  const see = async (path: string, who?: SignedInReader) =>
    parse((await get().get(who ? path : fresh(path), who?.headers)).text);

  before(async () => {
    [ann, ben] = (await people('Ann', 'Ben')) as [SignedInReader, SignedInReader];
  });

  it('are written in and read by pages and forms alone', async () => {
    const story = await talkedOf(get().database);
    const empty = await see(story.path);
    assert.equal(wordsOf(one(empty, 'a', 'to-talk')), 'Join the conversation');
    const form = elements(await see(story.path, ann), 'form').find(
      ({ attribs }) => attribs.action === '/comments',
    )!;
    const fields = Object.fromEntries(
      elements(form, 'input').map(({ attribs }) => [attribs.name!, attribs.value ?? '']),
    );
    assert.notEqual(fields.key, '');
    const sent = await send('/comments', { ...fields, text: 'Late *again*.' }, ann);
    const again = await send('/comments', { ...fields, text: 'Late *again*.' }, ann);
    assert.equal(again.to, sent.to);
    const [path, code] = /^(.*\/comments\/(\w+))#/.exec(sent.to!)!.slice(1) as [string, string];
    const page = await see(path);
    const comment = elements(page, 'article').find(({ attribs }) => attribs.id === `comment-${code}`)!;
    assert.equal(comment.attribs['aria-label'], 'Comment by Ann');
    assert.equal(comment.attribs['aria-current'], 'true');
    const reply = elements(comment, 'a').find(({ attribs }) => attribs['data-reply'] !== undefined)!;
    assert.equal(wordsOf(reply), 'Reply to Ann');
    const replyForm = await see(reply.attribs.href!, ben);
    assert.equal(wordsOf(one(replyForm, 'h1')), 'Reply to Ann');
    const answer = await post(story, ben, 'Since when?', code);
    const talk = await see(story.path);
    assert.match(wordsOf(one(talk, 'a', 'to-talk')), /2 comments/);
    const first = elements(talk, 'article').find(({ attribs }) => attribs.id === `comment-${code}`);
    assert.ok(elements(first!, 'article').some(({ attribs }) => attribs.id === `comment-${answer}`));
  });

  it('ask whoever is not signed in to do so, and keep what was typed', async () => {
    const story = await talkedOf(get().database);
    const sent = await send('/comments', { story: story.code, text: 'May I come in?', key: '' });
    assert.deepEqual([sent.status, sent.to], [303, '/sign-in']);
    const empty = await send('/comments', { story: story.code, text: '  ', key: '' });
    assert.equal(empty.status, 422);
    assert.match(empty.text, /Write something first/);
  });

  it('say what is wrong beside the field, with what was typed', async () => {
    const story = await talkedOf(get().database);
    const long = 'x '.repeat(3000);
    const { status, text } = await send('/comments', { story: story.code, text: long }, ann);
    assert.equal(status, 422);
    const page = parse(text);
    const field = one(page, 'textarea');
    const problem = elements(page).find(({ attribs }) => attribs.role === 'alert')!;
    assert.ok(field.attribs['aria-describedby']!.split(' ').includes(problem.attribs.id!));
    assert.equal(field.attribs['aria-invalid'], 'true');
    assert.ok(elements(problem).some(({ attribs }) => attribs['data-code'] === 'moderation.too-long'));
    assert.equal(wordsOf(field), long.trim());
    assert.equal((await send('/comments', { story: 'nosuchst', text: 'x' }, ann)).status, 404);
    assert.equal((await send('/comments', { text: 'x' }, ann)).status, 422);
  });

  it('show how it will look, and post nothing by that', async () => {
    const story = await talkedOf(get().database);
    const { status, text } = await send('/comments/preview', { story: story.code, text: 'It *is*.' });
    assert.equal(status, 200);
    assert.equal(wordsOf(one(withClass(parse(text), 'preview')[0]!, 'em')), 'is');
    assert.equal((await see(story.path)) && withClass(await see(story.path), 'comment').length, 0);
  });

  it('are edited and deleted by their author alone; for others there is nothing to do it with', async () => {
    const story = await talkedOf(get().database);
    const code = await post(story, ann, 'I said this.');
    const taken = await post(story, ann, 'This goes.');
    assert.equal((await send(`/comments/${taken}/delete`, {}, ann)).status, 303);
    const held = await (async () => {
      await get().write((tx) => setThread(tx, story.id, { state: 'premoderated' }));
      const made = await post(story, ann, 'Nobody sees this secret yet.');
      await get().write((tx) => setThread(tx, story.id, { state: 'open' }));
      return made;
    })();
    // Another's, one that is gone, one that waits and one that never was are all the same.
    for (const each of [code, taken, held, 'zzzzzzzz'])
      for (const act of ['edit', 'delete']) {
        const { status, text } = await get().get(`/comments/${each}/${act}`, ben.headers);
        assert.equal(status, 404, `${act} ${each}`);
        assert.match(text, /comment\.not-found/);
        const sent = await send(`/comments/${each}/${act}`, { text: 'Mine now.' }, ben);
        assert.equal(sent.status, 404);
      }
    for (const each of [taken, held, 'zzzzzzzz']) {
      assert.equal((await send(`/comments/${each}/recommend`, { act: 'recommend' }, ben)).status, 404);
      for (const path of [
        `${story.path}/comments/${each}`,
        `/comments/${each}`,
        `/comments/new?parent=${each}`,
      ])
        assert.equal((await get().get(path, ben.headers)).status, 404, path);
    }
    assert.equal((await send(`/comments/${code}/pick`, { act: 'pick' }, ben)).status, 404);
    for (const path of [
      story.path,
      `${story.path}/comments?sort=best`,
      '/',
      '/city',
      '/search?q=secret&in=comments',
    ])
      for (const who of [undefined, ben])
        assert.ok(!(await get().get(path, who?.headers)).text.includes('secret yet'), path);
    assert.ok((await get().get(`${story.path}/comments/${held}`, ann.headers)).text.includes('secret yet'));
    assert.ok((await get().get(story.path, ann.headers)).text.includes('secret yet'));
    const late = await send(`/comments/${code}/edit`, { text: 'I said that.' }, ann);
    assert.equal(late.status, 409);
    assert.match(late.text, /I said that\./);
    const soon = await post(story, ann, 'I say this.');
    assert.equal((await send(`/comments/${soon}/edit`, { text: 'I say that.' }, ann)).status, 303);
    assert.match(
      (await get().get(`${story.path}/comments/${soon}`, ben.headers)).text,
      /I say that\..*edited|edited.*I say that\./s,
    );
  });

  it('are recommended, picked, and read in three orders', async () => {
    const story = await talkedOf(get().database);
    const [cat, mod] = (await people('Cat', 'Mod')) as [SignedInReader, SignedInReader];
    await get().write((tx) =>
      tx.db.updateTable('reader').set({ roles: '["moderator"]' }).where('id', '=', mod.reader.id).execute(),
    );
    const [first, second, third] = [
      await post(story, ann, 'The first.'),
      await post(story, ben, 'The second.'),
      await post(story, cat, 'The third.'),
    ];
    assert.equal((await send(`/comments/${first}/recommend`, { act: 'recommend' }, ann)).status, 409);
    for (const who of [ben, cat])
      assert.equal((await send(`/comments/${first}/recommend`, { act: 'recommend' }, who)).status, 303);
    assert.equal((await send(`/comments/${second}/recommend`, { act: 'recommend' })).to, '/sign-in');
    await send(`/comments/${second}/recommend`, { act: 'recommend' }, ann);
    assert.equal((await send(`/comments/${third}/pick`, { act: 'pick' }, mod)).status, 303);
    const order = async (sort: string) =>
      withClass(await see(`${story.path}/comments?sort=${sort}`), 'comment').map(({ attribs }) => attribs.id);
    const ids = [first, second, third].map((code) => `comment-${code}`);
    assert.deepEqual(await order('oldest'), ids);
    assert.deepEqual(await order('newest'), ids.toReversed());
    assert.deepEqual(await order('best'), ids);
    assert.match(wordsOf(await see(`${story.path}/comments/${third}`)), /Cat Pick/);
    const mine = await see(`${story.path}/comments/${first}`, ben);
    assert.ok(elements(mine, 'button').some(({ attribs }) => attribs.value === 'withdraw'));
  });

  it('are counted on cards, listed where most is said, found, and told to machines', async () => {
    const { database } = get();
    const story = await talkedOf(database, { headline: 'A ferry to talk about' });
    const code = await post(story, ann, 'An unmistakable zeppelin of an argument.');
    await post(story, ben, 'Hear, hear.', code);
    await send(`/comments/${code}/recommend`, { act: 'recommend' }, ben);
    get().clock.advance(61_000);
    for (const path of ['/', '/city']) {
      const page = await see(path);
      const card = withClass(page, 'card').find((each) => wordsOf(each).includes(story.headline))!;
      assert.match(wordsOf(card), /2 comments/);
      const talked = one(page, 'div', 'most-talked');
      assert.match(wordsOf(talked), /A ferry to talk about 2 comments/);
      assert.match(wordsOf(talked), /zeppelin of an argument/);
    }
    const article = structuredData(await see(story.path)).find((data) => 'commentCount' in data);
    assert.equal(article!.commentCount, 2);
    assert.match(JSON.stringify(article!.comment), /zeppelin/);
    let found = '';
    for (
      const until = performance.now() + 10_000;
      performance.now() < until && !found.includes('zeppelin</mark>');
    )
      found = (await get().get('/search?q=zeppelin&in=comments')).text;
    assert.match(found, /<mark>zeppelin<\/mark>/);
    await send(`/comments/${code}/delete`, {}, ann);
    assert.doesNotMatch((await get().get('/search?q=zeppelin&in=comments')).text, /<mark>/);
  });

  it('are closed where that is set, with a line that says so, and silent under stories of courts', async () => {
    const { database } = get();
    const story = await talkedOf(database);
    await post(story, ann, 'While it lasts.');
    await get().write((tx) => setThread(tx, story.id, { state: 'legal', note: 'By order of the court.' }));
    const page = await see(story.path, ben);
    assert.match(wordsOf(page), /closed for legal reasons\. By order of the court\./);
    assert.match(wordsOf(page), /While it lasts/);
    assert.ok(!elements(page, 'form').some(({ attribs }) => attribs.action === '/comments'));
    const refused = await send('/comments', { story: story.code, text: 'But still.' }, ben);
    assert.equal(refused.status, 422);
    assert.equal((await send('/comments', { story: story.code, text: 'But still.' })).status, 422);
    const trial = await talkedOf(database, { sensitive: true });
    const silent = await see(trial.path);
    assert.equal(withClass(silent, 'talk').length + withClass(silent, 'to-talk').length, 0);
  });

  it('do not show what a muted reader writes, and tell nobody of it', async () => {
    const { database } = get();
    const story = await talkedOf(database);
    const code = await post(story, ben, 'You will not hear me.');
    await database.write((tx) => muteReader(tx, { reader: ann.reader.id, target: ben.reader.id }));
    const mine = await get().get(story.path, ann.headers);
    assert.ok(!mine.text.includes('You will not hear me'));
    for (const who of [ben, undefined])
      assert.ok((await get().get(fresh(story.path), who?.headers)).text.includes('You will not hear me'));
    assert.ok((await get().get(`${story.path}/comments/${code}`, ben.headers)).status === 200);
  });
});
