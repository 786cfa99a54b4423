import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { returnPath } from './return-path.ts';

const origin = 'https://paper.example';

describe('the way back', () => {
  it('is a path on this site with its query and place', () => {
    for (const path of ['/', '/2009/07/28/slug', '/search?q=a%20b&x=1', '/story#comment-1', '/münchen?x=ü'])
      assert.equal(returnPath(origin, path), encodeURI(decodeURI(path)), path);
  });

  it('never leads to a step of signing in, and is the front page for what is none', () => {
    for (const path of [
      '/sign-in',
      '/sign-in/code',
      '/sign-out',
      '/welcome?x',
      '',
      'x',
      undefined,
      7,
      '//x.example',
    ])
      assert.equal(returnPath(origin, path), '/', String(path));
    assert.equal(returnPath(origin, '/welcome-home'), '/welcome-home');
  });

  it('never leaves the site, whatever is given', () => {
    const sign = fc.constantFrom(
      '/',
      '\\',
      '.',
      ':',
      '@',
      '?',
      '#',
      '\t',
      '\n',
      '%2f',
      '%5c',
      '\u2028',
      'a',
      'evil.example',
      'https',
    );
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 12 }), (parts) => {
        for (const given of [parts.join(''), `/${parts.join('')}`]) {
          const path = returnPath(origin, given);
          assert.equal(new URL(path, origin).origin, origin);
          assert.match(path, /^\/(?![/\\])/);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
