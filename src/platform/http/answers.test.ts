import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { json, page, redirect, text } from './answers.ts';

const locationOf = (to: string): string => redirect(to).headers!.location!;

const tricky = fc
  .array(
    fc.oneof(
      fc.constantFrom('/', '//', '\\', '\r\n', '\n', '\t', '\0', ' ', '%0d%0a', '%', '.', '?', '#', '@', ':'),
      fc.constantFrom('evil.example', 'http:', 'Set-Cookie: a=b', 'é', '漢', '\ud800', '\u2028', '[::1]'),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('a redirect', () => {
  it('goes where it should', () => {
    for (const [to, location] of [
      ['/a', '/a'],
      ['/a?b=1&c=%20d#e', '/a?b=1&c=%20d#e'],
      ['/Grüße', '/Gr%C3%BC%C3%9Fe'],
      ['/Gr%C3%BC%C3%9Fe', '/Gr%C3%BC%C3%9Fe'],
      ['/100%', '/100%25'],
      ['/a%2541', '/a%2541'],
      ['https://other.example/a?b', 'https://other.example/a?b'],
    ] as const)
      assert.equal(locationOf(to), location);
    assert.deepEqual(
      [301, 302, 303, 307, 308].map((status) => redirect('/a', status as 301).status),
      [301, 302, 303, 307, 308],
    );
    const more = redirect('/a', 303, { noStore: true, headers: { 'x-a': 'b' } });
    assert.deepEqual([more.noStore, more.headers], [true, { 'x-a': 'b', location: '/a' }]);
  });

  it('puts nothing into a header that does not belong there', () => {
    fc.assert(
      fc.property(tricky, (to) => {
        assert.match(locationOf(to), /^[\u0021-\u007e]*$/);
      }),
    );
  });

  it('of a path stays on this site, as browsers read it', () => {
    fc.assert(
      fc.property(tricky, (rest) => {
        const url = new URL(locationOf(`/${rest}`), 'https://paper.example/a/b');
        assert.equal(url.origin, 'https://paper.example');
      }),
      { numRuns: 1000 },
    );
    for (const to of [
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      '\\\\evil.example',
      ' //evil.example',
    ])
      assert.equal(new URL(locationOf(to), 'https://paper.example').origin, 'https://paper.example');
  });
});

describe('an answer', () => {
  it('has the type of what it holds', () => {
    assert.deepEqual(page({ toString: () => '<p>' }, { status: 410, tags: ['a'] }), {
      status: 410,
      tags: ['a'],
      body: '<p>',
      type: 'text/html; charset=utf-8',
    });
    assert.deepEqual(json({ a: 1 }), {
      status: 200,
      body: '{"a":1}',
      type: 'application/json; charset=utf-8',
    });
    assert.equal(json([], { type: 'application/feed+json' }).type, 'application/feed+json');
    assert.equal(text('a').type, 'text/plain; charset=utf-8');
    assert.equal(text('<a/>', { type: 'application/xml' }).type, 'application/xml');
  });
});
