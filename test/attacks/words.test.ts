import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, it, type TestContext } from 'node:test';
import { renewFeed } from '../../src/conversation/follows/following-feed.ts';
import { applyToComment, findCommentTarget, followTarget } from '../../src/conversation/index.ts';
import { setThread } from '../../src/conversation/threads/set-thread.ts';
import { answerNotice, decide, moderationHandlers } from '../../src/moderation/index.ts';
import { newId } from '../../src/platform/ids.ts';
import { until } from '../../src/platform/http/testing.ts';
import { listener } from '../../src/platform/live/testing.ts';
import { askForExport, listExports } from '../../src/readers/privacy/exports.ts';
import { handlePattern, saveProfile } from '../../src/readers/index.ts';
import { tellWayAdded } from '../../src/readers/tell-way-added.ts';
import type { SignedInReader } from '../../src/readers/testing.ts';
import { assertXml } from '../../src/site/testing.ts';
import { elements, parse, structuredData, type Document } from '../rig/dom.ts';
import { forEachSite, fresh, type PublishedStory } from '../rig/site.ts';
import { Visitor } from '../rig/visitor.ts';
import { member, openCast, sayUnder, storyOf, type Cast, type SaidComment } from './cast.ts';
import { payloads } from './payloads.ts';

const unsafeScheme = /^(?:javascript|vbscript|data|blob|filesystem|view-source|file|x):/i;
/** As browsers read an address. */
// oxlint-disable-next-line no-control-regex
const bare = (address: string) => address.replaceAll(/[\u0000-\u0020]/g, '');
const handlers = moderationHandlers({ findComment: findCommentTarget, applyDecision: applyToComment });
const paper = { name: 'The Freesheet', origin: 'https://paper.example', language: 'en' };
const harmless = 'Harmless words of somebody';

forEachSite(
  'hostile words of readers and moderators',
  { env: { WRITE_LIMIT: '1000000' } },
  (get, dialect) => {
    let cast: Cast;
    let writer: SignedInReader;
    let story: PublishedStory;
    let root: SaidComment;
    let answer: SaidComment;
    let feed: string;
    let notices = 0;

    before(async () => {
      const site = get();
      cast = await openCast(site);
      writer = await member(site, 'Writer');
      const settings = '{"isIndexed":true,"followers":"public","following":"public"}';
      await site.write(({ db }) => db.updateTable('reader').set({ settings }).execute());
      story = await storyOf(site, 'What is said');
      const other = cast.other.reader;
      await site.write((tx) => followTarget(tx, other, { kind: 'reader', target: writer.reader.id }));
      await site.write((tx) => followTarget(tx, writer.reader, { kind: 'reader', target: other.id }));
      feed = await site.write((tx) => renewFeed(tx, other.id));
      root = await sayUnder(site, story, cast.other, 'What somebody else has said.');
      answer = await sayUnder(site, story, writer, 'What the writer answers to @other.', root);
      await site.write((tx) => followTarget(tx, other, { kind: 'thread', target: root.id }));
      await site.write(({ db, now }) =>
        db
          .insertInto('passkey')
          .values({
            id: newId(now),
            reader_id: writer.reader.id,
            credential_id: 'c',
            public_key: 'k',
            algorithm: 'ES256',
            transports: '[]',
            counter: 0,
            is_synced: 0,
            name: 'Phone',
            created_at: now,
            used_at: null,
          })
          .execute(),
      );
    });

    /** Put words wherever somebody may write, past what would refuse them. @returns a notice and a decision with them */
    async function put(words: string): Promise<{ notice: string; decision: string }> {
      const site = get();
      // PostgreSQL takes no NUL in a text, and forms are refused that hold one.
      const text = words.replaceAll('\0', '').toWellFormed();
      await site.write(async (tx) => {
        const { db } = tx;
        await db
          .updateTable('reader')
          .set({ name: text, bio: text })
          .where('id', '=', writer.reader.id)
          .execute();
        await db.updateTable('passkey').set({ name: text }).execute();
        await db
          .updateTable('reader_session')
          .set({ device: text })
          .where('reader_id', '=', writer.reader.id)
          .execute();
        await setThread(tx, story.id, { note: text });
        await tellWayAdded(tx, { reader: writer.reader.id, what: text, device: text, paper });
        tx.emit({
          type: 'reader.changed',
          payload: { reader: writer.reader.id },
          tags: [`name:${writer.reader.id}`, `reader:${writer.reader.id}`],
          urgent: true,
        });
      });
      const decision = await site.write(async (tx) => {
        const { id } = await decide(
          tx,
          {
            target: { kind: 'reader', id: writer.reader.id },
            action: 'warn',
            reason: 'law',
            law: text,
            note: text,
            actor: { kind: 'moderator', name: text },
          },
          handlers,
        );
        return id;
      });
      notices += 1;
      const visitor = new Visitor(site, { 'x-forwarded-for': `198.51.100.${notices}` });
      const asker = new Visitor(site, { cookie: writer.cookie });
      await asker.send(`/account/decisions/${decision}/look`, { fields: { text } });
      const sent = await visitor.send('/notices', {
        fields: {
          address: `https://paper.example${story.path}`,
          law: text || 'A law',
          reason: text || 'A reason',
          name: text,
          email: `notifier${notices}@readers.example`,
          faith: 'yes',
        },
      });
      const notice = sent.path.split('/').at(-1)!;
      assert.match(sent.path, /^\/notices\/[\w-]+$/, words);
      await site.write((tx) => answerNotice(tx, { code: notice, answer: text || 'None', paper }));
      return { notice, decision };
    }

    const pagesOf = ({ notice, decision }: { notice: string; decision: string }): [string, string][] => [
      ...['', writer.cookie, cast.other.cookie].flatMap((cookie) =>
        [
          story.path,
          `${story.path}/comments`,
          `${story.path}/comments/${answer.code}`,
          `/comments/new?parent=${answer.code}`,
          `/comments/${answer.code}/recommend`,
          '/',
          '/news',
          '/readers/writer',
          '/readers/other/followers',
          '/readers/other/following',
          `/report?kind=comment&id=${answer.id}`,
          `/report?kind=profile&id=${writer.reader.id}`,
          `/notices?kind=profile&id=${writer.reader.id}`,
          `/notices/${notice}`,
          `/following/one?kind=reader&target=${writer.reader.id}`,
          '/search?in=comments&q=answers',
        ].map((path): [string, string] => [path, cookie]),
      ),
      ...[
        '/following',
        '/following/all?kind=reader',
        '/following/all?kind=thread',
        '/following/muted',
        '/inbox',
      ].map((path): [string, string] => [path, cast.other.cookie]),
      ...[
        '/account',
        '/account/decisions',
        `/account/decisions/${decision}`,
        '/account/data',
        '/account/leave',
      ].map((path): [string, string] => [path, writer.cookie]),
    ];

    const shapesOf = (doc: Document) =>
      elements(doc).flatMap(({ name, attribs }) => [
        name,
        ...Object.keys(attribs).map((each) => `${name} ${each}`),
      ]);

    /** @returns what is wrong with markup */
    function unsafe(doc: Document, known: ReadonlySet<string>): string[] {
      const found = shapesOf(doc).filter((shape) => !known.has(shape));
      for (const { name, attribs } of elements(doc))
        for (const [attribute, value] of Object.entries(attribs))
          if (/^(?:href|src|action|formaction)$/.test(attribute) && unsafeScheme.test(bare(value)))
            found.push(`${name} ${attribute} ${value}`);
      structuredData(doc);
      return found;
    }

    const some = payloads.filter((_, number) => number % (dialect === 'sqlite' ? 3 : 8) === 0);
    let known: Set<string>;

    it('stay words on every page, in feeds and to machines', async () => {
      const calm = await put(harmless);
      known = new Set();
      for (const [path, cookie] of pagesOf(calm))
        for (const shape of shapesOf(parse((await get().get(fresh(path), cookie ? { cookie } : {})).text)))
          known.add(shape);
      let seen = 0;
      const wrong: string[] = [];
      for (const words of some) {
        const placed = await put(words);
        for (const [path, cookie] of pagesOf(placed)) {
          const got = await get().get(fresh(path), cookie ? { cookie } : {});
          // One cannot report oneself.
          assert.ok(got.status === 200 || got.status === 409, `${got.status} ${path} ${words}`);
          for (const each of unsafe(parse(got.text), known)) wrong.push(`${path}: ${each}: ${words}`);
          if (got.text.includes('alert')) seen += 1;
        }
        const atom = await get().get(`/following/feed/${feed}.xml`);
        assert.doesNotThrow(() => assertXml(atom.text), words);
        const content = /<content type="html">([^<]*)/.exec(atom.text)?.[1] ?? '';
        assert.doesNotMatch(content, /&lt;(?:script|img|svg|iframe)/i, words);
        const completion = await get().get('/comments/mentions?q=wri', { cookie: cast.other.cookie });
        assert.match(String(completion.headers['content-type']), /^application\/json/);
        assert.equal(completion.headers['x-content-type-options'], 'nosniff');
        JSON.parse(completion.text);
      }
      assert.deepEqual(wrong, []);
      assert.ok(seen > some.length * 10, `the words stand on ${seen} pages`);
    });

    it('stay words in live fragments', async (t: TestContext) => {
      const told = listener(t);
      await told.open(get().port, `/live?topics=thread:${story.id}`);
      for (const words of some) {
        await put(words);
        const count = told.events.length;
        const said = await sayUnder(
          get(),
          story,
          writer,
          `What the writer says when it is ${get().clock.now()}.`,
        );
        await until(() =>
          told.events.slice(count).some(({ data }) => JSON.stringify(data).includes(said.id)),
        );
        for (const { data } of told.events.slice(count)) {
          const { html = '' } = data as { html?: string };
          assert.deepEqual(unsafe(parse(html), known), [], words);
        }
      }
    });

    it('stay words in mails, as text and as HTML', async () => {
      const folder = join(get().dataDir, 'mail');
      const { read } = get().database;
      await until(
        async () =>
          (
            await read
              .selectFrom('job')
              .select('id')
              .where('name', '=', 'mail.send')
              .where('ended_at', 'is', null)
              .execute()
          ).length === 0,
      );
      const files = (await readdir(folder)).filter((name) => name.endsWith('.eml'));
      assert.ok(files.length > some.length);
      let seen = 0;
      for (const file of files) {
        const raw = await readFile(join(folder, file), 'utf8');
        const [head = ''] = raw.split('\r\n\r\n');
        assert.doesNotMatch(head, /alert|script|onerror/i, file);
        const html = htmlOf(raw);
        const doc = parse(html);
        for (const { name, attribs } of elements(doc)) {
          assert.doesNotMatch(
            name,
            /^(?:script|img|svg|iframe|object|embed|form|base|link|video|audio|math|input|details)$/,
            `${file}: ${html}`,
          );
          assert.ok(!Object.keys(attribs).some((each) => each.startsWith('on')), `${file}: ${html}`);
          if (attribs.href) assert.match(attribs.href, /^(?:https:\/\/paper\.example|mailto:)/, file);
        }
        if (html.includes('alert')) seen += 1;
      }
      assert.ok(seen > 0, 'there are hostile words in some');
    });

    it('stay words in what a reader fetches of the own data', async () => {
      const { read } = get().database;
      const texts = some.slice(0, 12);
      for (const words of texts) await put(words);
      await get().write((tx) => askForExport(tx, writer.reader.id));
      const ready = async () =>
        (await listExports(read, writer.reader.id, get().clock.now())).find(
          ({ readyAt }) => readyAt !== undefined,
        );
      await until(async () => (await ready()) !== undefined);
      const { id } = (await ready())!;
      const page = await get().get(`/account/data/${id}/data.html`, { cookie: writer.cookie });
      assert.equal(page.status, 200);
      assert.match(String(page.headers['content-disposition']), /^attachment/);
      assert.match(page.text, /alert/);
      const names = new Set(elements(parse(page.text)).map(({ name }) => name));
      assert.deepEqual(
        [...names].filter(
          (name) => !'html head meta title style body h1 h2 p dl dt dd ol li img'.split(' ').includes(name),
        ),
        [],
      );
      for (const { attribs } of elements(parse(page.text), 'img'))
        assert.deepEqual(Object.keys(attribs), ['alt', 'src']);
      JSON.parse((await get().get(`/account/data/${id}/data.json`, { cookie: writer.cookie })).text);
    });

    it('are no names and no handles', async () => {
      const rules = { paper: 'The Freesheet', takenNames: [], dayOf: String };
      for (const words of payloads) {
        const save = (name: string, handle: string) =>
          get()
            .write((tx) => saveProfile(tx, { reader: cast.muted.reader.id, name, handle, bio: '' }, rules))
            .catch(() => undefined);
        await save(words, '');
        await save('Muted', words);
      }
      const row = await get()
        .database.read.selectFrom('reader')
        .select(['name', 'handle'])
        .where('id', '=', cast.muted.reader.id)
        .executeTakeFirstOrThrow();
      assert.match(row.handle!, handlePattern);
      assert.doesNotMatch(row.name, /[<>"'`&=$\\{}[\]]/);
    });
  },
);

/** The HTML part of a mail, decoded (RFC 2045, section 6.7). */
function htmlOf(raw: string): string {
  const part = raw.split(/\r\n--/).find((each) => /content-type: text\/html/i.test(each)) ?? '';
  const [head = '', ...body] = part.split('\r\n\r\n');
  const text = body.join('\r\n\r\n');
  if (/base64/i.test(head)) return Buffer.from(text, 'base64').toString();
  if (!/quoted-printable/i.test(head)) return text;
  const bytes = text
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
