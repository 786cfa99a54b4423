/** Markup of feeds, sitemaps and the like, made with the tag `xml`; what `html` is for pages. */
export class Xml {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}

/** What a hole may hold; null, undefined and false are nothing. */
export type XmlHole = Xml | string | number | null | undefined | false | readonly XmlHole[];

interface Template {
  /** The text between the holes, without the lines that are for whoever reads the template. */
  readonly parts: readonly string[];
  /** Whether each hole stands within an attribute. */
  readonly isAttribute: readonly boolean[];
}

const templates = new WeakMap<TemplateStringsArray, Template>();

/**
 * Each hole is text: between tags, or within a quoted attribute. Line breaks of the template, with the blanks around
 * them, are left out.
 * @throws Error when a hole stands in a name, a comment, a CDATA section or a processing instruction
 */
export function xml(strings: TemplateStringsArray, ...holes: readonly XmlHole[]): Xml {
  let template = templates.get(strings);
  if (template === undefined) {
    template = parseTemplate(strings);
    templates.set(strings, template);
  }
  const { parts, isAttribute } = template;
  let out = parts[0]!;
  for (let index = 0; index < holes.length; index += 1) {
    out += fill(holes[index], isAttribute[index]!) + parts[index + 1]!;
  }
  return new Xml(out);
}

/** A whole document, with its declaration. */
export function xmlDocument(root: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.toString()}\n`;
}

/** Text for XML and for HTML, between tags and within double quotes. */
export function escapeXml(text: string): string {
  return sayable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Text without what XML 1.0 cannot hold (section 2.2) or advises against: control characters, halves of a pair. */
export function sayable(text: string): string {
  return text.replaceAll(/(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]|\p{Surrogate}/gu, '');
}

function fill(hole: XmlHole, isAttribute: boolean): string {
  if (typeof hole === 'string') return escapeXml(hole);
  if (typeof hole === 'number') return String(hole);
  if (hole === null || hole === undefined || hole === false) return '';
  if (isAttribute) throw new Error('Only text can stand in an attribute.');
  if (hole instanceof Xml) return hole.toString();
  let out = '';
  for (const each of hole) out += fill(each, false);
  return out;
}

/** What begins with `<` and is no element. */
const barred = /^<(!--|!\[CDATA\[|\?|!)/;

function parseTemplate(strings: readonly string[]): Template {
  const parts: string[] = [];
  const isAttribute: boolean[] = [];
  let state: 'text' | 'tag' | 'value' = 'text';
  for (const [index, text] of strings.entries()) {
    let part = '';
    for (let at = 0; at < text.length; at += 1) {
      const letter = text[at]!;
      if (state === 'text' && letter === '<') {
        if (barred.test(text.slice(at))) throw new Error(`Only elements can stand here: ${near(text)}`);
        state = 'tag';
      } else if (state === 'tag') {
        if (letter === "'") throw new Error(`Attributes stand in double quotes: ${near(text)}`);
        if (letter === '"') state = 'value';
        else if (letter === '>') state = 'text';
      } else if (state === 'value' && letter === '"') {
        state = 'tag';
      }
      const lines = state === 'value' ? undefined : /^\s*\n\s*/.exec(text.slice(at))?.[0];
      part += lines === undefined ? letter : state === 'tag' ? ' ' : '';
      if (lines !== undefined) at += lines.length - 1;
    }
    parts.push(part);
    if (index + 1 === strings.length) break;
    if (state === 'tag') throw new Error(`A hole stands in a tag and outside of quotes: ${near(text)}`);
    isAttribute.push(state === 'value');
  }
  if (state !== 'text') throw new Error(`A template ends within a tag: ${near(strings.at(-1)!)}`);
  return { parts, isAttribute };
}

function near(text: string): string {
  return JSON.stringify(text.slice(-60));
}
