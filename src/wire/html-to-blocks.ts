import { parseDocument } from 'htmlparser2';
import { plainText, type Text } from '../stories/index.ts';
import { embedOf } from './embeds.ts';
import {
  containers,
  deepest,
  dropped,
  findElement,
  silent,
  textOf,
  transparent,
  withoutNode,
  type HtmlNode,
} from './html-nodes.ts';
import { InlineText, joinTexts, markOfElement } from './inline-text.ts';
import { Notes, type ImportNote, type LooseBlock, type LoosePicture } from './loose-blocks.ts';
import { tableOf } from './html-tables.ts';

export interface HtmlOptions {
  /** Address of the page that the text stood on; relative links are read from it. */
  readonly base?: string;
  /** The text is XML: names keep their case, elements close themselves. */
  readonly xml?: boolean;
}

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
  if (converter.blocks.length > 5000) {
    notes.add('html.too-long', `${converter.blocks.length} blocks`);
    converter.blocks.length = 5000;
  }
  return { blocks: converter.blocks, notes: notes.list() };
}

class Converter {
  readonly blocks: LooseBlock[] = [];
  readonly #notes: Notes;
  readonly #options: HtmlOptions;
  #inline = new InlineText();

  constructor(notes: Notes, options: HtmlOptions) {
    this.#notes = notes;
    this.#options = options;
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
    if (node.type === 'text') return this.#inline.add(node.data ?? '');
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
        this.#list(name === 'ol', node, depth);
        return true;
      case 'blockquote':
        this.#quote(node, depth);
        return true;
      case 'figure':
        this.#figure(node, depth);
        return true;
      case 'img':
      case 'amp-img':
        this.flush();
        this.#push(this.#picture(attributes));
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
      case 'iframe':
      case 'embed':
      case 'object':
      case 'frame':
        this.flush();
        this.#push(
          embedOf(attributes.src ?? attributes['data-src'] ?? attributes.data, attributes.title, this.#notes),
        );
        return true;
      case 'audio':
      case 'video':
        this.flush();
        this.#file(name, node);
        return true;
      case 'dt':
        this.flush();
        this.#inline.styled({ mark: 'strong' }, () => this.walk(node.children ?? [], depth + 1));
        this.flush();
        return true;
      case 'dl':
        this.#notes.add('html.definition-list', textOf(node).trim());
        this.flush();
        this.walk(node.children ?? [], depth + 1);
        this.flush();
        return true;
    }
    if (dropped.has(name)) {
      if (name !== 'noscript') this.#notes.add('html.dropped', `<${name}>`);
      return true;
    }
    if (containers.has(name)) {
      this.flush();
      this.walk(node.children ?? [], depth + 1);
      this.flush();
      return true;
    }
    return false;
  }

  #phrase(name: string, node: HtmlNode, depth: number): void {
    const inside = () => this.walk(node.children ?? [], depth + 1);
    const lang = node.attribs?.lang ?? node.attribs?.['xml:lang'];
    const style = { mark: markOfElement(name), ...(lang && lang.length <= 35 ? { lang } : {}) };
    if (name === 'a') return this.#inline.styled({ ...style, href: this.#href(node.attribs?.href) }, inside);
    if (name === 'q') {
      this.#inline.add('“');
      inside();
      return this.#inline.add('”');
    }
    if (name === 'u') this.#notes.add('html.underline', textOf(node).trim());
    if (!style.mark && !transparent.has(name)) this.#notes.add('html.unknown-element', `<${name}>`);
    this.#inline.styled(style, inside);
  }

  #href(value: string | undefined): string | undefined {
    const address = value?.trim();
    if (!address) return undefined;
    if (/^(mailto:|tel:|#)/i.test(address) && address.length <= 2048) return address;
    const base = this.#options.base;
    const isWhole = /^https?:/i.test(address);
    if (!isWhole && !base && /^\/(?!\/)/.test(address) && address.length <= 2048) return address;
    const url = URL.canParse(address, isWhole ? undefined : base)
      ? new URL(address, isWhole ? undefined : base)
      : undefined;
    if (url && /^https?:$/.test(url.protocol) && url.href.length <= 2048) return url.href;
    this.#notes.add('link.dropped', address);
    return undefined;
  }

  /** Gather what stands below a node apart: its text, and the blocks that text cannot hold. */
  #apart(nodes: readonly HtmlNode[], depth: number): { texts: Text[]; others: LooseBlock[] } {
    const inner = new Converter(this.#notes, this.#options);
    inner.walk(nodes, depth + 1);
    inner.flush();
    const texts: Text[] = [];
    const others: LooseBlock[] = [];
    for (const block of inner.blocks) {
      if (block.type === 'paragraph' || block.type === 'subheading') texts.push(block.text);
      else if (block.type === 'quote') texts.push(block.text);
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
        if (!child.name) continue;
        const nested = (child.children ?? []).filter((inner) => inner.name === 'ul' || inner.name === 'ol');
        const own = (child.children ?? []).filter((inner) => !nested.includes(inner));
        const found = this.#apart(child.name === 'li' ? own : [child], at);
        const text = joinTexts(found.texts);
        if (text.length > 0) items.push(text);
        others.push(...found.others);
        if (nested.length > 0) this.#notes.add('list.flattened', textOf(nested[0]!).trim());
        if (at < deepest) for (const inner of child.name === 'li' ? nested : []) gather(inner, at + 2);
      }
    };
    gather(node, depth + 1);
    for (let start = 0; start < items.length; start += 500)
      this.blocks.push({ type: 'list', ordered, items: items.slice(start, start + 500) });
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
    const children = (node.children ?? []).filter((child) => child !== citeNode);
    const { texts, others } = this.#apart(children, depth);
    const cite =
      citeNode &&
      textOf(citeNode)
        .replaceAll(/\s+/g, ' ')
        .replace(/^\s*[—–-]\s*/, '')
        .trim()
        .slice(0, 2000);
    const source = this.#href(/^https?:/i.test(attributes.cite ?? '') ? attributes.cite : undefined);
    const text = joinTexts(texts);
    if (text.length > 0) {
      const common = { text, ...(cite ? { cite } : {}) };
      if (/pull-?quote/.test(classes)) this.blocks.push({ type: 'pullquote', ...common });
      else this.blocks.push({ type: 'quote', ...common, ...(source ? { source } : {}) });
    }
    this.blocks.push(...others);
  }

  #figure(node: HtmlNode, depth: number): void {
    this.flush();
    const captionNode = findElement(node, (element) => element.name === 'figcaption');
    const caption = captionNode ? joinTexts(this.#apart(captionNode.children ?? [], depth).texts, ' ') : [];
    const inner = new Converter(this.#notes, this.#options);
    inner.walk(withoutNode(node, captionNode), depth + 1);
    inner.flush();
    const pictures = inner.blocks.filter((block) => block.type === 'loose-picture');
    if (pictures.length === 1 && caption.length > 0) {
      const at = inner.blocks.indexOf(pictures[0]!);
      inner.blocks[at] = { ...pictures[0]!, caption };
    } else if (pictures.length > 1) {
      inner.blocks.splice(
        0,
        inner.blocks.length,
        ...inner.blocks.filter((block) => block.type !== 'loose-picture'),
        {
          type: 'loose-gallery',
          pictures: pictures.slice(0, 200),
        },
      );
      if (caption.length > 0) inner.blocks.push({ type: 'paragraph', text: caption });
    } else if (caption.length > 0) {
      const only = inner.blocks.length === 1 ? inner.blocks[0]! : undefined;
      const words = plainText(caption).slice(0, 2000);
      if (only?.type === 'embed') inner.blocks[0] = { ...only, title: words };
      else if (only?.type === 'table' && !only.caption) inner.blocks[0] = { ...only, caption: words };
      else if ((only?.type === 'quote' || only?.type === 'pullquote') && !only.cite)
        inner.blocks[0] = { ...only, cite: words };
      else inner.blocks.push({ type: 'paragraph', text: caption });
    }
    this.blocks.push(...inner.blocks);
  }

  #picture(attributes: Record<string, string>): LoosePicture | undefined {
    const lazy = attributes['data-src'] ?? attributes['data-original'] ?? attributes['data-lazy-src'];
    const largest = (attributes.srcset ?? attributes['data-srcset'])
      ?.split(',')
      .at(-1)
      ?.trim()
      .split(/\s+/)[0];
    const given = attributes.src?.startsWith('data:') && lazy ? lazy : (attributes.src ?? lazy ?? largest);
    if (!given) {
      this.#notes.add('picture.without-address', attributes.alt ?? '');
      return undefined;
    }
    if (Number(attributes.width) <= 2 || Number(attributes.height) <= 2) {
      if (attributes.width !== undefined || attributes.height !== undefined) {
        this.#notes.add('picture.tracker', given);
        return undefined;
      }
    }
    const src =
      this.#options.base && !given.startsWith('data:') && URL.canParse(given, this.#options.base)
        ? new URL(given, this.#options.base).href
        : given;
    return { type: 'loose-picture', src, alt: (attributes.alt ?? '').trim().slice(0, 2000) };
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
    const code = textOf(node).replace(/^\n/, '').replace(/\s+$/, '').slice(0, 100_000);
    const inner = findElement(node, (element) => element.name === 'code');
    const language = /\blang(?:uage)?-([\w+#-]{1,40})/.exec(
      `${node.attribs?.class ?? ''} ${inner?.attribs?.class ?? ''}`,
    )?.[1];
    if (code !== '') this.blocks.push({ type: 'code', code, ...(language ? { language } : {}) });
  }

  #file(name: 'audio' | 'video', node: HtmlNode): void {
    const attributes = node.attribs ?? {};
    const source = findElement(node, (element) => element.name === 'source' && Boolean(element.attribs?.src));
    const track = findElement(node, (element) => element.name === 'track' && Boolean(element.attribs?.src));
    const src = attributes.src ?? source?.attribs?.src;
    if (!src) return this.#notes.add('html.dropped', `<${name}>`);
    const base = this.#options.base;
    this.blocks.push({
      type: name === 'audio' ? 'loose-audio' : 'loose-video',
      src: base && URL.canParse(src, base) ? new URL(src, base).href : src,
      title: (attributes.title ?? attributes['aria-label'] ?? '').trim().slice(0, 2000),
      ...(attributes.poster ? { poster: attributes.poster } : {}),
      ...(track ? { captions: track.attribs!.src! } : {}),
    });
  }

  #push(block: LooseBlock | undefined): void {
    if (block) this.blocks.push(block);
  }
}
