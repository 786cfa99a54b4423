import { Parser } from 'htmlparser2';
import { AppError } from '../../platform/errors.ts';
import type { HtmlNode } from './html-nodes.ts';

/** An element while it is being read. Names are in small letters, with their prefix. */
export interface XmlNode extends HtmlNode {
  readonly name: string;
  readonly attribs: Record<string, string>;
  readonly children: HtmlNode[];
}

const longest = 64 * 1024 * 1024;
const deepest = 500;

/**
 * The elements of an XML text that `isRecord` picks, one at a time, and all that stands before the first of them as
 * `head`. Forgiving: undeclared prefixes, stray ampersands and missing end tags do not stop it.
 * @throws AppError `import.xml` for a record longer than 64 MiB, or one in the middle of which the text ends
 */
export async function* xmlRecords(
  text: AsyncIterable<string>,
  isRecord: (name: string) => boolean,
): AsyncGenerator<{ node: XmlNode; head: XmlNode }> {
  const head = element('head', {});
  let open: XmlNode[] = [];
  let isInRecord = false;
  let length = 0;
  let skipped = 0;
  let isAtEnd = false;
  const ready: XmlNode[] = [];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const lower = name.toLowerCase();
        if (!isInRecord && isRecord(lower)) {
          isInRecord = true;
          open = [];
          length = 0;
        }
        if (open.length >= deepest) {
          skipped += 1;
          return;
        }
        const node = element(lower, lowerKeys(attributes));
        (open.at(-1)?.children ?? head.children).push(node);
        open.push(node);
      },
      ontext(data) {
        length += data.length;
        if (length > longest) throw new AppError('import.xml', 'An item in the file is longer than 64 MiB.');
        open.at(-1)?.children.push({ type: 'text', data });
      },
      onclosetag() {
        if (skipped > 0) {
          skipped -= 1;
          return;
        }
        const node = open.pop();
        if (!isInRecord || open.length > 0 || !node) return;
        if (isAtEnd)
          throw new AppError('import.xml', 'The file ends in the middle of an item: it was cut off.');
        isInRecord = false;
        head.children.splice(head.children.indexOf(node), 1);
        ready.push(node);
      },
    },
    { xmlMode: true, decodeEntities: true, lowerCaseTags: false, recognizeSelfClosing: true },
  );
  for await (const chunk of text) {
    parser.write(chunk);
    for (const node of ready.splice(0)) yield { node, head };
  }
  isAtEnd = true;
  parser.end();
  for (const node of ready.splice(0)) yield { node, head };
}

function element(name: string, attribs: Record<string, string>): XmlNode {
  return { type: 'tag', name, attribs, children: [] };
}

function lowerKeys(attributes: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key.toLowerCase(), value]));
}

/** Child elements of these names, in the order of the names, then of the document. */
export function childrenOf(node: XmlNode, ...names: string[]): XmlNode[] {
  return names.flatMap((name) =>
    node.children.filter((child): child is XmlNode => child.name === name && child.children !== undefined),
  );
}

/** Elements of a name at any depth. */
export function descendantsOf(node: XmlNode, name: string): XmlNode[] {
  return node.children.flatMap((child) => {
    if (!child.name) return [];
    const inner = descendantsOf(child as XmlNode, name);
    return child.name === name ? [child as XmlNode, ...inner] : inner;
  });
}
