import assert from 'node:assert/strict';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { root } from './root.ts';
import { runCommand, temporaryFolder } from './testing.ts';

const files = await temporaryFolder();
const paragraph = 'The harbour master said on Tuesday that the boats – all of them – would have to leave. ';

/** Write a large file piece by piece. */
async function write(name: string, parts: Iterable<string>): Promise<string> {
  const path = join(files, name);
  const out = createWriteStream(path);
  for (const part of parts) if (!out.write(part)) await once(out, 'drain');
  out.end();
  await finished(out);
  return path;
}

function* many(
  count: number,
  story: (number: number) => string,
  [before, between, after] = ['', '', ''],
): Generator<string> {
  yield before!;
  for (let number = 1; number <= count; number += 1) yield `${number > 1 ? between : ''}${story(number)}`;
  yield after!;
}

const text = (number: number) => `${paragraph.repeat(60)}${number}`;
const csv = (number: number) => `${number},Story ${number},2009-07-28,"${text(number)}"\n`;
const ninjs = (number: number) =>
  JSON.stringify({
    uri: `urn:${number}`,
    versioncreated: '2009-07-28T10:00:00Z',
    headline: `Story ${number}`,
    body_text: text(number),
  });
const rss = (number: number) =>
  `<item><guid>${number}</guid><title>Story ${number}</title><pubDate>2009-07-28</pubDate><description>${text(number)}</description></item>`;

/** Run an import in a heap that is much smaller than what it reads. */
async function inSmallHeap(args: readonly string[], dataDir: string): Promise<string> {
  const env = {
    NODE_OPTIONS: '--max-old-space-size=40',
    NODE_COMPILE_CACHE: join(root, '.cache', 'compile'),
  };
  const { code, out, err } = await runCommand(['import', ...args], { dataDir: join(files, dataDir), env });
  assert.equal(code, 0, `${out}\n${err.slice(-2000)}`);
  return out;
}

describe('an import in flat memory', () => {
  // 13 MB each, and 26 in memory: more than is left of such a heap.
  const stories = 2500;

  it('reads tables, ninjs and feeds of any length', async () => {
    const [table, items, feed] = [
      await write('large.csv', many(stories, csv, ['id,title,date,text\n', '', ''])),
      await write('large.json', many(stories, ninjs, ['[', ',\n', ']'])),
      await write(
        'large.xml',
        many(stories, rss, ['<rss><channel><link>https://x.example/</link>', '\n', '</channel></rss>']),
      ),
    ];
    const said = await inSmallHeap(['--dry-run', table, items, feed], 'dry');
    assert.equal(said.match(/2,500 would be new/g)?.length, 3);
  });

  it('writes them in batches', async () => {
    const table = await write('some.csv', many(400, csv, ['id,title,date,text\n', '', '']));
    assert.match(await inSmallHeap([table], 'real'), /400 new/);
  });
});
