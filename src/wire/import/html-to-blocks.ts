import { parseDocument } from 'htmlparser2';
import type { Text } from '../../stories/index.ts';
import { embedOf } from './embeds.ts';
import { figureOf, pictureOf, playerOf } from './html-files.ts';
import { linkOf } from './html-links.ts';
import {
  containers,
  deepest,
  dropped,
  findElement,
  silent,
  textOf,
  transparent,
  withoutNodes,
  type HtmlNode,
} from './html-nodes.ts';
import { tableOf } from './html-tables.ts';
import { fitted } from './import-words.ts';
import { InlineText, joinTexts, markOfElement, piecesOf, type Style } from './inline-text.ts';
import { Notes, type ImportNote, type LooseBlock } from './loose-blocks.ts';

export interface HtmlOptions {
  /** Address of the page that the text stood on; relative links are read from it. */
  readonly base?: string;
  /** The text is XML: names keep their case, elements close themselves. */
  readonly xml?: boolean;
  /** Line breaks of the text mean something: an empty line parts paragraphs, as in the field of a blog's editor. */
  readonly breaks?: boolean;
}

const mostBlocks = 5000;
const mostItems = 500;

/**
 * Turn HTML that somebody else wrote into the blocks of a story. Nothing of it is trusted: what has no place in a
 * block is left out. Everything lost or guessed is noted.
 */
export function htmlToBlocks(
  html: string,
  options: HtmlOptions = {},
): { blocks: LooseBlock[]; notes: ImportNote[] } {
  const document = parseDocument(html, { xmlMode: options.xml ?? false, decodeEntities: true });
  return nodesToBlocks(document.children as readonly HtmlNode[], options);
}

/** As `htmlToBlocks`, from a tree that is parsed already. */
export function nodesToBlocks(
  nodes: readonly HtmlNode[],
  options: HtmlOptions = {},
): { blocks: LooseBlock[]; notes: ImportNote[] } {
  const notes = new Notes();
  const converter = new Converter(notes, options);
  converter.walk(nodes, 0);
  converter.flush();
  if (converter.blocks.length > mostBlocks) {
    notes.add('html.too-long', `${converter.blocks.length} blocks`);
    converter.blocks.length = mostBlocks;
  }
  return { blocks: converter.blocks, notes: notes.list() };
}

class Converter {
  readonly blocks: LooseBlock[] = [];
  readonly #notes: Notes;
  readonly #options: HtmlOptions;
  readonly #inline: InlineText;

  constructor(notes: Notes, options: HtmlOptions, style?: Style) {
    this.#notes = notes;
    this.#options = options;
    this.#inline = new InlineText(style);
  }

  /** End the paragraph that is being gathered. */
  flush(): void {
    const text = this.#inline.take();
    if (text.length > 0) this.blocks.push({ type: 'paragraph', text });
  }

  walk(nodes: readonly HtmlNode[], depth: number): void {
    for (const node of nodes) this.#node(node, depth);
  }

  #node(node: HtmlNode, depth: number): void {
    if (node.type === 'text') return this.#text(node.data ?? '');
    if (node.type === 'cdata') return this.walk(node.children ?? [], depth + 1);
    const name = node.name?.toLowerCase();
    if (!name || node.type === 'directive' || node.type === 'comment' || silent.has(name)) return;
    if (depth > deepest) {
      this.#notes.add('html.too-deep', name);
      return this.#inline.add(textOf(node));
    }
    if (this.#block(name, node, depth)) return;
    this.#phrase(name, node, depth);
  }

  #text(data: string): void {
    if (!this.#options.breaks) return this.#inline.add(data);
    for (const [at, paragraph] of data.split(/\r?\n[ \t]*\r?\n\s*/).entries()) {
      if (at > 0) this.flush();
      for (const [line, words] of paragraph.split(/\r?\n/).entries()) {
        if (line > 0) this.#inline.break();
        this.#inline.add(words);
      }
    }
  }

  /** @returns false when the element is part of a line of text */
  #block(name: string, node: HtmlNode, depth: number): boolean {
    const attributes = node.attribs ?? {};
    switch (name) {
      case 'br':
        if (this.#inline.endsInBreak) this.flush();
        else this.#inline.break();
        return true;
      case 'h1':
      case 'h2':
      case 'h3':
      case 'h4':
      case 'h5':
      case 'h6':
      case 'hl2':
        this.#heading(name, node, depth);
        return true;
      case 'ul':
      case 'ol':
      case 'menu':
        this.#list(name === 'ol', node, depth);
        return true;
      case 'blockquote':
        this.#quote(node, depth);
        return true;
      case 'figure':
        this.flush();
        this.blocks.push(
          ...figureOf(
            node,
            (nodes) => this.#inside(nodes, depth),
            (nodes) => joinTexts(this.#apart(nodes, depth).texts, ' '),
            this.#notes,
          ),
        );
        return true;
      case 'img':
      case 'amp-img':
        this.#image(attributes);
        return true;
      case 'table':
        this.#table(node, depth);
        return true;
      case 'pre':
        this.flush();
        this.#code(node);
        return true;
      case 'hr':
        this.flush();
        this.blocks.push({ type: 'divider' });
        return true;
      case 'object':
      case 'iframe':
      case 'embed':
      case 'frame':
        // An old player names what it plays only inside.
        if (name === 'object' && !attributes.data && node.children?.length)
          return this.#container(node, depth);
        this.flush();
        this.#push(
          embedOf(attributes.src ?? attributes['data-src'] ?? attributes.data, attributes.title, this.#notes),
        );
        return true;
      case 'audio':
      case 'video':
        this.flush();
        this.#push(playerOf(name, node, this.#options.base, this.#notes));
        return true;
      case 'dt':
        this.flush();
        this.#inline.styled({ mark: 'strong' }, () => this.walk(node.children ?? [], depth + 1));
        this.flush();
        return true;
      case 'dl':
        this.#notes.add('html.definition-list', textOf(node).trim());
        return this.#container(node, depth);
    }
    if (dropped.has(name)) {
      this.#noteDropped(name, node);
      return true;
    }
    return containers.has(name) && this.#container(node, depth);
  }

  #container(node: HtmlNode, depth: number): true {
    this.flush();
    this.walk(node.children ?? [], depth + 1);
    this.flush();
    return true;
  }

  #noteDropped(name: string, node: HtmlNode): void {
    const words = /^(script|style|template)$/.test(name) ? '' : textOf(node).replaceAll(/\s+/g, ' ').trim();
    // Usually the picture that a script would load, once more.
    if (name === 'noscript' && words === '') return;
    this.#notes.add('html.dropped', words === '' ? `<${name}>` : `<${name}>: ${words}`);
  }

  #phrase(name: string, node: HtmlNode, depth: number): void {
    const inside = () => this.walk(node.children ?? [], depth + 1);
    const lang = node.attribs?.lang ?? node.attribs?.['xml:lang'];
    const style = { mark: markOfElement(name), ...(lang && lang.length <= 35 ? { lang } : {}) };
    if (name === 'a') {
      const href = linkOf(node.attribs?.href, this.#options.base, this.#notes);
      return this.#inline.styled({ ...style, href }, inside);
    }
    if (name === 'q') {
      this.#inline.add('“');
      inside();
      return this.#inline.add('”');
    }
    if (name === 'u') this.#notes.add('html.underline', textOf(node).trim());
    if (!style.mark && !transparent.has(name)) this.#notes.add('html.unknown-element', `<${name}>`);
    this.#inline.styled(style, inside);
  }

  /** The blocks of some nodes, apart from what is gathered here. */
  #inside(nodes: readonly HtmlNode[], depth: number): LooseBlock[] {
    const inner = new Converter(this.#notes, this.#options, this.#inline.style);
    inner.walk(nodes, depth + 1);
    inner.flush();
    return inner.blocks;
  }

  /** Gather what stands below a node apart: its text, and the blocks that text cannot hold. */
  #apart(nodes: readonly HtmlNode[], depth: number): { texts: Text[]; others: LooseBlock[] } {
    const texts: Text[] = [];
    const others: LooseBlock[] = [];
    for (const block of this.#inside(nodes, depth)) {
      if (block.type === 'paragraph' || block.type === 'subheading') texts.push(block.text);
      else if (block.type === 'quote') texts.push(block.text, block.cite ? [{ text: block.cite }] : []);
      else if (block.type === 'list') texts.push(...block.items);
      else others.push(block);
    }
    return { texts, others };
  }

  #heading(name: string, node: HtmlNode, depth: number): void {
    this.flush();
    const { texts, others } = this.#apart(node.children ?? [], depth);
    const text = joinTexts(texts, ' ');
    const level = name === 'h1' || name === 'h2' || name === 'hl2' ? 2 : 3;
    if (/^h[456]$/.test(name)) this.#notes.add('html.heading-level', `<${name}>`);
    if (text.length > 0) this.blocks.push({ type: 'subheading', text, level });
    this.blocks.push(...others);
  }

  #list(ordered: boolean, node: HtmlNode, depth: number): void {
    this.flush();
    const items: Text[] = [];
    const others: LooseBlock[] = [];
    const gather = (list: HtmlNode, at: number) => {
      for (const child of list.children ?? []) {
        if (!child.name && textOf(child).trim() === '') continue;
        const nested = (child.children ?? []).filter((inner) => inner.name === 'ul' || inner.name === 'ol');
        const own = (child.children ?? []).filter((inner) => !nested.includes(inner));
        const found = this.#apart(child.name === 'li' ? own : [child], at);
        const text = joinTexts(found.texts);
        if (text.length > 0) items.push(text);
        others.push(...found.others);
        if (nested.length > 0) this.#notes.add('list.flattened', textOf(nested[0]!).trim());
        for (const inner of child.name === 'li' ? nested : [])
          if (at < deepest) gather(inner, at + 2);
          else items.push(...this.#apart([{ type: 'text', data: textOf(inner) }], at).texts);
      }
    };
    gather(node, depth + 1);
    for (let start = 0; start < items.length; start += mostItems)
      this.blocks.push({ type: 'list', ordered, items: items.slice(start, start + mostItems) });
    this.blocks.push(...others);
  }

  #quote(node: HtmlNode, depth: number): void {
    this.flush();
    const attributes = node.attribs ?? {};
    const classes = attributes.class ?? '';
    if (/twitter-tweet|instagram-media|tiktok-embed|fb-post|bluesky-embed|mastodon-embed/.test(classes)) {
      const links: string[] = [];
      findElement(node, (element) => {
        if (element.name === 'a' && element.attribs?.href) links.push(element.attribs.href);
        return false;
      });
      const address = attributes.cite ?? attributes['data-instgrm-permalink'] ?? links.at(-1);
      const embed = embedOf(address, textOf(node).replaceAll(/\s+/g, ' ').trim(), this.#notes);
      if (embed) return void this.blocks.push(embed);
    }
    const isCite = (element: HtmlNode) => element.name === 'footer' || element.name === 'cite';
    const citeNode =
      (node.children ?? []).findLast((child) => isCite(child)) ??
      findElement(node, (element) => element.name === 'footer');
    const { texts, others } = this.#apart(withoutNodes(node, [citeNode]), depth);
    const citeWords = citeNode && textOf(citeNode).replace(/^\s*[—–-]\s*/, '');
    const cite = citeWords && fitted(citeWords, 2000, 'cite', this.#notes);
    const isWhole = /^https?:/i.test(attributes.cite ?? '');
    const source = isWhole ? linkOf(attributes.cite, this.#options.base, this.#notes) : undefined;
    const text = joinTexts(texts);
    if (text.length === 0 && cite) this.blocks.push({ type: 'paragraph', text: [{ text: cite }] });
    if (text.length > 0) {
      const common = { text, ...(cite ? { cite } : {}) };
      if (/pull-?quote/.test(classes)) this.blocks.push({ type: 'pullquote', ...common });
      else this.blocks.push({ type: 'quote', ...common, ...(source ? { source } : {}) });
    }
    this.blocks.push(...others);
  }

  #image(attributes: Record<string, string>): void {
    const { href } = this.#inline.style;
    this.flush();
    const picture = pictureOf(attributes, this.#options.base, this.#notes);
    this.#push(picture);
    // Most such links lead to the same picture, larger.
    if (picture && href && !/\.(jpe?g|png|webp|avif|gif)(\?|$)/i.test(href))
      this.#notes.add('picture.link', href);
  }

  #table(node: HtmlNode, depth: number): void {
    this.flush();
    const cellText = (cell: HtmlNode) => {
      const { texts, others } = this.#apart(cell.children ?? [], depth);
      return { text: joinTexts(texts), others };
    };
    const found = tableOf(node, cellText, this.#notes);
    if (found === 'layout') {
      this.walk(node.children ?? [], depth + 1);
      this.flush();
    } else this.blocks.push(...found);
  }

  #code(node: HtmlNode): void {
    const code = textOf(node)
      .replace(/^\r?\n/, '')
      .replace(/\s+$/, '');
    const inner = findElement(node, (element) => element.name === 'code');
    const language = /\blang(?:uage)?-([\w+#-]{1,40})/.exec(
      `${node.attribs?.class ?? ''} ${inner?.attribs?.class ?? ''}`,
    )?.[1];
    for (const piece of piecesOf(code))
      this.blocks.push({ type: 'code', code: piece, ...(language ? { language } : {}) });
  }

  #push(block: LooseBlock | undefined): void {
    if (block) this.blocks.push(block);
  }
}
