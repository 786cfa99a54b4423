import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Database } from '../../platform/database/database.ts';
import { openTestDatabase, testNow, type TestDatabase } from '../../platform/database/testing.ts';
import { quarters } from '../../platform/media/testing.ts';
import { findDocuments } from '../../platform/search/search.ts';
import {
  addRedirect,
  correctStory,
  createStory,
  embargoStory,
  findStory,
  importStory,
  killStory,
  publishStory,
  saveAuthor,
  saveSection,
  saveSeries,
  saveTopic,
  scheduleStory,
  setFront,
  unpublishStory,
  updateStory,
  type StoryContentInput,
} from '../../stories/index.ts';
import { restoreDump } from './dump-restore.ts';
import { writeDump } from './dump-write.ts';
import { importText, inFolder, mediaOf, wireMigrations } from '../testing.ts';

const zone = 'Europe/London';
const actor = 'Ann “the desk” Lee';
const dialects = (['sqlite', 'postgres'] as const).filter(
  (dialect) => dialect === 'sqlite' || process.env.TEST_DATABASE_URL,
);
const createdAt = '2026-11-24T12:00:00.000Z';

const content = (headline: string, more: Partial<StoryContentInput> = {}): StoryContentInput => ({
  headline,
  section: 'news',
  body: [{ type: 'paragraph', text: [{ text: `The words of ${headline}.` }] }],
  ...more,
});

/** A paper with something of everything that a dump keeps. */
async function fill(target: TestDatabase): Promise<void> {
  const { database, clock } = target;
  const media = mediaOf(target);
  const picture = await media.prepare(await quarters(400, 300), 'quarters.png');
  const create = (input: StoryContentInput) =>
    database.write((tx) => createStory(tx, { content: input, actor }));
  await database.write(async (tx) => {
    await saveSection(tx, { slug: 'news', name: 'News', description: 'What happened', position: 2 });
    await saveSection(tx, { slug: 'sport', name: 'Sport' });
    await saveTopic(tx, { slug: 'harbour', name: 'The harbour' });
    await saveAuthor(tx, { slug: 'bo-ek', name: 'Bo Ek', role: 'Reporter', bio: 'Writes.' });
    await saveSeries(tx, { slug: 'tides', title: 'Tides' });
    await media.record(tx, picture);
  });
  const long = await create(
    content('Zażółć gęślą jaźń 🌊 \u05E9\u05DC\u05D5\u05DD "quoted" \\ back', {
      kicker: 'Long read',
      standfirst: 'Line one\u2028line two',
      topics: ['harbour', 'new-topic'],
      byline: [{ author: 'bo-ek', name: 'Bo Ek', role: 'Reporter' }, { name: 'Nobody' }],
      series: { slug: 'tides', part: 3 },
      lead: { media: picture.item.id, alt: 'Four colours', credit: 'Bo Ek', focal: { x: 0.25, y: 1 } },
      body: [
        { type: 'subheading', level: 3, text: [{ text: 'Below' }] },
        {
          type: 'paragraph',
          text: [{ text: 'Tab\tand\nbreak ' }, { text: 'strong', marks: ['em', 'strong'] }],
        },
        { type: 'paragraph', text: [{ text: 'half a pair: \uD83C and a nothing: \u0000' }] },
        { type: 'table', rows: [[[{ text: 'a' }], [{ text: 'b' }]]] },
        { type: 'picture', media: picture.item.id, alt: '' },
      ],
    }),
  );
  await database.write((tx) => publishStory(tx, { id: long.id, actor, zone }));
  clock.advance(60_000);
  await database.write((tx) =>
    updateStory(tx, { id: long.id, content: { slug: 'moved' }, actor, zone, significant: true, note: 'Why' }),
  );
  await database.write((tx) => correctStory(tx, { id: long.id, text: 'It was Friday.', actor, zone }));
  const gone = await create(content('Killed words'));
  await database.write((tx) => publishStory(tx, { id: gone.id, actor, zone }));
  await database.write((tx) => killStory(tx, { id: gone.id, reason: 'Untrue', actor }));
  const back = await create(content('Withdrawn words', { section: 'sport' }));
  await database.write((tx) => publishStory(tx, { id: back.id, actor, zone }));
  await database.write((tx) => unpublishStory(tx, { id: back.id, actor }));
  const later = await create(content('Tomorrow'));
  await database.write((tx) => scheduleStory(tx, { id: later.id, at: testNow + 86_400_000, actor }));
  const barred = await create(content('Not before'));
  await database.write((tx) => embargoStory(tx, { id: barred.id, until: testNow + 86_400_000, actor }));
  await database.write(async (tx) => {
    await addRedirect(tx, { from: '/article.php?id=17', to: '/about' });
    await setFront(tx, { slots: [long.id], actor });
    await importStory(tx, {
      source: 'old',
      sourceId: '7',
      hash: 'h',
      content: content('A day of long ago', { canonical: 'https://old.example/7', sensitive: true }),
      state: 'published',
      published: { at: 1_248_735_600_000, zone, precision: 'day', words: 'Tuesday 28 July 2009' },
      oldPaths: ['/old/7'],
    });
  });
  await importText(
    target,
    'one.json',
    JSON.stringify({
      uri: 'urn:one',
      versioncreated: '2019-05-10T16:02:28+02:00',
      headline: 'Wired',
      body_text: 'Words.',
    }),
  );
}

/** All that a reader or an editor can come to see, also what a dump leaves out because it can be made anew. */
async function shown({ read, dialect }: Database): Promise<unknown> {
  const rows = async (query: string) =>
    (await sql.raw<object>(query).execute(read)).rows.map((row) => ({ ...row }));
  const byC = dialect === 'postgres' ? ' collate "C"' : '';
  const found = await findDocuments(read, { words: 'words', limit: 100 });
  return {
    listing: await rows(`select * from story_listing order by list${byC}, published_at, story_id${byC}`),
    days: await rows(`select day, stories from archive_day where stories > 0 order by day${byC}`),
    found: found.items.map(({ id }) => id).sort(),
    jobs: await rows(`select payload, key, run_at from job where name = 'stories.publish-scheduled'`),
  };
}

const hash = async (file: string) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');

async function withDatabases(
  kinds: readonly Database['dialect'][],
  work: (...targets: TestDatabase[]) => Promise<void>,
): Promise<void> {
  const opened = [];
  try {
    for (const kind of kinds) opened.push(await openTestDatabase(kind, wireMigrations));
    await work(...opened);
  } finally {
    for (const each of opened) await each.close();
  }
}

const dump = (target: TestDatabase, to: string) =>
  writeDump({ database: target.database, media: mediaOf(target), to, createdAt });
const restore = (target: TestDatabase, file: string, isDryRun = false) =>
  restoreDump({ database: target.database, media: mediaOf(target), file, isDryRun });

describe('the dump', () => {
  for (const from of dialects)
    for (const to of dialects)
      it(`of ${from} comes back whole on ${to}`, () =>
        withDatabases([from, to], (source, target) =>
          inFolder(async (folder) => {
            await fill(source);
            const written = await dump(source, folder);
            assert.deepEqual(written.missing, []);
            assert.equal(written.files, 1);
            const back = await restore(target, written.file);
            assert.deepEqual(back, {
              rows: written.rows,
              added: written.rows,
              unchanged: 0,
              conflicts: [],
              missing: [],
            });
            assert.deepEqual(await shown(target.database), await shown(source.database));
            const again = await dump(target, join(folder, 'again', 'freesheet.jsonl'));
            assert.equal(await hash(again.file), await hash(written.file));
            const item = await target.database.read
              .selectFrom('media')
              .select('id')
              .executeTakeFirstOrThrow();
            const folders = [source, target].map((each) => mediaOf(each).files.pathOf(item.id));
            const [made, kept] = await Promise.all(folders.map((each) => readdir(each)));
            assert.deepEqual(kept!.sort(), made!.sort());
            // Once more changes nothing.
            const second = await restore(target, written.file);
            assert.deepEqual([second.added, second.unchanged], [0, written.rows]);
            assert.equal(
              await hash((await dump(target, join(folder, 'third'))).file),
              await hash(written.file),
            );
          }),
        ));

  it('is of one moment, whatever is written meanwhile', () =>
    withDatabases(dialects, async (...targets) => {
      for (const target of targets) {
        await fill(target);
        await inFolder(async (folder) => {
          const done = new AbortController();
          const writing = (async () => {
            for (let number = 0; !done.signal.aborted; number += 1) {
              const { id } = await target.database.write((tx) =>
                createStory(tx, { content: content(`Meanwhile ${number}`), actor }),
              );
              await target.database.write((tx) => publishStory(tx, { id, actor, zone }));
            }
          })();
          const files = [];
          try {
            for (let number = 0; number < 3; number += 1)
              files.push((await dump(target, join(folder, String(number)))).file);
          } finally {
            done.abort();
            await writing;
          }
          for (const file of files)
            await withDatabases(['sqlite'], async (other) => {
              assert.deepEqual((await restore(other, file)).conflicts, []);
            });
        });
      }
    }));

  it('is refused when its end is missing, and nothing of it comes back', () =>
    withDatabases(['sqlite', 'sqlite'], (source, target) =>
      inFolder(async (folder) => {
        await fill(source);
        const { file } = await dump(source, folder);
        const whole = await readFile(file);
        const lines = whole.toString('utf8').trimEnd().split('\n');
        const lengths = [
          whole.length - 2,
          whole.length - 10,
          Math.trunc(whole.length / 2),
          lines[0]!.length + 1,
        ];
        for (const length of lengths) {
          await writeFile(file, whole);
          await truncate(file, length);
          await assert.rejects(restore(target, file), { code: 'import.dump' });
        }
        assert.deepEqual(await target.database.read.selectFrom('section').select('slug').execute(), []);
        await writeFile(file, lines.toSpliced(4, 1).join('\n'));
        await assert.rejects(restore(target, file), (error: Error) =>
          /lines are missing/.test(error.message),
        );
      }),
    ));

  it('is refused when it is another thing, says why, and changes nothing', () =>
    withDatabases(['sqlite'], (target) =>
      inFolder(async (folder) => {
        const file = join(folder, 'x.jsonl');
        const end = '\n{"freesheet":"end","rows":1}\n';
        for (const text of [
          '',
          '{"a":1}',
          `{"freesheet":"dump","format":2,"createdAt":"","media":"m"}${end}`,
          `{"freesheet":"dump","format":1,"createdAt":"","media":"m"}\n{"table":"sqlite_schema","row":{}}${end}`,
          `{"freesheet":"dump","format":1,"createdAt":"","media":"m"}\n{"table":"topic","row":{"slug":"a"}}${end}`,
          `{"freesheet":"dump","format":1,"createdAt":"","media":"m"}\n{"table":"topic","row":{"slug":"a","name":"A","description":"","source":{"x":1}}}${end}`,
          `{"freesheet":"dump","format":1,"createdAt":"","media":"m"}\n{"table":"topic","row":{"slug":"a","name":"A","description":"","source":null,"more":1}}${end}`,
        ]) {
          await writeFile(file, text);
          await assert.rejects(restore(target, file), { code: 'import.dump' }, text);
        }
        assert.deepEqual(await target.database.read.selectFrom('topic').select('slug').execute(), []);
      }),
    ));

  it('says what a dry run would bring back, and brings nothing', () =>
    withDatabases(['sqlite', 'sqlite'], (source, target) =>
      inFolder(async (folder) => {
        await fill(source);
        const written = await dump(source, folder);
        const tried = await restore(target, written.file, true);
        assert.deepEqual([tried.rows, tried.added], [written.rows, written.rows]);
        assert.deepEqual(await target.database.read.selectFrom('story').select('id').execute(), []);
        await assert.rejects(readFile(mediaOf(target).files.root), { code: 'ENOENT' });
      }),
    ));

  it('leaves alone what differs here, and says so; what was killed here stays killed', () =>
    withDatabases(['sqlite', 'sqlite'], (source, target) =>
      inFolder(async (folder) => {
        await fill(source);
        const { file, rows } = await dump(source, folder);
        await restore(target, file);
        const { id } = await target.database.read
          .selectFrom('story')
          .select('id')
          .where('source', '=', 'old')
          .executeTakeFirstOrThrow();
        await target.database.write((tx) => killStory(tx, { id, reason: 'Court order', actor }));
        await target.database.write((tx) => saveTopic(tx, { slug: 'harbour', name: 'Port' }));
        const again = await restore(target, file);
        assert.equal(again.added, 0);
        assert.equal(again.unchanged + again.conflicts.length, rows);
        const told = again.conflicts.map(({ table, key }) => `${table} ${key}`);
        assert.ok(told.includes(`story ${id}`) && told.includes('topic harbour'), told.join());
        assert.equal((await findStory(target.database.read, id))!.state, 'killed');
        const { total } = await findDocuments(target.database.read, { words: 'long ago', limit: 5 });
        assert.equal(total, 0);
      }),
    ));

  it('tells of media whose files are not beside it, and takes them in when they are', () =>
    withDatabases(['sqlite', 'sqlite'], (source, target) =>
      inFolder(async (folder) => {
        await fill(source);
        const { file } = await dump(source, folder);
        const [media, away] = [join(folder, 'freesheet-media'), join(folder, 'away')];
        await cp(media, away, { recursive: true });
        await rm(media, { recursive: true });
        const without = await restore(target, file);
        assert.equal(without.missing.length, 1);
        await cp(away, media, { recursive: true });
        assert.deepEqual((await restore(target, file)).missing, []);
        const [id] = without.missing;
        const kept = await readFile(mediaOf(target).files.pathOf(id!, 'media.json'));
        assert.deepEqual(kept, await readFile(mediaOf(source).files.pathOf(id!, 'media.json')));
      }),
    ));
});
