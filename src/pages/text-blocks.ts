import { mediaHref } from '../platform/media/sources.ts';
import type { MediaLookup } from '../platform/media/item.ts';
import { html, type Hole, type Html } from '../site/html.ts';
import { storyText, textPart, type Block, type Picture } from '../stories/index.ts';
import { pagesText } from './text.ts';

const words = pagesText.texts;

/** A body in words alone: a picture is its description and caption, sound and film are links. */
export function textBody(body: readonly Block[], media: MediaLookup): Hole[] {
  return body.map((block) => textBlock(block, media));
}

/** A picture as its description, caption and credit. */
export function textPicture(picture: Picture, media: MediaLookup): Html | undefined {
  const { alt, caption } = picture;
  const credit = picture.credit ?? media.get(picture.media)?.credit;
  const said = [
    alt && html`${words.picture(alt)}`,
    caption && caption.length > 0 && textPart(caption),
    credit && html`(${storyText.pictureCredit(credit)})`,
  ].filter((part) => Boolean(part));
  return said.length === 0
    ? undefined
    : html`<p>${said.map((part, index) => html`${index > 0 && ' '}${part}`)}</p>`;
}

function textBlock(block: Block, media: MediaLookup): Hole {
  switch (block.type) {
    case 'paragraph':
      return html`<p>${textPart(block.text)}</p>`;
    case 'subheading':
      return block.level === 2
        ? html`<h2>${textPart(block.text)}</h2>`
        : html`<h3>${textPart(block.text)}</h3>`;
    case 'list': {
      const items = block.items.map((item) => html`<li>${textPart(item)}</li>`);
      return block.ordered ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`;
    }
    case 'quote':
    case 'pullquote':
      return html`<blockquote><p>${textPart(block.text)}</p>${block.cite && html`<p>${block.cite}</p>`}</blockquote>`;
    case 'picture':
      return textPicture(block, media);
    case 'gallery':
      return [
        block.title ? html`<p><b>${block.title}</b></p>` : undefined,
        ...block.pictures.map((picture) => textPicture(picture, media)),
      ];
    case 'audio':
      return html`<p>${words.audio(block.title)}${filePart(block.media, media)}</p>${block.transcript && html`<p>${textPart(block.transcript)}</p>`}${creditPart(block.credit)}`;
    case 'video':
      return html`<p>${words.video(block.title)}${filePart(block.media, media)}</p>${block.caption && html`<p>${textPart(block.caption)}</p>`}${creditPart(block.credit)}`;
    case 'table': {
      const head =
        block.head &&
        html`<tr>${block.head.map((cell) => html`<th scope="col">${textPart(cell)}</th>`)}</tr>`;
      const rows = block.rows.map(
        (row) =>
          html`<tr>${row.map((cell, index) => (block.rowHeads && index === 0 ? html`<th scope="row">${textPart(cell)}</th>` : html`<td>${textPart(cell)}</td>`))}</tr>`,
      );
      return html`<table>${block.caption && html`<caption>${block.caption}</caption>`}${head && html`<thead>${head}</thead>`}<tbody>${rows}</tbody></table>`;
    }
    case 'embed':
      return html`<p>${storyText.embed(block.provider)}: <a href="${block.url}">${block.title}</a></p>`;
    case 'related':
      return html`<p>${block.kicker ?? storyText.related}: <a href="${textHref(block.href)}">${block.title}</a></p>`;
    case 'divider':
      return html`<hr>`;
    case 'code':
      return html`<pre>${block.code}</pre>`;
    case 'keyfacts':
      return html`<h2>${block.title}</h2><ul>${block.items.map((item) => html`<li>${textPart(item)}</li>`)}</ul>`;
  }
}

/** A story's address in the text-only edition; other addresses stay as they are. */
export function textHref(href: string): string {
  return /^\/\d{4}\/\d{2}\/\d{2}\//.test(href) ? `/text${href}` : href;
}

function creditPart(credit: string | undefined): Html | undefined {
  return credit ? html`<p>(${credit})</p>` : undefined;
}

function filePart(id: string, media: MediaLookup): Html | undefined {
  const item = media.get(id);
  return item && html` <a href="${mediaHref(item)}">${storyText.file}</a>`;
}
