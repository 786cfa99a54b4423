import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../test/rig/postgres.ts';
import { stopProcess, track } from './child.ts';
import type { FixedPage } from './fixed-page.ts';
import { familyOf } from './usage.ts';

export interface Nginx {
  readonly program: string;
  readonly version: string;
}

const startDeadline = 5000;

/** @returns undefined where it is not installed */
export function findNginx(): Nginx | undefined {
  const program = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
    .map((folder) => join(folder, 'nginx'))
    .find((path) => existsSync(path));
  if (program === undefined) return undefined;
  const { stderr } = spawnSync(program, ['-v'], { encoding: 'utf8' });
  return { program, version: stderr.trim().replace(/^nginx version: /, '') };
}

/** Serve a page as a file. @param path where it is asked for. @param folder for its files */
export async function startNginx(
  { program }: Nginx,
  page: FixedPage,
  path: string,
  folder: string,
): Promise<{ port: number; pids: readonly number[]; stop(): Promise<void> }> {
  const port = await freePort();
  const config = join(folder, 'nginx.conf');
  writeFileSync(config, configOf(page, path, port, folder));
  const child = spawn(program, ['-p', folder, '-c', config, '-e', join(folder, 'nginx.log')], {
    stdio: 'ignore',
  });
  track(child);
  const deadline = Date.now() + startDeadline;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`nginx did not start: ${readFileSync(join(folder, 'nginx.log'), 'utf8')}`);
    await wait(10);
  }
  return { port, pids: familyOf(child.pid!), stop: () => stopProcess(child) };
}

function configOf({ headers, bodyFile }: FixedPage, path: string, port: number, folder: string): string {
  const quoted = (text: string) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')![1];
  const others = headers.filter(([name]) => !/^content-(type|length)$/i.test(name));
  return `${process.getuid?.() === 0 ? `user ${userInfo().username};` : ''}
daemon off;
worker_processes 1;
pid ${join(folder, 'nginx.pid')};
events { worker_connections 512; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_timeout 65;
  keepalive_requests 1000000000;
  open_file_cache max=16;
  etag off;
  server_tokens off;
  types {}
  default_type ${quoted(type)};
${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `  ${name}_temp_path ${join(folder, name)};`).join('\n')}
  server {
    listen 127.0.0.1:${port};
    location = ${quoted(path)} {
      alias ${quoted(bodyFile)};
      add_header Last-Modified "";
${others.map(([name, value]) => `      add_header ${name} ${quoted(value)};`).join('\n')}
    }
  }
}
`;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
