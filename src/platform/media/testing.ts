import { crc32 } from 'node:zlib';
import sharp from 'sharp';

/** A picture with the detail of a photograph: soft shapes under ever finer and fainter ones, the same each time. */
export async function photograph(width: number, height: number): Promise<Buffer> {
  let seed = 7;
  const random = () => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff) / 0x7fffffff;
  const [across, down] = [480, 320];
  const pixels = Buffer.alloc(across * down * 3, 128);
  for (const [cell, strength] of [
    [120, 90],
    [40, 45],
    [12, 20],
    [4, 9],
    [1, 4],
  ] as const) {
    const columns = Math.ceil(across / cell) + 1;
    const grid = Float32Array.from(
      { length: columns * (Math.ceil(down / cell) + 1) * 3 },
      () => random() - 0.5,
    );
    for (let at = 0; at < pixels.length; at++) {
      const x = Math.floor(at / 3) % across;
      const y = Math.floor(at / 3 / across);
      const from = (Math.floor(y / cell) * columns + Math.floor(x / cell)) * 3 + (at % 3);
      pixels[at] = Math.max(0, Math.min(255, pixels[at]! + strength * grid[from]!));
    }
  }
  return sharp(pixels, { raw: { width: across, height: down, channels: 3 } })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .jpeg({ quality: 92 })
    .toBuffer();
}

/** Four quarters in red, green, blue and white, so that one can see which way is up. */
export async function quarters(width: number, height: number): Promise<Buffer> {
  const colours = [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    [255, 255, 255],
  ] as const;
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const colour = colours[(y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1)]!;
      pixels.set(colour, (y * width + x) * 3);
    }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

/** A PNG that claims a size and holds one empty line of data. */
export function pngOfSize(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = Buffer.from([0x78, 0x9c, 0x63, 0, 0, 0, 1, 0, 1]);
  return Buffer.concat([signature, pngChunk('IHDR', header), pngChunk('IDAT', data), pngChunk('IEND')]);
}

export function pngChunk(name: string, content: Buffer = Buffer.alloc(0)): Buffer {
  const chunk = Buffer.alloc(12 + content.length);
  chunk.writeUInt32BE(content.length, 0);
  chunk.write(name, 4, 'latin1');
  content.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + content.length)), 8 + content.length);
  return chunk;
}

/** One IPTC-IIM dataset. */
export function iim(record: number, dataset: number, value: Buffer): Buffer {
  const head = Buffer.from([0x1c, record, dataset, value.length >> 8, value.length & 0xff]);
  return Buffer.concat([head, value]);
}

/** Put IPTC-IIM data into a JPEG as Photoshop does, behind an unrelated resource. */
export function withIim(jpeg: Buffer, block: Buffer): Buffer {
  const resource = (id: number, content: Buffer) => {
    const head = Buffer.alloc(12);
    head.write('8BIM', 0, 'latin1');
    head.writeUInt16BE(id, 4);
    head.writeUInt32BE(content.length, 8);
    return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
  };
  const payload = Buffer.concat([
    Buffer.from('Photoshop 3.0\0'),
    resource(0x0425, Buffer.alloc(16, 7)),
    resource(0x0404, block),
  ]);
  return withSegment(jpeg, 0xed, payload);
}

/** Put a marker segment at the beginning of a JPEG. */
export function withSegment(jpeg: Buffer, marker: number, payload: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, (payload.length + 2) >> 8, (payload.length + 2) & 0xff]);
  return Buffer.concat([jpeg.subarray(0, 2), head, payload, jpeg.subarray(2)]);
}

/** A box of ISO base media. */
export function box(name: string, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** A small MP4 of a phone: 12 seconds, held upright, with coordinates in its user data. */
export function phoneVideo(): Buffer {
  const movieHeader = Buffer.alloc(100);
  movieHeader.writeUInt32BE(600, 12);
  movieHeader.writeUInt32BE(7200, 16);
  const trackHeader = Buffer.alloc(84);
  trackHeader.writeInt32BE(0x10000, 44);
  trackHeader.writeInt32BE(-0x10000, 52);
  trackHeader.writeUInt32BE(1920 << 16, 76);
  trackHeader.writeUInt32BE(1080 << 16, 80);
  const place = box('udta', box('\u00a9xyz', Buffer.from('+38.7223-009.1393/')));
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\u0002\0isomiso2avc1mp41', 'latin1')),
    box('moov', box('mvhd', movieHeader), box('trak', box('tkhd', trackHeader)), place),
    box('mdat', Buffer.alloc(2000, 5)),
  ]);
}
