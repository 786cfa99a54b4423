import type { MediaItem } from '../platform/media/item.ts';
import { pictureSources, type FocalPoint } from '../platform/media/sources.ts';
import { attributes, html, type Html } from './html.ts';

export interface PictureOptions {
  readonly alt: string;
  /** Value of `sizes`: how wide it stands on the page. */
  readonly sizes: string;
  /** In the first screen: loaded at once and first. */
  readonly isEager?: boolean;
  /** Cropped to the frame that the stylesheet gives it. */
  readonly focal?: FocalPoint;
  readonly maxWidth?: number;
}

/** A picture in the sizes that there are; its place is kept free while it loads. */
export function picturePart(item: MediaItem | undefined, options: PictureOptions): Html | undefined {
  const sources = item && pictureSources(item, { maxWidth: options.maxWidth });
  if (!sources) return undefined;
  const { alt, sizes, isEager, focal } = options;
  const place = focal ? `fx${tenth(focal.x)} fy${tenth(focal.y)}` : undefined;
  const loading = isEager ? { fetchpriority: 'high' } : { loading: 'lazy', decoding: 'async' };
  return html`<picture>${sources.avif && html`<source type="image/avif" srcset="${sources.avif}" sizes="${sizes}">`}<source type="image/webp" srcset="${sources.webp}" sizes="${sizes}"><img src="${sources.src}" srcset="${sources.jpeg}" sizes="${sizes}" width="${sources.width}" height="${sources.height}" alt="${alt}"${attributes({ class: place, ...loading })}></picture>`;
}

/** Focal points are classes, as pages hold no inline style. */
function tenth(fraction: number): number {
  return Math.round(Math.min(1, Math.max(0, fraction)) * 10);
}
