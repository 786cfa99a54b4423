import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { slugify } from './slug.ts';
import { slug } from './story.ts';

/** Letters that folding opens, joins or drops, and marks that then meet others. */
const odd = fc.constantFrom(
  ..."aZßÆǢǼſİıŉøﬁẚªⱽⅠⓐΣς-’'ʼ`\u0301\u0344\u0345\u0328\u3099あอำ\u0eb3ꟸ\u{10783}\u{1d15e}\u{20000}",
);

describe('a slug', () => {
  it('folds Latin, keeps other scripts, and ends at a word', () => {
    const cases: [words: string, slug: string][] = [
      ['The Quiet Harbour', 'the-quiet-harbour'],
      ['Let Applebee’s® Decoy: 50 % off!', 'let-applebees-decoy-50-off'],
      ['Zażółć gęślą jaźń, ß æ Ø ł', 'zazolc-gesla-jazn-ss-ae-o-l'],
      ['Militärövning i jätteformat', 'militarovning-i-jatteformat'],
      ['Новости дня', 'новости-дня'],
      ['データセンター', 'データセンター'],
      ['बाज़ार में', 'बाज़ार-में'],
      ['شبكة الأخبار', 'شبكة-الأخبار'],
      ['🌊 — …', ''],
      ['\u{1D15E} word', 'word'],
      ['\u0301 word', 'word'],
    ];
    for (const [words, expected] of cases) assert.equal(slugify(words), expected.normalize('NFC'), words);
    assert.equal(slugify('word '.repeat(50)).length, 79);
    assert.equal(slugify('\u{20000}'.repeat(200)), '\u{20000}'.repeat(40));
  });

  it('of any words is one that a story may have, and stays as it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 120 }), fc.string({ unit: odd, maxLength: 12 })),
        (words) => {
          const made = slugify(words);
          if (made === '') return;
          assert.ok(slug.safeParse(made).success, JSON.stringify(made));
          assert.equal(slugify(made), made);
        },
      ),
      { numRuns: 1500 },
    );
  });
});
