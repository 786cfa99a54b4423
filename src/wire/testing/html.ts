import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { body, text as textSchema, type Block } from '../../stories/index.ts';
import type { LooseBlock } from '../import/loose-blocks.ts';

/** The output is what a story may hold, as far as it is not files that are still to be found. */
export function assertAllowed(blocks: readonly LooseBlock[]): void {
  const allowed: Block[] = [];
  for (const block of blocks) {
    if (block.type === 'loose-picture' || block.type === 'loose-gallery') {
      const pictures = block.type === 'loose-gallery' ? block.pictures : [block];
      assert.ok(pictures.length > 0 && pictures.length <= 200);
      for (const picture of pictures) {
        assert.ok(picture.alt.length <= 2000 && (picture.credit ?? '').length <= 2000);
        assert.ok(textSchema.safeParse(picture.caption ?? []).success);
      }
    } else if (block.type === 'loose-audio' || block.type === 'loose-video')
      assert.ok(block.title.length <= 2000);
    else allowed.push(block);
  }
  const checked = body.safeParse(allowed);
  assert.equal(checked.error?.message, undefined);
  assert.ok(blocks.length <= 5000);
}

/** Words as they are compared: how they are spaced says nothing. */
export const plain = (each: string) => each.replaceAll(/\s+/g, ' ').trim();
export const escaped = (each: string) =>
  each.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Words with the characters that matter. */
export const words = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'word',
        'Zażółć',
        '“quoted”',
        "it's",
        '<b>',
        '&amp;',
        '&',
        '<',
        '>',
        '"',
        '🌊',
        'e\u0301',
        'שלום',
        'مرحبا',
        '\u200F',
        '\u00A0',
        '—',
        '\uFFFD',
        '日本',
        ']]>',
        '<!--',
        '%3C',
        '\\',
      ),
      fc
        .string({ unit: 'grapheme', maxLength: 4 })
        .map((each) => each.replaceAll(/\p{Cc}|[\uFFFE\uFFFF]/gu, '')),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(' ').toWellFormed());

const names =
  'p div b i a ul ol li table tr td th thead caption figure figcaption img iframe object embed video audio source track blockquote cite footer pre code h1 h6 script style svg math noscript form input br hr dl dt dd q u span small template textarea title head body html block nitf'.split(
    ' ',
  );
const attribute = fc.constantFrom(
  ' href="https://example.com/"',
  " href='javascript:alert(1)'",
  ' href=//x',
  ' src=a.jpg',
  ' src="data:image/png;base64,AAAA"',
  ' src="https://example.com/v"',
  ' srcset="a 1x, b 2x"',
  ' alt="An alt"',
  ' title=t',
  ' class="credit byline"',
  ' class=twitter-tweet',
  ' colspan=3',
  ' colspan="-1"',
  ' rowspan=9',
  ' width=1',
  ' lang=fr',
  ' cite="https://example.com/"',
  ' onclick=x',
  ' data-src=b.jpg',
  ' role=presentation',
  ' "',
  " '",
  ' =',
  ' type',
);
/** Something like HTML, as nobody would write it. */
export const soup = fc
  .array(
    fc.oneof(
      fc
        .tuple(fc.constantFrom(...names), fc.array(attribute, { maxLength: 3 }))
        .map(([name, attributes]) => `<${name}${attributes.join('')}>`),
      fc.constantFrom(...names).map((name) => `</${name}>`),
      words,
      fc.constantFrom(
        '<',
        '>',
        '</',
        '<!--',
        '-->',
        '<![CDATA[',
        ']]>',
        '<?xml',
        '&#0;',
        '&#xD800;',
        '&nbsp',
        '&lt;',
        '\0',
        '\uD83C',
        '\uFFFF',
        '\n\n',
        '<a href="',
        "<p title='",
      ),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));
