import { DomUtils, parseDocument } from 'htmlparser2';

export type Document = ReturnType<typeof parseDocument>;
export type Element = ReturnType<typeof DomUtils.getElementsByTagName>[number];

/** A page as a parser of our own kind of HTML reads it. */
export function parse(markup: string): Document {
  return parseDocument(markup);
}

/** All elements below a node, or those of some names, in the order of the page. */
export function elements(root: Document | Element, ...names: string[]): Element[] {
  return DomUtils.getElementsByTagName((name) => names.length === 0 || names.includes(name), root, true);
}

/** Elements that do not part the words around them. */
const inline = new Set('a abbr b cite code em i mark s small span strong sub sup time u'.split(' '));

/** The words that a reader sees, with single spaces. */
export function wordsOf(root: Document | Element): string {
  return textOf(root).replaceAll(/\s+/g, ' ').trim();
}

function textOf(node: Document | Element | Document['children'][number]): string {
  if ('data' in node) return node.type === 'text' ? node.data : '';
  if ('name' in node && (node.name === 'script' || node.name === 'style')) return '';
  const words = node.children.map(textOf).join('');
  return 'name' in node && inline.has(node.name) ? words : ` ${words} `;
}

/** The one element of a name and class. @throws Error when there is none or more than one */
export function one(root: Document | Element, name: string, className?: string): Element {
  const found = elements(root, name).filter((each) => !className || classesOf(each).includes(className));
  if (found.length !== 1) throw new Error(`There are ${found.length} ${name}.${className ?? ''}, not one.`);
  return found[0]!;
}

/** Elements with a class. */
export function withClass(root: Document | Element, className: string): Element[] {
  return elements(root).filter((each) => classesOf(each).includes(className));
}

function classesOf(element: Element): string[] {
  return (element.attribs.class ?? '').split(' ');
}

/** Values of an attribute, in order. */
export function valuesOf(root: Document | Element, attribute: string, ...names: string[]): string[] {
  return elements(root, ...names).flatMap(({ attribs }) => attribs[attribute] ?? []);
}

/** What a page tells machines: each block of JSON-LD. */
export function structuredData(root: Document | Element): Record<string, unknown>[] {
  return elements(root, 'script')
    .filter(({ attribs }) => attribs.type === 'application/ld+json')
    .map((script) => JSON.parse(DomUtils.textContent(script)) as Record<string, unknown>);
}
