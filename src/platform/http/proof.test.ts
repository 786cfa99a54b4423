import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { text } from './answers.ts';
import { requireSameOrigin } from './proof.ts';
import { checkRoutes } from './route-table.ts';
import { route } from './testing.ts';

describe('the proof of a form', () => {
  const isTaken = (headers: Record<string, string>): boolean => {
    try {
      requireSameOrigin(headers, 'https://paper.example');
      return true;
    } catch (error) {
      assert.equal((error as { code: string }).code, 'request.foreign');
      return false;
    }
  };

  it('is what the browser says of its page, else the origin', () => {
    assert.ok(isTaken({ 'sec-fetch-site': 'same-origin' }));
    assert.ok(isTaken({ origin: 'https://paper.example' }));
    for (const headers of [
      {},
      { 'sec-fetch-site': '' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site', origin: 'https://paper.example' },
      { 'sec-fetch-site': 'none' },
      { origin: 'http://paper.example' },
      { origin: 'https://paper.example:8443' },
      { origin: 'https://PAPER.example.evil.example' },
      { origin: 'null' },
      { origin: '' },
      { host: 'paper.example', referer: 'https://paper.example/' },
    ] as Record<string, string>[])
      assert.equal(isTaken(headers), false, JSON.stringify(headers));
  });
});

describe('the route table', () => {
  const handle = () => text('');
  it('is refused where a line does not say what it must', () => {
    const prove = () => {};
    checkRoutes([
      route('/a', handle),
      route('/a', handle, { method: 'POST' }),
      route('/b', handle, { method: 'POST', proof: 'token', prove }),
      route('/c', handle, { stored: true }),
    ]);
    for (const [routes, message] of [
      [[route('/a', handle), route('/a', handle)], /GET \/a stands in the table twice/],
      [[route('/a', handle, { method: 'DELETE', proof: 'none' })], /names no proof/],
      [[route('/a', handle, { method: 'POST', stored: true })], /cannot be stored/],
      [[route('/a', handle, { who: 'reader', stored: true })], /cannot be stored/],
      [[route('/a', handle, { method: 'POST', proof: 'signature' })], /does not check it/],
      [[route('/a', handle, { method: 'POST', proof: 'one-click' })], /does not check it/],
    ] as const)
      assert.throws(() => checkRoutes(routes), message);
  });
});
