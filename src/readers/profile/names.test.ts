import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { handleProblem, tidyHandle } from './handle.ts';
import { handleLook, lookOf } from './look.ts';
import { bioProblem, nameProblem, tidyBio, tidyName } from './name.ts';

const paper = 'The Ledger';

describe('names', () => {
  it('are taken as people are called', () => {
    for (const name of [
      'Ann',
      "Siân O'Neill",
      'J. R. R. Tolkien',
      'Müller-Lüdenscheidt',
      'Иван Петров',
      'Γιώργος Παπαδόπουλος',
      '山田太郎',
      'مریم میرزاخانی',
      'محمد\u200cرضا',
      'श्री राम',
      'ক্ষিতীশ',
      'Nguyễn Văn A',
      'Ærøskøbing 7',
      'Li',
      'Modesty Blaise',
      'Edith Hor',
      'Staffan Berg',
    ])
      assert.equal(nameProblem(tidyName(name), paper), undefined, name);
  });

  it('are refused where they are none, or hide something', () => {
    for (const name of [
      '',
      'A',
      'x'.repeat(51),
      '12345',
      '<b>Ann</b>',
      'Ann@home',
      'Ann\u202eevil',
      'Ann\u200bSmith',
      'Z̴̷̸̡̢̧ann',
      'buy-now.example',
      'https://x.example',
      'Аnn Smith',
      'Ann ✓',
      '...',
    ])
      assert.ok(nameProblem(tidyName(name), paper), name);
  });

  it('never sound like the paper, however they are written', () => {
    for (const name of [
      'Moderator',
      'M0derator',
      'Моderаtоr',
      'ADMIN',
      'Adm1n',
      'Admin Bob',
      'The Ledger',
      'Тhe Lеdgеr',
      'The Ledger Desk',
      'Former Reader',
      'Éditor',
      'Ｅｄｉｔｏｒ',
    ])
      assert.ok(nameProblem(tidyName(name), paper), name);
  });

  it('look alike where one is taken for the other', () => {
    for (const [one, other] of [
      ['Paul Allen', 'PauI AIlen'],
      ['Marco', 'Маrсо'],
      ['Corner', 'Comer'],
      ['Zoë', 'Zoe'],
      ['Anna Lee', 'Annalee'],
      ['Bo0k', 'Book'],
    ] as const)
      assert.equal(lookOf(one), lookOf(other), one);
    for (const [one, other] of [
      ['Anna', 'Anne'],
      ['Иван', 'Олег'],
      ['山田', '田山'],
      ['Tom', 'Tim'],
    ] as const)
      assert.notEqual(lookOf(one), lookOf(other), one);
  });
});

describe('handles', () => {
  it('are small letters and digits with single signs between them', () => {
    for (const [given, kept] of [
      [' @Ann-Lee ', 'ann-lee'],
      ['ann_lee7', 'ann_lee7'],
      ['ＡＮＮ', 'ann'],
    ] as const) {
      assert.equal(tidyHandle(given), kept);
      assert.equal(handleProblem(kept, paper), undefined, kept);
    }
    for (const given of [
      'an',
      '-ann',
      'ann-',
      'an--n',
      'an n',
      'анна',
      'añn',
      '1234',
      'a'.repeat(31),
      'a.b.c',
    ])
      assert.ok(handleProblem(given, paper), given);
  });

  it('that belong to the paper, or look so, are refused', () => {
    for (const given of [
      'admin',
      'adm1n',
      'm0derator',
      'theledger',
      'the-ledger',
      'sign-in',
      'ann-editor',
      'account',
    ])
      assert.ok(handleProblem(given, paper), given);
    assert.equal(handleLook('b0b_rn'), handleLook('bob-m'));
    assert.equal(handleLook('third'), handleLook('th1rd'));
    assert.notEqual(handleLook('anna'), handleLook('anne'));
  });
});

describe('a line about oneself', () => {
  it('keeps words and lines, and nothing that turns other text', () => {
    assert.equal(tidyBio('  Reads.\r\n\r\n\r\n\r\nWrites. \u202e '), 'Reads.\n\nWrites.');
    assert.equal(tidyBio('👩\u200d👩\u200d👧 at home'), '👩\u200d👩\u200d👧 at home');
  });

  it('has at most 300 characters as people count them', () => {
    assert.equal(bioProblem('👩\u200d👩\u200d👧'.repeat(300)), undefined);
    assert.ok(bioProblem('x'.repeat(301)));
  });
});
