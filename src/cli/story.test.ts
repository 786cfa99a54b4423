import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { CliCommand } from './command.ts';
import { command as front } from './front.ts';
import { command as redirect } from './redirect.ts';
import { command as section } from './section.ts';
import { command as story } from './story.ts';
import { callCommand, ledger } from './testing-calls.ts';
import { runCommand, temporaryFolder } from './testing.ts';
import { command as topic } from './topic.ts';

const dataDir = await temporaryFolder();
const env = ledger;
const run = (...args: string[]) => runCommand(args, { dataDir, env });
/** What it says when all goes well. */
const ok = async (...args: string[]): Promise<string> => {
  const { code, out, err } = await run(...args);
  assert.deepEqual([code, err], [0, ''], `${args.join(' ')}: ${err}`);
  return out;
};
/** The one line that says what is wrong. */
const refused = async (exit: number, words: RegExp, ...args: string[]): Promise<void> => {
  const { code, out, err } = await run(...args);
  assert.deepEqual([code, out, err.trimEnd().split('\n').length], [exit, '', 1], `${args.join(' ')}: ${err}`);
  assert.match(err, words);
  assert.match(err, /\[[a-z]+\.[a-z-]+\]$/m);
};
const idIn = (out: string) => /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(out)![0];
/** As `refused`, without a process for each. */
async function saysWrong(command: CliCommand, exit: number, words: RegExp, args: string[]): Promise<void> {
  const { code, said } = await callCommand(command, args, dataDir);
  assert.deepEqual([code, said.split('\n').length], [exit, 1], `${args.join(' ')}: ${said}`);
  assert.match(said, words);
}
/** Spawns that do not depend on each other run side by side. */
const together = (...calls: (() => Promise<unknown>)[]) => Promise.all(calls.map((call) => call()));

describe('freesheet story', () => {
  let id = '';

  it('begins a draft from options and a text file, with an author who has a page', async () => {
    assert.match(
      await ok('section', 'news', 'News', '--position', '0', '--description', 'What', 'happened'),
      /^news +News happened$/m,
    );
    const text = join(dataDir, 'text.txt');
    await writeFile(text, 'One line\nof two.\n\n## Below\n\nZażółć 🌊.\n');
    const fields = [
      '--headline',
      'The quiet harbour',
      '--section',
      'news',
      '--topics',
      'sea, boats',
      '--by',
      'Ann Lee, Bo Ek',
    ];
    const out = await ok(
      'story',
      'create',
      '--text',
      text,
      ...fields,
      '--place',
      'Lisbon',
      '--actor',
      'desk',
    );
    assert.match(out, /^The quiet harbour\n {2}[0-9a-f-]{36} {2}draft, version 1, 6 words\n$/);
    id = idIn(out);
    const shown = JSON.parse(await ok('story', 'show', id, '--json')) as Record<string, unknown>;
    assert.deepEqual(
      [shown.topics, shown.byline, shown.dateline, shown.body],
      [
        ['sea', 'boats'],
        [
          { author: 'ann-lee', name: 'Ann Lee' },
          { author: 'bo-ek', name: 'Bo Ek' },
        ],
        { place: 'Lisbon' },
        [
          { type: 'paragraph', text: [{ text: 'One line of two.' }] },
          { type: 'subheading', level: 2, text: [{ text: 'Below' }] },
          { type: 'paragraph', text: [{ text: 'Zażółć 🌊.' }] },
        ],
      ],
    );
    assert.match(await ok('author'), /^ann-lee +Ann Lee$/m);
  });

  it('begins one from JSON on standard input', async () => {
    const input = JSON.stringify({ headline: 'Typed', section: 'news', body: [{ type: 'divider' }] });
    const { code, out } = await runCommand(['story', 'create', '-', '--kicker', 'New'], {
      dataDir,
      env,
      input,
    });
    assert.deepEqual([code, out.split('\n')[0]], [0, 'Typed']);
    const bad = async (words: RegExp, json: string) => {
      const result = await runCommand(['story', 'create', '-'], { dataDir, env, input: json });
      assert.equal(result.code, 1);
      assert.match(result.err, words);
    };
    await together(
      () => bad(/is not JSON.*\[story.bad-file\]/, '{'),
      () => bad(/no JSON object.*\[story.bad-file\]/, '[]'),
      () => bad(/headline: .*\[story.invalid\]/, '{"section":"news"}'),
      () => bad(/Unrecognized.*colour.*\[story.invalid\]/, '{"headline":"A","colour":"red"}'),
    );
  });

  it('schedules, bars and hands on, in the zone of the paper', async () => {
    assert.match(
      await ok('story', 'schedule', id, '2099-12-01 09:00'),
      /scheduled.*\n {2}to be published 2099-12-01T09:00:00\+00:00/,
    );
    await refused(
      1,
      /schedule or an embargo.*\[story.embargo-exclusive\]/,
      'story',
      'embargo',
      id,
      '2099-12-01 09:00',
    );
    assert.match(await ok('story', 'schedule', id, 'never'), /ready, version 3/);
    assert.match(
      await ok('story', 'embargo', id, '2099-07-01T09:00+02:00'),
      /under embargo until 2099-07-01T08:00:00\+01:00/,
    );
    await refused(1, /under embargo.*\[story.embargoed\]/, 'story', 'publish', id);
    await ok('story', 'embargo', id, 'none');
    assert.match(await ok('story', 'start', id), /in-progress/);
  });

  it('publishes, updates, corrects, and shows what was done', async () => {
    const out = await ok('story', 'publish', id);
    const [address] = /https:\/\/ledger\.example\/\d{4}\/\d\d\/\d\d\/the-quiet-harbour/.exec(out)!;
    const code = /\/s\/(\w+)/.exec(out)![1]!;
    assert.match(
      await ok('story', 'update', address, '--slug', 'harbour', '--significant', '--note', 'New facts'),
      /\/harbour\n[^]*updated \d{4}/,
    );
    assert.match(await ok('story', 'correct', code, 'It', 'was', 'Friday.', '--actor', 'desk'), /version 9/);
    const shown = await ok('story', 'show', `https://ledger.example/s/${code}`);
    assert.match(shown, /^ {2}9 {2}\d{4}-\d\d-\d\dT\S+ {2}corrected by desk: It was Friday\.$/m);
    assert.match(shown, /^ {2}8 {2}\S+ {2}\S+ by .*: New facts$/m);
    await refused(
      1,
      /now version 9, yours was 3.*\[story.changed-meanwhile\]/,
      'story',
      'update',
      id,
      '--version',
      '3',
      '--kicker',
      'x',
    );
    await refused(
      1,
      /cannot be added after.*\[story.embargo-after-publishing\]/,
      'story',
      'embargo',
      id,
      '2099-12-01 09:00',
    );
    assert.match(
      await ok('story', 'list', '--state', 'published'),
      new RegExp(`^${id} {2}published {4}The quiet harbour$`, 'm'),
    );
  });

  it('leads the front, by any name of a story', async () => {
    const second = idIn(
      await ok(
        'story',
        'create',
        '--headline',
        'Second',
        '--section',
        'news',
        '--text',
        join(dataDir, 'text.txt'),
      ),
    );
    await ok('story', 'publish', second);
    const { code } = JSON.parse(await ok('story', 'show', id, '--json')) as { code: string };
    assert.deepEqual(
      (await ok('front', code)).split('\n').map((line) => line.slice(38)),
      ['The quiet harbour', 'Second', ''],
    );
    assert.deepEqual(
      (await ok('front', '--clear')).split('\n').map((line) => line.slice(38)),
      ['Second', 'The quiet harbour', ''],
    );
    await refused(1, /There is no story nonsense. \[story.not-found\]/, 'front', 'nonsense');
  });

  it('withdraws, and kills for good', async () => {
    assert.match(await ok('story', 'unpublish', id), /unpublished/);
    await refused(1, /It is not public. \[story.wrong-state\]/, 'story', 'correct', id, 'x');
    assert.match(await ok('story', 'kill', id, '--reason', 'Court order'), /killed: Court order/);
    await together(
      () => refused(1, /A killed story never returns.*\[story.killed\]/, 'story', 'publish', id),
      () => refused(1, /\[story.killed\]/, 'story', 'update', id, '--headline', 'Back'),
    );
    assert.doesNotMatch(await ok('front'), /quiet/);
  });

  it('says in one line what it does not understand, and changes nothing', async () => {
    const before = await ok('story', 'list');
    const draft = idIn(await ok('story', 'list', '--state', 'draft'));
    await together(
      () =>
        refused(2, /cannot 'publsh'. It can: create, update.*\[story.unknown-verb\]/, 'story', 'publsh', id),
      () =>
        refused(
          2,
          /'soon' is no moment.*2026-12-01 09:00.*\[story.bad-time\]/,
          'story',
          'schedule',
          id,
          'soon',
        ),
      () => refused(1, /There is no story 0190.*\[story.not-found\]/, 'story', 'show', '0190'),
    );
    const wrong: [exit: number, words: RegExp, ...args: string[]][] = [
      [2, /\[story.unknown-verb\]/, 'constructor'],
      [2, /Say which story.*\[story.which\]/, 'publish'],
      [
        2,
        /Unknown option '--colour'\. See: npx freesheet story --help \[story.option\]/,
        'create',
        '--colour',
        'red',
      ],
      [2, /'story publish' does not take --headline.*\[story.option\]/, 'publish', id, '--headline', 'x'],
      [2, /do with 'because'.*\[story.word\]/, 'kill', id, 'because', '--reason', 'x'],
      [2, /Say why.*\[story.kill-needs-reason\]/, 'kill', id],
      [2, /Say what was wrong.*\[story.no-text\]/, 'correct', id],
      [2, /'2099-12-01' is no moment.*\[story.bad-time\]/, 'schedule', id, '2099-12-01'],
      [2, /'2099-02-30 09:00' is no moment.*\[story.bad-time\]/, 'embargo', id, '2099-02-30 09:00'],
      [2, /Give a day and a clock time.*\[story.bad-time\]/, 'schedule', id],
      [2, /'two' is no version.*\[story.bad-version\]/, 'update', id, '--version', 'two'],
      [2, /no state 'gone'; there are: draft.*\[story.no-such-state\]/, 'list', '--state', 'gone'],
      [1, /There is no story \/2026\/%zz.*\[story.not-found\]/, 'show', '/2026/%zz'],
      [
        1,
        /nothing.txt cannot be read.*\[story.bad-file\]/,
        'create',
        '--headline',
        'x',
        '--text',
        'nothing.txt',
      ],
      [1, /There is no section 'no'.*\[section.unknown\]/, 'create', '--headline', 'x', '--section', 'no'],
      [1, /This moment has passed.*\[story.time-passed\]/, 'embargo', draft, '2009-12-01 09:00'],
    ];
    for (const [exit, words, ...args] of wrong) await saysWrong(story, exit, words, args);
    assert.equal(await ok('story', 'list'), before);
  });
});

describe('freesheet section, topic, author, series, redirect', () => {
  it('keep their lists', async () => {
    await ok('section', 'sport', 'Sport');
    assert.match(
      await ok('section', 'news', 'The News', '--position', '5'),
      /^sport +Sport\nnews +The News$/m,
    );
    await together(
      async () =>
        assert.match(await ok('topic', 'sea', 'The sea', '--description', 'Water'), /^sea +The sea$/m),
      async () =>
        assert.match(
          await ok('author', 'ann-lee', 'Ann Lee-Ek', '--role', 'Editor'),
          /^ann-lee +Ann Lee-Ek$/m,
        ),
      async () => assert.match(await ok('series', 'tides', 'Tides and times'), /^tides +Tides and times$/m),
      async () =>
        assert.equal(
          await ok('redirect', '/article.php?id=17', '/about'),
          '/article.php?id=17 now leads to /about.\n',
        ),
    );
  });

  it('say in one line what they do not understand', async () => {
    const wrong: [command: CliCommand, exit: number, words: RegExp, ...args: string[]][] = [
      [section, 2, /Say what 'sport' is called.*\[section.no-name\]/, 'sport'],
      [section, 2, /Say which section --position is for.*\[section.which\]/, '--position', '3'],
      [
        section,
        2,
        /'first' is no position.*\[section.bad-position\]/,
        'sport',
        'Sport',
        '--position',
        'first',
      ],
      [topic, 2, /Unknown option '--bio'.*\[topic.option\]/, 'sea', 'Sea', '--bio', 'x'],
      [redirect, 2, /Name the old address and the new one.*\[redirect.which\]/, '/a'],
      [redirect, 2, /'\/c' is one too many.*\[redirect.which\]/, '/a', '/b', '/c'],
      [front, 2, /not both.*\[front.option\]/, '--clear', 'x'],
      [section, 1, /slug: .*\[section.invalid\]/, 'Not A Slug', 'Name'],
      [section, 1, /\[section.invalid\]/, 'search', 'Search'],
      [redirect, 1, /must begin with a slash.*\[redirect.invalid\]/, 'article', '/about'],
      [redirect, 1, /back and forth.*\[redirect.loop\]/, '/a', '/a'],
    ];
    for (const [command, exit, words, ...args] of wrong) await saysWrong(command, exit, words, args);
  });
});
