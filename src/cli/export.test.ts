import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { command } from './export.ts';
import { command as importCommand } from './import.ts';
import { callCommand, ledger, printed, rowsOf } from './testing-calls.ts';
import { runCommand, temporaryFolder } from './testing.ts';

const files = await temporaryFolder();
const dataDir = join(files, 'data');
const ok = (args: readonly string[], folder = dataDir) => printed(args, folder);
const call = (args: readonly string[]) => callCommand(command, args, dataDir);
const rows = (query: string, folder = dataDir) => rowsOf(query, folder);

describe('freesheet export', () => {
  before(async () => {
    const file = join(files, 'stories.csv');
    await writeFile(
      file,
      'id,title,kicker,summary,date,text,section,tags,author,url\n1,The quiet harbour,Sea,A morning.,2009-07-28,"<p>One <b>two</b></p><ul><li>three</li></ul>",News,Boats,Ann Lee,https://old.example/1\n2,A minute,,,2019-05-10 10:30,Words.,News,,,\n3,A year,,,2009,Words.,,,,\n4,Held,,,,Words.,,,,\n',
    );
    assert.equal((await callCommand(importCommand, [file], dataDir)).code, 0);
  });

  it('writes the complete dump, which comes back in another newsroom as it was', async () => {
    const [dump, other] = [join(files, 'dump'), join(files, 'other')];
    const said = await ok(['export', dump]);
    assert.match(
      said,
      /^[\d,]+ rows and the files of 0 media items are in .*dump.freesheet\.jsonl and the folder beside it\.\n$/,
    );
    const back = await ok(['import', join(dump, 'freesheet.jsonl')], other);
    assert.match(back, /^(\d+) rows: \1 added, 0 here already, 0 differ/);
    for (const table of [
      'story',
      'story_revision',
      'section',
      'topic',
      'author',
      'redirect',
      'story_listing',
      'story_media',
    ])
      assert.deepEqual(
        rows(`select * from ${table} order by 1, 2`, other),
        rows(`select * from ${table} order by 1, 2`),
      );
    assert.match(await ok(['import', join(dump, 'freesheet.jsonl')], other), /0 added, (\d+) here already/);
    const whole = await readFile(join(dump, 'freesheet.jsonl'), 'utf8');
    const cut = join(files, 'cut.jsonl');
    await writeFile(cut, whole.slice(0, whole.length / 2));
    const { code, err } = await runCommand(['import', cut], { dataDir: join(files, 'third'), env: ledger });
    assert.equal(code, 1);
    assert.match(
      err,
      /The dump is not whole: its end is missing\. Nothing was brought back\..* \[import\.dump\]\n$/,
    );
  });

  it('writes ninjs as lines, as one array or as a file for each story, and reads it back', async () => {
    const published = rows("select headline from story where state = 'published' order by 1").map(
      ({ headline }) => headline,
    );
    const lines = (await ok(['export', '--to', 'ninjs'])).trimEnd().split('\n');
    const items = lines.map((line) => JSON.parse(line) as { uri: string; headlines: { value: string }[] });
    assert.deepEqual(items.map((item) => item.headlines[0]!.value).sort(), published.sort());
    const array = join(files, 'out', 'all.json');
    await call(['--to', 'ninjs', array]);
    assert.deepEqual(JSON.parse(await readFile(array, 'utf8')), items);
    const jsonl = join(files, 'all.jsonl');
    await call(['--to', 'ninjs', jsonl]);
    assert.equal(await readFile(jsonl, 'utf8'), `${lines.join('\n')}\n`);
    await mkdir(join(files, 'each'));
    await call(['--to', 'ninjs', join(files, 'each')]);
    assert.equal((await readdir(join(files, 'each'))).length, items.length);
    const again = join(files, 'again');
    assert.match(await ok(['import', array], again), new RegExp(`${items.length} new`));
    const fields =
      "select headline, kicker, standfirst, credit, section, published from story where state = 'published' order by headline, published";
    const here = rows(fields).map((row) => ({ ...row, published: timeOf(row.published) }));
    assert.deepEqual(
      rows(fields, again).map((row) => ({ ...row, credit: '', published: timeOf(row.published) })),
      here.map((row) => ({ ...row, credit: '' })),
    );
  });

  it('says in one line what it does not understand', async () => {
    for (const [words, ...args] of [
      [/'y' is one too many.*\[export\.option\]/, 'x', 'y'],
      [/There is no format 'csv'. The formats are: freesheet, ninjs\..*\[export\.option\]/, '--to', 'csv'],
      [/Unknown option '--form'.*\[export\.option\]/, '--form', 'x'],
    ] as [RegExp, ...string[]][]) {
      const { code, said } = await call(args);
      assert.equal(code, 2);
      assert.match(said, words);
    }
  });
});

/** Instant and precision: the words of a date are those of the file that it came from. */
function timeOf(json: unknown): unknown {
  const { at, precision } = JSON.parse(json as string) as { at: number; precision: string };
  return [at, precision];
}
