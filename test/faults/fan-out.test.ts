import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { composeAlert, findAlert, listRuns, sendAlert, audienceOf } from '../../src/alerts/index.ts';
import { usualBatch } from '../../src/alerts/breaking/fan-out/parts.ts';
import { createStory, publishStory, saveSection } from '../../src/stories/index.ts';
import { fillAudience } from '../rig/audience.ts';
import { anyOf, forEachDialect, rounds, settingsOf, startVictim, withNewsroom } from '../rig/faults.ts';

/** In full a hundred thousand browsers and twenty kills, else enough for a few. */
const isFull = rounds >= 200;
const audience = isFull ? 100_000 : 6000;
const kills = isFull ? 20 : 5;
const zone = 'Europe/London';

forEachDialect('an alert to many whose server is killed', (dialect) => {
  it(`reaches everyone, after ${kills} kills`, { timeout: 1_800_000 }, (test) =>
    withNewsroom(dialect, async (newsroom) => {
      const { database } = newsroom;
      const ids = await fillAudience(database, audience, (number) => ({
        endpoint: `https://push.example/${number}`,
        p256dh: 'key',
        auth: 'secret',
      }));
      const alert = await database.write(async (tx) => {
        await saveSection(tx, { slug: 'news', name: 'News' });
        const body = [{ type: 'paragraph' as const, text: [{ text: 'The tide.' }] }];
        const { id } = await createStory(tx, {
          content: { headline: 'The tide', section: 'news', body },
          actor: 'test',
        });
        await publishStory(tx, { id, actor: 'test', zone });
        const composed = await composeAlert(tx, {
          story: id,
          urgency: 'breaking',
          audiences: [audienceOf('everyone')],
          actor: 'test',
        });
        const rules = { needsTwo: false, aDay: 4, zone };
        return sendAlert(tx, { alert: composed.id, actor: 'test', rules });
      });
      const got = new Map<string, number>();
      const heard = { messages: 0 };
      const service = createServer(async (request, response) => {
        for (const id of (await text(request)).split('\n')) {
          heard.messages += 1;
          got.set(id, (got.get(id) ?? 0) + 1);
        }
        response.end();
      });
      await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
      try {
        const { port } = service.address() as AddressInfo;
        const start = () =>
          startVictim('test/faults/fan-out.victim.ts', [`http://127.0.0.1:${port}/`], settingsOf(newsroom));
        let killed = 0;
        for (; killed < kills; killed += 1) {
          const victim = start();
          // Anywhere on the way, the last of which is not the end.
          const enough = heard.messages + anyOf(1, Math.ceil(audience / (kills + 1)));
          const life = { hasEnded: false };
          void victim.ended.then(() => (life.hasEnded = true));
          while (heard.messages < enough && !life.hasEnded) await wait(1);
          await wait(anyOf(0, 30));
          assert.ok(!life.hasEnded, `it came to its end after ${killed} kills`);
          await victim.kill();
        }
        assert.equal(await start().ended, 0);
        assert.deepEqual(
          ids.filter((id) => !got.has(id)),
          [],
          'somebody was passed by',
        );
        assert.equal(got.size, audience);
        const { messages } = heard;
        const twice = messages - audience;
        test.diagnostic(
          `${messages} messages to ${audience} browsers: ${twice} came twice in ${kills} kills`,
        );
        // What is on its way, and what is just being written down.
        assert.ok(twice <= 2 * usualBatch * kills, `${twice} came twice`);
        const { counts, state } = (await findAlert(database.read, alert.id))!;
        assert.deepEqual([counts.delivered, state], [audience, 'sent']);
        const [run] = await listRuns(database.read, alert.id);
        assert.deepEqual([run!.taken, run!.state], [audience, 'done']);
        // And each can be told that it holds no longer.
        const reached = await database.read.selectFrom('alert_reached').select('browsers').execute();
        const known = new Set(reached.flatMap(({ browsers }) => JSON.parse(browsers) as string[]));
        assert.equal(known.size, audience);
      } finally {
        service.closeAllConnections();
        await new Promise((resolve) => service.close(resolve));
      }
    }),
  );
});
