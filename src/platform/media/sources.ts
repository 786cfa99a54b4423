import { extensionOf, type MediaItem, type RenditionFormat } from './item.ts';

export interface SourceLimits {
  /** No wider rendition is offered; for small places and Save-Data. */
  readonly maxWidth?: number;
  /** Narrower renditions are left out, as long as one remains. */
  readonly minWidth?: number;
}

/** What an `<picture>` needs. Paths on this site; `webp`, `jpeg` and `avif` are srcset values. */
export interface PictureSources {
  /** A middle-sized JPEG for what knows no srcset. */
  readonly src: string;
  /** Of the whole picture, for the width and height attributes. */
  readonly width: number;
  readonly height: number;
  /** Missing until the background job has made them. */
  readonly avif?: string;
  readonly webp: string;
  readonly jpeg: string;
}

/** Fractions of width and height that must stay in view. */
export interface FocalPoint {
  readonly x: number;
  readonly y: number;
}

const fallbackWidth = 800;
const formatExtensions: Record<RenditionFormat, string> = { avif: 'avif', webp: 'webp', jpeg: 'jpg' };

/** Size of the picture made for cards in other people's feeds. */
export const socialSize = { width: 1200, height: 630 } as const;

/**
 * Addresses of a picture's renditions.
 * @returns undefined for what is no picture
 */
export function pictureSources(item: MediaItem, limits: SourceLimits = {}): PictureSources | undefined {
  if (item.kind !== 'picture' || !item.width || !item.height) return undefined;
  const jpegs = renditionsOf(item, 'jpeg', limits);
  const middle = jpegs.findLast((rendition) => rendition.width <= fallbackWidth) ?? jpegs[0];
  if (!middle) return undefined;
  const avif = srcset(item, 'avif', limits);
  return {
    src: renditionHref(item.id, middle.width, 'jpeg'),
    width: item.width,
    height: item.height,
    ...(avif && { avif }),
    webp: srcset(item, 'webp', limits),
    jpeg: srcset(item, 'jpeg', limits),
  };
}

/** Path of one rendition. */
export function renditionHref(id: string, width: number, format: RenditionFormat): string {
  return `/media/${id}/${width}.${formatExtensions[format]}`;
}

/** Path of the file itself: audio, video, captions; for a picture its widest JPEG. */
export function mediaHref(item: MediaItem): string {
  if (item.kind !== 'picture') return `/media/${item.id}/file.${extensionOf(item.type)}`;
  const widest = renditionsOf(item, 'jpeg', {}).at(-1);
  return renditionHref(item.id, widest?.width ?? 0, 'jpeg');
}

/**
 * Path of the 1200 x 630 JPEG for Open Graph and the like, cropped around the focal point.
 * The point is rounded to tenths, so that a picture has at most 121 of them.
 */
export function socialHref(item: Pick<MediaItem, 'id'>, focal?: FocalPoint): string {
  const x = Math.round((focal?.x ?? 0.5) * 10);
  const y = Math.round((focal?.y ?? 0.5) * 10);
  return x === 5 && y === 5 ? `/media/${item.id}/social.jpg` : `/media/${item.id}/social-${x}-${y}.jpg`;
}

/** Value of CSS `object-position` that keeps the focal point in view; undefined for the middle. */
export function objectPosition(focal: FocalPoint | undefined): string | undefined {
  if (!focal || (focal.x === 0.5 && focal.y === 0.5)) return undefined;
  return `${Math.round(focal.x * 100)}% ${Math.round(focal.y * 100)}%`;
}

function srcset(item: MediaItem, format: RenditionFormat, limits: SourceLimits): string {
  return renditionsOf(item, format, limits)
    .map((rendition) => `${renditionHref(item.id, rendition.width, format)} ${rendition.width}w`)
    .join(', ');
}

function renditionsOf(item: MediaItem, format: RenditionFormat, limits: SourceLimits) {
  const all = item.renditions
    .filter((rendition) => rendition.format === format)
    .toSorted((one, other) => one.width - other.width);
  const within = all.filter((rendition) => rendition.width <= (limits.maxWidth ?? Infinity));
  const small = within.length > 0 ? within : all.slice(0, 1);
  const wide = small.filter((rendition) => rendition.width >= (limits.minWidth ?? 0));
  return wide.length > 0 ? wide : small.slice(-1);
}
