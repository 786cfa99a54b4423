import { AppError } from '../errors.ts';
import type { MediaKind } from './item.ts';

/** What the first bytes of a file say it is. */
export interface Sniffed {
  readonly kind: MediaKind;
  /** Media type of the file as sent; gif, tiff and avif are kept as something else. */
  readonly type: string;
}

/** How many bytes `sniff` wants to see. */
export const sniffBytes = 4096;

const jpeg = [0xff, 0xd8, 0xff];
const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Tell a file's type by its first bytes alone; its name and what the sender claims are not asked.
 * @throws AppError `media.svg-refused`, `media.heic-refused`, `media.unknown-type` with what to do
 */
export function sniff(head: Buffer): Sniffed {
  const ascii = head.toString('latin1');
  const startsWith = (bytes: readonly number[]) => bytes.every((byte, index) => head[index] === byte);
  if (startsWith(jpeg)) return { kind: 'picture', type: 'image/jpeg' };
  if (startsWith(png)) return { kind: 'picture', type: 'image/png' };
  if (/^GIF8[79]a/.test(ascii)) return { kind: 'picture', type: 'image/gif' };
  if (/^(II\*\0|MM\0\*)/.test(ascii)) return { kind: 'picture', type: 'image/tiff' };
  if (/^RIFF[^]{4}WEBP/.test(ascii)) return { kind: 'picture', type: 'image/webp' };
  if (/^RIFF[^]{4}WAVE/.test(ascii)) return { kind: 'audio', type: 'audio/wav' };
  if (ascii.startsWith('OggS')) return { kind: 'audio', type: 'audio/ogg' };
  if (startsWith([0x1a, 0x45, 0xdf, 0xa3]) && ascii.includes('webm'))
    return { kind: 'video', type: 'video/webm' };
  if (ascii.slice(4, 8) === 'ftyp') return sniffIsoMedia(head, ascii);
  if (ascii.startsWith('ID3') || isMpegAudioFrame(head)) return { kind: 'audio', type: 'audio/mpeg' };
  if (/^(\u00ef\u00bb\u00bf)?WEBVTT([ \t\r\n]|$)/.test(ascii)) return { kind: 'captions', type: 'text/vtt' };
  if (looksLikeSvg(head))
    throw new AppError(
      'media.svg-refused',
      'SVG drawings can carry scripts and are not taken. Export the drawing as PNG or WebP, about 2,000 pixels wide.',
    );
  throw unknownType();
}

/** ISO base media (ISO/IEC 14496-12): the major brand, or else a compatible one, tells what is inside. */
function sniffIsoMedia(head: Buffer, ascii: string): Sniffed {
  const end = Math.min(head.readUInt32BE(0), head.length, 256);
  const brands = [ascii.slice(8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(ascii.slice(at, at + 4));
  const major = brands[0]!;
  if (brands.includes('avif')) return { kind: 'picture', type: 'image/avif' };
  if (/^(hei[cmxs]|hev[cmxs]|mif1|msf1)$/.test(major))
    throw new AppError(
      'media.heic-refused',
      'HEIC pictures are not taken. Save the picture as JPEG; on an iPhone choose Settings, Camera, Formats, Most Compatible.',
    );
  if (/^M4[AB] $/.test(major)) return { kind: 'audio', type: 'audio/mp4' };
  if (major !== 'qt  ' && brands.some((brand) => /^(isom|iso[2-9]|mp4[12]|avc1|M4V |dash|MSNV)$/.test(brand)))
    return { kind: 'video', type: 'video/mp4' };
  throw unknownType();
}

/** An MPEG audio frame header (ISO/IEC 11172-3): sync word, a layer, a bit rate and a sample rate that exist. */
function isMpegAudioFrame(head: Buffer): boolean {
  const [first = 0, second = 0, third = 0] = head;
  return (
    first === 0xff &&
    (second & 0xe0) === 0xe0 &&
    (second & 0x18) !== 0x08 &&
    (second & 0x06) === 0x02 &&
    (third & 0xf0) !== 0xf0 &&
    (third & 0xf0) !== 0 &&
    (third & 0x0c) !== 0x0c
  );
}

function looksLikeSvg(head: Buffer): boolean {
  const isUtf16 = head[0] === 0xff || head[0] === 0xfe;
  const text = isUtf16 ? head.toString('latin1').replaceAll('\0', '') : head.toString('utf8');
  // svgz is SVG in gzip; nothing else in gzip is taken either.
  return /<svg[\s>]/i.test(text) || (head[0] === 0x1f && head[1] === 0x8b);
}

function unknownType(): AppError {
  return new AppError(
    'media.unknown-type',
    'This kind of file is not taken. Pictures: JPEG, PNG, WebP, AVIF, GIF, TIFF. Sound: MP3, M4A, Ogg, WAV. Video: MP4, WebM. Captions: WebVTT.',
    { status: 415 },
  );
}
