import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openDatabase } from '../platform/database/open.ts';
import { systemClock } from '../platform/clock.ts';
import { createReader } from '../readers/index.ts';
import { command } from './moderation.ts';
import { command as reader } from './reader.ts';
import { callCommand } from './testing-calls.ts';
import { temporaryFolder } from './testing.ts';

const dataDir = await temporaryFolder();
const call = (...args: string[]) => callCommand(command, args, dataDir);
const ok = async (...args: string[]): Promise<string> => {
  const { code, said } = await call(...args);
  assert.equal(code, 0, said);
  return said;
};

describe('freesheet moderation', () => {
  it('says that nothing waits', async () => assert.match(await ok(), /Nothing waits/));

  it('tells every setting with what it means', async () => {
    const out = await ok('settings');
    assert.match(out, /^length\.most +4000$/m);
    assert.match(out, /^ {2}most characters of a comment$/m);
    assert.match(out, /^premoderate\.all +off$/m);
  });

  it('changes a setting, and puts it back', async () => {
    assert.match(await ok('set', 'premoderate.all', 'on'), /premoderate\.all on/);
    assert.match(await ok('settings'), /^premoderate\.all +on \(changed\)$/m);
    assert.match(await ok('unset', 'premoderate.all'), /premoderate\.all off/);
  });

  it('keeps word lists, typed or from a file', async () => {
    await ok('words', 'banned', 'add', 'scum', 'kill yourself');
    const file = join(dataDir, 'words.txt');
    await writeFile(file, 'one*\r\n\r\ntwo\nscum\n');
    await ok('words', 'banned', 'add', '--file', file);
    assert.deepEqual((await ok('words', 'banned')).trim().split('\n'), [
      'scum',
      'kill yourself',
      'one*',
      'two',
    ]);
    await ok('words', 'banned', 'remove', 'two');
    assert.deepEqual((await ok('words', 'banned')).trim().split('\n'), ['scum', 'kill yourself', 'one*']);
  });

  it('says what is wrong with a call', async () => {
    for (const [exit, words, ...args] of [
      [2, /'burn' is nothing/, 'burn'],
      [2, /Name a comment/, 'remove'],
      [1, /no comment 'none'/, 'remove', 'none'],
      [1, /no reader '@none'/, 'ban', '@none'],
      [2, /Give a reason/, 'remove', 'none', '--reason', 'taste'],
      [1, /no setting 'length\.mots'/, 'set', 'length.mots', '3'],
      [1, /length\.most/, 'set', 'length.most', 'many'],
      [2, /Give a value/, 'set', 'length.most'],
      [1, /no such decision/, 'undo', 'none'],
      [1, /no notice/, 'notice', 'bbbbbbbbbbbb', 'Done'],
    ] as const) {
      const { code, said } = await call(...args);
      assert.equal(code, exit, `${args.join(' ')}: ${said}`);
      assert.match(said, words);
    }
  });
});

describe('freesheet reader', () => {
  const call = (...args: string[]) => callCommand(reader, args, dataDir);

  it('gives roles and takes them, by which a reader is trusted', async () => {
    const database = await openDatabase({ DATABASE_URL: undefined, dataDir }, systemClock);
    const { id } = await database.write((tx) => createReader(tx, { email: 'mo@ledger.example' }));
    await database.close();
    assert.match((await call(id)).said, /no role$/);
    assert.match((await call(id, 'add', 'moderator', 'author')).said, /moderator, author$/);
    assert.match(await ok('trust', id), /^staff: 0 comments accepted/);
    assert.match((await call(id, 'remove', 'moderator')).said, /active {2}author$/);
  });

  it('says what is wrong with a call', async () => {
    for (const [exit, words, ...args] of [
      [2, /Name a reader/],
      [1, /no reader '@none'/, '@none'],
      [2, /'king' is no role/, '@none', 'add', 'king'],
      [2, /neither add nor remove/, '@none', 'make', 'staff'],
    ] as const) {
      const { code, said } = await call(...args);
      assert.deepEqual([code, words.test(said)], [exit, true], said);
    }
  });
});
