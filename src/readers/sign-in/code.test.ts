import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { codeHash, codeOf, readCode } from './code.ts';

describe('a code', () => {
  it('is read as people type it', () => {
    for (const typed of [
      '123456',
      ' 123 456 ',
      '123-456',
      '１２３４５６',
      '١٢٣٤٥٦',
      '۱۲۳۴۵۶',
      '१२३४५६',
      '1 2 3 4 5 6',
    ])
      assert.equal(readCode(typed), '123456', typed);
  });

  it('is six digits, and nothing else is', () => {
    for (const typed of [
      '',
      '12345',
      '1234567',
      'abcdef',
      '12345a',
      undefined,
      123456,
      ['123456'],
      '1'.repeat(1000),
    ])
      assert.equal(readCode(typed), undefined, String(typed));
  });

  it('follows from the link alone, and is spread over all that six digits hold', () => {
    assert.equal(codeOf('a-token'), codeOf('a-token'));
    const codes = new Set<string>();
    for (let index = 0; index < 2000; index += 1) {
      const code = codeOf(`token ${index}`);
      assert.match(code, /^\d{6}$/);
      codes.add(code);
    }
    assert.ok(codes.size > 1990);
  });

  it('is kept bound to a browser', () => {
    assert.notEqual(codeHash('one browser', '123456'), codeHash('another', '123456'));
  });
});
