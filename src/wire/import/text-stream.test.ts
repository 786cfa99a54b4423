import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { jsonObjects } from './json-stream.ts';
import { inFolder } from '../testing.ts';
import { openText } from './text-stream.ts';
import { textOf } from './html-nodes.ts';
import { xmlRecords } from './xml-records.ts';

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size);
}

const words = 'Zażółć “gęślą” – 5 € naïve 🌊';
const latin = Buffer.from([0x93, 0x6e, 0x61, 0xef, 0x76, 0x65, 0x94, 0x20, 0x96, 0x20, 0x80]);

describe('a text file', () => {
  const read = (bytes: Uint8Array) =>
    inFolder(async (folder) => {
      const path = join(folder, 'x.txt');
      await writeFile(path, bytes);
      const file = await openText(path);
      const parts = await Array.fromAsync(file.read());
      return { text: parts.join(''), encoding: file.encoding, isGuess: file.isGuess };
    });
  const utf16 = (text: string, isBig: boolean) => {
    const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
    return isBig ? bytes.swap16() : bytes;
  };

  it('is read in the encoding that it says, else in the one that fits', async () => {
    const cases: [name: string, bytes: Uint8Array, text: string, encoding: string, isGuess: boolean][] = [
      ['UTF-8', Buffer.from(words), words, 'utf-8', false],
      ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${words}`), words, 'utf-8', false],
      ['UTF-16LE', utf16(words, false), words, 'utf-16le', false],
      ['UTF-16BE', utf16(words, true), words, 'utf-16be', false],
      ['Windows-1252', latin, '“naïve” – €', 'windows-1252', true],
      [
        'XML that says',
        Buffer.concat([
          Buffer.from('<?xml version="1.0" encoding="ISO-8859-2"?><a>'),
          Buffer.from([0xb1, 0xea]),
        ]),
        '<?xml version="1.0" encoding="ISO-8859-2"?><a>ąę',
        'ISO-8859-2',
        false,
      ],
      ['nothing', Buffer.alloc(0), '', 'utf-8', false],
      [
        'UTF-8 that goes wrong late',
        Buffer.concat([Buffer.from('a'.repeat(600_000)), latin]),
        `${'a'.repeat(600_000)}“naïve” – €`,
        'windows-1252',
        true,
      ],
    ];
    for (const [name, bytes, text, encoding, isGuess] of cases)
      assert.deepEqual(await read(bytes), { text, encoding, isGuess }, name);
  });

  it('has no character cut where its pieces meet', async () => {
    for (let shift = 0; shift < 4; shift += 1) {
      const text = 'x'.repeat(256 * 1024 - 2 - shift) + '🌊'.repeat(3);
      assert.equal((await read(Buffer.from(text))).text, text);
    }
  });

  it('is refused in words when it is none', async () => {
    await assert.rejects(read(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0])), { code: 'import.binary' });
    await inFolder(async (folder) => {
      await assert.rejects(openText(join(folder, 'nothing.csv')), { code: 'import.no-file' });
      await mkdir(join(folder, 'sub'));
      await assert.rejects(openText(join(folder, 'sub')), { code: 'import.no-file' });
    });
  });
});

describe('objects of a JSON text', () => {
  const read = async (text: string, size = 3) => Array.fromAsync(jsonObjects(pieces(text, size)));

  it('come one by one from an object, an array, lines, or one after the other', async () => {
    for (const text of [
      '{"a":1}{"b":2}',
      '[{"a":1},{"b":2}]',
      '{"a":1}\n{"b":2}\n',
      ' [ {"a":1} , {"b":2} ] ',
    ])
      assert.deepEqual(await read(text), ['{"a":1}', '{"b":2}'], text);
    assert.deepEqual(await read('[]'), []);
  });

  it('are refused when the text ends within one', async () => {
    for (const text of ['{"a":1', '[{"a":1},{"b":"}"', '{"a":{}'])
      await assert.rejects(read(text), { code: 'import.json' });
  });

  it('come out as they went in, whatever is in their strings and wherever the text is cut', async () => {
    const text = fc.string({
      unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', 'a', '\n', '🌊', '\u2028'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(text, text, { noNullPrototype: true })),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        async (objects, size, isList) => {
          const written = isList
            ? JSON.stringify(objects)
            : objects.map((each) => JSON.stringify(each)).join('\n');
          assert.deepEqual(
            (await read(written, size)).map((each) => JSON.parse(each) as unknown),
            objects,
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('records of an XML text', () => {
  const read = async (text: string, size = 5) => {
    const records = [];
    for await (const { node } of xmlRecords(pieces(text, size), (name) => name === 'item'))
      records.push(textOf(node));
    return records;
  };

  it('come one by one, whatever stands around them', async () => {
    assert.deepEqual(
      await read(
        '<?xml version="1.0"?><rss><channel><title>T</title><item>One</item>\n<item><![CDATA[<Two>]]></item><x/><ITEM>3</ITEM></channel></rss>',
      ),
      ['One', '<Two>', '3'],
    );
  });

  it('do not stop at stray ampersands, unknown prefixes or missing end tags', async () => {
    assert.deepEqual(await read('<rss><item><a:b>R&D</c></item><item><x>Two</item></rss>'), ['R&D', 'Two']);
  });

  it('are refused when the text ends within one; those before it came', async () => {
    const found: string[] = [];
    await assert.rejects(
      async () => {
        for await (const { node } of xmlRecords(
          pieces('<rss><item>One</item><item>Tw', 4),
          (name) => name === 'item',
        ))
          found.push(textOf(node));
      },
      { code: 'import.xml' },
    );
    assert.deepEqual(found, ['One']);
  });

  it('expand no entities of their own', async () => {
    const bomb =
      '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]><rss><item>&b;&f;</item></rss>';
    assert.deepEqual(await read(bomb), ['&b;&f;']);
  });
});
