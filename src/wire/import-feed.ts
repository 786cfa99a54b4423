import { AppError } from '../platform/errors.ts';
import { textOf, htmlToPlain } from './html-nodes.ts';
import { htmlToBlocks, nodesToBlocks } from './html-to-blocks.ts';
import type { IncomingItem, ReadOptions } from './import-item.ts';
import { contentFromEntry, feedSource, type FeedEntry } from './import-entry.ts';
import { openingOf } from './import-words.ts';
import { jsonFeedItems } from './import-json-feed.ts';
import { fingerprint, Notes, type LooseBlock, type LooseFile, type LoosePicture } from './loose-blocks.ts';
import { looksLikeHtml, textToBlocks } from './text-to-blocks.ts';
import { childrenOf, descendantsOf, xmlRecords, type XmlNode } from './xml-records.ts';

/**
 * Stories from a feed: RSS 0.9x, 1.0, 2.0, Atom 1.0 (RFC 4287), JSON Feed 1.0 and 1.1.
 * @throws AppError `import.feed` when the file is none of them
 */
export async function* readFeed(
  text: AsyncIterable<string>,
  options: ReadOptions,
): AsyncGenerator<IncomingItem> {
  const iterator = text[Symbol.asyncIterator]();
  let head = '';
  while (head.trim() === '') {
    const next = await iterator.next();
    if (next.done) throw new AppError('import.feed', 'The file is empty.');
    head += next.value;
  }
  async function* all() {
    yield head;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  if (/^\s*\{/.test(head)) return yield* jsonFeedItems(all(), options);
  let position = 0;
  for await (const { node, head: channel } of xmlRecords(
    all(),
    (name) => name === 'item' || name === 'entry',
  )) {
    position += 1;
    yield itemOf(node, channel, position, options);
  }
  if (position === 0 && !/<(?:\w+:)?(rss|feed|rdf|channel)\b/i.test(head))
    throw new AppError('import.feed', 'The file is no RSS, Atom or JSON feed.');
}

function itemOf(node: XmlNode, channel: XmlNode, position: number, options: ReadOptions): IncomingItem {
  const link = linkOf(node);
  const id = words(node, 'guid', 'id', 'atom:id') ?? node.attribs['rdf:about'] ?? link;
  const print = fingerprint(shape(node));
  return {
    position,
    source: sourceOf(channel, link),
    sourceId: (id ?? print).slice(0, 1000),
    fingerprint: print,
    story: () => {
      const notes = new Notes();
      return contentFromEntry(entryOf(node, channel, link, notes), options, notes);
    },
  };
}

/** Feeds of one site are one source, whatever the file is called. */
function sourceOf(channel: XmlNode, link: string | undefined): string | undefined {
  const feed = descendantsOf(channel, 'channel')[0] ?? descendantsOf(channel, 'feed')[0] ?? channel;
  return feedSource([linkOf(feed), words(feed, 'id'), link]);
}

function shape(node: XmlNode): unknown {
  return [
    node.name,
    node.attribs,
    node.children.map((child) => (child.name ? shape(child as XmlNode) : child.data)),
  ];
}

function words(node: XmlNode, ...names: string[]): string | undefined {
  for (const child of childrenOf(node, ...names)) {
    const text = textOf(child).trim();
    if (text !== '') return text;
  }
  return undefined;
}

function linkOf(node: XmlNode): string | undefined {
  const links = childrenOf(node, 'link', 'atom:link', 'feedburner:origlink');
  const atom = links.filter((link) => link.attribs.href);
  const best =
    atom.find((link) => (link.attribs.rel ?? 'alternate') === 'alternate')?.attribs.href ??
    links.map((link) => textOf(link).trim()).find((text) => /^https?:/.test(text));
  if (best) return best;
  const guid = childrenOf(node, 'guid')[0];
  const address = guid && guid.attribs.ispermalink !== 'false' ? textOf(guid).trim() : undefined;
  return address && /^https?:/.test(address) ? address : undefined;
}

function entryOf(node: XmlNode, channel: XmlNode, link: string | undefined, notes: Notes): FeedEntry {
  const base = link ?? node.attribs['xml:base'];
  const full = childrenOf(node, 'content:encoded', 'content', 'xhtml:body', 'body', 'fulltext')[0];
  const short = childrenOf(node, 'description', 'summary', 'atom:summary', 'itunes:summary')[0];
  const convert = (part: XmlNode): LooseBlock[] => {
    const found = blocksOf(part, base);
    for (const note of found.notes) notes.add(note.code, note.detail);
    return found.blocks;
  };
  const hasFull = full !== undefined && (textOf(full).trim() !== '' || descendantsOf(full, 'img').length > 0);
  const blocks = hasFull ? convert(full) : short ? convert(short) : [];
  if (!hasFull && short) notes.add('body.from-summary', openingOf(blocks, 100));
  const media = mediaOf(node, notes);
  const feed = descendantsOf(channel, 'channel')[0] ?? descendantsOf(channel, 'feed')[0] ?? channel;
  return {
    title: htmlToPlain(words(node, 'title', 'atom:title', 'dc:title') ?? ''),
    url: link,
    blocks,
    summary: hasFull && short ? htmlToPlain(textOf(short)) : undefined,
    authors: authorsOf(node, feed),
    topics: childrenOf(node, 'category', 'dc:subject').flatMap((category) => {
      const name = (category.attribs.label ?? category.attribs.term ?? textOf(category)).trim();
      return name === '' ? [] : [name];
    }),
    date: words(node, 'pubdate', 'published', 'dc:date', 'dcterms:created', 'date', 'updated'),
    updated: words(node, 'updated', 'dcterms:modified', 'atom:updated'),
    language:
      node.attribs['xml:lang'] ??
      words(node, 'dc:language') ??
      feed.attribs['xml:lang'] ??
      words(feed, 'language', 'dc:language'),
    lead: media.lead,
    files: media.files,
    credit: words(node, 'source') === undefined ? undefined : htmlToPlain(words(node, 'source')!),
  };
}

function blocksOf(part: XmlNode, base: string | undefined) {
  const options = base && URL.canParse(base) ? { base } : {};
  const type = part.attribs.type ?? '';
  // RFC 4287 section 3.1.1.3: the markup itself, in one div.
  if (type === 'xhtml' || part.children.some((child) => child.name))
    return nodesToBlocks(part.children, options);
  const text = textOf(part);
  if (type === 'text' || type === 'text/plain' || !looksLikeHtml(text))
    return {
      blocks: textToBlocks(type === 'html' || !type.startsWith('text') ? unescaped(text) : text),
      notes: [],
    };
  return htmlToBlocks(text, options);
}

/** RSS does not say whether a text is HTML: entities in it show that it is. */
function unescaped(text: string): string {
  return /&(?:#\d+|#x[\da-f]+|\w+);/i.test(text) ? htmlToPlain(text) : text;
}

function authorsOf(node: XmlNode, feed: XmlNode): string[] {
  const own = namesIn(node);
  return own.length > 0 ? own : namesIn(feed).filter((name) => !name.includes('@'));
}

function namesIn(node: XmlNode): string[] {
  const found = childrenOf(node, 'dc:creator', 'author', 'atom:author', 'itunes:author').flatMap((author) => {
    const name = words(author, 'name', 'atom:name') ?? textOf(author).trim();
    // RSS 2.0: an address, with the name in brackets.
    const bracketed = /^\S+@\S+\s*\((.+)\)$/.exec(name)?.[1];
    if (bracketed) return [bracketed];
    return name === '' || /^\S+@\S+$/.test(name) ? [] : [htmlToPlain(name)];
  });
  return [...new Set(found)];
}

function mediaOf(node: XmlNode, notes: Notes): { lead?: LoosePicture; files: LooseFile[] } {
  const pictures: LoosePicture[] = [];
  const files: LooseFile[] = [];
  const take = (element: XmlNode, group: XmlNode) => {
    const src = element.attribs.url ?? element.attribs.href;
    const kind = element.attribs.medium ?? element.attribs.type?.split('/')[0] ?? kindOf(src ?? '');
    if (!src) return;
    const inside = (name: string) => words(element, name) ?? words(group, name);
    const title = htmlToPlain(inside('media:title') ?? '').slice(0, 2000);
    const caption = htmlToPlain(inside('media:description') ?? inside('media:text') ?? '').slice(0, 2000);
    if (kind === 'image') {
      const credit = inside('media:credit');
      pictures.push({
        type: 'loose-picture',
        src,
        alt: title,
        ...(caption === '' ? {} : { caption: [{ text: caption }] }),
        ...(credit ? { credit: credit.slice(0, 2000) } : {}),
      });
    } else if (kind === 'audio' || kind === 'video')
      files.push({ type: kind === 'audio' ? 'loose-audio' : 'loose-video', src, title });
    else notes.add('enclosure.left-out', src);
  };
  for (const group of [node, ...childrenOf(node, 'media:group')])
    for (const element of childrenOf(group, 'media:content')) take(element, group);
  for (const enclosure of childrenOf(node, 'enclosure')) take(enclosure, node);
  for (const link of childrenOf(node, 'link', 'atom:link'))
    if (link.attribs.rel === 'enclosure') take(link, node);
  if (pictures.length === 0)
    for (const thumbnail of descendantsOf(node, 'media:thumbnail'))
      take({ ...thumbnail, attribs: { ...thumbnail.attribs, medium: 'image' } }, node);
  const [lead, ...more] = pictures;
  const different = more.filter((picture) => picture.src !== lead!.src);
  for (const picture of different) notes.add('picture.left-out', picture.src);
  return { ...(lead ? { lead } : {}), files };
}

function kindOf(address: string): string {
  if (/\.(jpe?g|png|webp|avif|gif)(\?|$)/i.test(address)) return 'image';
  if (/\.(mp3|m4a|ogg|wav)(\?|$)/i.test(address)) return 'audio';
  return /\.(mp4|webm|mov)(\?|$)/i.test(address) ? 'video' : '';
}
