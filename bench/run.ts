import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { assetsAreCurrent, buildAssets } from '../src/cli/build.ts';
import type { CliIo } from '../src/cli/command.ts';
import { root } from '../src/cli/root.ts';
import type { Bench, BenchPart } from './rig/bench.ts';
import { stopAll } from './rig/child.ts';
import { numberWords, Report } from './rig/report.ts';

/** Each part's file, in the order in which they run. */
const parts: Readonly<Record<string, () => Promise<{ part: BenchPart }>>> = {
  pages: () => import('./pages.ts'),
  render: () => import('./render.ts'),
  write: () => import('./write.ts'),
  conversation: () => import('./conversation.ts'),
  import: () => import('./import.ts'),
  search: () => import('./search.ts'),
  start: () => import('./start.ts'),
  memory: () => import('./memory.ts'),
  live: () => import('./live.ts'),
  growth: () => import('./growth.ts'),
};

/** @returns 0 when every budget holds, 1 when one is missed, 2 for a part that is none */
export async function runBench(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { quick: { type: 'boolean' }, million: { type: 'boolean' } },
    allowPositionals: true,
  });
  const unknown = positionals.find((name) => !parts[name]);
  if (unknown !== undefined) {
    io.err(`There is no part '${unknown}'. The parts are: ${Object.keys(parts).join(' ')}.`);
    return 2;
  }
  if (!assetsAreCurrent()) await buildAssets();
  // In the checkout rather than in the system's temporary folder, which may be memory: writes are to reach a disk.
  mkdirSync(join(root, '.cache'), { recursive: true });
  const home = mkdtempSync(join(root, '.cache', 'bench-'));
  const report = new Report((line) => io.out(line));
  const bench: Omit<Bench, 'folder'> = {
    isQuick: values.quick ?? false,
    withMillion: values.million ?? false,
    report,
    say: (line) => io.err(line),
  };
  const release = cleanUpOnSignal(home);
  try {
    io.out(machineWords());
    if (bench.isQuick) io.out('A quick run: what it shows is rough.');
    for (const name of positionals.length > 0 ? new Set(positionals) : Object.keys(parts))
      await runPart(name, bench, join(home, name));
  } finally {
    release();
    await cleanUp(home);
  }
  return report.finish() === 0 ? 0 : 1;
}

async function runPart(name: string, bench: Omit<Bench, 'folder'>, home: string): Promise<void> {
  const { part } = await parts[name]!();
  bench.report.part(name, part.summary);
  const folder = (inner: string) => {
    const path = join(home, inner);
    mkdirSync(path, { recursive: true });
    return path;
  };
  await part.run({ ...bench, folder });
  rmSync(home, { recursive: true, force: true });
}

function machineWords(): string {
  const [{ model } = { model: 'unknown processor' }] = cpus();
  const memory = numberWords(totalmem() / 2 ** 30);
  return `${commitWords()}Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} x ${model}, ${memory} GiB`;
}

function commitWords(): string {
  try {
    return `Freesheet ${execFileSync('git', ['describe', '--always', '--dirty'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()}, `;
  } catch {
    return '';
  }
}

async function cleanUp(home: string): Promise<void> {
  await stopAll();
  rmSync(home, { recursive: true, force: true });
}

/** A bench that is broken off leaves no process and no folder behind. @returns what ends the watch */
function cleanUpOnSignal(home: string): () => void {
  const onSignal = () => void cleanUp(home).finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, onSignal);
  return () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, onSignal);
  };
}
