import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';

const pieces = [
  // What markup, JSON and lines are made of.
  ...'<>"\'&\\=#\n\t ',
  '\r\n',
  ']]>',
  '<![CDATA[',
  '<!--',
  '-->',
  '<?a ?>',
  '&amp;',
  '&#0;',
  '&lol;',
  '</title>',
  '</script>',
  // What XML cannot hold: control characters, halves of a pair, no characters.
  ...'\0\b\u007f\u0085\ufffe\uffff',
  '\ud83c',
  '\udf0a',
  '\u2028',
  '🌊',
  'ب',
  'a',
];

/** Words that break formats. */
export const nasty: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 10 }).map((parts) => parts.join('')),
);

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/** The root of a document. Fails where it is not well-formed, or a prefix is not declared. */
export function assertXml(document: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true });
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  parser.on('error', (error) => assert.fail(`${error.message}\n${document.slice(0, 2000)}`));
  parser.on('opentag', ({ name, attributes }) => {
    const values = Object.entries(attributes).map(([key, { value }]) => [key, value]);
    const element: XmlElement = { name, attributes: Object.fromEntries(values), children: [], text: '' };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element) element.text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.write(document).close();
  assert.ok(root);
  return root;
}

/** Child elements of a name. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** Text of the only child element of a name. */
export function textIn(element: XmlElement, name: string): string | undefined {
  const found = childrenOf(element, name);
  assert.ok(found.length <= 1, `${element.name} has ${found.length} times ${name}`);
  return found[0]?.text;
}
