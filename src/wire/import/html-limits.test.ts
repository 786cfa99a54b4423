import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { htmlToPlain } from './html-nodes.ts';
import { htmlToBlocks as convert } from './html-to-blocks.ts';
import { assertAllowed, escaped, plain, soup, words } from '../testing/html.ts';
import { codesOf, linesOf } from '../testing.ts';

describe('HTML of any kind', () => {
  it('stays within the limits of blocks, and loses no word to them', () => {
    const words = (count: number, of = 'word ') => of.repeat(count).trim();
    const long = words(60_000);
    assert.equal(linesOf(convert(`<p>${long}</p>`))[0], long);
    assert.equal(linesOf(convert(`<p>${'🌊'.repeat(120_000)}</p>`))[0], '🌊'.repeat(120_000));
    const many = Array.from({ length: 7000 }, (_, index) => `<b>${index}</b> `).join('');
    assert.equal(
      linesOf(convert(`<p>${many}</p>`))[0],
      Array.from({ length: 7000 }, (_, index) => index).join(' '),
    );
    const items = convert(`<ul>${'<li>x</li>'.repeat(1200)}</ul>`).blocks;
    assert.deepEqual(
      items.map((block) => block.type === 'list' && block.items.length),
      [500, 500, 200],
    );
    const code = convert(`<pre>${'x'.repeat(250_000)}</pre>`).blocks;
    assert.equal(code.map((block) => (block.type === 'code' ? block.code : '')).join('').length, 250_000);
    for (const html of [
      `<p>${long}</p>`,
      `<p>${many}</p>`,
      `<ul><li>${'<p>a <b>b</b></p>'.repeat(3000)}</li></ul>`,
      `<blockquote>${'<p>a <b>b</b></p>'.repeat(3000)}<cite>${words(900)}</cite></blockquote>`,
      '<p>x</p>'.repeat(6000),
      `<table>${`<tr>${'<td>x</td>'.repeat(60)}</tr>`.repeat(2100)}</table>`,
      `<img src="a.jpg" alt="${words(900)}">`,
      `<figure>${'<img src="a.jpg">'.repeat(450)}</figure>`,
      `<iframe src="https://example.com/${'x'.repeat(3000)}" title="${words(900)}"></iframe>`,
      `<a href="https://example.com/${'x'.repeat(3000)}">x</a><p lang="${'x'.repeat(50)}">y</p>`,
    ])
      assertAllowed(convert(html).blocks);
    assert.ok(codesOf(convert('<p>x</p>'.repeat(6000))).includes('html.too-long'));
    assert.ok(
      codesOf(convert(`<table>${'<tr><td>x</td><td>y</td></tr>'.repeat(2100)}</table>`)).includes(
        'table.cut',
      ),
    );
  });

  it('survives nesting of any depth', () => {
    for (const name of [
      'div',
      'b',
      'ul><li',
      'blockquote',
      'figure',
      'table><tr><td',
      'table><thead',
      'dl',
      'a href="/x"',
      'object',
      'h2',
      'q',
    ])
      assert.equal(
        linesOf(convert(`${`<${name}>`.repeat(5000)}Words`))
          .join('')
          .replaceAll(/[“”]/g, ''),
        'Words',
        name,
      );
  });

  it('never throws, whatever the text, and its output is always allowed', () => {
    fc.assert(
      fc.property(soup, fc.boolean(), fc.boolean(), (html, xml, breaks) => {
        const { blocks, notes } = convert(html, { xml, breaks, base: 'https://example.com/a/' });
        assertAllowed(blocks);
        assert.ok(notes.every(({ code, detail }) => /^[a-z]+\.[a-z-]+$/.test(code) && detail.length <= 300));
        htmlToPlain(html);
      }),
      { numRuns: 1500 },
    );
  });

  it('brings any words of a paragraph through as they are', () => {
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 5 }), (paragraphs) => {
        const html = paragraphs.map((each) => `<p>${escaped(each)}</p>`).join('\n');
        assert.deepEqual(linesOf(convert(html)).map(plain), paragraphs.map(plain).filter(Boolean));
      }),
      { numRuns: 500 },
    );
  });
});
