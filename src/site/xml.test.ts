import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { assertXml, nasty } from './testing.ts';
import { escapeXml, sayable, xml, xmlDocument, type Xml } from './xml.ts';

describe('xml', () => {
  it('keeps text as text, whatever it holds, and leaves out what XML cannot say', () => {
    fc.assert(
      fc.property(nasty, nasty, (text, value) => {
        const found = assertXml(xmlDocument(xml`<a b="${value}">${text}</a>`));
        assert.deepEqual([found.name, found.children], ['a', []]);
        // XML 1.0, sections 2.11 and 3.3.3: what a parser makes of line ends, and of blanks in an attribute.
        const lines = (words: string) => sayable(words).replaceAll(/\r\n?/g, '\n');
        assert.equal(found.text, lines(text));
        assert.equal(found.attributes.b, lines(value).replaceAll(/[\t\n]/g, ' '));
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
