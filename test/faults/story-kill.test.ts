import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { dist } from '../../src/cli/build.ts';
import { createSite } from '../../src/main.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { loadConfig } from '../../src/platform/config.ts';
import type { TestDatabase } from '../../src/platform/database/testing.ts';
import { silentLog } from '../../src/platform/log.ts';
import { findDocuments } from '../../src/platform/search/search.ts';
import {
  createStory,
  findStory,
  publishStory,
  saveAuthor,
  saveSection,
  setFront,
  type Story,
} from '../../src/stories/index.ts';
import {
  anyOf,
  assertConsistent,
  forEachDialect,
  rounds,
  settingsOf,
  startVictim,
  withNewsroom,
} from '../rig/faults.ts';

const actor = 'test';
const zone = 'Europe/London';
const count = 10;
const wordOf = (number: number) => `zzword${String.fromCharCode(97 + number)}zz`;

/** Everything that lists stories. @param day such as /2026/11/24 */
function listsOf(day: string): string[] {
  const month = day.slice(0, 8);
  const pages = `/ /news /topics/harbour /authors/ann-bell /archive ${day} ${month} /search?q=harbour`;
  const plain = '/text /text/news /text/search?q=harbour';
  const feeds = '/feed.xml /feed.json /news/feed.xml /topics/harbour/feed.json /authors/ann-bell/feed.xml';
  const sitemaps = `/news-sitemap.xml /sitemaps/${month.slice(1).replace('/', '-')}.xml`;
  return `${pages} ${plain} ${feeds} ${sitemaps}`.split(' ');
}

type Published = Story & { readonly path: string };

async function publishAll({ reopen }: TestDatabase): Promise<Published[]> {
  const database = await reopen(systemClock);
  const published = await database.write(async (tx) => {
    await saveSection(tx, { slug: 'news', name: 'News' });
    await saveAuthor(tx, { slug: 'ann-bell', name: 'Ann Bell' });
    const stories: Published[] = [];
    for (let number = 0; number < count; number += 1) {
      const content = {
        headline: `Harbour ${wordOf(number)}`,
        section: 'news',
        topics: ['harbour'],
        byline: [{ author: 'ann-bell', name: 'Ann Bell' }],
        body: [{ type: 'paragraph' as const, text: [{ text: `More of ${wordOf(number)} at the harbour.` }] }],
      };
      const { id } = await createStory(tx, { content, actor });
      stories.push((await publishStory(tx, { id, actor, zone })) as Published);
    }
    await setFront(tx, { slots: stories.slice(0, 3).map(({ id }) => id), actor });
    return stories;
  });
  await database.close();
  return published;
}

const get = (port: number, path: string) => fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' });

forEachDialect('a kill of a story on a server that is killed', (dialect) => {
  for (let round = 1; round <= rounds; round += 1)
    it(`never comes back once it was acknowledged, round ${round}`, () =>
      withNewsroom(dialect, async (newsroom) => {
        const { database } = newsroom;
        const stories = await publishAll(newsroom);
        const lists = listsOf(stories[0]!.path.slice(0, 11));
        const env = { ...settingsOf(newsroom), HOST: '127.0.0.1', PORT: '0' };
        const victim = startVictim('test/faults/story-kill.victim.ts', [], env);
        await victim.until((lines) => lines.length > 0);
        const port = Number(victim.lines[0]!.split(' ')[1]);
        // Its store has them all.
        for (const path of [...stories.map(({ path }) => path), ...lists])
          assert.equal((await get(port, path)).status, 200, path);
        victim.tell(stories.map(({ id }) => id).join(' '));
        const least = anyOf(1, count);
        await victim.until((lines) => lines.length > least);
        const seen = victim.lines[least]!.split(' ')[1]!;
        const page = await get(port, stories.find(({ id }) => id === seen)!.path);
        assert.equal(page.status, 410);
        await wait(anyOf(0, 5));
        await victim.kill();

        const acknowledged = new Set(victim.lines.slice(1).map((line) => line.split(' ')[1]!));
        const isKilled = new Map<string, boolean>();
        for (const { id } of stories)
          isKilled.set(id, (await findStory(database.read, id))!.state === 'killed');
        for (const id of acknowledged) assert.ok(isKilled.get(id), `${id} was acknowledged, and is back`);
        const site = await createSite({ config: loadConfig(env), log: silentLog, dist });
        try {
          const reborn = await site.listen();
          const outputs = new Map<string, string>();
          for (const path of lists) outputs.set(path, await (await get(reborn, path)).text());
          for (const [number, { id, path }] of stories.entries()) {
            const word = wordOf(number);
            const [full, plain] = [await get(reborn, path), await get(reborn, `/text${path}`)];
            const status = isKilled.get(id) ? 410 : 200;
            assert.deepEqual([full.status, plain.status], [status, status], path);
            const found = await findDocuments(database.read, { words: word, limit: 5 });
            assert.equal(found.total, isKilled.get(id) ? 0 : 1);
            if (!isKilled.get(id)) continue;
            // What the reader asked for may be named.
            const named = [path, encodeURIComponent(path)];
            const text = named.reduce((left, each) => left.replaceAll(each, ''), await full.text());
            outputs.set(path, text);
            for (const [where, said] of outputs)
              assert.ok(!said.includes(word), `the words of killed ${path} stand in ${where}`);
          }
          await assertConsistent(database, 'harbour');
        } finally {
          await site.close();
        }
      }));
});
