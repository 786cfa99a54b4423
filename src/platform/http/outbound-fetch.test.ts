import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { after, describe, it } from 'node:test';
import type { AppError } from '../errors.ts';
import { fetchThrough, openOutbound } from './outbound-fetch.ts';

const heard: { method: string; type: string | undefined; body: string }[] = [];
const server = createServer((request, response) => {
  void buffer(request).then((body) => {
    heard.push({
      method: request.method!,
      type: request.headers['content-type'],
      body: body.toString(),
    });
    if (request.url === '/moved') return response.writeHead(302, { location: '/' }).end();
    if (request.url === '/nothing') return response.writeHead(204).end();
    if (request.url === '/much') return response.end('x'.repeat(2_000_000));
    return response.setHeader('content-type', 'application/json').end('{"said":"this"}');
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
after(() => server.close());
const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
const origin = 'https://paper.example';

describe('fetch through the one way out', () => {
  const ask = fetchThrough(openOutbound({ OUTBOUND_ALLOW: host, origin }));

  it('asks and tells as fetch does', async () => {
    const got = await ask(`http://${host}/`, {
      method: 'POST',
      headers: new Headers({ 'content-type': 'application/x-www-form-urlencoded' }),
      body: new URLSearchParams({ code: 'a b' }),
    });
    assert.equal(got.headers.get('content-type'), 'application/json');
    assert.deepEqual([got.status, await got.json()], [200, { said: 'this' }]);
    assert.deepEqual(heard.at(-1), {
      method: 'POST',
      type: 'application/x-www-form-urlencoded',
      body: 'code=a+b',
    });
    assert.equal((await ask(`http://${host}/nothing`, {})).status, 204);
  });

  it('follows no redirect, and takes no more than answers of this kind are long', async () => {
    assert.equal((await ask(`http://${host}/moved`, {})).status, 302);
    await assert.rejects(
      ask(`http://${host}/much`, {}),
      ({ code }: AppError) => code === 'outbound.too-large',
    );
  });

  it('asks nothing inside the network that the settings do not name', async () => {
    const strict = fetchThrough(openOutbound({ OUTBOUND_ALLOW: '', origin }));
    const before = heard.length;
    for (const url of [`http://${host}/`, 'http://169.254.169.254/', 'http://10.0.0.1/'])
      await assert.rejects(strict(url, {}), ({ code }: AppError) => code === 'outbound.refused');
    assert.equal(heard.length, before);
  });

  it('ends when it is told to', async () => {
    const signal = AbortSignal.abort();
    await assert.rejects(ask(`http://${host}/`, { signal }), { name: 'AbortError' });
  });
});
