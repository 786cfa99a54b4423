import assert from 'node:assert/strict';
import { it } from 'node:test';
import { pino } from 'pino';
import sharp from 'sharp';
import { defineBackupJobs } from '../../src/cli/backup/nightly.ts';
import { FixedClock } from '../../src/platform/clock.ts';
import { testNow } from '../../src/platform/database/testing.ts';
import { until } from '../../src/platform/http/testing.ts';
import { listener } from '../../src/platform/live/testing.ts';
import { findReader, findReaderByHandle, setReaderState } from '../../src/readers/index.ts';
import { signedInReader } from '../../src/readers/testing.ts';
import { saveSection } from '../../src/stories/index.ts';
import { contentOf, forEachSite, type PublishedStory, type SiteOptions, type TestSite } from '../rig/site.ts';
import { filesWith, tablesWith } from '../rig/traces.ts';
import { mailsTo, Visitor, type Visited } from '../rig/visitor.ts';

const day = 86_400_000;
/** All that the reader is and says holds this, and nothing else does. */
const canary = ['canary'];
const oldMail = 'firstcanary@readers.example';
const newMail = 'secondcanary@readers.example';
const handle = 'canary-bird';

for (const comments of ['delete', 'keep'] as const) {
  const log: string[] = [];
  const clock = new FixedClock(testNow);
  const options = {
    clock,
    env: { WRITE_LIMIT: '1000' },
    log: pino({ level: 'trace' }, { write: (line: string) => void log.push(line) }),
    defineJobs: ((runner, parts) =>
      defineBackupJobs(runner, { ...parts, clock })) satisfies SiteOptions['defineJobs'],
  };

  forEachSite(`a reader who has left, comments to ${comments}`, options, (get) => {
    it('is found in no table, file, page, feed, search, stream or log', async (t) => {
      await get().write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
      const story = await get().publish(contentOf('Birds of the harbour'));
      const witness = await enter(get(), 'witness');
      const told = listener(t);
      await told.open(get().port, `/live?topics=thread:${story.id}`);
      const first = await postAs(witness.visitor, story, 'A quiet morning at the quay.');
      await until(() => told.lastId !== undefined);
      const from = told.lastId!;
      let marks = 0;
      /** All that a browser hears that was away since the first comment. */
      const heard = async (words: readonly string[]) => {
        marks += 1;
        const mark = `The tide turns for the ${marks}. time.`;
        await postAs(witness.visitor, story, mark);
        const back = listener(t);
        back.lastId = from;
        await back.open(get().port, `/live?topics=thread:${story.id}`);
        const text = () => JSON.stringify(back.events).toLowerCase();
        await until(() => text().includes(mark.toLowerCase()));
        return words.filter((word) => text().includes(word));
      };

      // Somebody joins by what was to be said, and is everything that a reader can be.
      const bird = new Visitor(get());
      const asked = await bird.press(await bird.open(story.path), '/comments', {
        text: 'Hear the canary sing.',
      });
      assert.equal(asked.path, '/sign-in');
      const code = await codeFor(get(), bird, asked, oldMail);
      const welcome = await bird.press(code.page, '/sign-in/code', { code: code.code });
      assert.equal(welcome.path, '/welcome');
      const posted = await bird.press(welcome, '/welcome', { name: 'Canary Bird', handle });
      assert.match(posted.path, new RegExp(`^${story.path}`));
      const own = (await findReaderByHandle(get().database.read, handle))!;
      await bird.press(await bird.open('/account'), '/account/profile', {
        bio: 'I am the canary of this forum.',
      });
      await givePicture(bird);
      await sendNotice(bird, story);
      await changeMail(get(), bird);
      const [said] = await codesOf(get(), own.id);
      await bird.send(`/comments/${said!}/edit`, { fields: { text: 'Hear the canary sing, and edit.' } });
      await postAs(bird, story, 'Another word of the canary.', first);
      await postAs(witness.visitor, story, `Well said, @${handle}!`, said);
      await bird.send(`/comments/${first}/recommend`, { fields: { act: 'recommend' } });
      await witness.visitor.send(`/comments/${said!}/recommend`, { fields: { act: 'recommend' } });
      await follow(bird, witness.reader.id);
      await follow(witness.visitor, own.id);
      const report = { category: 'other', text: 'Says the canary: this is untrue.' };
      await bird.send('/report', { fields: { ...report, kind: 'profile', id: witness.reader.id } });
      await witness.visitor.send('/report', {
        fields: { ...report, text: 'This canary is loud.', kind: 'profile', id: own.id },
      });
      await bird.send('/account/data', { fields: {} });
      await until(async () =>
        (await mailsTo(get(), newMail)).some(({ subject }) => /is ready/.test(subject)),
      );
      // Another browser of the same reader has begun to sign in, with words that wait.
      const second = new Visitor(get());
      await codeFor(
        get(),
        second,
        await second.press(await second.open(story.path), '/comments', { text: 'A canary waits.' }),
        newMail,
      );

      // What is searched for can be found, in every way in which it is searched for.
      const before = {
        tables: await tablesWith(get().database, canary),
        pages: await pagesWith(get(), story),
      };
      assert.deepEqual(await heard(canary), canary);
      for (const table of ['comment', 'comment_version', 'reader', 'reader_handle', 'sign_in'])
        assert.ok(before.tables.includes(table), `${table} among ${before.tables.join()}`);
      for (const page of ['story', 'comments', 'reader'])
        assert.ok(before.pages.includes(page), `${page} among ${before.pages.join()}`);
      await nextNight(get());
      const files = await filesWith(get().dataDir, canary);
      for (const file of [/^mail\//, /^exports\/.*\.json$/, /^exports\/.*\.html$/, /^backups\//])
        assert.ok(
          files.some((each) => file.test(each)),
          `${file} among ${files.join()}`,
        );
      if (get().database.dialect === 'sqlite') assert.ok(files.some((each) => /sqlite/.test(each)));

      // Of one who may not write more is kept than of others.
      if (comments === 'delete')
        await get().write((tx) => setReaderState(tx, { id: own.id, state: 'banned' }));
      await bird.press(await bird.open('/account/leave'), '/account/leave', { comments });
      clock.advance(day);
      await until(async () => (await findReader(get().database.read, own.id))!.state === 'former');
      const words = comments === 'delete' ? canary : [handle, 'canary bird', 'firstcanary', 'secondcanary'];
      assert.deepEqual(await pagesWith(get(), story, words), []);
      assert.deepEqual(await heard(words), []);
      await until(async () => (await waitingPrivate(get())) === 0);
      // SQLite's full text finds nothing any more, and keeps words in its own segments until the night merges them.
      const kept = (await tablesWith(get().database, words)).filter((name) => !name.endsWith('_index_data'));
      assert.deepEqual(kept, []);
      assert.deepEqual(await filesOutsideDatabase(get(), words), []);

      // By the next night from the disk too, and a week later from the backups.
      for (let night = 0; night < 9; night += 1) await nextNight(get());
      assert.deepEqual(await filesWith(get().dataDir, words), []);
      assert.deepEqual(await tablesWith(get().database, words), []);
      assert.deepEqual(await pagesWith(get(), story, words), []);
      assert.deepEqual(await heard(words), []);
      const lines = log.filter((line) => line.toLowerCase().includes('canary'));
      assert.deepEqual(lines, []);
      assert.ok(log.length > 0);
    });
  });
}

async function enter(site: TestSite, name: string) {
  const { reader, cookie } = await signedInReader(site.database, { origin: site.origin, handle: name });
  return { reader, visitor: new Visitor(site, { cookie, 'sec-fetch-site': 'same-origin' }) };
}

/** @returns the code of the comment */
async function postAs(visitor: Visitor, story: PublishedStory, text: string, parent = ''): Promise<string> {
  const fields = { story: story.code, parent, text, key: crypto.randomUUID(), confirmed: '1' };
  const posted = await visitor.send('/comments', { fields, follows: false });
  const [, code] = /comment-(\w+)$/.exec(posted.headers.location ?? '') ?? [];
  assert.ok(code, `${posted.status} ${posted.headers.location}`);
  return code;
}

async function codeFor(site: TestSite, visitor: Visitor, page: Visited, email: string) {
  const next = await visitor.press(page, '/sign-in', { email });
  assert.equal(next.path, '/sign-in/code');
  return { page: next, code: (await mailsTo(site, email)).at(-1)!.code! };
}

async function givePicture(visitor: Visitor): Promise<void> {
  const picture = await sharp({ create: { width: 200, height: 200, channels: 3, background: '#fd0' } })
    .png()
    .toBuffer();
  const form = new FormData();
  form.set('picture', new File([new Uint8Array(picture)], 'canary.png', { type: 'image/png' }));
  const encoded = new Response(form);
  const body = Buffer.from(await encoded.arrayBuffer());
  const headers = { 'content-type': encoded.headers.get('content-type')! };
  const saved = await visitor.send('/account/picture', { body, headers });
  assert.equal(saved.path, '/account');
}

/** A notice of illegal content, from the address that the reader has then. */
async function sendNotice(visitor: Visitor, story: PublishedStory): Promise<void> {
  const sent = await visitor.send('/notices', {
    fields: {
      address: story.path,
      law: 'The law of the harbour',
      reason: 'The canary says so.',
      name: 'Canary Bird',
      email: oldMail,
      faith: 'yes',
    },
  });
  assert.match(sent.path, /^\/notices\//);
}

async function changeMail(site: TestSite, visitor: Visitor): Promise<void> {
  const asked = await visitor.press(await visitor.open('/account/email'), '/account/email', {
    email: newMail,
  });
  const [toNew] = await mailsTo(site, newMail);
  const toOld = (await mailsTo(site, oldMail, 2)).at(-1)!;
  const done = await visitor.press(asked, '/account/email/confirm', { old: toOld.code!, new: toNew!.code! });
  assert.equal(done.path, '/account');
}

async function codesOf(site: TestSite, reader: string): Promise<string[]> {
  const rows = await site.database.read
    .selectFrom('comment')
    .select('code')
    .where('author_id', '=', reader)
    .orderBy('created_at')
    .execute();
  return rows.map(({ code }) => code);
}

async function follow(visitor: Visitor, target: string): Promise<void> {
  await visitor.send('/following', { fields: { kind: 'reader', target, act: 'follow', to: '/' } });
}

/** Which of the places in which readers see each other show words, asked as the shared page, and once more. */
async function pagesWith(
  site: TestSite,
  story: PublishedStory,
  words: readonly string[] = canary,
): Promise<string[]> {
  const paths: Record<string, string> = {
    story: story.path,
    comments: `${story.path}/comments`,
    newest: `${story.path}/comments?sort=newest`,
    front: '/',
    section: '/news',
    reader: `/readers/${handle}`,
    followers: '/readers/witness/followers',
    witness: '/readers/witness',
    feed: '/feed.xml',
    json: '/feed.json',
    search: '/search?q=quiet',
    sitemap: '/sitemap.xml',
  };
  const found: string[] = [];
  for (const [name, path] of Object.entries(paths)) {
    const got = [await site.get(path), await site.get(path)];
    const text = got.map((each) => each.text.toLowerCase().replaceAll(path, '')).join();
    // A page that is not there may say what it was asked for: the name of the reader.
    const sought = name === 'reader' ? ['of this forum', 'canary sing', 'word of the'] : words;
    if (sought.some((word) => text.includes(word))) found.push(name);
  }
  return found;
}

async function waitingPrivate(site: TestSite): Promise<number> {
  const rows = await site.database.read
    .selectFrom('job')
    .select('id')
    .where('name', 'in', ['readers.remove-files', 'mail.send'])
    .where('state', 'in', ['waiting', 'running'])
    .execute();
  return rows.length;
}

async function filesOutsideDatabase(site: TestSite, words: readonly string[]): Promise<string[]> {
  const files = await filesWith(site.dataDir, words);
  return files.filter((name) => !/^(?:backups\/|freesheet\.sqlite)/.test(name));
}

/** Let a day pass, with all that is done in its night. */
async function nextNight(site: TestSite): Promise<void> {
  const scheduled = async () => {
    const rows = await site.database.read
      .selectFrom('job')
      .select(['name', 'run_at'])
      .where('name', 'in', ['backup.nightly', 'readers.prune'])
      .where('state', '=', 'waiting')
      .where('run_at', '>', clockOf(site))
      .execute();
    return new Set(rows.map(({ name }) => name)).size === 2;
  };
  const due = async () => {
    const rows = await site.database.read
      .selectFrom('job')
      .select('id')
      .where('state', 'in', ['waiting', 'running'])
      .where('run_at', '<=', clockOf(site))
      .execute();
    return rows.length > 0;
  };
  await until(scheduled);
  site.clock.advance(day);
  await until(async () => (await scheduled()) && !(await due()));
}

const clockOf = ({ clock }: TestSite) => clock.now();
