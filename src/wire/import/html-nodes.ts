import { parseDocument } from 'htmlparser2';
import { plainText } from '../../stories/index.ts';
import { InlineText } from './inline-text.ts';

/** A node of the parsed tree, as far as it is used here. */
export interface HtmlNode {
  readonly type: string;
  readonly name?: string;
  readonly data?: string;
  readonly attribs?: Record<string, string>;
  readonly children?: readonly HtmlNode[];
}

/** Elements that begin and end a paragraph. */
export const containers = new Set(
  'p div section article main header footer aside center address body html details summary hgroup nav root fieldset label dd content font thead tbody tfoot td th tr caption figcaption form dialog marquee block body.content body.head nitf hl2'.split(
    ' ',
  ),
);
/** Elements that show nothing. */
export const silent = new Set(
  'head meta link title base col colgroup source track param wbr area'.split(' '),
);
/** Elements that are left out with all they hold, which is noted. */
export const dropped = new Set(
  'script style noscript template input button select textarea svg math canvas applet frameset'.split(' '),
);
/** Elements of a line that add nothing that text keeps. */
export const transparent = new Set(
  'span a abbr acronym small big bdo bdi ins mark time data ruby rt rp rb u nobr font picture q output map'.split(
    ' ',
  ),
);
/** Elements within elements; deeper ones count as their text alone. */
export const deepest = 150;

const codeElements = new Set(['script', 'style', 'template']);

/** All text below a node but code, without recursion, however deep it is. */
export function textOf(node: HtmlNode): string {
  let text = '';
  const waiting: HtmlNode[] = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.type === 'text') text += next.data ?? '';
    if (next.name && codeElements.has(next.name.toLowerCase())) continue;
    for (let index = (next.children?.length ?? 0) - 1; index >= 0; index -= 1)
      waiting.push(next.children![index]!);
  }
  return text;
}

/** First element below a node that passes, in document order. */
export function findElement(
  node: HtmlNode,
  test: (element: HtmlNode) => boolean,
  depth = 0,
): HtmlNode | undefined {
  if (depth > deepest) return undefined;
  for (const child of node.children ?? []) {
    if (child.name && test(child)) return child;
    const found = findElement(child, test, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** The children of a node, without some nodes that may stand deeper. */
export function withoutNodes(
  node: HtmlNode,
  left: readonly (HtmlNode | undefined)[],
  depth = 0,
): readonly HtmlNode[] {
  const children = (node.children ?? []).filter((child) => !left.includes(child));
  // No deeper than `findElement`, which found them, went.
  if (depth > deepest || left.every((each) => each === undefined)) return children;
  return children.map((child) =>
    child.children ? { ...pick(child), children: withoutNodes(child, left, depth + 1) } : child,
  );
}

function pick(node: HtmlNode): HtmlNode {
  return { type: node.type, name: node.name, data: node.data, attribs: node.attribs };
}

/** Words of an HTML fragment on one line, without marks: for headlines and captions. */
export function htmlToPlain(html: string): string {
  if (!/[<&]/.test(html)) return html.replaceAll(/\s+/g, ' ').trim();
  const inline = new InlineText();
  const visit = (nodes: readonly HtmlNode[], depth: number) => {
    for (const node of nodes) {
      if (node.type === 'text' || node.type === 'cdata') inline.add(textOf(node));
      else if (node.name === 'br' || (node.name && containers.has(node.name))) inline.add(' ');
      if (depth < deepest && node.type !== 'cdata' && !(node.name && dropped.has(node.name)))
        visit(node.children ?? [], depth + 1);
    }
  };
  visit(parseDocument(html).children as readonly HtmlNode[], 0);
  return plainText(inline.take()).replaceAll(/\s+/g, ' ');
}
