/**
 * Pages are made with this tag. Each hole is escaped by where it stands; a hole where no escaping can make it safe
 * is an error the first time that its template is used. Contexts follow the HTML standard's tokenizer (WHATWG HTML,
 * section 13.2.5), as far as templates that people write need it.
 */
export class Html {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}

/** Attributes of a tag that depend on something; made by `attributes`. */
export class Attributes {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}

/** What a hole may hold; null, undefined and false are nothing. */
export type Hole = Html | Attributes | string | number | null | undefined | false | readonly Hole[];

/** Where a hole stands. */
type Context = 'text' | 'attribute' | 'url' | 'urls' | 'attributes';

const contextsOf = new WeakMap<TemplateStringsArray, Context[]>();

/** @throws Error when a hole stands in a script, a style, a tag or an unquoted attribute */
export function html(strings: TemplateStringsArray, ...holes: readonly Hole[]): Html {
  let contexts = contextsOf.get(strings);
  if (contexts === undefined) {
    contexts = parseTemplate(strings);
    contextsOf.set(strings, contexts);
  }
  let out = strings[0]!;
  for (let index = 0; index < holes.length; index += 1) {
    out += fill(holes[index], contexts[index]!) + strings[index + 1]!;
  }
  return new Html(out);
}

/** Names that were given to `attributes`: they stand in our own code, so there are few. */
const knownAttributes = new Map<string, Context>();

/**
 * Attributes for a hole within a tag: `<p${attributes({ lang, hidden: true })}>`. Each value is escaped by its name;
 * true is the name alone; null, undefined and false leave it out.
 * @throws Error for a name that can run code
 */
export function attributes(
  values: Readonly<Record<string, string | number | boolean | null | undefined>>,
): Attributes {
  let out = '';
  for (const name in values) {
    const value = values[name];
    if (value === null || value === undefined || value === false) continue;
    let context = knownAttributes.get(name);
    if (context === undefined) {
      if (!/^[a-z][a-z0-9-]*$/.test(name) || barredAttributes.test(name)) {
        throw new Error(`A hole cannot stand in ${name}.`);
      }
      context = contextOf(name);
      knownAttributes.set(name, context);
    }
    out += value === true ? ` ${name}` : ` ${name}="${fill(value, context)}"`;
  }
  return new Attributes(out);
}

/** Markup that is known to be safe, because our own code made it. */
export function raw(trusted: string): Html {
  return new Html(trusted);
}

/** A data block, such as JSON-LD: nothing in it can end the script or open a comment. */
export function jsonScript(type: string, value: unknown): Html {
  const json = JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return new Html(`<script type="${escapeText(type)}">${json}</script>`);
}

/** Text in which nothing is markup, between tags and in quoted attributes. */
export function escapeText(text: string): string {
  // Most text holds nothing to escape; looking is cheaper than replacing.
  if (!/[&<>"']/.test(text)) return text;
  let out = '';
  let done = 0;
  for (let index = 0; index < text.length; index += 1) {
    const entity = entities[text.charCodeAt(index)];
    if (entity === undefined) continue;
    out += text.slice(done, index) + entity;
    done = index + 1;
  }
  return out + text.slice(done);
}

const entities: (string | undefined)[] = [];
for (const [letter, entity] of [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
] as const) {
  entities[letter.charCodeAt(0)] = entity;
}

function fill(hole: Hole, context: Context): string {
  if (context === 'attributes') {
    if (hole instanceof Attributes) return hole.toString();
    if (hole === null || hole === undefined || hole === false) return '';
    throw new Error('Text cannot stand within a tag; give attributes().');
  }
  if (hole instanceof Attributes) throw new Error('attributes() cannot stand outside a tag.');
  if (typeof hole === 'string') {
    if (context === 'url') return escapeText(safeUrl(hole));
    if (context === 'urls')
      return escapeText(
        hole
          .split(',')
          .map((part) => safeUrl(part.trim()))
          .join(', '),
      );
    return escapeText(hole);
  }
  if (hole instanceof Html) {
    if (context !== 'text') throw new Error('Markup cannot stand in an attribute; give text.');
    return hole.toString();
  }
  if (typeof hole === 'number') return String(hole);
  if (hole === null || hole === undefined || hole === false) return '';
  if (context !== 'text') throw new Error('A list cannot stand in an attribute; join it to text.');
  let out = '';
  for (const each of hole) out += fill(each, context);
  return out;
}

/** An address that runs nothing: relative, or http(s), mailto, tel, sms. Anything else becomes '#'. */
export function safeUrl(url: string): string {
  // A path on a site, which most are, has no scheme.
  if (url.charCodeAt(0) === 47) return url;
  // Browsers drop these letters before they read the scheme (WHATWG URL, section 4.4).
  // oxlint-disable-next-line no-control-regex
  const bare = url.replace(/[\u0000-\u0020]+/g, '');
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(bare);
  return scheme === null || /^(https?|mailto|tel|sms)$/i.test(scheme[1]!) ? url : '#';
}

const urlAttributes = new Set([
  'href',
  'src',
  'action',
  'formaction',
  'poster',
  'cite',
  'data',
  'manifest',
  'ping',
  'background',
]);
const barredAttributes = /^(on.*|style|srcdoc|nonce|integrity)$/;
const rawText = new Set([
  'script',
  'style',
  'textarea',
  'title',
  'iframe',
  'noembed',
  'noframes',
  'xmp',
  'plaintext',
]);

/**
 * Find the context of each hole.
 * @throws Error when one stands where it cannot be made safe
 */
export function parseTemplate(strings: readonly string[]): Context[] {
  const contexts: Context[] = [];
  let state:
    | 'text'
    | 'tag-open'
    | 'tag'
    | 'name'
    | 'after-name'
    | 'before-value'
    | 'value'
    | 'comment'
    | 'raw' = 'text';
  let tag = '';
  let attribute = '';
  let quote = '';
  for (let part = 0; part < strings.length; part += 1) {
    const text = strings[part]!;
    for (let at = 0; at < text.length; at += 1) {
      const letter = text[at]!;
      if (state === 'text') {
        if (letter !== '<') continue;
        if (text.startsWith('<!--', at)) {
          state = 'comment';
          at += 3;
        } else if (/[a-zA-Z/!]/.test(text[at + 1] ?? '')) {
          state = 'tag-open';
          tag = '';
        } else if (at + 1 === text.length && part + 1 < strings.length) {
          throw new Error(`A hole cannot name a tag: ${near(text)}`);
        }
      } else if (state === 'comment') {
        if (text.startsWith('-->', at)) {
          state = 'text';
          at += 2;
        }
      } else if (state === 'raw') {
        if (letter === '<' && text.slice(at + 1, at + 2 + tag.length).toLowerCase() === `/${tag}`) {
          state = 'tag-open';
          tag = '';
        }
      } else if (state === 'tag-open') {
        if (letter === '>') state = endTag(tag);
        else if (/\s/.test(letter)) state = 'tag';
        else tag += letter.toLowerCase();
      } else if (state === 'tag') {
        if (letter === '>') state = endTag(tag);
        else if (!/[\s/]/.test(letter)) {
          state = 'name';
          attribute = letter.toLowerCase();
        }
      } else if (state === 'name' || state === 'after-name') {
        if (letter === '=') state = 'before-value';
        else if (letter === '>') state = endTag(tag);
        else if (/\s/.test(letter)) state = 'after-name';
        else if (state === 'name') attribute += letter.toLowerCase();
        else {
          state = 'name';
          attribute = letter.toLowerCase();
        }
      } else if (state === 'before-value') {
        if (letter === '"' || letter === "'") {
          state = 'value';
          quote = letter;
        } else if (!/\s/.test(letter)) {
          throw new Error(`An attribute's value must stand in quotes: ${near(text)}`);
        }
      } else if (letter === quote) {
        state = 'tag';
      }
    }
    if (part + 1 === strings.length) continue;
    const context = contextAt(state, tag, attribute, text);
    if (context === 'attributes' && !/^[\s/>]/.test(strings[part + 1]! || '>')) {
      throw new Error(`Attributes end before a space or the tag's end: ${near(text)}`);
    }
    contexts.push(context);
  }
  if (state !== 'text') throw new Error(`A template ends within a tag: ${near(strings.at(-1)!)}`);
  return contexts;
}

function endTag(tag: string): 'text' | 'raw' {
  return rawText.has(tag) ? 'raw' : 'text';
}

function contextAt(state: string, tag: string, attribute: string, text: string): Context {
  if (state === 'text') return 'text';
  // In a title or a text area references are decoded and no tag can begin, so escaped text is safe there.
  if (state === 'raw' && (tag === 'title' || tag === 'textarea')) return 'text';
  if (state === 'tag' || (state === 'tag-open' && /^[a-z]/.test(tag))) return 'attributes';
  if (state !== 'value')
    throw new Error(`A hole cannot stand in a ${state === 'raw' ? tag : state}: ${near(text)}`);
  if (barredAttributes.test(attribute)) throw new Error(`A hole cannot stand in ${attribute}: ${near(text)}`);
  const context = contextOf(attribute);
  // What stands before the hole fixes the scheme already.
  return context === 'url' && !/["']$/.test(text) ? 'attribute' : context;
}

function contextOf(attribute: string): 'attribute' | 'url' | 'urls' {
  if (attribute === 'srcset' || attribute === 'imagesrcset') return 'urls';
  return urlAttributes.has(attribute) ? 'url' : 'attribute';
}

function near(text: string): string {
  return JSON.stringify(text.slice(-60));
}
