import type { MediaLookup } from '../platform/media/item.ts';
import { mediaHref, pictureSources } from '../platform/media/sources.ts';
import { attributes, html, type Html } from '../site/html.ts';
import { icons } from '../site/icons.ts';
import type { LanguageAttributes } from '../site/language.ts';
import { picturePart } from '../site/picture.ts';
import type { Block, Picture, Text } from './blocks.ts';
import { frameOf } from './embeds.ts';
import { storyText as words } from './text.ts';
import { textPart } from './text-part.ts';

const columnSizes = '(max-width: 43rem) calc(100vw - 2rem), 41rem';
const wideSizes = '(max-width: 64rem) calc(100vw - 2rem), 62rem';

export interface BodyOptions {
  /** Stands at the start of the first paragraph, such as a dateline. */
  readonly opening?: Html;
  /** No wider picture is offered, in pixels. */
  readonly maxWidth?: number;
  /** For the paper's own words in a story of another language, such as 'Transcript'. */
  readonly own?: LanguageAttributes;
}

type Common = Pick<BodyOptions, 'maxWidth' | 'own'>;

/** The body of a story. */
export function bodyPart(body: readonly Block[], media: MediaLookup, options: BodyOptions = {}): Html {
  let opening = options.opening;
  const alone =
    opening && !body.some(({ type }) => type === 'paragraph') ? html`<p>${opening}</p>` : undefined;
  return html`<div class="body">${alone}${body.map((block) => {
    if (block.type !== 'paragraph' || !opening) return blockPart(block, media, options);
    const first = html`<p>${opening} ${textPart(block.text)}</p>`;
    opening = undefined;
    return first;
  })}</div>`;
}

function blockPart(block: Block, media: MediaLookup, common: Common): Html {
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
      return html`<blockquote${attributes({ cite: block.source })}><p>${textPart(block.text)}</p>${citePart(block.cite)}</blockquote>`;
    case 'pullquote':
      return html`<blockquote class="pull"><p>${textPart(block.text)}</p>${citePart(block.cite)}</blockquote>`;
    case 'picture':
      return figurePart(block, media, {
        className: block.width === 'column' ? undefined : block.width,
        sizes: block.width === 'wide' ? wideSizes : columnSizes,
        ...common,
      });
    case 'gallery':
      return html`${block.title && html`<p class="gallery-title">${block.title}</p>`}<div class="gallery${block.pictures.length > 2 && ' wide'}">${block.pictures.map(
        (picture) =>
          figurePart(picture, media, {
            className: '',
            sizes: '(max-width: 34rem) calc(100vw - 2rem), 20rem',
            ...common,
          }),
      )}</div>`;
    case 'audio':
      return audioPart(block, media, common);
    case 'video':
      return videoPart(block, media, common);
    case 'table':
      return tablePart(block);
    case 'embed':
      return embedPart(block, common);
    case 'related':
      return html`<p class="read-on"><span${attributes(block.kicker ? {} : { ...common.own })}>${block.kicker ?? words.related}</span><a href="${block.href}">${block.title}</a></p>`;
    case 'divider':
      return html`<hr>`;
    case 'code':
      return html`<pre tabindex="0"><code>${block.code}</code></pre>`;
    case 'keyfacts':
      return html`<section class="keyfacts"><h2>${block.title}</h2><ul>${block.items.map((item) => html`<li>${textPart(item)}</li>`)}</ul></section>`;
  }
}

/** A picture with its caption and credit. */
export function figurePart(
  picture: Picture,
  media: MediaLookup,
  options: Common & { className?: string; sizes: string; isEager?: boolean },
): Html {
  const item = media.get(picture.media);
  const shown = picturePart(item, {
    alt: picture.alt,
    sizes: options.sizes,
    isEager: options.isEager,
    focal: picture.focal,
    maxWidth: options.maxWidth,
  });
  // A picture whose file is gone leaves its words.
  const place = shown ?? html`<p class="meta">${words.missingPicture(picture.alt)}</p>`;
  const caption = captionPart(picture.caption, picture.credit ?? item?.credit, options);
  return html`<figure${attributes({ class: options.className })}>${place}${caption}</figure>`;
}

function captionPart(
  caption: Text | undefined,
  credit: string | undefined,
  { own }: Common,
): Html | undefined {
  if (!caption && !credit) return undefined;
  const shown = credit && words.pictureCredit(credit);
  // Only where we name the picture are words of ours in it.
  const language = shown === credit ? {} : own;
  return html`<figcaption>${caption && textPart(caption)}${shown && html` <span class="credit"${attributes({ ...language })}>${shown}</span>`}</figcaption>`;
}

function citePart(cite: string | undefined): Html | undefined {
  return cite ? html`<cite>${cite}</cite>` : undefined;
}

function audioPart(block: Extract<Block, { type: 'audio' }>, media: MediaLookup, { own }: Common): Html {
  const item = media.get(block.media);
  const label = words.listen(block.title);
  return html`<div class="player"><p${attributes({ ...own })}>${label}</p>${item && html`<audio controls preload="none" src="${mediaHref(item)}" aria-label="${label}"></audio>`}${block.transcript && html`<details><summary${attributes({ ...own })}>${words.transcript}</summary><p>${textPart(block.transcript)}</p></details>`}${block.credit && html`<p class="meta">${block.credit}</p>`}</div>`;
}

function videoPart(block: Extract<Block, { type: 'video' }>, media: MediaLookup, common: Common): Html {
  const item = media.get(block.media);
  const still = block.poster ? media.get(block.poster) : undefined;
  // The player knows no choice of sizes: the middle one stands for all.
  const poster = still && pictureSources(still, { maxWidth: common.maxWidth })?.src;
  const captions = block.captions ? media.get(block.captions) : undefined;
  const caption =
    (block.caption || block.credit) &&
    html`<figcaption>${block.caption && textPart(block.caption)}${block.credit && html` <span class="credit">${block.credit}</span>`}</figcaption>`;
  if (!item) return html`<figure><p class="meta">${words.watch(block.title)}</p>${caption}</figure>`;
  return html`<figure><video controls preload="none" src="${mediaHref(item)}" aria-label="${words.watch(block.title)}"${attributes({ poster, width: item.width, height: item.height })}>${captions && html`<track kind="captions" src="${mediaHref(captions)}" label="${words.captionsLabel}" default>`}</video>${caption}</figure>`;
}

function tablePart(block: Extract<Block, { type: 'table' }>): Html {
  const head =
    block.head &&
    html`<thead><tr>${block.head.map((cell) => html`<th scope="col">${textPart(cell)}</th>`)}</tr></thead>`;
  const rows = block.rows.map(
    (row) =>
      html`<tr>${row.map((cell, index) => (index === 0 && block.rowHeads ? html`<th scope="row">${textPart(cell)}</th>` : html`<td>${textPart(cell)}</td>`))}</tr>`,
  );
  return html`<div class="table" role="region" tabindex="0" aria-label="${block.caption || words.table}"><table>${block.caption && html`<caption>${block.caption}</caption>`}${head}<tbody>${rows}</tbody></table></div>`;
}

function embedPart({ url, provider, title }: Extract<Block, { type: 'embed' }>, { own }: Common): Html {
  const frame = frameOf(url);
  const language = attributes({ ...own });
  const link = html`<p${language}><a href="${url}" rel="noopener nofollow">${words.embedOpen(provider)}</a></p>`;
  const head = html`<p><span${language}>${words.embed(provider)}</span><b>${title}</b></p>`;
  if (!frame) return html`<div class="embed">${head}${link}</div>`;
  return html`<embed-frame class="embed" data-frame="${frame}" data-title="${title}">${head}<p${language}><button class="pill" type="button" hidden>${icons.play}${words.embedLoad(provider)}</button></p>${link}<small${language}>${words.embedNote(provider)}</small></embed-frame>`;
}

/** Islands that a body needs. */
export function bodyIslands(body: readonly Block[]): string[] {
  return body.some((block) => block.type === 'embed' && frameOf(block.url)) ? ['embed'] : [];
}
