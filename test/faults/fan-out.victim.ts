/**
 * A server that sends alerts, to be killed: it gives each message to the test, a few at a time, as a push service would get
 * them, and goes on where another left off.
 */
import { writeSync } from 'node:fs';
import { runJobs } from '../../src/alerts/breaking/runs.ts';
import { usualBatch } from '../../src/alerts/breaking/fan-out/parts.ts';
import { watchWideAlerts } from '../../src/alerts/index.ts';
import type { PushResult } from '../../src/alerts/sending/sender.ts';
import { openNewsroom } from '../../src/cli/newsroom.ts';
import { loadConfig } from '../../src/platform/config.ts';
import { JobRunner } from '../../src/platform/jobs/job-runner.ts';
import { silentLog } from '../../src/platform/log.ts';

const service = process.argv[2]!;
const { database, clock, config } = await openNewsroom(loadConfig());
const jobs = new JobRunner({ database, clock, log: silentLog, timings: { lease: 600, poll: 20, retry: 10 } });

watchWideAlerts({
  database,
  clock,
  log: silentLog,
  jobs,
  events: { subscribe: () => {}, onRecorded: () => {} },
  sender: {
    async sendToMany(targets) {
      const results: PushResult[] = [];
      const step = Math.ceil(usualBatch / 5);
      for (let at = 0; at < targets.length; at += step) {
        const ids = targets.slice(at, at + step).map(({ id }) => id);
        const response = await fetch(service, { method: 'POST', body: ids.join('\n') });
        await response.arrayBuffer();
        results.push(...ids.map((id): PushResult => ({ id, outcome: 'taken', status: 201 })));
      }
      return results;
    },
  },
  paper: { name: 'The Test', origin: config.origin, zone: config.ZONE, language: 'en', direction: 'ltr' },
  spread: 0,
  warm: async () => {},
});
jobs.start();
writeSync(1, 'started\n');

for (;;) {
  const open = await database.read
    .selectFrom('job')
    .select('id')
    .where('name', '=', runJobs.breaking)
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirst();
  if (!open) break;
  await new Promise((resolve) => setTimeout(resolve, 20));
}
await jobs.stop();
await database.close();
