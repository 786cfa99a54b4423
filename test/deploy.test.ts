import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as requestHttp } from 'node:http';
import { connect, type IncomingHttpHeaders } from 'node:http2';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { proxyWords } from '../src/cli/setup-text.ts';
import { root } from '../src/cli/root.ts';
import { json, page } from '../src/platform/http/answers.ts';
import type { Route } from '../src/platform/http/route-table.ts';
import { startTestServer, type TestServer } from '../src/platform/http/testing.ts';
import { testCertificate } from './rig/certificate.ts';
import { freePort } from './rig/postgres.ts';

const shipped = readFileSync(join(root, 'deploy/nginx.conf'), 'utf8');
const nginx = ['nginx', '/usr/sbin/nginx'].find((path) => spawnSync(path, ['-v']).status === 0);
const withoutNginx = nginx ? false : 'no nginx';

let live: PassThrough | undefined;
const common = { method: 'GET', who: 'anyone', proof: 'none' } as const;
const routes: Route[] = [
  { ...common, path: '/who', name: 'who', handle: ({ ip }) => json({ ip }, { noStore: true }) },
  {
    ...common,
    path: '/page',
    name: 'page',
    stored: true,
    handle: () => page('<p>words</p>'.repeat(500), { tags: ['words'] }),
  },
  {
    ...common,
    path: '/live',
    name: 'live',
    handle: () => {
      live = new PassThrough();
      live.write('data: one\n\n');
      return { status: 200, type: 'text/event-stream', body: live, noStore: true };
    },
  },
];

describe('deploy/nginx.conf', { skip: withoutNginx }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'freesheet-nginx-'));
  let server: TestServer;
  let proxy: ChildProcess;
  let plainPort = 0;
  let tlsPort = 0;

  /** A whole configuration around a site: its files here, its ports free ones. */
  function configure(site: string): string {
    const file = join(folder, 'nginx.conf');
    const certificate = join(folder, 'cert.pem');
    const key = join(folder, 'key.pem');
    writeFileSync(certificate, testCertificate.cert);
    writeFileSync(key, testCertificate.key);
    chmodSync(key, 0o600);
    const here = site
      .replaceAll(/^.*listen \[::\].*$/gm, '')
      .replaceAll('listen 80;', `listen 127.0.0.1:${plainPort};`)
      .replaceAll('listen 443 ', `listen 127.0.0.1:${tlsPort} `)
      .replaceAll(/\/etc\/letsencrypt\/\S+fullchain\.pem/g, certificate)
      .replaceAll(/\/etc\/letsencrypt\/\S+privkey\.pem/g, key);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
    const paths = temporary.map((each) => `${each}_temp_path ${join(folder, each)};`).join(' ');
    writeFileSync(
      file,
      `daemon off; master_process off; pid ${join(folder, 'pid')}; error_log stderr error;
events { worker_connections 64; }
http { access_log off; ${paths}
${here}
}`,
    );
    return file;
  }

  before(async () => {
    server = await startTestServer(routes, { trustedProxies: 'loopback', origin: 'https://www.example.com' });
    plainPort = await freePort();
    tlsPort = await freePort();
    const config = configure(shipped.replaceAll('localhost:8080', `127.0.0.1:${server.port}`));
    proxy = spawn(nginx!, ['-e', 'stderr', '-p', folder, '-c', config], { stdio: 'inherit' });
    await answers(tlsPort, proxy);
  });
  after(async () => {
    live?.end();
    const ended = once(proxy, 'exit');
    proxy.kill('SIGTERM');
    await ended;
    await server.server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = () =>
    connect(`https://localhost:${tlsPort}`, { ca: testCertificate.cert, host: '127.0.0.1' } as object);

  async function ask(path: string, headers: Record<string, string> = {}) {
    const session = open();
    const stream = session.request({ ':path': path, ':authority': 'www.example.com', ...headers });
    const [got] = (await once(stream, 'response')) as [IncomingHttpHeaders & { ':status': number }];
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    session.close();
    return { status: got[':status'], headers: got, body: Buffer.concat(chunks) };
  }

  it('passes pages on over HTTP/2 as they are, with the headers that the server gave them', async () => {
    const { status, headers } = await ask('/page', { 'accept-encoding': 'br, gzip' });
    assert.equal(status, 200);
    assert.equal(headers['content-encoding'], 'br');
    assert.match(String(headers['strict-transport-security']), /max-age/);
    assert.match(String(headers['content-security-policy']), /default-src 'none'/);
    assert.equal(headers.server, 'nginx');
    assert.equal((await ask('/page')).headers['content-encoding'], undefined, 'not compressed once more');
  });

  it("tells the reader's own address, whatever the reader claims", async () => {
    const forged = {
      'x-forwarded-for': '203.0.113.9',
      forwarded: 'for=203.0.113.9',
      'x-real-ip': '203.0.113.9',
    };
    assert.deepEqual(JSON.parse((await ask('/who', forged)).body.toString()), { ip: '127.0.0.1' });
    // What the proxy sets is what is believed: straight to the server, as only the proxy may come.
    const told = await server.ask('/who', { headers: { 'x-forwarded-for': '203.0.113.9' } });
    assert.deepEqual(JSON.parse(told.body.toString()), { ip: '203.0.113.9' });
  });

  it('passes live events on at once', async () => {
    const session = open();
    const stream = session.request({ ':path': '/live', ':authority': 'www.example.com' });
    const next = async () => ((await once(stream, 'data')) as [Buffer])[0].toString();
    assert.equal(await next(), 'data: one\n\n');
    live!.write('data: two\n\n');
    assert.equal(await next(), 'data: two\n\n');
    live!.end();
    session.destroy();
  });

  it('sends http to https, in one hop and with the query', async () => {
    const headers = { host: 'www.example.com' };
    const request = requestHttp({
      host: '127.0.0.1',
      port: plainPort,
      path: '/2009/07/28/slug?a=b',
      headers,
    });
    request.end();
    const [response] = (await once(request, 'response')) as [import('node:http').IncomingMessage];
    response.resume();
    assert.equal(response.statusCode, 308);
    assert.equal(response.headers.location, 'https://www.example.com/2009/07/28/slug?a=b');
  });

  it('and what setup prints, are configurations that nginx takes', () => {
    const words = proxyWords('https://www.ledger.example', 'localhost:8080');
    const site = /^ {4}server \{[^]*?^ {4}\}$/m.exec(words)![0];
    const tried = spawnSync(nginx!, ['-t', '-e', 'stderr', '-p', folder, '-c', configure(site)], {
      encoding: 'utf8',
    });
    assert.equal(tried.status, 0, tried.stderr);
    assert.match(site, /server_name www\.ledger\.example;/);
  });
});

describe('deploy/freesheet.service and Dockerfile', () => {
  it('start what start.mjs starts, and name files that are there', () => {
    const unit = readFileSync(join(root, 'deploy/freesheet.service'), 'utf8');
    const dockerfile = readFileSync(join(root, 'deploy/Dockerfile'), 'utf8');
    const launcher = readFileSync(join(root, 'start.mjs'), 'utf8');
    const [, list] = /^const flags = \[([^\]]+)\];$/m.exec(launcher)!;
    const flags = list!.match(/--[\w=-]+/g)!;
    assert.ok(flags.length > 1);
    const [, arenas] = /^ {2}MALLOC_ARENA_MAX: .+ '(\d+)',$/m.exec(launcher)!;
    for (const text of [unit, dockerfile])
      for (const word of [...flags, `MALLOC_ARENA_MAX=${arenas}`, 'src/cli/main.ts'])
        assert.ok(text.includes(word), word);
    assert.match(unit, /^ExecStart=\S+\/node_modules\/node\/bin\/node .* start$/m);
    assert.match(dockerfile, /^USER freesheet$/m);
    assert.match(dockerfile, /^RUN npm ci --omit=dev/m);
  });
});

/** Resolves once something listens on a port; fails when the program has ended. */
async function answers(port: number, program: ChildProcess): Promise<void> {
  while (program.exitCode === null) {
    const socket = connectTcp(port, '127.0.0.1');
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
  }
  throw new Error('nginx ended before it listened.');
}
