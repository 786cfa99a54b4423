import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { command } from './alert.ts';
import { root } from './root.ts';
import { command as section } from './section.ts';
import { command as story } from './story.ts';
import { callCommand, rowsOf } from './testing-calls.ts';
import { temporaryFolder } from './testing.ts';

const dataDir = await temporaryFolder();
const call = (...args: string[]) => callCommand(command, args, dataDir);
const ok = async (...args: string[]): Promise<string> => {
  const { code, said } = await call(...args);
  assert.equal(code, 0, said);
  return said;
};
const codeOf = (said: string) => /^ {2}([a-z0-9]{8}) {2}/m.exec(said)![1]!;
const compose = async (...more: string[]) => codeOf(await ok('compose', storyId, '--actor', 'ann', ...more));

let storyId = '';

describe('freesheet alert', () => {
  before(async () => {
    await callCommand(section, ['news', 'News'], dataDir);
    const fields = ['--headline', 'The harbour is closed', '--standfirst', 'Nobody may leave.'];
    const { said } = await callCommand(
      story,
      ['create', ...fields, '--section', 'news', '--topics', 'ferries'],
      dataDir,
    );
    storyId = /[0-9a-f-]{36}/.exec(said)![0];
  });

  it('composes from the story what is not given, and reckons whom it rings', async () => {
    const said = await ok('compose', storyId, '--to', 'topic:ferries,section:news', '--urgency', 'important');
    assert.match(said, /^The harbour is closed\n {2}Nobody may leave\.\n/);
    assert.match(said, /draft, important, version 1\n {2}to topic:ferries, section:news; by /);
    assert.match(said, /It would ring 0 browsers\./);
  });

  it('says what it does not understand', async () => {
    assert.deepEqual(await call('shout'), {
      code: 2,
      said: "An alert cannot 'shout'. It can: compose, preview, estimate, send, schedule, approve, cancel, correct, withdraw, list, show, status. See: npx freesheet alert --help [alert.unknown-verb]",
    });
    for (const [args, expected] of [
      [['send'], /code or id/],
      [['send', 'x', '--reason', 'y'], /does not take --reason/],
      [['compose', storyId, '--urgency', 'loud'], /no urgency/],
      [['schedule', await compose(), 'soon'], /no moment/],
      [['list', '--state', 'gone'], /no state 'gone'/],
    ] as const) {
      const { code, said } = await call(...args);
      assert.equal(code, 2, said);
      assert.match(said, expected);
    }
    const { code, said } = await call('compose', storyId, '--to', 'topic:nothing');
    assert.equal(code, 1);
    assert.match(said, /nothing that is called topic:nothing/);
  });

  it('sends only of public stories, cuts the day short at four, and goes on when told to', async () => {
    const first = await compose();
    assert.match((await call('send', first)).said, /not public/);
    await callCommand(story, ['update', storyId, '--text', join(root, 'README.md')], dataDir);
    await callCommand(story, ['publish', storyId], dataDir);
    assert.match(await ok('send', first), /sending[^]*No server runs/);
    for (let sent = 1; sent < 4; sent += 1) await ok('send', await compose());
    const beyond = await compose();
    assert.match((await call('send', beyond)).said, /4 are enough[^]*--beyond-the-cap/);
    // Those who asked for a topic are told of it as often as it happens.
    await ok('send', await compose('--to', 'topic:ferries'));
    await ok('send', beyond, '--beyond-the-cap');
    assert.equal(rowsOf("select id from alert_run where kind = 'send'", dataDir).length, 6);
  });

  it('lists, shows, corrects, withdraws and cancels', async () => {
    const alert = await compose('--to', 'topic:ferries', '--title', 'The habour is closed');
    assert.match((await call('correct', alert, '--title', 'x')).said, /Nothing of it was shown/);
    await ok('send', alert);
    assert.match(await ok('correct', alert, '--title', 'The harbour is closed'), /version 2/);
    assert.match(await ok('list'), new RegExp(`^${alert} {2}sending`, 'm'));
    assert.match((await call('withdraw', alert)).said, /Say why/);
    assert.match(await ok('withdraw', alert, '--reason', 'It is open.'), /withdrawn[^]*It is open\./);
    const shown = await ok('show', alert);
    assert.match(shown, /version 1, composed by ann\n {4}The habour is closed/);
    assert.match(shown, /version 3, withdrawn by/);
    assert.match(shown, /delivered 0, shown 0, pressed 0/);
    const other = await compose('--to', 'topic:ferries');
    await ok('cancel', other);
    assert.match((await call('send', other)).said, /The alert is cancelled/);
    assert.match(await ok('status'), /sending[^]*No server has sent/);
  });

  it('schedules at a moment, and at an hour of each reader', async () => {
    const alert = await compose('--to', 'topic:ferries');
    assert.match((await call('schedule', alert, '2020-01-01 07:00')).said, /has passed/);
    assert.match(await ok('schedule', alert, '2099-07-01 07:00', '--by-zone'), /scheduled[^]*own zone/);
    const moments = rowsOf(`select at from alert_run where zone = 'by-clock'`, dataDir);
    assert.ok(moments.length > 20 && moments.length < 60, String(moments.length));
    assert.match(await ok('cancel', alert), /cancelled/);
  });

  it('previews as browsers cut', async () => {
    const alert = await compose('--title', 'A word '.repeat(14).trim());
    const said = await ok('preview', alert);
    assert.match(said, /Chrome and Edge on Windows \(cut\)\n {2}A word A/);
    assert.match(said, /iPhone and iPad/);
  });
});
