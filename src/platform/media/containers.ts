import { open, type FileHandle } from 'node:fs/promises';
import { AppError } from '../errors.ts';

export interface ContainerFacts {
  readonly bytes: number;
  readonly shown: { readonly width?: number; readonly height?: number; readonly seconds?: number };
}

/** A part of a container: where its content begins and ends, and what it is called. */
interface Box {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly nameAt: number;
}

const mostBoxes = 5000;
const webmHeadBytes = 1_000_000;

/**
 * Size in pixels and playing time, where the container tells them simply.
 * @throws AppError `media.broken` where the file ends too early or has no film or sound in it
 */
export async function readContainer(type: string, path: string): Promise<ContainerFacts> {
  const file = await open(path);
  try {
    const { size: bytes } = await file.stat();
    if (type === 'video/mp4' || type === 'audio/mp4')
      return { bytes, shown: await readIsoMedia(file, bytes) };
    if (type === 'video/webm') return { bytes, shown: await readWebm(file) };
    if (type === 'audio/wav') return { bytes, shown: await readWav(file, bytes) };
    return { bytes, shown: {} };
  } finally {
    await file.close();
  }
}

/**
 * Blank the user data of MP4 and M4A in place (place names, coordinates, names of devices and people): the boxes
 * become `free` ones of the same length, so nothing else moves.
 * @returns whether there was any
 */
export async function makeContainerPrivate(type: string, path: string): Promise<boolean> {
  if (type !== 'video/mp4' && type !== 'audio/mp4') return false;
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const top = await boxesOf(file, 0, size);
    const within: Box[] = [];
    for (const movie of top.filter((box) => box.name === 'moov')) {
      const parts = await boxesOf(file, movie.start, movie.end);
      within.push(...parts);
      for (const track of parts.filter((box) => box.name === 'trak'))
        within.push(...(await boxesOf(file, track.start, track.end)));
    }
    const told = [...top, ...within].filter((box) => ['udta', 'meta', 'uuid'].includes(box.name));
    for (const box of told) {
      await file.write('free', box.nameAt, 'latin1');
      await blank(file, box.start, box.end);
    }
    await file.sync();
    return told.length > 0;
  } finally {
    await file.close();
  }
}

async function blank(file: FileHandle, start: number, end: number): Promise<void> {
  const zeros = Buffer.alloc(65_536);
  for (let at = start; at < end; at += zeros.length)
    await file.write(zeros, 0, Math.min(zeros.length, end - at), at);
}

/** ISO base media file format (ISO/IEC 14496-12): mvhd has the time, each tkhd a size in 16.16. */
async function readIsoMedia(file: FileHandle, bytes: number): Promise<ContainerFacts['shown']> {
  const top = await boxesOf(file, 0, bytes);
  const movie = top.find((box) => box.name === 'moov');
  if (!movie) throw unreadable();
  const shown: { width?: number; height?: number; seconds?: number } = {};
  for (const box of await boxesOf(file, movie.start, movie.end)) {
    if (box.name === 'mvhd') {
      const content = await part(file, box.start, 32);
      const isLong = content[0] === 1;
      const scale = content.readUInt32BE(isLong ? 20 : 12);
      const time = isLong ? Number(content.readBigUInt64BE(24)) : content.readUInt32BE(16);
      if (scale > 0 && time > 0 && time !== 0xffff_ffff) shown.seconds = Math.round(time / scale);
    }
    if (box.name !== 'trak') continue;
    const header = (await boxesOf(file, box.start, box.end)).find((inner) => inner.name === 'tkhd');
    if (!header || header.end - header.start < 84) continue;
    const size = await part(file, header.end - 44, 44);
    // The matrix says whether a phone was held upright: a quarter turn has zeros where the scale stands.
    const isTurned = size.readInt32BE(0) === 0 && size.readInt32BE(16) === 0;
    const [width, height] = [size.readUInt16BE(36), size.readUInt16BE(40)];
    if (width > 0 && height > 0 && !shown.width) {
      shown.width = isTurned ? height : width;
      shown.height = isTurned ? width : height;
    }
  }
  return shown;
}

async function boxesOf(file: FileHandle, from: number, to: number): Promise<Box[]> {
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to;) {
    const head = await part(file, at, 16);
    const short = head.readUInt32BE(0);
    const isLong = short === 1 && head.length === 16;
    const size = short === 0 ? to - at : isLong ? Number(head.readBigUInt64BE(8)) : short;
    const end = at + size;
    if (size < (isLong ? 16 : 8) || end > to || boxes.length >= mostBoxes) throw unreadable();
    boxes.push({ name: head.toString('latin1', 4, 8), start: at + (isLong ? 16 : 8), end, nameAt: at + 4 });
    at = end;
  }
  return boxes;
}

const ebml = {
  segment: 0x18538067,
  info: 0x1549a966,
  scale: 0x2ad7b1,
  duration: 0x4489,
  tracks: 0x1654ae6b,
  entry: 0xae,
  video: 0xe0,
  width: 0xb0,
  height: 0xba,
};
const ebmlParents = new Set([ebml.segment, ebml.info, ebml.tracks, ebml.entry, ebml.video]);

/** WebM (RFC 8794, RFC 9559): elements at the beginning of the segment; what comes later is not looked for. */
async function readWebm(file: FileHandle): Promise<ContainerFacts['shown']> {
  const head = await part(file, 0, webmHeadBytes);
  const numbers = new Map<number, number>();
  for (let at = 0, seen = 0; at < head.length && seen < mostBoxes; seen++) {
    const idLength = Math.clz32(head[at]!) - 23;
    const sizeAt = at + idLength;
    if (idLength > 4 || sizeAt >= head.length) break;
    const sizeLength = Math.clz32(head[sizeAt]!) - 23;
    const start = sizeAt + sizeLength;
    if (sizeLength > 8 || start > head.length) break;
    const id = head.readUIntBE(at, idLength);
    const size = variableInteger(head, sizeAt, sizeLength);
    if (ebmlParents.has(id)) {
      at = start;
      continue;
    }
    if (size <= 8 && start + size <= head.length && !numbers.has(id))
      numbers.set(id, id === ebml.duration ? floatOf(head, start, size) : unsignedOf(head, start, size));
    at = start + size;
  }
  const [width, height] = [numbers.get(ebml.width), numbers.get(ebml.height)];
  const seconds = ((numbers.get(ebml.duration) ?? 0) * (numbers.get(ebml.scale) ?? 1_000_000)) / 1e9;
  return {
    ...(width && height && { width, height }),
    ...(seconds > 0 && Number.isFinite(seconds) && { seconds: Math.round(seconds) }),
  };
}

function variableInteger(from: Buffer, at: number, length: number): number {
  let value = from[at]! & (0xff >> length);
  for (let index = 1; index < length; index++) value = value * 256 + from[at + index]!;
  return value;
}

function unsignedOf(from: Buffer, at: number, length: number): number {
  let value = 0;
  for (let index = 0; index < length; index++) value = value * 256 + from[at + index]!;
  return value;
}

function floatOf(from: Buffer, at: number, length: number): number {
  return length === 8 ? from.readDoubleBE(at) : length === 4 ? from.readFloatBE(at) : 0;
}

/** RIFF WAVE: bytes of sound by bytes a second. */
async function readWav(file: FileHandle, bytes: number): Promise<ContainerFacts['shown']> {
  let perSecond = 0;
  for (let at = 12, seen = 0; at + 8 <= bytes && seen < mostBoxes; seen++) {
    const head = await part(file, at, 24);
    const name = head.toString('latin1', 0, 4);
    const size = head.readUInt32LE(4);
    if (name === 'fmt ' && head.length >= 20) perSecond = head.readUInt32LE(16);
    if (name === 'data')
      return perSecond > 0 ? { seconds: Math.round(Math.min(size, bytes - at - 8) / perSecond) } : {};
    at += 8 + size + (size & 1);
  }
  throw unreadable();
}

async function part(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}

function unreadable(): AppError {
  return new AppError(
    'media.broken',
    'The file is damaged or not complete: there is no film or sound to be found in it. Save it again, or send another copy.',
  );
}
