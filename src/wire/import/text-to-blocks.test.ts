import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { assertAllowed, plain, words } from '../testing/html.ts';
import { codesOf, linesOf } from '../testing.ts';
import { Notes } from './loose-blocks.ts';
import { looksLikeHtml, textToBlocks } from './text-to-blocks.ts';
import { wordsToBlocks, wordsToLine } from './words-to-blocks.ts';

const lines = (text: string) => linesOf({ blocks: textToBlocks(text) });
const either = (text: string) => {
  const notes = new Notes();
  return { blocks: wordsToBlocks(text, undefined, notes), notes: notes.list() };
};

describe('plain text into blocks', () => {
  it('parts paragraphs at empty lines, however they are written', () => {
    assert.deepEqual(lines('One\n\nTwo\r\n \t\r\nThree\r\rFour\u2029Five'), [
      'One',
      'Two',
      'Three',
      'Four',
      'Five',
    ]);
    assert.deepEqual(lines(' \n\n\u00A0\n\n'), []);
  });

  it('keeps the breaks that somebody made, and joins those that a machine made at one width', () => {
    assert.deepEqual(lines('1 cup of flour\n2 eggs\n  salt  '), ['1 cup of flour\n2 eggs\nsalt']);
    const wrapped = [
      'The harbour master said on Tuesday that the boats which lie outside',
      'the wall would have to leave before the storm came in, and that the',
      'wall itself was not to be trusted any longer than until the evening',
      'tide. Nobody had asked him before, and nobody asked him afterwards,',
      'so he went home.',
    ];
    assert.deepEqual(lines(wrapped.join('\n')), [wrapped.join(' ')]);
  });

  it('loses no word of a text of any length', () => {
    const long = 'word '.repeat(50_000).trim();
    const blocks = textToBlocks(long);
    assertAllowed(blocks);
    assert.deepEqual(linesOf({ blocks }), [long]);
    assert.deepEqual(linesOf({ blocks: textToBlocks('🌊'.repeat(75_001)) }), ['🌊'.repeat(75_001)]);
  });

  it('brings any words through as they are', () => {
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 6 }),
        fc.constantFrom('\n\n', '\r\n\r\n', '\n \n'),
        (parts, gap) => {
          const blocks = textToBlocks(parts.join(gap));
          assertAllowed(blocks);
          assert.equal(plain(linesOf({ blocks }).join(' ')), plain(parts.join(' ')));
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('text of which nobody says whether it is HTML', () => {
  it('is HTML when it has the tags of a text', () => {
    for (const html of ['<p>x', 'a<br>b', 'a <strong>b</strong>', '<a href="x">y</a>', '<BR/>'])
      assert.ok(looksLikeHtml(html), html);
    for (const text of ['x < y', '1 <2> 3', '<mail@example.com>', '<boat>', '<p', 'a<b', '<pre>', '<article'])
      assert.ok(!looksLikeHtml(text), text);
  });

  it('keeps the words of a text that only has the characters of HTML', () => {
    for (const text of [
      'if x<y and y>z',
      'AT&T &copy Sons',
      'R&D; done',
      'mail <desk@example.com> us',
      '3 < 4 & 5 > 2',
      '&nope; &#; &#x;',
    ])
      assert.deepEqual(linesOf(either(text)), [text]);
    const notes = new Notes();
    assert.equal(wordsToLine('if x<y  &\n z', notes), 'if x<y & z');
    assert.deepEqual(notes.list(), []);
  });

  it('takes entities back, and says so', () => {
    const found = either('Fish &amp; chips &#8211; 5&nbsp;&euro; &lt;b&gt;');
    assert.deepEqual(linesOf(found), ['Fish & chips – 5\u00A0€ <b>']);
    assert.deepEqual(codesOf(found), ['text.entities']);
  });

  it('takes markup off a line, and says so', () => {
    const notes = new Notes();
    assert.equal(wordsToLine('The <em>new</em> harbour<br>opens', notes), 'The new harbour opens');
    assert.deepEqual(notes.list(), [
      { code: 'html.markup-in-line', detail: 'The <em>new</em> harbour<br>opens' },
    ]);
  });

  it('has the paragraphs that its empty lines make, where no element makes any', () => {
    const typed = either('One <em>two</em>\n\nThree <a href="https://example.com/">four</a>');
    assert.deepEqual(linesOf(typed), ['One two', 'Three four']);
    assert.deepEqual(codesOf(typed), ['body.breaks']);
    assert.deepEqual(linesOf(either('<p>One\n\ntwo</p>')), ['One two']);
  });

  it('is looked at in a time that grows with its length', () => {
    // Looking for the end of each of these tags to the end of the text would take minutes.
    const text = '<p '.repeat(400_000);
    assert.equal(looksLikeHtml(text), false);
    assert.equal(linesOf(either(text)).join(' ').length, text.length - 1);
  });
});
