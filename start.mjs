#!/usr/bin/env node
// Plain JavaScript for any Node >= 20: makes sure that what the lockfile says is
// installed, then hands over to the Node that this project pins.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.freesheet-installed.json');
const pinned = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies.node;
const nodeBinary = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

const argv = process.argv.slice(2);
const wantsDev = argv[0] === '--dev' && argv.shift() !== undefined;
// The islands are bundled by a development dependency; a release brings dist/ with it.
const needsDev = wantsDev || !existsSync(join(root, 'dist', 'manifest.json'));

const lockHash = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

/** What the last install left behind: the lockfile's hash, whether development parts are there, Node's version. */
function installed() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return undefined;
  }
}

function isCurrent() {
  const stamp = installed();
  return (
    stamp?.lock === lockHash && stamp.node === pinned && (stamp.dev || !needsDev) && existsSync(nodeBinary)
  );
}

function fail(lines) {
  for (const line of [lines].flat()) process.stderr.write(`${line}\n`);
  process.exit(1);
}

function install() {
  const started = Date.now();
  const showsProgress = process.stderr.isTTY;
  return new Promise((resolve) => {
    const npm = process.env.npm_execpath?.endsWith('.js')
      ? [process.execPath, process.env.npm_execpath]
      : [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
    const args = [...npm.slice(1), 'ci', '--no-audit', '--no-fund', '--loglevel=error'];
    if (!needsDev) args.push('--omit=dev');
    const child = spawn(npm[0], args, {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: process.platform === 'win32',
    });
    let errors = '';
    child.stderr.on('data', (chunk) => (errors += chunk));
    const line = () => `Installing what the lockfile says ... ${Math.round((Date.now() - started) / 1000)} s`;
    if (!showsProgress) process.stderr.write('Installing what the lockfile says ...\n');
    const timer = showsProgress ? setInterval(() => process.stderr.write(`\r${line()}`), 250) : undefined;
    child.on('error', (error) => {
      clearInterval(timer);
      fail(`Could not run npm (${error.message}). Install Node.js with npm, then run this again.`);
    });
    child.on('close', (code) => {
      clearInterval(timer);
      if (showsProgress) process.stderr.write(`\r${line()}\n`);
      if (code === 0) return resolve();
      const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET/.test(errors);
      if (offline)
        fail('No network: the package registry could not be reached. Connect, then run this again.');
      fail(['npm could not install the packages:', errors.trim().split('\n').slice(0, 12).join('\n')]);
    });
  });
}

if (!isCurrent()) {
  await install();
  const probe = spawnSync(nodeBinary, ['--version'], { encoding: 'utf8' });
  if (probe.stdout?.trim() !== `v${pinned}`) {
    fail(`Node ${pinned} did not arrive with the packages. Run: npm rebuild node, then this again.`);
  }
  mkdirSync(modules, { recursive: true });
  writeFileSync(stampFile, JSON.stringify({ lock: lockHash, dev: needsDev, node: pinned }));
}

const environment = {
  ...process.env,
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, '.cache', 'compile'),
  // glibc gives each thread a heap of its own, and keeps what the threads that compress have freed: 10 MB. Others ignore it.
  MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? '2',
  PATH: `${dirname(nodeBinary)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`,
};
// Left to itself V8 lets 64 MB of short-lived objects pile up, and among those that live longer about as much garbage as
// is in use, with the buffers that wait for it. Here that may be a fifth of what is in use, for a tenth more work on a new page.
const flags = [
  '--disable-warning=ExperimentalWarning',
  '--max-semi-space-size=4',
  '--heap-growing-percent=20',
];
const args = [...flags, join(root, 'src', 'cli', 'main.ts'), ...argv];
// Becomes the other program where Node and the system can: else 40 MB of it wait beside the server.
if (process.execve && process.platform !== 'win32')
  process.execve(nodeBinary, [nodeBinary, ...args], environment);
const child = spawn(nodeBinary, args, { stdio: 'inherit', env: environment });
// A terminal sends Ctrl-C to the whole group already: this process only has to outlive the other.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 128 + 15 : (code ?? 1)));
