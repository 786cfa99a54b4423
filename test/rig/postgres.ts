import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Postgres {
  readonly url?: string;
  readonly version?: string;
  /** Why there is none. */
  readonly why?: string;
  stop(): void;
}

/**
 * A throwaway PostgreSQL from the binaries on PATH or in /usr/lib/postgresql, on a port of its own. Run by root it
 * becomes an unprivileged user, as PostgreSQL refuses root.
 */
export async function startPostgres(
  install: (name: string, say: (line: string) => void) => boolean,
  say: (line: string) => void,
): Promise<Postgres> {
  const bin = findBinaries() ?? (install('postgresql', say) ? findBinaries() : undefined);
  if (bin === undefined) return { why: 'no initdb found, and it could not be installed', stop() {} };
  const user = process.getuid?.() === 0 ? unprivileged() : undefined;
  if (process.getuid?.() === 0 && !user) return { why: 'no unprivileged user to run it as', stop() {} };
  const folder = mkdtempSync(join(tmpdir(), 'freesheet-postgres-'));
  const data = join(folder, 'data');
  const options = { uid: user?.uid, gid: user?.gid, cwd: folder, encoding: 'utf8' as const };
  const run = (program: string, args: string[]) => spawnSync(join(bin, program), args, options);
  const stop = () => {
    run('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop']);
    rmSync(folder, { recursive: true, force: true });
  };
  if (user) {
    chmodSync(folder, 0o755);
    chownSync(folder, user.uid, user.gid);
  }
  const made = run('initdb', [
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
  ]);
  if (made.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    return { why: `initdb failed: ${made.stderr.trim().split('\n')[0]}`, stop() {} };
  }
  const port = await freePort();
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=300 -c shared_buffers=64MB`;
  const started = run('pg_ctl', ['-D', data, '-l', join(folder, 'log'), '-o', settings, '-w', 'start']);
  if (started.status !== 0) {
    stop();
    return { why: 'pg_ctl could not start it', stop() {} };
  }
  const version = execFileSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' }).trim();
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, version, stop };
}

function findBinaries(): string | undefined {
  const onPath = (process.env.PATH ?? '').split(':').find((folder) => existsSync(join(folder, 'initdb')));
  if (onPath) return onPath;
  const base = '/usr/lib/postgresql';
  if (!existsSync(base)) return undefined;
  const versions = readdirSync(base).sort((a, b) => Number(b) - Number(a));
  return versions
    .filter((version) => Number(version) >= 15)
    .map((version) => join(base, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')));
}

function unprivileged(): { uid: number; gid: number } | undefined {
  for (const name of ['postgres', 'nobody']) {
    const id = (flag: string) => spawnSync('id', [flag, name], { encoding: 'utf8' });
    const uid = id('-u');
    if (uid.status === 0) return { uid: Number(uid.stdout), gid: Number(id('-g').stdout) };
  }
  return undefined;
}

/** A TCP port that is free at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
