import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Metadata, type OutputInfo, type Sharp } from 'sharp';
import { AppError } from '../errors.ts';
import { readCredits } from './credits.ts';
import { exists, writeDurably, type MediaFiles } from './files.ts';
import { extensionOf, type MediaItem, type MediaNote, type Rendition, type RenditionFormat } from './item.ts';
import type { Sniffed } from './sniff.ts';
import { socialSize, type FocalPoint } from './sources.ts';
import { stripped } from './strip.ts';

// Memory stays flat and the machine stays answering; several pictures at once are the caller's choice.
sharp.cache(false);
sharp.concurrency(1);

/** The most that is decoded; told by the header, before anything is. */
export const maxPixels = 100_000_000;
const maxFrames = 2000;
/** Longer strips than this have no sensible size on any screen. */
const maxRatio = 20;
/** WebP ends at 16,383 pixels a side. */
const maxSide = 16_000;
const decodeSeconds = 60;

/** Widths of renditions, and the bytes that each should stay under; the lead picture of a 360-pixel-wide screen, at up to three device pixels, takes 60 KB at most. */
const steps: readonly { width: number; budget: number }[] = [
  { width: 320, budget: 22_000 },
  { width: 480, budget: 36_000 },
  { width: 640, budget: 48_000 },
  { width: 800, budget: 56_000 },
  { width: 1080, budget: 60_000 },
  { width: 1440, budget: 130_000 },
  { width: 1920, budget: 220_000 },
];
export const widestRendition = steps.at(-1)!.width;

/** JPEG is for old readers and for feeds: it may be larger, rather than ugly. */
const encoders: Record<
  RenditionFormat,
  { share: number; best: number; worst: number; encode(from: Sharp, quality: number): Sharp }
> = {
  webp: {
    share: 1,
    best: 78,
    worst: 22,
    encode: (from, quality) => from.webp({ quality }),
  },
  jpeg: {
    share: 1.5,
    best: 78,
    worst: 34,
    encode: (from, quality) => from.flatten({ background: '#ffffff' }).jpeg({ quality, mozjpeg: true }),
  },
  avif: { share: 0.8, best: 48, worst: 24, encode: (from, quality) => from.avif({ quality, effort: 3 }) },
};
/** What shows no WebP chooses among few widths: each costs time when a picture is taken in. */
const jpegWidths = new Set([480, 800, 1440]);
const qualityStep = 8;
/** A step of quality takes about this share of the bytes. */
const bytesByStep = 1.25;

/** Decoded pixels in sRGB, upright, no wider than the widest rendition. */
interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
}

/** Check a picture's header, then make all that is made at once in `folder`; `original` becomes the kept, stripped file. */
export async function makePicture(
  sniffed: Sniffed,
  id: string,
  original: string,
  folder: string,
): Promise<{ item: MediaItem; notes: MediaNote[] }> {
  const header = await readHeader(sniffed, original);
  const { width, height } = header.autoOrient;
  const source = await readFile(original);
  const pixels = await decode(source, header);
  const renditions = [];
  for (const format of ['webp', 'jpeg'] as const)
    renditions.push(...(await makeRenditions(pixels, width, format, folder)));
  await writeDurably(
    join(folder, 'social.jpg'),
    await cropSocial(fromPixels(pixels), pixels, { x: 0.5, y: 0.5 }),
  );
  const kept = await stripped(source, sniffed.type, header);
  await writeDurably(join(folder, `original.${extensionOf(kept.type)}`), kept.content);
  await rm(original);
  return {
    item: {
      id,
      kind: 'picture',
      type: kept.type,
      width,
      height,
      bytes: kept.content.length,
      renditions,
      ...readCredits(header),
    },
    notes: (header.pages ?? 1) > 1 ? ['first-frame-only'] : [],
  };
}

/** AVIF renditions of a picture in place, at the widths of its WebP ones. Safe to repeat; takes seconds. */
export async function makeAvif(
  files: MediaFiles,
  item: MediaItem,
  signal?: AbortSignal,
): Promise<Rendition[]> {
  const source = await files.read(item.id, `original.${extensionOf(item.type)}`);
  if (!source) throw new Error(`The kept file of picture ${item.id} is missing.`);
  const pixels = await decode(source, await sharp(source).metadata());
  const made: Rendition[] = [];
  let quality = encoders.avif.best;
  for (const { width, height } of item.renditions.filter((rendition) => rendition.format === 'webp')) {
    signal?.throwIfAborted();
    const encoded = await encodeWithin(pixels, width, 'avif', quality);
    quality = encoded.next;
    await files.add(item.id, `${width}.avif`, encoded.content);
    made.push({ format: 'avif', width, height, bytes: encoded.content.length });
  }
  return made;
}

/**
 * Path of the social picture around a focal point; made from the widest rendition where it is not there yet.
 * @returns undefined where there is no such picture
 */
export async function makeSocial(
  files: MediaFiles,
  id: string,
  name: string,
  focal: FocalPoint,
): Promise<string | undefined> {
  if (await exists(files.pathOf(id, name))) return files.pathOf(id, name);
  const description = await files.read(id, 'media.json');
  if (!description) return undefined;
  const { item } = JSON.parse(description.toString('utf8')) as { item: MediaItem };
  const widest = item.renditions.findLast((rendition) => rendition.format === 'jpeg');
  const source = widest && (await files.read(id, `${widest.width}.jpg`));
  if (!source) return undefined;
  await files.add(id, name, await cropSocial(sharp(source), widest, focal));
  return files.pathOf(id, name);
}

async function readHeader(sniffed: Sniffed, path: string): Promise<Metadata> {
  let header: Metadata;
  try {
    header = await sharp(path, { limitInputPixels: false, failOn: 'error' }).metadata();
  } catch (cause) {
    throw broken(cause);
  }
  const format = sniffed.type.slice('image/'.length);
  const isAsSniffed = header.format === format || (format === 'avif' && header.format === 'heif');
  if (!isAsSniffed || !header.width || !header.height) throw broken(`The header is one of ${header.format}.`);
  const height = header.pageHeight ?? header.height;
  if (header.width * height > maxPixels)
    throw new AppError(
      'media.too-many-pixels',
      `The picture has ${Math.round((header.width * height) / 1e6)} million pixels; at most ${maxPixels / 1e6} million are taken. Save a smaller copy.`,
      { status: 413 },
    );
  if ((header.pages ?? 1) > maxFrames)
    throw new AppError('media.too-many-frames', `The picture has more than ${maxFrames} frames or pages.`, {
      status: 413,
    });
  if (header.width > height * maxRatio || height > header.width * maxRatio)
    throw new AppError(
      'media.too-narrow',
      `The picture is more than ${maxRatio} times longer than it is wide. Cut it up.`,
    );
  return header;
}

/** Decode once. It is made small before it is turned upright, so that a large picture never stands whole in memory. */
async function decode(source: Buffer, header: Metadata): Promise<Pixels> {
  const upright = header.autoOrient;
  const width = Math.max(
    1,
    Math.min(upright.width, widestRendition, Math.floor((maxSide * upright.width) / upright.height)),
  );
  const isTurned = (header.orientation ?? 1) >= 5;
  try {
    const small = await sharp(source, { limitInputPixels: maxPixels, failOn: 'error', sequentialRead: true })
      .timeout({ seconds: decodeSeconds })
      .resize(isTurned ? { height: width, withoutEnlargement: true } : { width, withoutEnlargement: true })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const { data, info } = await turned(small, header.orientation ?? 1)
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height, channels: info.channels === 4 ? 4 : 3 };
  } catch (cause) {
    throw broken(cause);
  }
}

/** EXIF orientation (CIPA DC-008, tag 0x0112): what must be done to see the picture upright. */
function turned(small: { data: Buffer; info: OutputInfo }, orientation: number): Sharp {
  const { width, height, channels } = small.info;
  const from = sharp(small.data, { raw: { width, height, channels: channels as 1 | 2 | 3 | 4 } });
  const angle = [0, 0, 0, 180, 180, 270, 90, 90, 270][orientation] ?? 0;
  const isMirrored = [2, 4, 5, 7].includes(orientation);
  return isMirrored ? from.flop().rotate(angle) : from.rotate(angle);
}

async function makeRenditions(
  pixels: Pixels,
  fullWidth: number,
  format: RenditionFormat,
  folder: string,
): Promise<Rendition[]> {
  const renditions: Rendition[] = [];
  let quality = encoders[format].best;
  const widths = widthsOf(pixels, fullWidth);
  const few = widths.filter((width) => jpegWidths.has(width) || width === widths.at(-1));
  for (const width of (format === 'jpeg' ? few : widths).toReversed()) {
    const encoded = await encodeWithin(pixels, width, format, quality);
    quality = encoded.next;
    const extension = format === 'jpeg' ? 'jpg' : format;
    await writeDurably(join(folder, `${width}.${extension}`), encoded.content);
    renditions.unshift({ format, width, height: encoded.height, bytes: encoded.content.length });
  }
  return renditions;
}

/** Never wider than the original; a small one is offered as it is. */
function widthsOf(pixels: Pixels, fullWidth: number): number[] {
  const widths = steps.map((step) => step.width).filter((width) => width <= pixels.width);
  const largest = widths.at(-1) ?? 0;
  return fullWidth <= widestRendition && pixels.width > largest * 1.1 ? [...widths, pixels.width] : widths;
}

/** The best quality that stays under the width's budget, from `start` downwards; the worst quality that is bearable if none does. */
async function encodeWithin(pixels: Pixels, width: number, format: RenditionFormat, start: number) {
  const { share, best, worst, encode } = encoders[format];
  const step = steps.find((candidate) => candidate.width >= width) ?? steps.at(-1)!;
  const budget = step.budget * share;
  for (let quality = start; ;) {
    const { data, info } = await encode(fromPixels(pixels).resize({ width }), quality).toBuffer({
      resolveWithObject: true,
    });
    // The next narrower width has about the same bytes to a pixel: begin one step better.
    if (data.length <= budget || quality === worst)
      return { content: data, height: info.height, next: Math.min(best, quality + qualityStep) };
    const over = Math.log(data.length / budget) / Math.log(bytesByStep);
    quality = Math.max(worst, quality - qualityStep * Math.max(1, Math.floor(over)));
  }
}

function fromPixels({ data, width, height, channels }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels } });
}

/** The largest 1200:630 part with the focal point as near its middle as the edges allow. */
async function cropSocial(
  from: Sharp,
  size: { width: number; height: number },
  focal: FocalPoint,
): Promise<Buffer> {
  const ratio = socialSize.width / socialSize.height;
  const width = Math.max(1, Math.round(Math.min(size.width, size.height * ratio)));
  const height = Math.max(1, Math.round(Math.min(size.height, size.width / ratio)));
  const place = (at: number, whole: number, part: number) =>
    Math.max(0, Math.min(whole - part, Math.round(at * whole - part / 2)));
  return from
    .extract({
      left: place(focal.x, size.width, width),
      top: place(focal.y, size.height, height),
      width,
      height,
    })
    .resize({ ...socialSize, fit: 'fill' })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 76, mozjpeg: true })
    .toBuffer();
}

export function broken(cause: unknown): AppError {
  return new AppError(
    'media.broken',
    'The picture cannot be read: the file is damaged or not complete. Save it again, or send another copy.',
    { cause },
  );
}
