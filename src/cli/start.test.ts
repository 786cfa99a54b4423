import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, it } from 'node:test';
import { root } from './root.ts';
import { runCommand, temporaryFolder } from './testing.ts';

const running = new Set<ChildProcess>();
after(() => {
  for (const child of running) child.kill('SIGKILL');
});

interface Started {
  readonly child: ChildProcess;
  readonly origin: string;
  readonly said: () => string;
  /** Resolves when a line that matches was said; rejects when the process ends first. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  ended: Promise<number | string>;
}

/** `freesheet start` as a process of its own, on a port that the system chooses. */
function start(dataDir: string, args: readonly string[], env: Record<string, string> = {}): Started {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, 'src/cli/main.ts'), 'start', ...args],
    {
      cwd: root,
      env: { PATH: process.env.PATH, DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: '0', AVIF: 'off', ...env },
    },
  );
  running.add(child);
  let said = '';
  const waiting = new Set<() => void>();
  const hear = (chunk: Buffer) => {
    said += chunk.toString();
    for (const look of waiting) look();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<number | string>((resolve) => {
    child.on('close', (code, signal) => {
      running.delete(child);
      resolve(code ?? signal!);
    });
  });
  return {
    child,
    get origin() {
      return /http:\/\/127\.0\.0\.1:\d+/.exec(said)![0];
    },
    said: () => said,
    ended,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(said);
          if (!match) return;
          waiting.delete(look);
          resolve(match);
        };
        waiting.add(look);
        void ended.then(() => reject(new Error(`It ended first:\n${said}`)));
        look();
      }),
  };
}

describe('freesheet start', () => {
  it('opens an empty paper, says where, and ends cleanly at Ctrl-C', async () => {
    const dataDir = await temporaryFolder();
    const first = start(dataDir, ['--empty']);
    await first.until(/Ctrl-C stops it/);
    assert.match(first.said(), /The Freesheet is open at http:\/\/127\.0\.0\.1:\d+\n/);
    const page = await fetch(first.origin);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /Nothing is published yet/);
    first.child.kill('SIGINT');
    assert.equal(await first.ended, 0);
    assert.match(first.said(), /Stopping: what runs is finished first\.\n$/);

    const again = start(dataDir, []);
    await again.until(/Ctrl-C stops it/);
    assert.match(await (await fetch(again.origin)).text(), /Nothing is published yet/);
    again.child.kill('SIGTERM');
    assert.equal(await again.ended, 0);
  });

  it('loads the sample newsroom at the first run, also when that was cut off', async () => {
    const dataDir = await temporaryFolder();
    const first = start(dataDir, []);
    await first.until(/Loading the sample newsroom/);
    first.child.kill('SIGKILL');
    assert.equal(await first.ended, 'SIGKILL');

    const second = start(dataDir, []);
    await second.until(/Ctrl-C stops it/);
    assert.match(second.said(), /The sample newsroom is in: \d+ stories, \d\d+ comments/);
    assert.match(second.said(), /To sign in, give any mail address at http:\/\/\S+\/sign-in and/);
    assert.match(second.said(), /The Lantern is open at/);
    const front = await (await fetch(second.origin)).text();
    assert.match(front, /<h1 class="masthead-name">The Lantern<\/h1>/);
    const feed = (await (await fetch(`${second.origin}/feed.json`)).json()) as { items: unknown[] };
    assert.ok(feed.items.length >= 20);
    assert.match(await (await fetch(`${second.origin}/readers/wilma-crake`)).text(), /Wilma Crake/);
    second.child.kill('SIGINT');
    assert.equal(await second.ended, 0);

    const removed = await runCommand(['sample', 'remove'], { dataDir });
    assert.equal(removed.code, 0, removed.err);
    const third = start(dataDir, []);
    await third.until(/The Freesheet is open at/);
    await third.until(/Ctrl-C stops it/);
    assert.match(await (await fetch(third.origin)).text(), /Nothing is published yet/);
    third.child.kill('SIGINT');
    assert.equal(await third.ended, 0);
  });

  it('says in one line that the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const port = String((other.address() as AddressInfo).port);
    // Before the sample newsroom is loaded, which takes a while.
    const result = await runCommand(['start'], {
      dataDir: await temporaryFolder(),
      env: { PORT: port, HOST: '127.0.0.1' },
    });
    other.close();
    assert.equal(result.code, 1);
    assert.equal(
      result.err,
      `Port ${port} is taken by another program. Stop it, or choose another: PORT=${Number(port) + 1} npm start [server.port-taken]\n`,
    );
  });

  it('says in one line that its folder cannot be written', async () => {
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, '');
    const dataDir = join(file, 'data');
    const result = await runCommand(['start', '--empty'], { dataDir });
    assert.equal(result.code, 1);
    assert.equal(
      result.err,
      `Cannot write to ${dataDir}. Make it writable, or set DATA_DIR to another folder. [database.folder-unwritable]\n`,
    );
  });

  it('leaves a database alone that a newer Freesheet made', async () => {
    const dataDir = await temporaryFolder();
    assert.equal((await runCommand(['section'], { dataDir })).code, 0);
    const database = new DatabaseSync(join(dataDir, 'freesheet.sqlite'));
    database.exec("insert into migration (id, applied_at) values ('stories-999-tomorrow', 0)");
    database.close();
    const result = await runCommand(['start', '--empty'], { dataDir });
    assert.equal(result.code, 1);
    assert.match(
      result.err,
      /^This database was made by a newer Freesheet \(it has stories-999-tomorrow\)\..*\[database\.newer\]\n$/,
    );
  });

  it('says in one line which settings are wrong', async () => {
    const result = await runCommand(['start', '--empty'], {
      dataDir: await temporaryFolder(),
      env: { PORT: 'eighty', ZONE: 'London' },
    });
    assert.equal(result.code, 1);
    assert.match(result.err, /PORT: .*\n.*ZONE: is not an IANA time zone.*\[config\.invalid\]\n$/);
  });
});

describe('start.mjs', () => {
  it('says in one line that there is no network to install from', async () => {
    const checkout = await temporaryFolder();
    for (const name of ['start.mjs', 'package.json', 'package-lock.json'])
      await cp(join(root, name), join(checkout, name));
    await mkdir(join(checkout, 'cache'));
    const child = spawn(process.execPath, [join(checkout, 'start.mjs'), 'start'], {
      cwd: checkout,
      env: {
        PATH: process.env.PATH,
        HOME: checkout,
        npm_config_cache: join(checkout, 'cache'),
        // Nobody listens there.
        npm_config_registry: 'http://127.0.0.1:9/',
        npm_config_fetch_retries: '0',
      },
    });
    running.add(child);
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    const code = await new Promise((resolve) => child.on('close', resolve));
    running.delete(child);
    assert.equal(code, 1);
    assert.equal(
      err.split('\n').at(-2),
      'No network: the package registry could not be reached. Connect, then run this again.',
    );
  });
});
