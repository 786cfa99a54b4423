import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { Database } from '../../platform/database/database.ts';
import { forEachDatabase } from '../../platform/database/testing.ts';
import type { TestServer } from '../../platform/http/testing.ts';
import { assertXml, childrenOf, nasty, textIn } from '../../site/testing.ts';
import {
  findStory,
  fromLocal,
  importStory,
  killStory,
  publishStory,
  saveSection,
  unpublishStory,
  updateStory,
  type LocalInput,
  type StoryCard,
} from '../../stories/index.ts';
import { newsSitemapOf, sitemapIndexOf, sitemapOf } from './sitemap.ts';
import { wireMigrations } from '../testing.ts';
import { contentOf, publish, servePaper } from '../testing/served-paper.ts';

const zone = 'Europe/London';
const actor = 'test';
const day = 24 * 3_600_000;
/** W3C date and time as the schema of sitemaps has it: to the day, or to the second with its offset. */
const w3c = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z))?$/;

interface Entry {
  readonly loc: string;
  readonly lastmod: string | undefined;
}

/** What https://www.sitemaps.org/protocol.html asks of a file. */
function entriesOf(document: string, root: 'urlset' | 'sitemapindex'): Entry[] {
  const element = assertXml(document);
  assert.equal(element.name, root);
  assert.equal(element.attributes.xmlns, 'http://www.sitemaps.org/schemas/sitemap/0.9');
  assert.ok(element.children.length <= 50_000 && Buffer.byteLength(document) < 50 * 1024 * 1024);
  const seen = new Set<string>();
  return element.children.map((child) => {
    assert.equal(child.name, root === 'urlset' ? 'url' : 'sitemap');
    const [loc, lastmod] = [textIn(child, 'loc')!, textIn(child, 'lastmod')];
    assert.match(loc, /^http:\/\/paper\.example\/[\x21-\x7e]*$/);
    assert.ok(loc.length < 2048 && !seen.has(loc), `twice ${loc}`);
    seen.add(loc);
    if (lastmod !== undefined) assert.match(lastmod, w3c);
    return { loc, lastmod };
  });
}

forEachDatabase('sitemaps', wireMigrations, (get) => {
  let paper: TestServer;
  const write: ReturnType<typeof get>['database']['write'] = (command) => get().database.write(command);
  const ask = async (path: string) => {
    paper.store.clear();
    const got = await paper.ask(path);
    return { status: got.status, text: got.body.toString(), headers: got.headers };
  };
  const pathOf = (address: string) => address.slice('http://paper.example'.length);
  /** Every address in the sitemap, by the file that holds it. */
  const whole = async (): Promise<Map<string, Entry[]>> => {
    const files = new Map<string, Entry[]>();
    for (const { loc } of entriesOf((await ask('/sitemap.xml')).text, 'sitemapindex')) {
      const got = await ask(pathOf(loc));
      assert.equal(got.status, 200, loc);
      assert.equal(got.headers['content-type'], 'application/xml; charset=utf-8');
      files.set(pathOf(loc), entriesOf(got.text, 'urlset'));
    }
    return files;
  };
  const take = (id: string, published: LocalInput, more: { zone?: string } = {}) =>
    write((tx) =>
      importStory(tx, {
        source: 'archive',
        sourceId: id,
        hash: '1',
        state: 'published',
        published: fromLocal(published, more.zone ?? zone),
        content: contentOf(`Old ${id}`, { topics: [`topic-${id}`] }),
      }),
    );

  before(async () => {
    paper = await servePaper(get());
    await write(async (tx) => {
      await saveSection(tx, { slug: 'news', name: 'News' });
      await saveSection(tx, { slug: 'sport', name: 'Sport' });
    });
  });
  after(() => paper.server.close());

  it('has the pages of an empty paper', async () => {
    const files = await whole();
    assert.deepEqual([...files.keys()], ['/sitemaps/pages.xml']);
    const paths = new Set(files.get('/sitemaps/pages.xml')!.map(({ loc }) => pathOf(loc)));
    for (const path of ['/', '/archive', '/topics', '/about', '/corrections'])
      assert.ok(paths.has(path), path);
    assert.ok(!paths.has('/news'), 'a section without stories');
    assert.deepEqual(assertXml((await ask('/news-sitemap.xml')).text).children, []);
  });

  it('holds every story once, in the month of its own zone, and what is known by its year alone', async () => {
    await take('year', { year: 2009 });
    await take('month', { year: 2009, month: 7 });
    await take('day', { year: 2009, month: 7, day: 28 });
    // Its first instant is in July in Greenwich, and the other way round.
    await take('east', { year: 2009, month: 8, day: 1 }, { zone: 'Asia/Tokyo' });
    await take('west', { year: 2009, month: 7, day: 31, hour: 23, minute: 30 }, { zone: 'Pacific/Honolulu' });
    await take('new-year', { year: 2010 }, { zone: 'Asia/Tokyo' });
    await publish(get(), 'ميناء هادئ', { byline: [{ author: 'نورة', name: 'نورة' }] });
    const files = await whole();
    const names = (file: string) => files.get(file)?.map(({ loc }) => loc.split('/').at(-1));
    assert.deepEqual(names('/sitemaps/2009-00.xml'), ['old-year']);
    assert.deepEqual(names('/sitemaps/2010-00.xml'), ['old-new-year']);
    assert.deepEqual(names('/sitemaps/2009-07.xml'), ['old-month', 'old-day', 'old-west']);
    assert.deepEqual(names('/sitemaps/2009-08.xml'), ['old-east']);
    assert.equal(names('/sitemaps/2026-11.xml')!.length, 1);
    const pages = new Set(files.get('/sitemaps/pages.xml')!.map(({ loc }) => decodeURI(pathOf(loc))));
    for (const path of ['/news', '/topics/topic-day', '/authors/نورة']) assert.ok(pages.has(path), path);
    assert.ok(!pages.has('/sport'));
    const all = [...files.values()].flat().map(({ loc }) => loc);
    assert.equal(new Set(all).size, all.length);
  });

  it('says when each story changed, as exactly as it is known', async () => {
    const files = await whole();
    const of = (file: string, at: number) => files.get(file)![at]!.lastmod;
    assert.equal(of('/sitemaps/2009-07.xml', 1), '2009-07-28');
    assert.equal(of('/sitemaps/2009-07.xml', 2), '2009-07-31T23:30:00-10:00');
    // A year is no date: when it came to us is.
    assert.equal(of('/sitemaps/2009-00.xml', 0), '2026-11-24T12:00:00+00:00');
    get().clock.advance(day);
    const story = await get()
      .database.read.selectFrom('story')
      .select('id')
      .where('slug', 'is', null)
      .where('published_day', '=', '2009-07-28')
      .executeTakeFirstOrThrow();
    await write((tx) =>
      updateStory(tx, { id: story.id, actor, significant: true, content: { standfirst: 'New' } }),
    );
    assert.equal((await whole()).get('/sitemaps/2009-07.xml')![1]!.lastmod, '2026-11-25T12:00:00+00:00');
    const index = entriesOf((await ask('/sitemap.xml')).text, 'sitemapindex');
    const changed = new Map(index.map(({ loc, lastmod }) => [loc.split('/').at(-1), lastmod]));
    assert.equal(changed.get('2009-07.xml'), '2026-11-25T12:00:00+00:00');
    assert.equal(changed.get('2009-08.xml'), '2026-11-24T12:00:00+00:00');
  });

  it('has no file that does not exist', async () => {
    for (const name of ['2009-09', '2009-07-2', '2009-13', '2009', 'pages-2', '2009-07-1', '0000-00', 'x']) {
      const got = await ask(`/sitemaps/${name}.xml`);
      assert.equal(got.status, 404, name);
      assert.equal(JSON.parse(got.text).code, 'page.not-found');
    }
    assert.equal((await ask('/sitemaps/2009-07')).status, 404);
  });

  it('splits a month that is larger than a file, losing and repeating none', async () => {
    await fill(get().database, 25_001);
    const files = await whole();
    const names = ['/sitemaps/1999-12.xml', '/sitemaps/1999-12-2.xml', '/sitemaps/1999-12-3.xml'];
    assert.deepEqual(
      [...files.keys()].filter((name) => name.includes('1999')),
      names,
    );
    assert.deepEqual(
      names.map((name) => files.get(name)!.length),
      [10_000, 10_000, 5001],
    );
    const all = names.flatMap((name) => files.get(name)!.map(({ loc }) => loc));
    assert.equal(new Set(all).size, 25_001);
    assert.equal((await ask('/sitemaps/1999-12-4.xml')).status, 404);
  });

  it('splits the pages where there are more than fit', async () => {
    const { database } = get();
    await write(async ({ db }) => {
      const { id } = await database.read.selectFrom('story').select('id').limit(1).executeTakeFirstOrThrow();
      const slugs = Array.from({ length: 10_500 }, (_, index) => `many-${index}`);
      for (let start = 0; start < slugs.length; start += 500) {
        const some = slugs.slice(start, start + 500);
        await db
          .insertInto('topic')
          .values(some.map((slug) => ({ slug, name: slug, description: '', source: null })))
          .execute();
        await db
          .insertInto('story_listing')
          .values(some.map((slug) => ({ list: `topic:${slug}`, published_at: 1, story_id: id })))
          .execute();
      }
    });
    const files = await whole();
    assert.equal(files.get('/sitemaps/pages.xml')!.length, 10_000);
    const second = files.get('/sitemaps/pages-2.xml')!.map(({ loc }) => pathOf(loc));
    const all = [...files.get('/sitemaps/pages.xml')!.map(({ loc }) => pathOf(loc)), ...second];
    assert.equal(new Set(all).size, all.length);
    assert.equal(all.filter((path) => path.startsWith('/topics/many-')).length, 10_500);
    assert.ok(all.some((path) => path.startsWith('/authors/')));
  });

  it('has in the news what first appeared here in two days, and ends with the oldest of it', async () => {
    get().clock.advance(10 * day);
    await take('imported-today', { year: 2026, month: 12, day: 5 });
    const first = await publish(get(), 'Fish & <chips>', { language: 'en-GB' });
    get().clock.advance(day);
    await publish(get(), '港', { language: 'zh-Hant' });
    const asked = async () => {
      const got = await paper.ask('/news-sitemap.xml');
      entriesOf(got.body.toString(), 'urlset');
      return assertXml(got.body.toString()).children;
    };
    paper.store.clear();
    const [newest, older, ...none] = await asked();
    assert.deepEqual(none, []);
    const [news] = childrenOf(older!, 'news:news');
    assert.equal(textIn(older!, 'loc'), `http://paper.example${first.path}`);
    assert.equal(textIn(news!, 'news:title'), 'Fish & <chips>');
    assert.equal(textIn(news!, 'news:publication_date'), '2026-12-05T12:00:00+00:00');
    const [publication] = childrenOf(news!, 'news:publication');
    assert.equal(textIn(publication!, 'news:name'), 'The Harbour Ledger');
    assert.equal(textIn(publication!, 'news:language'), 'en');
    assert.equal(
      textIn(childrenOf(childrenOf(newest!, 'news:news')[0]!, 'news:publication')[0]!, 'news:language'),
      'zh-tw',
    );
    // Kept in the page store up to the very end of the older one's two days, and no longer.
    get().clock.advance(day);
    assert.equal((await asked()).length, 2);
    get().clock.advance(1);
    assert.equal((await asked()).length, 1);
  });

  it('ends with the thousandth piece of news', async () => {
    const { clock, database } = get();
    const { id } = await publish(get(), 'Template');
    const story = (await findStory(database.read, id))!;
    const row = await database.read
      .selectFrom('story')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    await write(async ({ db }) => {
      const numbers = Array.from({ length: 1000 }, (_, index) => index);
      for (let start = 0; start < 1000; start += 250) {
        const some = numbers.slice(start, start + 250);
        await db
          .insertInto('story')
          .values(
            some.map((number) => ({
              ...row,
              id: idOf(number, 'b'),
              code: `n${number}`,
              path: `${row.path}-${number}`,
            })),
          )
          .execute();
        await db
          .insertInto('story_listing')
          .values(
            some.flatMap((number) =>
              ['all', 'news'].map((list) => ({
                list,
                published_at: story.published!.at - number,
                story_id: idOf(number, 'b'),
              })),
            ),
          )
          .execute();
      }
    });
    assert.equal(assertXml((await ask('/news-sitemap.xml')).text).children.length, 1000);
    clock.advance(3 * day);
  });

  it('has nothing that was taken back, is planned or is held', async () => {
    const stories = await Promise.all(
      ['Quixotic kill', 'Quixotic withdrawal'].map((headline) =>
        publish(get(), headline, {
          section: 'sport',
          topics: ['quixotic-topic'],
          byline: [{ author: 'quixotic-author', name: 'Q' }],
          series: { slug: 'quixotic-series' },
        }),
      ),
    );
    const outputs = async () => {
      const index = await ask('/sitemap.xml');
      const files = entriesOf(index.text, 'sitemapindex').filter(({ loc }) => !loc.includes('1999'));
      const texts = [index.text, (await ask('/news-sitemap.xml')).text];
      for (const { loc } of files) texts.push((await ask(pathOf(loc))).text);
      return texts.join('\n').toLowerCase();
    };
    const shown = await outputs();
    for (const words of [
      '/quixotic-kill',
      '/quixotic-withdrawal',
      'topics/quixotic',
      'authors/quixotic',
      'series/quixotic',
      '/sport<',
    ])
      assert.ok(shown.includes(words), words);
    await write((tx) => killStory(tx, { id: stories[0]!.id, reason: 'Court order', actor }));
    await write((tx) => unpublishStory(tx, { id: stories[1]!.id, actor }));
    await write((tx) =>
      importStory(tx, {
        source: 'archive',
        sourceId: 'held',
        hash: '1',
        state: 'published',
        held: 'Odd',
        published: fromLocal({ year: 2011, month: 1, day: 1 }, zone),
        content: contentOf('Quixotic held'),
      }),
    );
    const left = await outputs();
    assert.ok(!left.includes('quixotic'), left.slice(left.indexOf('quixotic') - 100));
    assert.ok(!left.includes('/sport<') && !left.includes('2011-01'));
    await write((tx) => publishStory(tx, { id: stories[1]!.id, actor, zone }));
    assert.ok((await outputs()).includes('/quixotic-withdrawal'));
  });
});

describe('the formats of sitemaps', () => {
  it('stay well-formed whatever the words are', () => {
    const time = fromLocal({ year: 2026, month: 3, day: 1 }, zone);
    fc.assert(
      fc.property(nasty, nasty, (one, other) => {
        const card = { path: `/2026/03/01/${one}`, language: 'en', published: time, headline: other };
        const news = newsSitemapOf('http://paper.example', one, [card as StoryCard]);
        const [url] = assertXml(news).children;
        assert.match(textIn(url!, 'loc')!, /^[\x21-\x7e]+$/);
        assertXml(sitemapOf('http://paper.example', [{ path: `/${other}`, changed: '2026-03-01' }]));
        assertXml(sitemapIndexOf('http://paper.example', [{ name: 'pages', changedAt: 1 }]));
      }),
      { numRuns: 500 },
    );
  });
});

function idOf(number: number, kind: string): string {
  return `00000000-0000-7000-8000-${kind}${String(number).padStart(11, '0')}`;
}

/** So many stories of December 1999, by rows: the commands would take minutes. */
async function fill(database: Database, count: number): Promise<void> {
  const row = await database.read
    .selectFrom('story')
    .selectAll()
    .where('published_day', '=', '2009-07-28')
    .executeTakeFirstOrThrow();
  const time = fromLocal({ year: 1999, month: 12, day: 3 }, zone);
  const numbers = Array.from({ length: count }, (_, index) => index);
  await database.write(async ({ db }) => {
    for (let start = 0; start < count; start += 500) {
      const some = numbers.slice(start, start + 500);
      await db
        .insertInto('story')
        .values(
          some.map((number) => ({
            ...row,
            id: idOf(number, 'a'),
            code: `many${number}`,
            path: `/1999/12/03/many-${number}`,
            source_id: `many-${number}`,
            published: JSON.stringify(time),
            published_at: time.at,
            published_day: '1999-12-03',
          })),
        )
        .execute();
      await db
        .insertInto('story_listing')
        // Many at the same instant: the id decides.
        .values(some.map((number) => ({ list: 'all', published_at: time.at, story_id: idOf(number, 'a') })))
        .execute();
    }
    await db.insertInto('archive_day').values({ day: '1999-12-03', stories: count, changed_at: 1 }).execute();
  });
}
