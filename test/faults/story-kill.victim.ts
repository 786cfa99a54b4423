/**
 * A server on which stories are killed, to be killed itself. It says its port, waits until its pages were read, and
 * then kills one story after the other, saying which kills were acknowledged.
 */
import { writeSync } from 'node:fs';
import { stdin } from 'node:process';
import { dist } from '../../src/cli/build.ts';
import { createSite } from '../../src/main.ts';
import { loadConfig } from '../../src/platform/config.ts';
import { createLog } from '../../src/platform/log.ts';
import { killStory } from '../../src/stories/index.ts';

const config = loadConfig();
const site = await createSite({ config, log: createLog(config.LOG_LEVEL), dist });
writeSync(1, `port ${await site.listen()}\n`);
for await (const chunk of stdin) {
  const ids = (chunk as Buffer).toString().split(/\s+/).filter(Boolean);
  const waiting = ids.values();
  await Promise.all(
    [1, 2].map(async () => {
      for (const id of waiting) {
        await site.database.write((tx) => killStory(tx, { id, reason: 'Untrue', actor: 'test' }));
        writeSync(1, `killed ${id}\n`);
      }
    }),
  );
}
