import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { after, describe, it } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { testCertificate } from '../../../test/rig/certificate.ts';
import { isPublicAddress } from './addresses.ts';
import { Outbound } from './outbound.ts';

const servers: Server[] = [];
after(() => {
  for (const server of servers) server.closeAllConnections();
  for (const server of servers) server.close();
});

/** A real server on a port of its own. @returns its `host:port` and what it was asked */
async function serve(listener: RequestListener, isSecure = false) {
  const asked: { method: string; url: string; headers: NodeJS.Dict<string | string[]>; body: string }[] = [];
  const answer: RequestListener = (request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked.push({ method: request.method!, url: request.url!, headers: request.headers, body });
      listener(request, response);
    });
  };
  const server = isSecure ? createTlsServer(testCertificate, answer) : createServer(answer);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return { host: `127.0.0.1:${port}`, port, asked };
}

const refused = { code: 'outbound.refused' };

describe('addresses', () => {
  it('knows which are public', () => {
    const inner = `0.0.0.0 10.1.2.3 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1
      172.31.255.255 192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1
      239.255.255.250 240.0.0.1 255.255.255.255 168.63.129.16
      :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:7f00:1 0:0:0:0:0:ffff:a00:1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe
      64:ff9b:1::1 2002:7f00:1:: 2002:c0a8:1::1 2002:a9fe:a9fe::1 2001::1 2001:db8::1 2001:10::1 3fff::1 fc00::1
      fd00:ec2::254 fe80::1 fe80::1%lo fec0::1 ff02::1 100::1 5f00::1 4000::1 name 127.1 2130706433`;
    for (const address of inner.split(/\s+/)) assert.equal(isPublicAddress(address), false, address);
    const open = `1.1.1.1 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 172.15.0.1 172.32.0.1 192.169.0.1 223.255.255.255
      2606:4700:4700::1111 2a00:1450::1 ::ffff:1.1.1.1 64:ff9b::808:808 2002:808:808::1`;
    for (const address of open.split(/\s+/)) assert.equal(isPublicAddress(address), true, address);
  });
});

describe('outbound', () => {
  it('refuses every spelling of an inner address, and sends nothing there', async () => {
    const inner = await serve((_request, response) => response.end('secret'));
    const outbound = new Outbound({ resolve: async () => [{ address: '127.0.0.1', family: 4 }] });
    const spellings = `http://127.0.0.1/ http://127.1/ http://127.0.1/ http://2130706433/ http://0x7f000001/ http://0x7f.1/
      http://0177.0.0.1/ http://017700000001/ http://127.0.0.1./ http://0/ http://0.0.0.0/ http://[::1]/ http://[::]/
      http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/ http://[0:0:0:0:0:ffff:127.0.0.1]/ http://[::127.0.0.1]/
      http://[64:ff9b::127.0.0.1]/ http://[2002:7f00:1::]/ http://[fe80::1]/ http://[fd00:ec2::254]/
      http://169.254.169.254/latest/meta-data/ http://0xa9fea9fe/ http://2852039166/ http://[::ffff:a9fe:a9fe]/
      http://10.0.0.1/ http://172.16.0.1/ http://192.168.1.1/ http://100.64.0.1/ http://168.63.129.16/ http://224.0.0.1/
      http://１２７.０.０.１/ http://127。0。0。1/ http://①②⑦.0.0.1/ http:127.0.0.1 http:\\\\127.0.0.1\\
      http://localhost/ http://LOCALHOST/ http://localhost./ http://inner.example/ http://metadata.google.internal/
      http://127.0.0.1:${inner.port}/ http://inner.example:${inner.port}/ http://paper.example:22/ http://paper.example:8080/
      ftp://paper.example/ file:///etc/passwd gopher://127.0.0.1/ data:text/plain,x javascript:1 //paper.example/ paper.example
      http://user@paper.example/ http://user:word@paper.example/ http://paper.example@127.0.0.1/ http://[fe80::1%25lo]/ http://
      http://256.256.256.256/ http://0x7f.0x0.0x0.0x100/`;
    for (const address of spellings.split(/\s+/)) {
      await assert.rejects(outbound.request(address, { deadline: 2000 }), refused, address);
    }
    assert.equal(inner.asked.length, 0);
  });

  it('refuses a name with one inner address among public ones', async () => {
    const outbound = new Outbound({
      resolve: async () => [
        { address: '3ffe::1', family: 6 },
        { address: '10.0.0.1', family: 4 },
      ],
    });
    await assert.rejects(outbound.request('http://mixed.example/'), refused);
  });

  it('connects to the very addresses that it looked at, so that a changed answer gains nothing', async () => {
    const inner = await serve((_request, response) => response.end('secret'));
    let lookups = 0;
    const outbound = new Outbound({
      // No network has been given this address: nothing answers there.
      resolve: async () =>
        (lookups += 1) === 1 ? [{ address: '3ffe::1', family: 6 }] : [{ address: '127.0.0.1', family: 4 }],
    });
    const failed = (error: { code: string }) => ['outbound.failed', 'outbound.timeout'].includes(error.code);
    await assert.rejects(outbound.request('http://rebind.example/', { deadline: 400 }), failed);
    assert.equal(lookups, 1);
    await assert.rejects(outbound.request('http://rebind.example/'), refused);
    assert.equal(lookups, 2);
    assert.equal(inner.asked.length, 0);
  });

  it('asks what the settings allow, by address and by name, and nothing beside it', async () => {
    const { host, port } = await serve((_request, response) => response.end('hello'));
    const outbound = new Outbound({
      allow: [host, `Feeds.example:${port}`],
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    });
    const answer = await outbound.request(`http://${host}/path?query#fragment`);
    assert.equal(answer.body.toString(), 'hello');
    assert.equal(answer.status, 200);
    assert.equal((await outbound.request(`http://feeds.example:${port}/`)).body.toString(), 'hello');
    await assert.rejects(outbound.request(`http://other.example:${port}/`), refused);
    await assert.rejects(outbound.request('http://127.0.0.1:1/'), refused);
  });

  it('follows redirects, each checked as the first address', async () => {
    const inner = await serve((_request, response) => response.end('secret'));
    const { host, asked } = await serve((request, response) => {
      const to: Record<string, string> = {
        '/relative': 'there',
        '/loopback': `http://${inner.host}/`,
        '/named': 'http://inner.example/',
        '/metadata': 'http://169.254.169.254/latest',
        '/file': 'file:///etc/passwd',
        '/credentials': `http://a:b@${host}/there`,
        '/loop': '/loop',
      };
      const location = to[request.url!];
      if (location === undefined) response.end(`${request.method} ${request.url}`);
      else response.writeHead(302, { location }).end();
    });
    const outbound = new Outbound({
      allow: [host],
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    });
    const answer = await outbound.request(`http://${host}/relative`);
    assert.equal(answer.body.toString(), 'GET /there');
    assert.equal(answer.url, `http://${host}/there`);
    for (const path of ['/loopback', '/named', '/metadata', '/file', '/credentials'])
      await assert.rejects(outbound.request(`http://${host}${path}`), refused, path);
    assert.equal(inner.asked.length, 0);
    asked.length = 0;
    await assert.rejects(outbound.request(`http://${host}/loop`), { code: 'outbound.redirects' });
    assert.equal(asked.length, 6);
    const unfollowed = await outbound.request(`http://${host}/relative`, { redirects: 0 });
    assert.equal(unfollowed.status, 302);
    assert.equal(unfollowed.headers.location, 'there');
  });

  it('sends method, body and secrets on only where they belong', async () => {
    const other = await serve((_request, response) => response.end('ok'));
    const { host, asked } = await serve((request, response) => {
      const [, status, place] = request.url!.split('/');
      if (!status) return void response.end('ok');
      response
        .writeHead(Number(status), { location: place === 'other' ? `http://${other.host}/` : '/' })
        .end();
    });
    const outbound = new Outbound({ allow: [host, other.host] });
    const post = (path: string) =>
      outbound.request(`http://${host}${path}`, {
        method: 'POST',
        body: 'a=1',
        headers: { Authorization: 'Bearer secret', 'Content-Type': 'text/plain', Host: 'elsewhere.example' },
      });
    await post('/303');
    assert.deepEqual([asked.at(-1)!.method, asked.at(-1)!.body], ['GET', '']);
    assert.equal(asked.at(-1)!.headers['content-type'], undefined);
    await post('/307');
    assert.deepEqual([asked.at(-1)!.method, asked.at(-1)!.body], ['POST', 'a=1']);
    assert.equal(asked.at(-1)!.headers.authorization, 'Bearer secret');
    assert.equal(asked.at(-1)!.headers.host, host);
    await post('/308/other');
    assert.deepEqual([other.asked[0]!.method, other.asked[0]!.body], ['POST', 'a=1']);
    assert.equal(other.asked[0]!.headers.authorization, undefined);
  });

  it('does not go from https to http, and trusts no unknown certificate', async () => {
    const plain = await serve((_request, response) => response.end('plain'));
    const secure = await serve((request, response) => {
      if (request.url === '/down') response.writeHead(302, { location: `http://${plain.host}/` }).end();
      else response.end('secure');
    }, true);
    const outbound = new Outbound({ allow: [plain.host, secure.host] });
    await assert.rejects(outbound.request(`https://${secure.host}/`), { code: 'outbound.failed' });
    const usual = getCACertificates('default');
    setDefaultCACertificates([...usual, testCertificate.cert]);
    try {
      assert.equal((await outbound.request(`https://${secure.host}/`)).body.toString(), 'secure');
      await assert.rejects(outbound.request(`https://${secure.host}/down`), refused);
    } finally {
      setDefaultCACertificates(usual);
    }
    assert.equal(plain.asked.length, 0);
  });

  it('ends with its deadline: at a silent server, in a slow body, at a silent resolver, over redirects', async () => {
    const { host } = await serve((request, response) => {
      if (request.url === '/slow') {
        response.write('begin');
        const timer = setInterval(() => response.write('.'), 20);
        response.on('close', () => clearInterval(timer));
      } else if (request.url === '/round') {
        setTimeout(() => response.writeHead(302, { location: '/round' }).end(), 100);
      }
    });
    const late = { code: 'outbound.timeout', status: 504 };
    const outbound = new Outbound({ allow: [host] });
    for (const path of ['/silent', '/slow', '/round'])
      await assert.rejects(outbound.request(`http://${host}${path}`, { deadline: 300 }), late, path);
    const unresolved = new Outbound({ resolve: () => new Promise(() => {}) });
    await assert.rejects(unresolved.request('http://paper.example/', { deadline: 100 }), late);
    const stop = AbortSignal.abort(new Error('stopped'));
    await assert.rejects(outbound.request(`http://${host}/`, { signal: stop }), { message: 'stopped' });
  });

  it('takes no more bytes than it was told, as sent or as decoded', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const brotliBomb = brotliCompressSync(Buffer.alloc(50_000_000), { params: {} });
    const emptyBlocks = Buffer.concat(Array.from({ length: 10_000 }, () => gzipSync('')));
    let sent = 0;
    const { host } = await serve((request, response) => {
      if (request.url === '/told') response.writeHead(200, { 'content-length': '5000000' }).write('x');
      else if (request.url === '/untold') {
        const more = () => {
          sent += 65_536;
          while (!response.destroyed && response.write(Buffer.alloc(65_536))) sent += 65_536;
        };
        response.on('drain', more);
        more();
      } else if (request.url === '/gzip') response.setHeader('content-encoding', 'gzip').end(bomb);
      else if (request.url === '/br') response.setHeader('content-encoding', 'br').end(brotliBomb);
      else if (request.url === '/empty') response.setHeader('content-encoding', 'gzip').end(emptyBlocks);
      else response.end('x'.repeat(100_000));
    });
    const outbound = new Outbound({ allow: [host] });
    for (const path of ['/told', '/untold', '/gzip', '/br', '/empty']) {
      const asked = outbound.request(`http://${host}${path}`, { maxBytes: 100_000 });
      await assert.rejects(asked, { code: 'outbound.too-large' }, path);
    }
    assert.ok(sent < 50_000_000, 'the connection is cut');
    const exact = await outbound.request(`http://${host}/exact`, { maxBytes: 100_000 });
    assert.equal(exact.body.length, 100_000);
  });

  it('ends in an error when what comes back is no answer', async () => {
    for (const said of [
      '',
      'SSH-2.0-OpenSSH_9.2\r\n',
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
      `HTTP/1.1 200 OK\r\n${'X-Long: word\r\n'.repeat(5000)}\r\n`,
      'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(50),
    ]) {
      const server = createTcpServer((socket) => {
        socket.on('error', () => {});
        socket.once('data', () => socket.end(said));
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const host = `127.0.0.1:${(server.address() as { port: number }).port}`;
      const asked = new Outbound({ allow: [host] }).request(`http://${host}/`, { deadline: 5000 });
      await assert.rejects(asked, { code: 'outbound.failed' }, said.slice(0, 40));
      server.close();
    }
  });

  it('decodes what it asks for, and says what it cannot read', async () => {
    const { host, asked } = await serve((request, response) => {
      if (request.url === '/gzip') response.setHeader('content-encoding', 'gzip').end(gzipSync('words'));
      else if (request.url === '/br')
        response.setHeader('content-encoding', 'br').end(brotliCompressSync('words'));
      else if (request.url === '/zstd') response.setHeader('content-encoding', 'zstd').end('words');
      else if (request.url === '/broken') response.setHeader('content-encoding', 'gzip').end('words');
      else if (request.url === '/cut')
        response.writeHead(200, { 'content-length': '9' }).write('w', () => response.destroy());
      else response.writeHead(404).end('words');
    });
    const outbound = new Outbound({ allow: [host], userAgent: 'Freesheet (+https://paper.example)' });
    const ask = (path: string) => outbound.request(`http://${host}${path}`);
    for (const path of ['/gzip', '/br', '/none'])
      assert.equal((await ask(path)).body.toString(), 'words', path);
    assert.equal((await ask('/none')).status, 404);
    assert.equal(asked[0]!.headers['user-agent'], 'Freesheet (+https://paper.example)');
    for (const path of ['/zstd', '/broken', '/cut'])
      await assert.rejects(ask(path), { code: 'outbound.failed', status: 502 }, path);
    const head = await outbound.request(`http://${host}/gzip`, { method: 'HEAD' });
    assert.equal(head.body.length, 0);
    const gone = new Outbound({ allow: ['127.0.0.1:1'] });
    await assert.rejects(gone.request('http://127.0.0.1:1/'), { code: 'outbound.failed' });
  });
});
