import { AppError } from '../../platform/errors.ts';
import { keptWords } from '../../stories/index.ts';
import { textOf } from './html-nodes.ts';
import { htmlToBlocks, nodesToBlocks } from './html-to-blocks.ts';
import type { IncomingItem, ReadOptions } from './import-item.ts';
import { contentFromEntry, feedSource, type FeedEntry } from './import-entry.ts';
import { fitted, openingOf } from './import-words.ts';
import { jsonFeedItems } from './import-json-feed.ts';
import {
  fingerprint,
  Notes,
  sourceIdOf,
  type LooseBlock,
  type LooseFile,
  type LoosePicture,
} from './loose-blocks.ts';
import { textToBlocks } from './text-to-blocks.ts';
import { wordsToBlocks, wordsToLine } from './words-to-blocks.ts';
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
    sourceId: sourceIdOf(id ?? print),
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
    const text = keptWords(textOf(child)).trim();
    if (text !== '') return text;
  }
  return undefined;
}

function lineOf(written: string | undefined, notes: Notes): string {
  return written === undefined ? '' : wordsToLine(written, notes);
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
  const convert = (part: XmlNode) => blocksOf(part, base, notes);
  const hasFull = full !== undefined && (textOf(full).trim() !== '' || descendantsOf(full, 'img').length > 0);
  const blocks = hasFull ? convert(full) : short ? convert(short) : [];
  if (!hasFull && short) notes.add('body.from-summary', openingOf(blocks, 100));
  const media = mediaOf(node, notes);
  const published = words(node, 'pubdate', 'published', 'dc:date', 'dcterms:created', 'date');
  const updated = words(node, 'updated', 'dcterms:modified', 'atom:updated');
  if (!published && updated) notes.add('date.from-updated', updated);
  for (const child of node.children)
    if (child.name && isUnused(child as XmlNode)) notes.add('field.unused', child.name);
  const feed = descendantsOf(channel, 'channel')[0] ?? descendantsOf(channel, 'feed')[0] ?? channel;
  return {
    title: lineOf(words(node, 'title', 'atom:title', 'dc:title'), notes),
    url: link,
    blocks,
    summary: hasFull && short ? lineOf(textOf(short), notes) : undefined,
    authors: authorsOf(node, feed),
    topics: childrenOf(node, 'category', 'dc:subject').flatMap((category) => {
      const name = (category.attribs.label ?? category.attribs.term ?? textOf(category)).trim();
      return name === '' ? [] : [name];
    }),
    date: published ?? updated,
    updated,
    language:
      node.attribs['xml:lang'] ??
      words(node, 'dc:language') ??
      feed.attribs['xml:lang'] ??
      words(feed, 'language', 'dc:language'),
    lead: media.lead,
    files: media.files,
    credit: lineOf(words(node, 'source'), notes) || undefined,
  };
}

/** Elements of an item that are read above, or say nothing about the story. */
const usedElements = new Set(
  'title atom:title dc:title link atom:link feedburner:origlink guid id atom:id content:encoded content xhtml:body body fulltext description summary atom:summary itunes:summary pubdate published dc:date dcterms:created date updated dcterms:modified atom:updated dc:creator author atom:author itunes:author category dc:subject source dc:language enclosure comments wfw:commentrss slash:comments post-id thr:total'.split(
    ' ',
  ),
);

function isUnused(child: XmlNode): boolean {
  return !usedElements.has(child.name) && !child.name.startsWith('media:') && textOf(child).trim() !== '';
}

function blocksOf(part: XmlNode, base: string | undefined, notes: Notes): LooseBlock[] {
  const options = base && URL.canParse(base) ? { base } : {};
  const type = part.attribs.type ?? '';
  const take = (found: ReturnType<typeof htmlToBlocks>) => {
    for (const note of found.notes) notes.add(note.code, note.detail);
    return found.blocks;
  };
  // RFC 4287 section 3.1.1.3: the markup itself, in one div.
  if (type === 'xhtml' || part.children.some((child) => child.name))
    return take(nodesToBlocks(part.children, options));
  const text = textOf(part);
  if (type === 'text' || type === 'text/plain') return textToBlocks(text);
  if (type === 'html' || type === 'text/html') return take(htmlToBlocks(text, options));
  return wordsToBlocks(text, base, notes);
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
    return name === '' || /^\S+@\S+$/.test(name) ? [] : [name.replaceAll(/\s+/g, ' ')];
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
    const line = (name: string) => fitted(lineOf(inside(name), notes), 2000, name, notes);
    const title = line('media:title');
    const caption = line('media:description') || line('media:text');
    if (kind === 'image') {
      const credit = line('media:credit');
      pictures.push({
        type: 'loose-picture',
        src,
        alt: title,
        ...(caption === '' ? {} : { caption: [{ text: caption }] }),
        ...(credit === '' ? {} : { credit }),
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
