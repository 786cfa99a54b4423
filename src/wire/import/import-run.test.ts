import assert from 'node:assert/strict';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { forEachDatabase } from '../../platform/database/testing.ts';
import { quarters } from '../../platform/media/testing.ts';
import { findDocuments } from '../../platform/search/search.ts';
import { correctStory, isoOf, killStory, listStories, updateStory } from '../../stories/index.ts';
import type { ImportOptions } from './import-run.ts';
import { eventsOf, findIn, kept, reportOf } from '../testing/kept.ts';
import { importInto, importText, inFolder, wireMigrations } from '../testing.ts';

const zone = 'Europe/London';
const actor = 'test';
const table = (rows: readonly string[]) => ['id,title,date,text,section', ...rows].join('\n');
const many = (count: number) =>
  table(
    Array.from(
      { length: count },
      (_, n) => `${n + 1},Story ${n + 1},2009-07-28,"The words of ${n + 1}.",Harbour`,
    ),
  );

forEachDatabase('an import', wireMigrations, (get) => {
  const importCsv = (name: string, text: string, more?: Partial<ImportOptions>) =>
    importText(get(), `${name}.csv`, text, more);
  const importNinjs = (items: unknown, more?: Partial<ImportOptions>) =>
    importText(get(), 'items.json', JSON.stringify(items), more);
  const find = (source: string, id: string) => findIn(get(), source, id);

  it('tells nobody: no news, no alert, only that stories were imported', async () => {
    await importCsv('quiet', `${many(3)}\n4,Fourth,2009-07-28,Words.,Another`);
    const types = new Set(await eventsOf(get()));
    assert.deepEqual(
      [...types].filter((type) => type.startsWith('story.')),
      ['story.imported'],
    );
    assert.deepEqual(
      [...types].filter((type) => !/^(story\.imported|(section|topic|author|series)\.changed)$/.test(type)),
      [],
    );
    assert.deepEqual((await listStories(get().database.read, { firstHere: true, limit: 10 })).items, []);
    assert.deepEqual(await get().database.read.selectFrom('job').select('name').execute(), []);
  });

  it('of the same file again changes nothing', async () => {
    const text = many(130);
    const first = await importCsv('again', text);
    assert.deepEqual(first.counts.outcomes, { created: 130 });
    const [before, events] = [await kept(get()), await eventsOf(get())];
    get().clock.advance(86_400_000);
    const second = await importCsv('again', text);
    assert.deepEqual(second.counts, { outcomes: { unchanged: 130 }, held: 0, notes: {} });
    assert.deepEqual([await kept(get()), await eventsOf(get())], [before, events]);
    assert.deepEqual(await reportOf(second.report), []);
  });

  it('changes what changed in the source and nothing else', async () => {
    const text = many(130).replace('"The words of 77."', '"Other words, of 77."');
    const before = await find('csv:again', '77');
    const result = await importCsv('again', text);
    assert.deepEqual(result.counts.outcomes, { unchanged: 129, updated: 1 });
    const after = await find('csv:again', '77');
    assert.deepEqual([after.id, after.path, after.version], [before.id, before.path, before.version + 1]);
    assert.match(JSON.stringify(after.body), /Other words/);
  });

  it('goes on where it was stopped, to the same result and the same report', () =>
    inFolder(async (folder) => {
      // Every third story has something to tell.
      const text = (name: string) =>
        many(430).replaceAll(
          /^(\d*[369]),Story (\d+),/gm,
          (_, id: string, number: string) => `${id},${name} ${number} <b>x</b>,`,
        );
      const whole = await importCsv('whole', text('Story'));
      const file = join(folder, 'parts.csv');
      await writeFile(file, text('Story'));
      let records = 0;
      for (const stopAfter of [1, 201]) {
        const stop = new AbortController();
        await assert.rejects(
          importInto(get(), file, {
            signal: stop.signal,
            onProgress: (progress) => {
              assert.ok(progress.records >= records);
              ({ records } = progress);
              if (records >= stopAfter) stop.abort();
            },
          }),
          { code: 'import.stopped' },
        );
      }
      assert.equal(records, 400);
      const last = await importInto(get(), file);
      assert.deepEqual([last.resumedAt, last.records, last.counts], [400, 430, whole.counts]);
      const lines = (rows: string[][]) => rows.map((row) => row.join(' '));
      assert.deepEqual(lines(await reportOf(last.report)), lines(await reportOf(whole.report)));
      for (const id of ['1', '333', '430']) {
        const [a, b] = [await find('csv:whole', id), await find('csv:parts', id)];
        assert.deepEqual(
          [a.headline, a.body, a.published, a.section, a.version],
          [b.headline, b.body, b.published, b.section, b.version],
        );
      }
      const summary = JSON.parse(await readFile(join(last.report!, 'summary.json'), 'utf8')) as object;
      assert.deepEqual(
        { ...summary, milliseconds: 0 },
        {
          file,
          kind: 'csv',
          source: 'csv:parts',
          records: 430,
          resumedAt: 400,
          counts: whole.counts,
          encoding: 'utf-8',
          isEncodingGuess: false,
          milliseconds: 0,
        },
      );
    }));

  it('whose report was not written before a crash has it whole afterwards', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'crash.csv');
      await writeFile(file, many(230).replaceAll(',2009-07-28,', ',soon,'));
      const stop = new AbortController();
      await assert.rejects(importInto(get(), file, { signal: stop.signal, onProgress: () => stop.abort() }), {
        code: 'import.stopped',
      });
      const runs = join(get().dataDir, 'imports');
      const run = (await readdir(runs)).find((name) => name.includes('crash'));
      const report = join(runs, run!, 'report.csv');
      const whole = await readFile(report);
      // The last batch is in the database, but only a part of its lines had reached the disk.
      await writeFile(report, whole.subarray(0, whole.length - 700));
      const result = await importInto(get(), file);
      assert.equal(result.resumedAt, 200);
      const records = new Set((await reportOf(result.report)).map(([record]) => Number(record)));
      assert.deepEqual(
        [...records],
        Array.from({ length: 230 }, (_, n) => n + 1),
      );
    }));

  it('takes in what stands before a break in the file, and tells of the break', async () => {
    await assert.rejects(
      importText(
        get(),
        'cut.json',
        '[{"uri":"urn:cut:1","headline":"A","versioncreated":"2019-01-01"},{"uri":"urn:cut:2","head',
        { kind: 'ninjs' },
      ),
      { code: 'import.json' },
    );
    assert.equal((await find('ninjs', 'urn:cut:1')).headline, 'A');
  });

  it('leaves alone what was edited here since, and reports it', async () => {
    const text = (words: string) =>
      table([`1,Edited,2009-07-28,${words},`, `2,Corrected,2009-07-28,${words},`]);
    await importCsv('edits', text('One'));
    const [one, two] = [await find('csv:edits', '1'), await find('csv:edits', '2')];
    await get().database.write((tx) =>
      updateStory(tx, { id: one.id, content: { headline: 'Mended here' }, actor, zone }),
    );
    await get().database.write((tx) => correctStory(tx, { id: two.id, text: 'It was Friday.', actor, zone }));
    const result = await importCsv('edits', text('Two'));
    assert.deepEqual(result.counts.outcomes, { 'edited-here': 2 });
    assert.deepEqual(
      (await reportOf(result.report)).map((row) => row.slice(0, 3)),
      [
        ['1', '1', 'edited-here'],
        ['2', '2', 'edited-here'],
      ],
    );
    assert.equal((await find('csv:edits', '1')).headline, 'Mended here');
  });

  it('never brings back what was killed here', async () => {
    const text = (words: string) => table([`1,Killed words,2009-07-28,${words},`]);
    await importCsv('kills', text('Unspeakable'));
    const { id } = await find('csv:kills', '1');
    await get().database.write((tx) => killStory(tx, { id, reason: 'Court order', actor }));
    for (const words of ['Unspeakable', 'Other']) {
      const result = await importCsv('kills', text(words));
      assert.deepEqual(result.counts.outcomes, { killed: 1 });
      assert.equal((await find('csv:kills', '1')).state, 'killed');
    }
    assert.equal((await findDocuments(get().database.read, { words: 'Unspeakable', limit: 5 })).total, 0);
  });

  it('holds what it must not show: unknown status, unread embargo, no date', async () => {
    const result = await importCsv(
      'held',
      'id,title,date,status,embargo,text\n1,A,2009-07-28,spiked,,x\n2,B,2009-07-28,,after the speech,x\n3,C,,,,x\n4,D,2009-07-28,,2027-01-01 09:00,x\n5,E,2009-07-28,draft,,x\n6,F,2009-07-28,trash,,x\n',
    );
    assert.deepEqual([result.counts.outcomes, result.counts.held], [{ created: 6 }, 4]);
    const states = [];
    for (const id of ['1', '2', '3', '4', '5', '6']) {
      const story = await find('csv:held', id);
      states.push([story.state, story.held]);
      assert.equal(await isListed(story.id), false);
    }
    assert.deepEqual(states, [
      ['draft', 'Its status is not known here: spiked'],
      ['draft', 'It has an embargo that could not be read: after the speech'],
      ['draft', 'It has no date of publication.'],
      ['draft', 'It is embargoed until 2027-01-01 09:00.'],
      ['draft', undefined],
      ['unpublished', undefined],
    ]);
    assert.equal((await find('csv:held', '4')).embargoUntil, Date.UTC(2027, 0, 1, 9));
    const told = (await reportOf(result.report)).filter(([, , , code]) => code === 'held');
    assert.deepEqual(
      told.map(([record]) => record),
      ['1', '2', '3', '4'],
    );
  });
  const isListed = async (id: string) =>
    (await listStories(get().database.read, { limit: 1000 })).items.some((card) => card.id === id);

  it('reports everything that was lost or guessed, with its record', async () => {
    const result = await importCsv(
      'lossy',
      `id,title,date,text,image,mood\n1,"A <b>b</b>",2009-07-28 00:00:00,"<p>x</p><script>y</script>",boats.jpg,glad\n2,B,2009-07-28,x,,\n3,=HYPERLINK(1),2009-07-28,${'y'.repeat(40)},,`,
    );
    const lines = (await reportOf(result.report)).map(
      ([record, id, outcome, code, detail]) => `${record} ${id} ${outcome} ${code} ${detail}`,
    );
    assert.deepEqual(lines, [
      '1 1 created field.unused mood: glad',
      '1 1 created date.midnight-as-day 2009-07-28 00:00:00',
      '1 1 created html.dropped <script>',
      '1 1 created html.markup-in-line A <b>b</b>',
      '1 1 created picture.missing boats.jpg',
    ]);
    assert.deepEqual(result.counts.notes, {
      'field.unused': 1,
      'date.midnight-as-day': 1,
      'html.dropped': 1,
      'html.markup-in-line': 1,
      'picture.missing': 1,
    });
  });

  it('writes a story once that stands twice, the newest where versions are counted', async () => {
    const csv = await importCsv('twice', table(['1,First,2009-07-28,x,', '1,Second,2009-07-28,x,']));
    assert.deepEqual(csv.counts.outcomes, { repeated: 1, created: 1 });
    assert.equal((await find('csv:twice', '1')).headline, 'First');
    const item = (minute: number, headline: string) => ({
      uri: 'urn:twice',
      versioncreated: `2019-01-01T10:0${minute}:00Z`,
      headline,
      body_text: 'x',
    });
    const wire = await importNinjs([item(2, 'Second'), item(1, 'First'), item(3, 'Third')]);
    assert.deepEqual(wire.counts.outcomes, { created: 1, repeated: 1, updated: 1 });
    assert.equal((await find('ninjs', 'urn:twice')).headline, 'Third');
    const older = await importNinjs(item(1, 'First'));
    assert.deepEqual(older.counts.outcomes, { older: 1 });
  });

  it('takes a story back by a notice without words, and keeps what it said for the newsroom', async () => {
    const item = {
      uri: 'urn:back',
      versioncreated: '2019-01-01T10:00:00Z',
      headline: 'Taken back',
      body_text: 'Words.',
    };
    const notice = { uri: 'urn:back', versioncreated: '2019-01-02T10:00:00Z', pubstatus: 'canceled' };
    assert.deepEqual((await importNinjs({ ...notice, uri: 'urn:unheard' })).counts.outcomes, { refused: 1 });
    await importNinjs(item);
    assert.equal(await isListed((await find('ninjs', 'urn:back')).id), true);
    assert.deepEqual((await importNinjs(notice)).counts.outcomes, { updated: 1 });
    const story = await find('ninjs', 'urn:back');
    assert.deepEqual([story.state, story.headline, story.body.length], ['unpublished', 'Taken back', 1]);
    assert.equal(await isListed(story.id), false);
    assert.deepEqual((await importNinjs(item)).counts.outcomes, { older: 1 });
  });

  it('reads everything anew when it is told to read it differently', async () => {
    const text = table(['1,A,03/04/2009,x,']);
    assert.equal((await importCsv('manner', text)).counts.held, 1);
    assert.deepEqual((await importCsv('manner', text, { order: 'dmy' })).counts, {
      outcomes: { updated: 1 },
      held: 0,
      notes: {},
    });
    const story = await find('csv:manner', '1');
    assert.deepEqual([story.state, isoOf(story.published!)], ['published', '2009-04-03']);
    await importCsv('manner', text, { order: 'dmy', defaults: { credit: 'Agency', section: 'Wire' } });
    const credited = await find('csv:manner', '1');
    assert.deepEqual([credited.credit, credited.section], ['Agency', 'wire']);
  });

  it('says what a dry run would do, and changes nothing', () =>
    inFolder(async (folder) => {
      await writeFile(
        join(folder, 'dry.csv'),
        'id,title,date,text,image,section\n1,A,2009-07-28,<p>x</p><u>y</u>,here.png,Dry\n2,B,,x,gone.png,Dry',
      );
      await writeFile(join(folder, 'here.png'), await quarters(40, 30));
      const [before, events, files] = [
        await kept(get()),
        await eventsOf(get()),
        await readdir(get().dataDir, { recursive: true }),
      ];
      const tried = await importInto(get(), join(folder, 'dry.csv'), { isDryRun: true });
      assert.equal(tried.report, undefined);
      assert.deepEqual(
        [await kept(get()), await eventsOf(get()), await readdir(get().dataDir, { recursive: true })],
        [before, events, files],
      );
      const done = await importInto(get(), join(folder, 'dry.csv'));
      assert.deepEqual(tried.counts, done.counts);
      const story = await find('csv:dry', '1');
      await get().database.write((tx) =>
        updateStory(tx, { id: story.id, content: { headline: 'Mine' }, actor, zone }),
      );
      await writeFile(join(folder, 'dry.csv'), 'id,title,date,text\n1,A2,2009-07-28,x\n2,B,2009-07-28,x');
      const again = await importInto(get(), join(folder, 'dry.csv'), { isDryRun: true });
      assert.deepEqual(again.counts.outcomes, { 'edited-here': 1, updated: 1 });
    }));
});
