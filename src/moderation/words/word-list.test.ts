import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { WordList } from './word-list.ts';

const list = new WordList([
  'scum',
  'ass',
  'asshole',
  'as',
  'kill yourself',
  'idiot*',
  '*crap*',
  'сука',
  '垃圾',
  '🐒',
  '1488',
  'fool',
]);
const found = (text: string) => list.find(text).found;

describe('a word list', () => {
  it('finds words and phrases, in any case, in the order of the text', () => {
    assert.deepEqual(found('You scum. Kill YOURSELF, idiots!'), ['scum', 'kill yourself', 'idiot*']);
    assert.deepEqual(found('what crappy weather'), ['*crap*']);
    assert.deepEqual(found('ты сука'), ['сука']);
    assert.deepEqual(found('这是垃圾话'), ['垃圾']);
    assert.deepEqual(found('you🐒you'), ['🐒']);
    assert.deepEqual(found('kill\n\u00a0 yourself'), ['kill yourself']);
  });

  const disguises: readonly (readonly [string, string])[] = [
    ['accents', 'šcüm'],
    ['figures', '5cum'],
    ['signs', '$cum'],
    ['letters of another alphabet', 'sсum'],
    ['full width', 'ｓｃｕｍ'],
    ['mathematical letters', '𝓼𝓬𝓾𝓶'],
    ['a soft hyphen', 'sc\u00adum'],
    ['a joiner', 's\u200dc\u200bu\u2060m'],
    ['marks piled up', 's\u0336c\u0336\u0301\u0301u\u0336m\u0336'],
    ['points', 's.c.u.m'],
    ['a point', 'sc.um'],
    ['blanks', 'you s c u m you'],
    ['blanks after an article', 'a s c u m'],
    ['drawn out', 'scuuuuuuum'],
    ['signs around', '***scum***'],
    ['an underline', 's_c_u_m'],
  ];
  for (const [how, text] of disguises)
    it(`sees through ${how}`, () => assert.deepEqual(found(text), ['scum']));

  it('reads a stroke as both letters that it may be', () => {
    assert.deepEqual(found('k1ll yourself'), ['kill yourself']);
    assert.deepEqual(found('ki11 yourself'), ['kill yourself']);
    assert.deepEqual(found('foo1'), ['fool']);
    assert.deepEqual(found('!d!ot'), ['idiot*']);
  });

  it('finds no word within another, over two words, or in one that is alike', () => {
    for (const text of [
      'Scumbria',
      'the class passes',
      'a bass, massed',
      'We must kill. Yourself included',
      'Scunthorpe',
      'the video, its',
      'pass-hit',
      'descr-aptly',
      'сук',
      'the year 14 88',
      'co-op',
      'He said as-if',
      'scam sum cum',
    ]) {
      assert.deepEqual(
        found(text).filter((word) => word !== 'as' && word !== 'kill yourself'),
        [],
        text,
      );
    }
    assert.deepEqual(found('ass'), ['ass'], 'two of a letter are not one');
    assert.deepEqual(found('as'), ['as']);
    assert.deepEqual(found('assssshoooole'), ['asshole']);
  });

  it('takes figures that stand alone for figures', () => {
    assert.deepEqual(new WordList(['so', 'bo']).find('50 or 80 people').found, []);
    assert.deepEqual(found('1488'), ['1488']);
    assert.deepEqual(found('in 1989'), []);
  });

  it('of no words finds nothing, nor by entries without a letter', () => {
    assert.deepEqual(new WordList([]).find('scum').found, []);
    assert.deepEqual(new WordList(['*', '**', ' ', '!', '']).find('a ! b * c').found, []);
  });
});

describe('a word list, for any text', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcdestu'), minLength: 2, maxLength: 8 });
  const joints = fc.constantFrom('', '\u00ad', '\u200b', '\u0301', '\u0336\u0300');
  const looks: Readonly<Record<string, readonly string[]>> = {
    a: ['a', 'A', 'á', '@', '4', 'ａ'],
    e: ['e', 'E', 'ê', '3', '𝐞'],
    s: ['s', 'S', '$', '5', 'ş'],
    t: ['t', 'T', '7'],
  };

  it('finds a word among others, however it is disguised', () => {
    const disguised = word.chain((plain) =>
      fc
        .tuple(
          ...[...plain].map((letter) =>
            fc.tuple(fc.constantFrom(...(looks[letter] ?? [letter, letter.toUpperCase()])), joints),
          ),
        )
        .map((parts) => ({ plain, text: parts.flat().join('') })),
    );
    fc.assert(
      fc.property(disguised, fc.lorem(), fc.lorem(), ({ plain, text }, before, after) => {
        // A word of signs alone has no letter beside which they would be letters.
        fc.pre(/\p{L}/u.test(text));
        assert.ok(new WordList([plain]).find(`${before} ${text} ${after}`).found.includes(plain));
      }),
    );
  });

  it('finds what stands there plainly, and nothing that does not', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), fc.array(word, { maxLength: 30 }), (entries, words) => {
        const distinct = [...new Set(entries)];
        // Runs of three and more stand for fewer; here they are left out, so that plain comparing tells the same.
        fc.pre(words.every((each) => !/(.)\1\1/.test(each)));
        const there = new Set(words);
        assert.deepEqual(
          new Set(new WordList(distinct).find(words.join(' '), 1000).found),
          new Set(distinct.filter((entry) => there.has(entry))),
        );
      }),
    );
  });

  it('does work in proportion to its length, whatever stands in it', () => {
    const entries = [
      'a*',
      'aa*',
      '*ab*',
      '*abab*',
      'ab ab ab',
      'x y',
      ...Array.from({ length: 500 }, (_, at) => `word${at}*`),
    ];
    const lists = new WordList(entries);
    const pieces = [
      'a',
      'ab',
      'a b ',
      'a.b.',
      '\u0301',
      'á',
      '\u200b',
      '1',
      '|',
      '!',
      '@',
      '$',
      'аb',
      'ﷺ',
      '👩‍👩‍👧',
      'word1',
      ' ',
      "'",
      '垃圾',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 5 }), (parts) => {
        const piece = parts.join('');
        const stepsOf = (times: number) => {
          // No entry is left to be found again, so each place is looked at in full.
          return lists.find(piece.repeat(times), Number.POSITIVE_INFINITY).steps;
        };
        const [some, more] = [stepsOf(200), stepsOf(1600)];
        assert.ok(more <= 8.5 * some, `${JSON.stringify(piece)}: ${some} steps became ${more}`);
        assert.ok(more <= 120 * piece.length * 1600, `${JSON.stringify(piece)}: ${more} steps`);
      }),
    );
  });
});
