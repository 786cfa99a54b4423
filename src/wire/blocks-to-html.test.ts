import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { marks, type Block, type Run, type Text } from '../stories/index.ts';
import { blocksToHtml } from './blocks-to-html.ts';
import { htmlToBlocks } from './import/html-to-blocks.ts';
import { plain, words } from './testing/html.ts';
import { codesOf } from './testing.ts';

const target = { origin: 'https://ledger.example', media: new Map() };

/** Words with no space at their ends, and never empty. */
const line = words.map((each) => `x${plain(each)}x`.replaceAll('\u00A0', ' '));
const run = fc
  .record(
    {
      text: line,
      marks: fc.subarray([...marks], { minLength: 1 }),
      href: fc.constantFrom('https://example.com/?a=1&b=2', 'mailto:desk@ledger.example', '#note'),
      lang: fc.constantFrom('fr', 'ar'),
    },
    { requiredKeys: ['text'] },
  )
  .map((each): Run => each);
/** A text as it is kept: neighbours that look the same are one run. */
const text = fc.array(run, { minLength: 1, maxLength: 4 }).map((runs): Text => {
  const merged: Run[] = [];
  for (const each of runs) {
    const last = merged.at(-1);
    const styleOf = ({ marks: set, href, lang }: Run) => JSON.stringify([set ?? [], href, lang]);
    if (last && styleOf(last) === styleOf(each)) last.text += each.text;
    else merged.push({ ...each });
  }
  return merged;
});
const cells = fc.tuple(text, text);
const cite = words.map((each) => `By ${plain(each)}`.trim());
const block: fc.Arbitrary<Block> = fc.oneof(
  text.map((each): Block => ({ type: 'paragraph', text: each })),
  fc.record({
    type: fc.constant('subheading' as const),
    text,
    level: fc.constantFrom(2 as const, 3 as const),
  }),
  fc.record({
    type: fc.constant('list' as const),
    ordered: fc.boolean(),
    items: fc.array(text, { minLength: 1, maxLength: 3 }),
  }),
  fc.record(
    { type: fc.constant('quote' as const), text, cite, source: fc.constant('https://example.com/speech') },
    { requiredKeys: ['type', 'text'] },
  ),
  fc.record({ type: fc.constant('pullquote' as const), text, cite }, { requiredKeys: ['type', 'text'] }),
  fc.record(
    {
      type: fc.constant('table' as const),
      caption: line,
      head: cells,
      rows: fc.array(cells, { minLength: 1, maxLength: 3 }),
      rowHeads: fc.boolean(),
    },
    { requiredKeys: ['type', 'rows', 'rowHeads'] },
  ),
  line.map((title): Block => ({
    type: 'embed',
    url: 'https://example.com/v?a=1&b=2',
    provider: 'example.com',
    title,
  })),
  fc.record(
    {
      type: fc.constant('code' as const),
      code: line.map((each) => `${each}\n  ${each}`),
      language: fc.constant('js'),
    },
    { requiredKeys: ['type', 'code'] },
  ),
  fc.constant<Block>({ type: 'divider' }),
);

describe('blocks as HTML', () => {
  it('read back are the same blocks', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 6 }), fc.boolean(), (body, xml) => {
        const back = htmlToBlocks(blocksToHtml(body, target), { xml });
        assert.deepEqual(back.blocks, JSON.parse(JSON.stringify(body)));
        assert.deepEqual(codesOf(back), []);
      }),
      { numRuns: 500 },
    );
  });

  it('name places on this site whole, and keep the words of what HTML does not know', () => {
    const html = blocksToHtml(
      [
        { type: 'paragraph', text: [{ text: 'a', href: '/2009/07/28/b' }] },
        { type: 'related', title: 'Read <on>', href: '/x', kicker: 'Analysis' },
        { type: 'keyfacts', title: 'In short', items: [[{ text: 'One' }]] },
      ],
      target,
    );
    assert.equal(
      html,
      '<p><a href="https://ledger.example/2009/07/28/b">a</a></p>\n<p>Analysis: <a href="https://ledger.example/x">Read &lt;on&gt;</a></p>\n<h3>In short</h3>\n<ul><li>One</li></ul>',
    );
  });
});
