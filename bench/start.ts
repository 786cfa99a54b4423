import { spawn } from 'node:child_process';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../src/cli/root.ts';
import { freePort } from '../test/rig/postgres.ts';
import type { BenchPart } from './rig/bench.ts';
import { sizeOf } from './rig/bench.ts';
import { stopProcess, track } from './rig/child.ts';
import { openNewsroom } from './rig/newsroom.ts';
import { siteSettings } from './rig/site.ts';

const askEvery = 4;
const deadline = 60_000;

export const part: BenchPart = {
  summary: 'a second start of an installed checkout through start.mjs, to the first page that is answered',
  async run(bench) {
    const { dataDir, site } = await openNewsroom(bench, 'data', 200);
    await site.close();
    // The first one compiles what a later one finds in the cache.
    await startOnce(dataDir);
    const starts: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < sizeOf(bench, 5, 2); round += 1) {
      bare.push(await bareStart());
      starts.push(await startOnce(dataDir));
      bare.push(await bareStart());
    }
    bench.report.budget({
      what: 'second start to the first 200',
      measured: starts,
      limit: 0.7,
      is: 'at most',
      unit: ' s',
    });
    bench.report.noise('Node alone, started and ended', bare, ' s');
  },
};

/** @returns seconds from the command to the front page */
async function startOnce(dataDir: string): Promise<number> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, [join(root, 'start.mjs'), 'start'], {
    cwd: root,
    env: { ...process.env, ...siteSettings(dataDir), PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  track(child);
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  try {
    while (!(await answersPage(port))) {
      if (child.exitCode !== null || performance.now() - started > deadline)
        throw new Error(`The site did not start:\n${errors}`);
      await wait(askEvery);
    }
    return (performance.now() - started) / 1000;
  } finally {
    await stopProcess(child);
  }
}

function answersPage(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    get({ host: '127.0.0.1', port, path: '/' }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode === 200));
    }).on('error', () => resolve(false));
  });
}

async function bareStart(): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' });
  await new Promise((resolve) => child.once('exit', resolve));
  return (performance.now() - started) / 1000;
}
