import type { MediaItem, MediaLookup } from '../platform/media/item.ts';
import { mediaHref } from '../platform/media/sources.ts';
import { safeUrl } from '../site/html.ts';
import { escapeXml } from '../site/xml.ts';
import type { Block, Body, Picture, Run, Text } from '../stories/index.ts';

export interface HtmlTarget {
  /** Public address of this site; paths are made whole with it. */
  readonly origin: string;
  readonly media: MediaLookup;
}

const elements = { em: 'em', strong: 'strong', code: 'code', sub: 'sub', sup: 'sup', strike: 's' } as const;

/**
 * A body as plain, well-formed HTML for other systems: also valid as XML. Read back, it gives the same blocks; but of
 * key facts and related links, which HTML does not know, the words alone.
 */
export function blocksToHtml(body: Body, target: HtmlTarget): string {
  return body.map((block) => blockHtml(block, target)).join('\n');
}

function blockHtml(block: Block, target: HtmlTarget): string {
  const inline = (text: Text) => textHtml(text, target);
  switch (block.type) {
    case 'paragraph':
      return `<p>${inline(block.text)}</p>`;
    case 'subheading':
      return `<h${block.level}>${inline(block.text)}</h${block.level}>`;
    case 'list': {
      const name = block.ordered ? 'ol' : 'ul';
      return `<${name}>${block.items.map((item) => `<li>${inline(item)}</li>`).join('')}</${name}>`;
    }
    case 'keyfacts':
      return `<h3>${escapeXml(block.title)}</h3>\n<ul>${block.items.map((item) => `<li>${inline(item)}</li>`).join('')}</ul>`;
    case 'quote': {
      const source = block.source ? ` cite="${escapeXml(whole(block.source, target))}"` : '';
      return `<blockquote${source}><p>${inline(block.text)}</p>${citeHtml(block.cite)}</blockquote>`;
    }
    case 'pullquote':
      return `<blockquote class="pullquote"><p>${inline(block.text)}</p>${citeHtml(block.cite)}</blockquote>`;
    case 'picture':
      return pictureHtml(block, target);
    case 'gallery':
      return `<figure>${block.pictures.map((picture) => imageHtml(picture, target)).join('')}${captionHtml(block.title ? [{ text: block.title }] : undefined, target)}</figure>`;
    case 'audio':
    case 'video':
      return playerHtml(block, target);
    case 'table':
      return tableHtml(block, target);
    case 'embed':
      return `<figure><iframe src="${escapeXml(whole(block.url, target))}" title="${escapeXml(block.title)}"></iframe></figure>`;
    case 'related':
      return `<p>${block.kicker ? `${escapeXml(block.kicker)}: ` : ''}<a href="${escapeXml(whole(block.href, target))}">${escapeXml(block.title)}</a></p>`;
    case 'divider':
      return '<hr/>';
    case 'code': {
      const language = block.language ? ` class="language-${escapeXml(block.language)}"` : '';
      return `<pre><code${language}>${escapeXml(block.code)}</code></pre>`;
    }
  }
}

function textHtml(text: Text, target: HtmlTarget): string {
  return text.map((run) => runHtml(run, target)).join('');
}

function runHtml(run: Run, target: HtmlTarget): string {
  let html = escapeXml(run.text).replaceAll('\n', '<br/>');
  for (const mark of (run.marks ?? []).toReversed()) html = `<${elements[mark]}>${html}</${elements[mark]}>`;
  if (run.lang) html = `<span lang="${escapeXml(run.lang)}">${html}</span>`;
  if (run.href) html = `<a href="${escapeXml(whole(run.href, target))}">${html}</a>`;
  return html;
}

/** What runs something is nobody's address, however it came to stand in a story. */
function whole(href: string, target: HtmlTarget): string {
  return href.startsWith('/') ? `${target.origin}${href}` : safeUrl(href);
}

function citeHtml(cite: string | undefined): string {
  return cite ? `<footer>${escapeXml(cite)}</footer>` : '';
}

function captionHtml(caption: Text | undefined, target: HtmlTarget, credit?: string): string {
  const words = [
    caption ? textHtml(caption, target) : '',
    credit ? `<small class="credit">${escapeXml(credit)}</small>` : '',
  ];
  const inner = words.filter(Boolean).join(' ');
  return inner === '' ? '' : `<figcaption>${inner}</figcaption>`;
}

function imageHtml(picture: Picture, target: HtmlTarget): string {
  const item = target.media.get(picture.media);
  if (!item) return '';
  const size = item.width && item.height ? ` width="${item.width}" height="${item.height}"` : '';
  return `<img src="${escapeXml(addressOf(item, target))}" alt="${escapeXml(picture.alt)}"${size}/>`;
}

function pictureHtml(picture: Picture, target: HtmlTarget): string {
  const image = imageHtml(picture, target);
  const caption = captionHtml(picture.caption, target, picture.credit);
  return image === '' ? '' : `<figure>${image}${caption}</figure>`;
}

function playerHtml(block: Extract<Block, { type: 'audio' | 'video' }>, target: HtmlTarget): string {
  const item = target.media.get(block.media);
  if (!item) return `<p>${escapeXml(block.title)}</p>`;
  const transcript =
    block.type === 'audio' && block.transcript ? `<p>${textHtml(block.transcript, target)}</p>` : '';
  const caption = block.type === 'video' ? captionHtml(block.caption, target, block.credit) : '';
  return `<figure><${block.type} src="${escapeXml(addressOf(item, target))}" title="${escapeXml(block.title)}" controls="controls"></${block.type}>${caption}</figure>${transcript}`;
}

function tableHtml(table: Extract<Block, { type: 'table' }>, target: HtmlTarget): string {
  const cell = (name: 'td' | 'th', text: Text) => `<${name}>${textHtml(text, target)}</${name}>`;
  const head = table.head
    ? `<thead><tr>${table.head.map((text) => cell('th', text)).join('')}</tr></thead>`
    : '';
  const rows = table.rows.map(
    (row) =>
      `<tr>${row.map((text, index) => cell(table.rowHeads && index === 0 ? 'th' : 'td', text)).join('')}</tr>`,
  );
  const caption = table.caption ? `<caption>${escapeXml(table.caption)}</caption>` : '';
  return `<table>${caption}${head}<tbody>${rows.join('')}</tbody></table>`;
}

/** Whole address of a file of ours. */
export function addressOf(item: MediaItem, target: Pick<HtmlTarget, 'origin'>): string {
  return `${target.origin}${mediaHref(item)}`;
}
