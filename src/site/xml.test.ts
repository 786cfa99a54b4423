import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { escapeXml, sayable, xml, xmlDocument, type Xml } from './xml.ts';

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc
    .array(
      fc.constantFrom(
        ...['<', '>', '"', "'", '&', '\0', '\b', '\n', '\r\n', '\t', '\u007f', '\u0085', '\u2028'],
        ...['\ufffe', '\uffff', '\ud83c', '\udf0a', '🌊', ']]>', '<![CDATA[', '<!--', '-->', '<?xml ?>'],
        ...['&amp;', '&#0;', '&#x1F;', '&lol;', '</a>', 'ب', ' '],
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
);

/** What a parser that is not ours makes of a document. */
function read(document: string): { names: string[]; attribute: string | undefined; text: string } {
  const found = { names: [] as string[], attribute: undefined as string | undefined, text: '' };
  let isInside = false;
  const parser = new SaxesParser();
  parser.on('error', (error) => assert.fail(error.message));
  parser.on('opentag', ({ name, attributes }) => {
    found.names.push(name);
    isInside = true;
    found.attribute ??= attributes.b as string | undefined;
  });
  parser.on('text', (text) => {
    // The lines around the root are told as text too.
    if (isInside) found.text += text;
  });
  parser.on('closetag', () => (isInside = false));
  parser.on('cdata', () => assert.fail('a CDATA section'));
  parser.on('comment', () => assert.fail('a comment'));
  parser.write(document).close();
  return found;
}

describe('xml', () => {
  it('keeps text as text, whatever it holds, and leaves out what XML cannot say', () => {
    fc.assert(
      fc.property(nasty, nasty, (text, value) => {
        const found = read(xmlDocument(xml`<a b="${value}">${text}</a>`));
        assert.deepEqual(found.names, ['a']);
        // XML 1.0, sections 2.11 and 3.3.3: what a parser makes of line ends, and of blanks in an attribute.
        const lines = (words: string) => sayable(words).replaceAll(/\r\n?/g, '\n');
        assert.equal(found.text, lines(text));
        assert.equal(found.attribute, lines(value).replaceAll(/[\t\n]/g, ' '));
      }),
      { numRuns: 1000 },
    );
  });

  it('drops control characters and halves of a pair, and nothing else', () => {
    assert.equal(sayable('a\0b\u001fc\u0085d\ud83ce\ufffff\tg\nh🌊ب'), 'abcdef\tg\nh🌊ب');
    assert.equal(escapeXml('\ud83c\udf0a "]]>" & <'), '🌊 &quot;]]&gt;&quot; &amp; &lt;');
  });

  it('leaves the lines of a template out, and not those of a text', () => {
    const made = xml`
      <a
        b="1"
        c="${'x\ny'}">
        ${['p', 'q\n'].map((text) => xml`<d>${text}</d>`)}
      </a>
    `;
    assert.equal(made.toString(), '<a b="1" c="x\ny"><d>p</d><d>q\n</d></a>');
  });

  it('takes nothing for what is not there, and zero for zero', () => {
    assert.equal(xml`<a>${undefined}${null}${false}${0}${''}</a>`.toString(), '<a>0</a>');
  });

  it('refuses a hole that no escaping makes safe, and markup in an attribute', () => {
    for (const make of [
      () => xml`<${'a'}/>`,
      () => xml`<a ${'b'}="1"/>`,
      () => xml`<a b=${'1'}/>`,
      () => xml`<a b='${'1'}'/>`,
      () => xml`<a><!-- ${'b'} --></a>`,
      () => xml`<a><![CDATA[${'b'}]]></a>`,
      () => xml`<?a ${'b'}?><a/>`,
      () => xml`<a b="${xml`<c/>` as unknown as string}"/>`,
      () => xml`<a b="${'1'}`,
    ] as (() => Xml)[]) {
      assert.throws(make, make.toString());
    }
  });
});
