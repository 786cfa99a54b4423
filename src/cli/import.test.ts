import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { CliCommand } from './command.ts';
import { command as importCommand } from './import.ts';
import { root } from './root.ts';
import { callCommand, ledger, printed, rowsOf } from './testing-calls.ts';
import { runCommand, temporaryFolder } from './testing.ts';

const files = await temporaryFolder();
const dataDir = join(files, 'data');
const run = (args: readonly string[]) => runCommand(args, { dataDir, env: ledger });
const ok = (args: readonly string[], folder = dataDir) => printed(args, folder);
const call = (command: CliCommand, args: readonly string[]) => callCommand(command, args, dataDir);
const rows = (query: string, folder = dataDir) => rowsOf(query, folder);
const write = async (name: string, content: string | Uint8Array): Promise<string> => {
  await writeFile(join(files, name), content);
  return join(files, name);
};
const headlines = (source: string, folder = dataDir) =>
  rows(`select headline from story where source = '${source}' order by source_id`, folder).map(
    ({ headline }) => headline,
  );

/** Run a command until something is so, then kill it at once. @returns how it ended */
function killOnce(args: string[], folder: string, isTime: () => boolean): Promise<number | string> {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(root, 'src/cli/main.ts'), ...args],
      { stdio: 'ignore', env: { PATH: process.env.PATH, DATA_DIR: folder, ...ledger } },
    );
    const watch = setInterval(() => {
      if (isTime()) child.kill('SIGKILL');
    }, 5);
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      resolve(signal ?? code!);
    });
  });
}

const rss = (items: string) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><link>https://other.example/</link>${items}</channel></rss>`;

describe('freesheet import', () => {
  it('finds out each format, shows how it understood columns, and says what it did', async () => {
    const table = await write(
      'stories.csv',
      'when;name;words;mood\n2009-07-28;The quiet harbour;Words.;glad\n',
    );
    const { code, out, err } = await run([
      'import',
      table,
      '--map',
      'when=date',
      '--map',
      'name=headline',
      '--map',
      'words=body',
      '--set',
      'credit=Agency',
      '--set',
      'section=News',
    ]);
    assert.equal(code, 0, err);
    assert.match(
      err,
      /Reading .*stories\.csv as csv \.\.\.\nColumns:\n {2}when -> date \(as told\)\n {2}name -> headline \(as told\)\n {2}words -> body \(as told\)\n {2}mood -> \(not used\)\n/,
    );
    assert.match(
      out,
      /^1 records from csv:stories in .*\n {2}1 new\nLost or guessed:\n +1 {2}field\.unused\nReport: .*csv-stories/,
    );
    const [story] = rows(
      "select state, credit, section, published, path from story where source = 'csv:stories'",
    );
    assert.deepEqual(
      { ...story, published: JSON.parse(story!.published as string) as unknown },
      {
        state: 'published',
        credit: 'Agency',
        section: 'news',
        published: {
          at: Date.UTC(2009, 6, 27, 23),
          zone: 'Europe/Lisbon',
          precision: 'day',
          words: '2009-07-28',
        },
        path: '/2009/07/28/the-quiet-harbour',
      },
    );
    const others = [
      await write(
        'items.json',
        '{"uri":"urn:1","versioncreated":"2019-01-01T10:00:00Z","headline":"From ninjs","body_text":"x"}',
      ),
      await write(
        'feed.xml',
        rss(
          '<item><title>From RSS</title><pubDate>Tue, 28 Jul 2009 10:00:00 GMT</pubDate><description>x</description></item>',
        ),
      ),
      await write(
        'feed.json',
        '{"version":"https://jsonfeed.org/version/1.1","home_page_url":"https://third.example","items":[{"id":"1","title":"From JSON Feed","content_text":"x","date_published":"2009-07-28"}]}',
      ),
      await write(
        'atom.xml',
        '<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://fourth.example/"/><entry><id>1</id><title>From Atom</title><published>2009-07-28</published><content>x</content></entry></feed>',
      ),
    ];
    const said = await ok(['import', ...others]);
    assert.match(said, /from ninjs in[^]*from rss:feed in[^]*from rss:feed in[^]*from rss:atom in/);
    assert.deepEqual(
      ['ninjs', 'feed:other.example', 'feed:third.example', 'feed:fourth.example'].flatMap((source) =>
        headlines(source),
      ),
      ['From ninjs', 'From RSS', 'From JSON Feed', 'From Atom'],
    );
    assert.match(
      await ok([
        'import',
        table,
        '--map',
        'when=date',
        '--map',
        'name=headline',
        '--map',
        'words=body',
        '--set',
        'credit=Agency',
        '--set',
        'section=News',
        ...others,
      ]),
      /1 here already/,
    );
    assert.equal(rows('select id from story').length, 5);
  });

  it('takes zone and order of dates as told', async () => {
    const file = await write('dates.csv', 'id,title,date,text\n1,A,03/04/2009 10:00,x\n');
    let number = 0;
    const read = async (...options: string[]) => {
      const source = `dates-${(number += 1)}`;
      const { said } = await call(importCommand, [file, '--source', source, ...options]);
      assert.match(said, /1 new/);
      const [story] = rows(`select state, published_at as at from story where source = '${source}'`);
      return [story!.state, story!.at];
    };
    assert.deepEqual(await read(), ['draft', null]);
    assert.deepEqual(await read('--dates', 'dmy'), ['published', Date.UTC(2009, 3, 3, 9)]);
    assert.deepEqual(await read('--dates', 'mdy', '--zone', 'Asia/Tokyo'), [
      'published',
      Date.UTC(2009, 2, 4, 1),
    ]);
  });

  it('says what it would do on a dry run, and leaves the newsroom as it is', async () => {
    const fresh = await write('fresh.csv', 'id,title,date,text\n1,A,2009-07-28,<p>x</p><u>y</u>\n2,B,,x\n');
    const state = async () => [
      rows('select * from story'),
      rows('select * from import_run'),
      (await readdir(dataDir, { recursive: true })).sort(),
    ];
    const before = await state();
    const { code, said } = await call(importCommand, ['--dry-run', fresh]);
    assert.equal(code, 0);
    assert.match(
      said,
      /^Looking at .*fresh\.csv[^]*2 would be new\n {2}1 of them held for an editor\nLost or guessed:\n +1 {2}html\.underline$/,
    );
    assert.deepEqual(await state(), before);
  });

  it('takes out all that came from a source, and brings it back', async () => {
    const file = await write('gone.csv', 'id,title,date,text,section\n1,Gone,2009-07-28,x,Only here\n');
    await call(importCommand, [file]);
    assert.deepEqual(await call(importCommand, ['--remove', 'csv:gone']), {
      code: 0,
      said: '1 stories from csv:gone are gone.',
    });
    assert.deepEqual(
      [headlines('csv:gone'), rows("select slug from section where slug = 'only-here'")],
      [[], []],
    );
    assert.deepEqual(await call(importCommand, ['--remove', 'csv:gone']), {
      code: 1,
      said: 'Nothing here came from csv:gone.',
    });
    assert.match((await call(importCommand, [file])).said, /1 new/);
  });

  it('goes on with the other files when one cannot be read, and says so', async () => {
    const [good, better] = [
      await write('good.csv', 'title,date,text\nGood,2009-07-28,x\n'),
      await write('better.csv', 'title,date,text\nBetter,2009-07-28,x\n'),
    ];
    const strange = await write('strange.txt', 'Just words');
    const cut = await write('cut.json', '{"uri":"urn:cut","headline":"Cut"');
    const { code, out, err } = await run(['import', good, strange, join(files, 'nothing.csv'), cut, better]);
    assert.equal(code, 1);
    assert.match(err, /strange\.txt is none of the formats.*--from NAME\. \[import\.unknown-format\]$/m);
    assert.match(err, /nothing\.csv cannot be read\. Is the name right\? \[import\.no-file\]$/m);
    assert.match(err, /cut\.json: The file ends in the middle of an object\. \[import\.json\]$/m);
    assert.match(out, /from csv:good[^]*from csv:better/);
  });

  it('says in one line what it does not understand', async () => {
    const file = await write('wrong.csv', 'title,date\nA,2009\n');
    const picture = await write('picture.csv', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]));
    const wrong: [exit: number, words: RegExp, ...args: string[]][] = [
      [2, /Name the files.*\[import\.option\]/],
      [2, /Unknown option '--form'.*\[import\.option\]/, file, '--form', 'csv'],
      [
        2,
        /no format 'xml'. The formats are: csv, ninjs, rss, freesheet\..*\[import\.option\]/,
        file,
        '--from',
        'xml',
      ],
      [2, /--map needs NAME=VALUE, not 'title'.*\[import\.option\]/, file, '--map', 'title'],
      [
        2,
        /--set cannot set 'headline'. It can set: section, .*\[import\.option\]/,
        file,
        '--set',
        'headline=x',
      ],
      [2, /no time zone 'Lisbon'.*\[import\.option\]/, file, '--zone', 'Lisbon'],
      [2, /--dates is dmy or mdy, not 'ymd'.*\[import\.option\]/, file, '--dates', 'ymd'],
      [2, /--remove stands alone; it does not take --own.*\[import\.option\]/, '--remove', 'x', '--own'],
      [2, /--remove needs the name of a source.*\[import\.option\]/, '--remove', ''],
      [
        1,
        /no column 'headline'. The columns are: title, date\. \[import\.columns\]/,
        file,
        '--map',
        'headline=body',
      ],
      [1, /nothing\.csv cannot be read.*\[import\.no-file\]/, join(files, 'nothing.csv')],
      [1, /is not a text file\. \[import\.binary\]/, picture],
      [1, /is not a file\. \[import\.no-file\]/, files],
    ];
    for (const [exit, words, ...args] of wrong) {
      const { code, said } = await call(importCommand, args);
      assert.equal(code, exit, said);
      assert.match(said.split('\n').at(-1)!, words);
      if (exit === 2) assert.equal(said.split('\n').length, 1);
    }
    const { code, out, err } = await run(['import', '--zone', 'Lisbon', file]);
    assert.deepEqual(
      [code, out, err],
      [
        2,
        '',
        "There is no time zone 'Lisbon'. Give one such as Europe/London. See: npx freesheet import --help [import.option]\n",
      ],
    );
  });

  it('goes on after kill -9, as often as it comes, to the same stories and the same report', async () => {
    const table = ['id,title,date,text,section,tags'];
    for (let id = 1; id <= 630; id += 1)
      table.push(
        `${id},Story ${id},${id % 9 === 0 ? 'soon' : '2009-07-28'},"<p>The words of ${id}.</p>${id % 7 === 0 ? '<u>u</u>' : ''}",Section ${id % 5},tag ${id % 11}`,
      );
    const file = await write('killed.csv', table.join('\n'));
    const [whole, parts] = [join(files, 'whole'), join(files, 'parts')];
    await ok(['import', file], whole);
    const position = () => {
      try {
        return Number(rows('select position from import_run', parts)[0]?.position ?? 0);
      } catch {
        // Not made yet, or just being made.
        return 0;
      }
    };
    let [kills, last] = [0, 0];
    for (; kills < 3; kills += 1) {
      assert.equal(await killOnce(['import', file], parts, () => position() > last), 'SIGKILL');
      assert.ok(position() > last && position() < 630);
      last = position();
    }
    assert.match(
      await ok(['import', file], parts),
      new RegExp(`went on after record ${last}\\n {2}630 new\\n {2}70 of them held`),
    );
    const stories = `select source_id, headline, body, state, held, published, section, topics, path, version, source_hash from story order by source_id`;
    const listed = `select list, story_listing.published_at, source_id from story_listing join story on story.id = story_id order by 1, 2, 3`;
    for (const query of [
      stories,
      listed,
      'select day, stories from archive_day',
      'select slug, name from section order by 1',
      'select slug, name from topic order by 1',
    ])
      assert.deepEqual(rows(query, parts), rows(query, whole));
    const report = async (folder: string) => {
      const [name] = await readdir(join(folder, 'imports'));
      return readFile(join(folder, 'imports', name!, 'report.csv'), 'utf8');
    };
    assert.equal(await report(parts), await report(whole));
  });
});
