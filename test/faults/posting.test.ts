import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { recountStory } from '../../src/conversation/index.ts';
import type { Database } from '../../src/platform/database/database.ts';
import { saveSetting } from '../../src/moderation/index.ts';
import { signedInReader } from '../../src/readers/testing.ts';
import { createStory, publishStory, saveSection, type Story } from '../../src/stories/index.ts';
import { anyOf, forEachDialect, rounds, settingsOf, startVictim, withNewsroom } from '../rig/faults.ts';

const writers = 8;
/** Five hundred in full, with the two hundred of every other fault. */
const kills = Math.ceil(rounds * (rounds >= 200 ? 2.5 : 1));

interface Posted {
  readonly key: string;
  readonly text: string;
}

forEachDialect('a server that is killed while readers write', (dialect) => {
  for (let round = 1; round <= kills; round += 1)
    it(`keeps each acknowledged comment once, round ${round}`, () =>
      withNewsroom(dialect, async (newsroom) => {
        const { database } = newsroom;
        const story = await prepare(database);
        const readers = await Promise.all(
          Array.from({ length: writers }, () => signedInReader(database, { origin })),
        );
        const victim = startVictim('start.mjs', ['--dev', 'start', '--empty'], {
          ...settingsOf(newsroom),
          HOST: '127.0.0.1',
          PORT: '0',
          ORIGIN: origin,
          WRITE_LIMIT: '100000',
          BACKUP_NIGHTLY: 'off',
        });
        let port = 0;
        await victim.until((lines) => {
          port = Number(/127\.0\.0\.1:(\d+)/.exec(lines.join('\n'))?.[1] ?? 0);
          return port > 0;
        });
        const acknowledged: Posted[] = [];
        const sent: Posted[] = [];
        const least = anyOf(1, 60);
        let enough = () => {};
        const isEnough = new Promise<void>((resolve) => (enough = resolve));
        const writing = readers.map(async ({ headers }, writer) => {
          for (let number = 0; ; number += 1) {
            const posted = { key: randomUUID(), text: `The tide of writer ${writer}, number ${number}.` };
            sent.push(posted);
            const parent = number % 3 === 2 ? await newestCode(database, story.id) : undefined;
            const status = await post(port, headers, { ...posted, story: story.code, parent });
            if (status === undefined) return;
            assert.equal(status, 303);
            acknowledged.push(posted);
            if (acknowledged.length >= least) enough();
          }
        });
        await Promise.race([isEnough, Promise.all(writing)]);
        await wait(anyOf(0, 20));
        await victim.kill();
        await Promise.all(writing);

        const rows = await database.read
          .selectFrom('comment')
          .select(['key', 'text', 'state', 'story_id'])
          .execute();
        for (const { key, text } of acknowledged) {
          const found = rows.filter((row) => row.key === key);
          assert.equal(found.length, 1, `the comment '${text}' is there ${found.length} times`);
          assert.equal(found[0]!.text, text);
        }
        // What was not acknowledged is there once or not at all, and nothing else is.
        const keys = new Set(sent.map(({ key }) => key));
        assert.equal(new Set(rows.map(({ key }) => key)).size, rows.length);
        assert.deepEqual(
          rows.filter(({ key }) => !keys.has(key ?? '')),
          [],
        );
        assert.equal(await database.write((tx) => recountStory(tx, story.id)), 0, 'counters differ');
        const { count } = await database.read
          .selectFrom('outbox')
          .select((row) => row.fn.countAll<number>().as('count'))
          .where('type', 'in', ['comment.posted', 'comment.held'])
          .executeTakeFirstOrThrow();
        assert.equal(Number(count), rows.length);
      }));
});

const origin = 'http://localhost:8080';

/** A story under which anyone may write as fast as they can. */
async function prepare(database: Database): Promise<Story> {
  return database.write(async (tx) => {
    for (const [name, value] of [
      ['rate.burst', 100_000],
      ['rate.new', 100_000],
      ['duplicate.hours', 0],
      ['first.comments', 0],
    ] as const)
      await saveSetting(tx, { name, value, actor: 'test' });
    await saveSection(tx, { slug: 'news', name: 'News' });
    const body = [{ type: 'paragraph' as const, text: [{ text: 'The tide.' }] }];
    const { id } = await createStory(tx, {
      content: { headline: 'The tide', section: 'news', body },
      actor: 'test',
    });
    return publishStory(tx, { id, actor: 'test', zone: 'Europe/London' });
  });
}

async function newestCode(database: Database, story: string): Promise<string | undefined> {
  const row = await database.read
    .selectFrom('comment')
    .select('code')
    .where('story_id', '=', story)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.code;
}

/** Send the form as a browser would. @returns the status; undefined where the server went before it had answered */
function post(
  port: number,
  headers: Readonly<Record<string, string>>,
  fields: Readonly<Record<string, string | undefined>>,
): Promise<number | undefined> {
  const given = Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const body = new URLSearchParams(given).toString();
  return new Promise((resolve) => {
    const sending = request(
      {
        host: '127.0.0.1',
        port,
        path: '/comments',
        method: 'POST',
        headers: {
          ...headers,
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': String(Buffer.byteLength(body)),
        },
      },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    );
    sending.on('error', () => resolve(undefined));
    sending.end(body);
  });
}
