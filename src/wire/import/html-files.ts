import { plainText, type Text } from '../../stories/index.ts';
import { findElement, textOf, withoutNodes, type HtmlNode } from './html-nodes.ts';
import { fileAddress } from './html-links.ts';
import { fitted } from './import-words.ts';
import type { LooseBlock, LooseFile, LoosePicture, Notes } from './loose-blocks.ts';

/** Pictures in one gallery. */
const mostPictures = 200;
const creditClass = /(?:^|[\s_-])(?:credit|byline|photographer|copyright|source)s?(?:[\s_-]|$)/i;

/** The picture of an `img` element, or a note why there is none. */
export function pictureOf(
  attributes: Record<string, string>,
  base: string | undefined,
  notes: Notes,
): LoosePicture | undefined {
  const lazy = attributes['data-src'] ?? attributes['data-original'] ?? attributes['data-lazy-src'];
  const largest = (attributes.srcset ?? attributes['data-srcset'])?.split(',').at(-1)?.trim().split(/\s+/)[0];
  const given = attributes.src?.startsWith('data:') && lazy ? lazy : attributes.src || lazy || largest;
  if (!given) {
    notes.add('picture.without-address', attributes.alt ?? '');
    return undefined;
  }
  if (isTiny(attributes.width) || isTiny(attributes.height)) {
    notes.add('picture.tracker', given);
    return undefined;
  }
  return {
    type: 'loose-picture',
    src: fileAddress(given, base),
    alt: fitted(attributes.alt ?? '', 2000, 'picture.alt', notes),
  };
}

function isTiny(pixels: string | undefined): boolean {
  return pixels !== undefined && /^\s*[012](?:px)?\s*$/.test(pixels);
}

/** Sound or film of an `audio` or `video` element. */
export function playerOf(
  name: 'audio' | 'video',
  node: HtmlNode,
  base: string | undefined,
  notes: Notes,
): LooseFile | undefined {
  const attributes = node.attribs ?? {};
  const inside = (kind: string) =>
    findElement(node, (element) => element.name === kind && Boolean(element.attribs?.src))?.attribs?.src;
  const src = attributes.src ?? inside('source');
  if (!src) {
    notes.add('html.dropped', `<${name}>`);
    return undefined;
  }
  const captions = inside('track');
  return {
    type: name === 'audio' ? 'loose-audio' : 'loose-video',
    src: fileAddress(src, base),
    title: fitted(attributes.title ?? attributes['aria-label'] ?? '', 2000, 'title', notes),
    ...(attributes.poster ? { poster: fileAddress(attributes.poster, base) } : {}),
    ...(captions ? { captions: fileAddress(captions, base) } : {}),
  };
}

/**
 * What a `figure` holds, with its caption and credit where they belong.
 * @param convert blocks of a part of the figure
 * @param caption text of the caption's nodes
 */
export function figureOf(
  node: HtmlNode,
  convert: (nodes: readonly HtmlNode[]) => LooseBlock[],
  captionText: (nodes: readonly HtmlNode[]) => Text,
  notes: Notes,
): LooseBlock[] {
  const captionNode = findElement(node, (element) => element.name === 'figcaption');
  const hasPicture = findElement(node, ({ name }) => name === 'img' || name === 'amp-img') !== undefined;
  const creditNode = hasPicture ? findElement(captionNode ?? node, isCredit) : undefined;
  const outside = hasPicture && captionNode && !creditNode ? findElement(node, isCredit) : undefined;
  const creditNodes = [creditNode, outside].filter((found) => found !== undefined);
  const blocks = convert(withoutNodes(node, [captionNode, ...creditNodes]));
  let caption = captionNode ? captionText(withoutNodes(captionNode, creditNodes)) : [];
  let credit = creditNodes.map((found) => textOf(found).replaceAll(/\s+/g, ' ').trim()).join(' ');
  // Small print that is all there is, is the caption.
  if (captionNode && caption.length === 0 && creditNode && !creditClass.test(creditNode.attribs?.class ?? ''))
    [caption, credit] = [captionText([creditNode]), ''];
  const pictures = blocks.filter((block) => block.type === 'loose-picture');
  if (pictures.length === 0) return withCaption(blocks, joined(caption, credit), notes);
  const credited = credit === '' ? {} : { credit: fitted(credit, 2000, 'credit', notes) };
  if (pictures.length === 1) {
    const whole = { ...pictures[0]!, ...(caption.length > 0 ? { caption } : {}), ...credited };
    return blocks.map((block) => (block === pictures[0] ? whole : block));
  }
  const isPlain = caption.every((run) => !run.href && !run.marks);
  const title = isPlain ? fitted(plainText(caption), 2000, 'caption', notes) : '';
  const galleries: LooseBlock[] = [];
  for (let start = 0; start < pictures.length; start += mostPictures)
    galleries.push({
      type: 'loose-gallery',
      ...(title === '' || start > 0 ? {} : { title }),
      pictures: pictures.slice(start, start + mostPictures).map((picture) => ({ ...picture, ...credited })),
    });
  const others = blocks.filter((block) => block.type !== 'loose-picture');
  const words: LooseBlock[] =
    caption.length > 0 && title === '' ? [{ type: 'paragraph', text: caption }] : [];
  return [...galleries, ...others, ...words];
}

function isCredit(element: HtmlNode): boolean {
  if (element.name === 'small' || element.name === 'cite') return true;
  return element.name !== 'img' && creditClass.test(element.attribs?.class ?? '');
}

function joined(caption: Text, credit: string): Text {
  if (credit === '') return caption;
  return caption.length === 0 ? [{ text: credit }] : [...caption, { text: ` ${credit}` }];
}

/** A caption under something that is no picture. */
function withCaption(blocks: LooseBlock[], caption: Text, notes: Notes): LooseBlock[] {
  if (caption.length === 0) return blocks;
  const only = blocks.length === 1 ? blocks[0]! : undefined;
  const isPlain = caption.every((run) => !run.href);
  const words = () => fitted(plainText(caption), 2000, 'caption', notes);
  if (isPlain && only?.type === 'embed') return [{ ...only, title: words() }];
  if (isPlain && only?.type === 'table' && !only.caption) return [{ ...only, caption: words() }];
  if (isPlain && (only?.type === 'quote' || only?.type === 'pullquote') && !only.cite)
    return [{ ...only, cite: words() }];
  return [...blocks, { type: 'paragraph', text: caption }];
}
