import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { isoOf } from '../../stories/index.ts';
import { guessDelimiter, readCsv } from './import-csv.ts';
import { csvCell } from './import-report.ts';
import type { ColumnUse, ReadOptions } from './import-item.ts';
import { looksLikeHtml } from './text-to-blocks.ts';
import { plain, words } from '../testing/html.ts';
import { codesOf, linesOf, readAll, readOne } from '../testing.ts';

const read = (text: string, options?: Partial<ReadOptions>) => readOne(readCsv, text, options);
const all = async (text: string, options?: Partial<ReadOptions>) =>
  (await readAll(readCsv, text, options)).map((item) => item.story());
/** How the columns are understood: `column -> field`. */
const columns = async (header: string, map?: Record<string, string>) => {
  let uses: readonly ColumnUse[] = [];
  await readAll(readCsv, `${header}\n`, {
    onColumns: (found) => (uses = found),
    ...(map ? { map: new Map(Object.entries(map)) } : {}),
  });
  return uses.map(({ column, field }) => `${column} -> ${field ?? '-'}`);
};

describe('columns of a table', () => {
  it('are known by their names, however those are written', async () => {
    assert.deepEqual(await columns('URL,Publish Date,post_title,Article-Text,Section,Tags,Author(s)'), [
      'URL -> url',
      'Publish Date -> date',
      'post_title -> headline',
      'Article-Text -> body',
      'Section -> section',
      'Tags -> topics',
      'Author(s) -> byline',
    ]);
    assert.deepEqual(await columns('Titel;Datum;Überschrift'), [
      'Titel -> headline',
      'Datum -> date',
      'Überschrift -> -',
    ]);
  });

  it('of the same meaning: the surest wins, wherever it stands', async () => {
    assert.deepEqual(await columns('created_at,title,updated_at,published_at,summary,description'), [
      'created_at -> -',
      'title -> headline',
      'updated_at -> updated',
      'published_at -> date',
      'summary -> standfirst',
      'description -> -',
    ]);
    assert.deepEqual(await columns('title,tag,tags'), [
      'title -> headline',
      'tag -> topics',
      'tags -> topics',
    ]);
  });

  it('are used as told before any guess', async () => {
    assert.deepEqual(await columns('title,other,body', { other: 'headline', body: '-' }), [
      'title -> -',
      'other -> headline',
      'body -> -',
    ]);
  });

  it('say what to write when they cannot be understood', async () => {
    const fails = (header: string, message: RegExp, map?: Record<string, string>) =>
      assert.rejects(columns(header, map), (error: Error & { code: string }) => {
        assert.equal(error.code, 'import.columns');
        assert.match(error.message, message);
        return true;
      });
    await fails('a,b', /--map COLUMN=headline.*a, b/);
    await fails('title,b', /no column 'x'.*title, b/, { x: 'body' });
    for (const field of ['words', 'constructor', '__proto__'])
      await fails('title,b', /fields are: id, url/, { b: field });
  });
});

describe('a table of stories', () => {
  it('gives its cells to the fields of a story', async () => {
    const story = await read(
      [
        'id,title,kicker,summary,text,published,updated,author,section,tags,series,place,source,lang,slug,url,old_url,image,alt,caption,photographer,sensitive',
        '17,Boats leave,Harbour,They went.,They went at noon.,2009-07-28,2009-07-30 10:00,"Ann Lee and Bo Ek, reporter",News,"sea; boats",Tides,Lisbon,Reuters,pt_PT,boats,https://old.example/17,/a?id=17,boats.jpg,Two boats,The boats,Cy Dee,yes',
      ].join('\n'),
    );
    assert.equal(isoOf(story.published!), '2009-07-28');
    assert.equal(isoOf(story.updated!), '2009-07-30T10:00:00+01:00');
    const { published: _p, updated: _u, blocks: _b, ...rest } = story;
    assert.deepEqual(linesOf(story), ['They went at noon.']);
    assert.deepEqual(rest, {
      headline: 'Boats leave',
      kicker: 'Harbour',
      standfirst: 'They went.',
      lead: {
        type: 'loose-picture',
        src: 'boats.jpg',
        alt: 'Two boats',
        caption: [{ text: 'The boats' }],
        credit: 'Cy Dee',
      },
      byline: [{ name: 'Ann Lee' }, { name: 'Bo Ek', role: 'reporter' }],
      place: 'Lisbon',
      agency: undefined,
      credit: 'Reuters',
      section: 'News',
      topics: ['sea', 'boats'],
      series: { title: 'Tides' },
      language: 'pt-PT',
      slug: 'boats',
      url: 'https://old.example/17',
      oldUrls: ['/a?id=17'],
      sensitive: true,
      state: 'published',
      held: undefined,
      embargoUntil: undefined,
      notes: [],
    });
  });

  it('has line breaks, quotes and separators within quotes', async () => {
    const story = await read(
      'title,text,date\r\n"One, ""two""","First line\r\n\r\nSecond, line",2009-07-28\r\n',
    );
    assert.deepEqual([story.headline, ...linesOf(story)], ['One, "two"', 'First line', 'Second, line']);
  });

  it('may part its columns with semicolons, tabs or bars, and its rows with any break', async () => {
    for (const separator of [',', ';', '\t', '|'])
      for (const end of ['\n', '\r\n', '\r']) {
        const rows = [
          ['title', 'text', 'date'],
          ['A "b" c', 'x, y; z', '2009-07-28'],
          ['B', 'y', '2009-07-29'],
        ];
        const text = rows
          .map((row) => row.map((cell) => (cell === 'x, y; z' ? `"${cell}"` : cell)).join(separator))
          .join(end);
        const stories = await all(text);
        assert.deepEqual(
          stories.map((story) => [story.headline, ...linesOf(story)]),
          [
            ['A "b" c', 'x, y; z'],
            ['B', 'y'],
          ],
        );
      }
    assert.deepEqual(
      (await all('title,date\r\nA,2009-07-28\nB,2009-07-29\n')).map(({ headline }) => headline),
      ['A', 'B'],
    );
  });

  it('may name its separator in a first line, as spreadsheets do', async () => {
    assert.equal(guessDelimiter('sep=|\r\na,b,c|d\r\n'), '|');
    const story = await read('sep=;\r\ntitle;text;date\r\nA, b;c;2009-07-28\r\n');
    assert.deepEqual([story.headline, ...linesOf(story)], ['A, b', 'c']);
  });

  it('lists what its rows have too much or too little, and columns that nobody wants', async () => {
    const [more, less, empty] = await all(
      'title,date,mood\nA,2009-07-28,glad,what is this\nB,2009-07-28\n"  ",,\nC,2009-07-28,\n',
    );
    assert.deepEqual(
      more!.notes.filter(({ code }) => code !== 'body.empty'),
      [
        { code: 'row.columns', detail: '4 instead of 3: what is this' },
        { code: 'field.unused', detail: 'mood: glad' },
      ],
    );
    assert.deepEqual(codesOf(less!), ['row.columns', 'body.empty']);
    assert.deepEqual([empty!.headline, codesOf(empty!)], ['C', ['body.empty']]);
    assert.deepEqual(
      codesOf(await read('title,date,mood\nA,2009-07-28,glad', { map: new Map([['mood', '-']]) })),
      ['body.empty'],
    );
  });

  it('is refused when its quotes do not close, and says where', async () => {
    await assert.rejects(all('title,text\nA,x\n"B,y\nC,z\n'), (error: Error & { code: string }) => {
      assert.equal(error.code, 'import.csv');
      assert.match(error.message, /Quote Not Closed.*line 4/);
      return true;
    });
  });

  it('names its rows by id, else address, else what is in them', async () => {
    const ids = async (text: string) => (await readAll(readCsv, text)).map(({ sourceId }) => sourceId);
    assert.deepEqual(await ids('id,url,title\n7,https://x.example/,A'), ['7']);
    assert.deepEqual(await ids('url,title\nhttps://x.example/,A'), ['https://x.example/']);
    const [one, two, three] = await ids('title,date\nA,2009\nA,2010\nA,2009');
    assert.ok(one !== two && one === three && one!.length > 20);
    const long = 'x'.repeat(2000);
    const [first, second] = await ids(`id,title\n${long}1,A\n${long}2,B`);
    assert.ok(first !== second && first!.length <= 400);
  });

  it('reads HTML where there is HTML, with addresses made whole', async () => {
    const story = await read(
      'title,text,date,url\n"A <em>new</em> day","<p>One &amp; <a href=""../x"">two</a></p><script>x</script>",2009-07-28,https://old.example/a/b',
    );
    assert.equal(story.headline, 'A new day');
    const [block] = story.blocks;
    assert.ok(block?.type === 'paragraph');
    assert.deepEqual(block.text, [{ text: 'One & ' }, { text: 'two', href: 'https://old.example/x' }]);
    assert.deepEqual(codesOf(story), ['html.dropped', 'html.markup-in-line']);
  });

  it('leaves the date out of the text where it only repeats the column, and says so', async () => {
    const body = async (text: string) => {
      const story = await read(`title,date,text\nA,2019-01-04,"${text}"`);
      return [linesOf(story), codesOf(story)];
    };
    assert.deepEqual(await body('Friday, January 4, 2019 \n\n\nIt was.'), [['It was.'], ['body.date-line']]);
    assert.deepEqual(await body('Friday, January 4, 2019\nIt was.'), [['It was.'], ['body.date-line']]);
    assert.deepEqual(await body('Friday, January 4, 2019'), [['Friday, January 4, 2019'], []]);
    assert.deepEqual(await body('January 3, 2019\n\nIt was.'), [['January 3, 2019', 'It was.'], []]);
    assert.deepEqual(await body('2019 was a year.\n\nIt was.'), [['2019 was a year.', 'It was.'], []]);
  });

  it('holds what has no date, an unknown status, an embargo or no headline, and says why', async () => {
    const held = async (header: string, row: string) => {
      const { state, held: reason, embargoUntil } = await read(`title,text,${header}\nA,Words,${row}`);
      return [state, reason, ...(embargoUntil === undefined ? [] : [embargoUntil])];
    };
    assert.deepEqual(await held('date', ''), ['published', 'It has no date of publication.']);
    assert.deepEqual(await held('date', 'soon'), ['published', 'Its date could not be read: soon']);
    assert.deepEqual(await held('date', '03/04/2009'), [
      'published',
      'Its date could not be read: 03/04/2009',
    ]);
    assert.deepEqual(await held('date', '2027-01-01'), [
      'published',
      'It is dated in the future: 2027-01-01',
    ]);
    assert.deepEqual(await held('date,status', '2009-07-28,spiked'), [
      'draft',
      'Its status is not known here: spiked',
    ]);
    assert.deepEqual(await held('date,status', '2009-07-28,draft'), ['draft', undefined]);
    assert.deepEqual(await held('date,status', '2009-07-28,Trash'), ['unpublished', undefined]);
    assert.deepEqual(await held('date,status', '2009-07-28,PUBLISH'), ['published', undefined]);
    assert.deepEqual(await held('date,embargo', '2009-07-28,next Tuesday'), [
      'published',
      'It has an embargo that could not be read: next Tuesday',
    ]);
    assert.deepEqual(await held('date,embargo', '2009-07-28,2026-12-01 09:00'), [
      'published',
      'It is embargoed until 2026-12-01 09:00.',
      1_796_115_600_000,
    ]);
    for (const none of ['', 'no', '0', '2009-07-29'])
      assert.deepEqual(await held('date,embargo', `2009-07-28,${none}`), ['published', undefined]);
    const made = await read('title,text,date\n,"Nobody knew what to call it. But it was.",2009-07-28');
    assert.deepEqual(
      [made.headline, made.held],
      ['Nobody knew what to call it', 'It has no headline of its own.'],
    );
    assert.deepEqual(codesOf(made), ['headline.made']);
  });

  it('takes day and month in the order that it is told', async () => {
    const date = async (order: 'dmy' | 'mdy') =>
      isoOf((await read('title,date\nA,03/04/2009', { order })).published!);
    assert.deepEqual([await date('dmy'), await date('mdy')], ['2009-04-03', '2009-03-04']);
  });

  it('passes over an update that is none', async () => {
    for (const updated of ['2009-07-28 10:00', '2009-07-27', '2009-07-28 10:00:30', 'yesterday'])
      assert.equal(
        (await read(`title,date,updated\nA,2009-07-28 10:00,${updated}`)).updated,
        undefined,
        updated,
      );
  });

  it('reads the lists that programs print', async () => {
    const { topics, byline } = await read(
      `title,date,tags,authors\nA,2009-07-28,"[""sea, deep"", ""boats""]","['Ann Lee', 'Bo Ek']"`,
    );
    assert.deepEqual(topics, ['sea, deep', 'boats']);
    assert.deepEqual(byline, [{ name: 'Ann Lee' }, { name: 'Bo Ek' }]);
  });

  it('takes the first of several sections, keeps the others as topics, and says so', async () => {
    const story = await read('title,date,category,tags\nA,2009-07-28,World > Asia,sea');
    assert.deepEqual([story.section, story.topics], ['World', ['Asia', 'sea']]);
    assert.ok(codesOf(story).includes('section.first-of-several'));
  });

  it('brings any text of a cell through as the same words', async () => {
    const cell = words.filter(
      (text) => !looksLikeHtml(text) && !/&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]+);/i.test(text),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 4 }),
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n'),
        async (rows, separator, end) => {
          const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
          const table = [
            ['title', 'text', 'summary'].join(separator),
            ...rows.map((row) =>
              [`A ${row[0]}`, `B ${row[1]}\n\n${row[2]}`, `C ${row[2]}`].map(quoted).join(separator),
            ),
          ];
          const stories = await all(table.join(end));
          assert.deepEqual(
            stories.map((story) => [story.headline, plain(linesOf(story).join(' ')), story.standfirst]),
            rows.map((row) => [plain(`A ${row[0]}`), plain(`B ${row[1]} ${row[2]}`), plain(`C ${row[2]}`)]),
          );
          for (const story of stories) assert.deepEqual(codesOf(story), []);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('keeps words apart that strange breaks part, and makes a headline where only such stand', async () => {
    const story = await read('title,date,text\none\vtwo\fthree\u0085four,2009-07-28,five\vsix\0');
    assert.deepEqual([story.headline, ...linesOf(story)], ['one two three four', 'five six']);
    const made = await read('title,date,text\n\0\u0001,2009-07-28,Words enough for a headline');
    assert.deepEqual([made.headline, codesOf(made)], ['Words enough for a headline', ['headline.made']]);
  });

  it('never throws but in words, whatever the text', async () => {
    const text = fc
      .array(
        fc.oneof(
          words,
          fc.constantFrom(
            '"',
            ',',
            ';',
            '\n',
            '\r',
            '\t',
            '|',
            'title',
            'date',
            '2009-07-28',
            '\0',
            '\uFEFF',
            '\uD83C',
          ),
        ),
      )
      .map((parts) => `title,${parts.join('')}`);
    await fc.assert(
      fc.asyncProperty(text, async (table) => {
        try {
          await all(table);
        } catch (error) {
          assert.match((error as { code?: string }).code ?? String(error), /^import\./);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a cell of the report', () => {
  it('is harmless in a spreadsheet, and comes back as it was', async () => {
    assert.equal(csvCell('=1+1'), "'=1+1");
    assert.equal(csvCell('@SUM(A1)'), "'@SUM(A1)");
    assert.equal(csvCell('a,"b"\nc'), '"a,""b""\nc"');
    assert.equal(csvCell('plain'), 'plain');
  });
});
