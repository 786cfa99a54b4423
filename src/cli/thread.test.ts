import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { command as section } from './section.ts';
import { callCommand } from './testing-calls.ts';
import { temporaryFolder } from './testing.ts';
import { command } from './thread.ts';

const dataDir = await temporaryFolder();
const call = (...args: string[]) => callCommand(command, args, dataDir);
const ok = async (...args: string[]): Promise<string> => {
  const { code, said } = await call(...args);
  assert.equal(code, 0, said);
  return said;
};

describe('freesheet thread', () => {
  it('sets what holds for the site and for a section, and puts it back', async () => {
    await callCommand(section, ['city', 'City'], dataDir);
    const site = await ok('defaults', '--hours', '08:00-22:00', '--otherwise', 'closed', '--depth', '4');
    assert.deepEqual(JSON.parse(site), {
      hours: { from: '08:00', to: '22:00', otherwise: 'closed' },
      depth: 4,
    });
    assert.match(await ok('defaults', '--section', 'city', '--slow', '60'), /"slowSeconds": 60/);
    assert.doesNotMatch(await ok('defaults', '--section', 'city', '--slow', 'default'), /slow/);
    assert.match(await ok('defaults', '--hours', 'always'), /"hours": null/);
  });

  it('says what is wrong, and what to write instead', async () => {
    for (const [args, says] of [
      [['bogus'], /thread\.verb/],
      [['defaults', '--slow', 'soon'], /thread\.number/],
      [['defaults', '--hours', 'daytime'], /thread\.hours/],
      [['pick'], /thread\.which/],
    ] as const) {
      const { code, said } = await call(...args);
      assert.equal(code, 2, said);
      assert.match(said, says);
    }
    assert.match(
      (await call('defaults', '--state', 'legal').catch((error: Error) => ({ said: String(error) }))).said,
      /state/,
    );
  });

  it('finds counters right where nothing is wrong', async () => {
    assert.match(await ok('recount'), /right/);
  });
});
