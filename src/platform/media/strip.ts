import sharp, { type Metadata } from 'sharp';

export interface Kept {
  readonly content: Buffer;
  readonly type: string;
}

/** Re-encoded originals are no longer than this on a side. */
const keptSide = 8000;

/**
 * The picture as it is kept: without GPS, names, comments, thumbnails or anything after its end. JPEG, PNG and WebP
 * keep their pixels exactly; GIF, TIFF, AVIF and whatever has an unusual structure are encoded anew, first frame only.
 */
export async function stripped(source: Buffer, type: string, header: Metadata): Promise<Kept> {
  const isPlain = (header.pages ?? 1) === 1;
  const orientation = header.orientation ?? 1;
  const exact =
    type === 'image/jpeg'
      ? stripJpeg(source, orientation)
      : type === 'image/png' && orientation === 1
        ? stripPng(source)
        : type === 'image/webp' && isPlain && orientation === 1
          ? stripWebp(source)
          : undefined;
  if (exact) return { content: exact, type };
  const upright = sharp(source, { failOn: 'error' })
    .autoOrient()
    .resize({ width: keptSide, height: keptSide, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb');
  return header.hasAlpha || type === 'image/gif' || type === 'image/png'
    ? { content: await upright.png().toBuffer(), type: 'image/png' }
    : {
        content: await upright.jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer(),
        type: 'image/jpeg',
      };
}

/**
 * JPEG (ITU-T T.81, annex B) with its tables, frames and scans only, plus JFIF, the colour profile, Adobe's colour
 * marker, and the orientation in a fresh EXIF segment.
 * @returns undefined where the structure is not as the standard has it
 */
export function stripJpeg(source: Buffer, orientation: number): Buffer | undefined {
  const parts: Buffer[] = [source.subarray(0, 2)];
  if (orientation > 1) parts.push(orientationSegment(orientation));
  let at = 2;
  while (at + 4 <= source.length) {
    if (source[at] !== 0xff) return undefined;
    const marker = source[at + 1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9) break;
    const end = at + 2 + source.readUInt16BE(at + 2);
    if (end > source.length) return undefined;
    const segment = source.subarray(at, end);
    if (isKept(marker, segment)) parts.push(marker === 0xe0 ? withoutThumbnail(segment) : segment);
    at = end;
    if (marker === 0xda) {
      const scanEnd = endOfScan(source, at);
      parts.push(source.subarray(at, scanEnd));
      at = scanEnd;
    }
  }
  // Nothing that stands after the end of the picture is kept: archives, scripts, further pictures.
  return source[at] === 0xff && source[at + 1] === 0xd9
    ? Buffer.concat([...parts, source.subarray(at, at + 2)])
    : undefined;
}

function isKept(marker: number, segment: Buffer): boolean {
  const name = segment.toString('latin1', 4, 16);
  if (marker === 0xe0) return name.startsWith('JFIF\0') && segment.length >= 18;
  if (marker === 0xe2) return name.startsWith('ICC_PROFILE\0');
  if (marker === 0xee) return name.startsWith('Adobe');
  return marker < 0xe0 && marker >= 0xc0;
}

function withoutThumbnail(segment: Buffer): Buffer {
  const short = Buffer.from(segment.subarray(0, 18));
  short.writeUInt16BE(16, 2);
  short.writeUInt16BE(0, 16);
  return short;
}

/** Entropy-coded data goes on until a marker that is neither a stuffed zero, a restart nor padding. */
function endOfScan(source: Buffer, from: number): number {
  let at = from;
  while ((at = source.indexOf(0xff, at)) >= 0) {
    const next = source[at + 1] ?? 0xd9;
    if (next === 0 || (next >= 0xd0 && next <= 0xd7)) at += 2;
    else if (next === 0xff) at += 1;
    else return at;
  }
  return source.length;
}

/** APP1 with one TIFF entry: orientation (tag 0x0112, SHORT). */
function orientationSegment(orientation: number): Buffer {
  const segment = Buffer.from(
    'ffe100224578696600004d4d002a00000008000101120003000000010000000000000000',
    'hex',
  );
  segment[29] = orientation;
  return segment;
}

const pngKept = new Set(
  'IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs cICP mDCV cLLI'.split(' '),
);

/** PNG (W3C PNG, section 11) with the chunks that make the picture; an animation becomes its still. */
export function stripPng(source: Buffer): Buffer | undefined {
  const parts: Buffer[] = [source.subarray(0, 8)];
  for (let at = 8; at + 12 <= source.length;) {
    const end = at + 12 + source.readUInt32BE(at);
    if (end > source.length) return undefined;
    const name = source.toString('latin1', at + 4, at + 8);
    if (pngKept.has(name)) parts.push(source.subarray(at, end));
    if (name === 'IEND') return Buffer.concat(parts);
    at = end;
  }
  return undefined;
}

const webpKept = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ICCP']);

/** WebP (RFC 9649, section 2.3) without EXIF and XMP; the flags in VP8X follow. */
export function stripWebp(source: Buffer): Buffer | undefined {
  const parts: Buffer[] = [];
  const riffEnd = Math.min(source.length, 8 + source.readUInt32LE(4));
  for (let at = 12; at + 8 <= riffEnd;) {
    const size = source.readUInt32LE(at + 4);
    const end = at + 8 + size + (size & 1);
    if (end > source.length) return undefined;
    const name = source.toString('latin1', at, at + 4);
    if (webpKept.has(name)) {
      const chunk = Buffer.from(source.subarray(at, end));
      if (name === 'VP8X') chunk[8] = chunk[8]! & 0b0011_0000;
      parts.push(chunk);
    }
    at = end;
  }
  const body = Buffer.concat(parts);
  if (body.length === 0) return undefined;
  const riff = Buffer.alloc(12);
  riff.write('RIFF', 0, 'latin1');
  riff.writeUInt32LE(body.length + 4, 4);
  riff.write('WEBP', 8, 'latin1');
  return Buffer.concat([riff, body]);
}
