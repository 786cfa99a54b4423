import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AppError } from '../errors.ts';
import { text } from './answers.ts';
import type { Request, Route } from './route-table.ts';
import { codeOf, own, route, serve, testOrigin } from './testing.ts';

describe('writes', () => {
  const form = (more: Partial<Route> = {}) =>
    route('/form', ({ ip }) => text(`done by ${ip}`), { method: 'POST', ...more });

  it('come from a page of ours', async (t) => {
    const { ask } = await serve(t, [form()]);
    for (const [headers, status] of [
      [own, 200],
      [{ ...own, origin: 'https://evil.example' }, 200],
      [{ origin: testOrigin }, 200],
      [{}, 403],
      [{ 'sec-fetch-site': 'cross-site' }, 403],
      [{ 'sec-fetch-site': 'same-site', origin: testOrigin }, 403],
      [{ 'sec-fetch-site': 'none', origin: testOrigin }, 403],
      [{ origin: 'https://evil.example' }, 403],
      [{ origin: 'null' }, 403],
      [{ origin: `${testOrigin}.evil.example` }, 403],
      [{ referer: `${testOrigin}/form` }, 403],
    ] as [Record<string, string>, number][]) {
      const got = await ask('/form', { method: 'POST', headers });
      assert.equal(got.status, status, JSON.stringify(headers));
      if (status === 403) assert.equal(codeOf(got), 'request.foreign');
    }
  });

  it('or carry the proof that their route names', async (t) => {
    const prove = ({ headers }: Request) => {
      if (headers.authorization !== 'Bearer right')
        throw new AppError('token.wrong', 'This token is not known.', { status: 401 });
    };
    const { ask } = await serve(t, [form({ proof: 'token', prove })]);
    const refused = await ask('/form', { method: 'POST', headers: own });
    assert.deepEqual([refused.status, codeOf(refused)], [401, 'token.wrong']);
    const headers = { authorization: 'Bearer right' };
    assert.equal((await ask('/form', { method: 'POST', headers })).status, 200);
  });

  it('are slowed down when they flood, and reads are not', async (t) => {
    const { ask, clock } = await serve(t, [form(), route('/', () => text('front'))]);
    const post = () => ask('/form', { method: 'POST', headers: own });
    for (let count = 0; count < 30; count += 1) assert.equal((await post()).status, 200);
    const refused = await post();
    assert.deepEqual([refused.status, codeOf(refused)], [429, 'request.too-many']);
    assert.equal(refused.headers['retry-after'], '2');
    assert.equal((await ask('/')).status, 200);
    clock.advance(2000);
    assert.equal((await post()).status, 200);
  });

  it('are not slowed down where each carries a proof of its own, as mail services ask for many at once', async (t) => {
    const prove = ({ query }: Request) => {
      if (query.get('key') !== 'right') throw new AppError('link.wrong', 'This link is not whole.');
    };
    const { ask } = await serve(t, [form({ proof: 'one-click', prove })]);
    for (let count = 0; count < 60; count += 1)
      assert.equal((await ask('/form?key=right', { method: 'POST' })).status, 200);
    assert.equal(codeOf(await ask('/form?key=wrong', { method: 'POST' })), 'link.wrong');
  });

  it('may be mails', async (t) => {
    const { ask } = await serve(t, [route('/mail', ({ body }) => text(String(body)), { method: 'POST' })]);
    const headers = { ...own, 'content-type': 'message/rfc822' };
    const body = 'Subject: Gr\u00fc\u00dfe\r\n\r\nA word';
    const got = await ask('/mail', { method: 'POST', headers, body });
    assert.equal(Buffer.from(got.body.toString(), 'latin1').toString(), body);
  });

  it('are counted by the address that a trusted proxy tells, and no other', async (t) => {
    const ipFor = async (trustedProxies: string, forwarded: string) => {
      const { ask } = await serve(t, [form()], { trustedProxies });
      const headers = { ...own, 'x-forwarded-for': forwarded };
      return (await ask('/form', { method: 'POST', headers })).body.toString();
    };
    assert.equal(await ipFor('loopback', '203.0.113.7'), 'done by 203.0.113.7');
    assert.equal(await ipFor('loopback', '1.2.3.4, 203.0.113.7'), 'done by 203.0.113.7');
    assert.equal(await ipFor('10.0.0.0/8, 127.0.0.0/8', '2001:db8::1'), 'done by 2001:db8::1');
    assert.equal(await ipFor('10.0.0.0/8', '203.0.113.7'), 'done by 127.0.0.1');
    assert.equal(await ipFor('', '203.0.113.7'), 'done by 127.0.0.1');
  });

  it('are not too large', async (t) => {
    const { ask } = await serve(t, [form(), form({ path: '/upload', bodyLimit: 200_000 })]);
    const headers = { ...own, 'content-type': 'application/x-www-form-urlencoded' };
    const post = (path: string, length: number) =>
      ask(path, { method: 'POST', headers, body: `a=${'x'.repeat(length)}` });
    assert.equal((await post('/form', 60_000)).status, 200);
    const refused = await post('/form', 70_000);
    assert.deepEqual([refused.status, codeOf(refused)], [413, 'request.too-large']);
    assert.equal((await post('/upload', 70_000)).status, 200);
    assert.equal((await post('/upload', 200_000)).status, 413);
  });

  it('are refused when they cannot be read', async (t) => {
    const { ask } = await serve(t, [form()]);
    const post = (type: string, body: string) =>
      ask('/form', { method: 'POST', headers: { ...own, 'content-type': type }, body });
    for (const [type, body, status] of [
      ['application/json', '{"a":', 400],
      ['application/json', '{"__proto__":{"a":1}}', 400],
      ['application/xml', '<a/>', 415],
      ['nonsense', 'x', 415],
    ] as const) {
      const refused = await post(type, body);
      assert.deepEqual([refused.status, codeOf(refused)], [status, 'request.malformed'], body);
    }
  });
});
