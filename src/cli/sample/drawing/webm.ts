import sharp from 'sharp';

/** A film of pictures of one size, shown one after the other. */
export interface Film {
  /** SVG of each picture. */
  readonly frames: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
}

/**
 * A WebM file (RFC 9559) in which every picture stands for itself: a lossy WebP is a key frame of VP8 (RFC 6386,
 * RFC 9649), so the encoder that the pictures have is enough. Larger than a film made by a video encoder, and small
 * for drawings with flat colours.
 */
export async function webm(film: Film, quality = 62): Promise<Buffer> {
  const frames: Buffer[] = [];
  for (const svg of film.frames) frames.push(await keyFrame(svg, film, quality));
  const milliseconds = (index: number) => Math.round((index * 1000) / film.framesPerSecond);
  const clusters: Buffer[] = [];
  const starts: number[] = [];
  for (let at = 0; at < frames.length; at += film.framesPerSecond) {
    const start = milliseconds(at);
    starts.push(start);
    clusters.push(
      element(
        ids.cluster,
        unsigned(ids.timestamp, start),
        ...frames
          .slice(at, at + film.framesPerSecond)
          .map((frame, index) => simpleBlock(milliseconds(at + index) - start, frame)),
      ),
    );
  }
  const info = element(
    ids.info,
    unsigned(ids.timestampScale, 1_000_000),
    float(ids.duration, milliseconds(frames.length)),
    text(ids.muxingApp, 'freesheet'),
    text(ids.writingApp, 'freesheet'),
  );
  const tracks = element(
    ids.tracks,
    element(
      ids.trackEntry,
      unsigned(ids.trackNumber, 1),
      unsigned(ids.trackUid, 1),
      unsigned(ids.trackType, 1),
      text(ids.codecId, 'V_VP8'),
      unsigned(ids.defaultDuration, Math.round(1e9 / film.framesPerSecond)),
      element(ids.video, unsigned(ids.pixelWidth, film.width), unsigned(ids.pixelHeight, film.height)),
    ),
  );
  // Positions are of fixed length, so the length of the cues is known before what they say.
  const cuesOf = (before: number) => {
    let position = before;
    return element(
      ids.cues,
      ...clusters.map((cluster, index) => {
        const point = element(
          ids.cuePoint,
          unsigned(ids.cueTime, starts[index]!),
          element(
            ids.cueTrackPositions,
            unsigned(ids.cueTrack, 1),
            unsigned(ids.cueClusterPosition, position),
          ),
        );
        position += cluster.length;
        return point;
      }),
    );
  };
  const before = info.length + tracks.length;
  const cues = cuesOf(before + cuesOf(before).length);
  const header = element(
    ids.ebml,
    unsigned(ids.ebmlMaxIdLength, 4),
    unsigned(ids.ebmlMaxSizeLength, 8),
    text(ids.docType, 'webm'),
    unsigned(ids.docTypeVersion, 2),
    unsigned(ids.docTypeReadVersion, 2),
  );
  return Buffer.concat([header, element(ids.segment, info, tracks, cues, ...clusters)]);
}

async function keyFrame(svg: string, { width, height }: Film, quality: number): Promise<Buffer> {
  const file = await sharp(Buffer.from(svg))
    .resize(width, height)
    .flatten({ background: '#ffffff' })
    .webp({ quality, effort: 6 })
    .toBuffer();
  if (file.toString('latin1', 12, 16) !== 'VP8 ') throw new Error('The picture is no plain VP8 key frame.');
  return file.subarray(20, 20 + file.readUInt32LE(16));
}

const ids = {
  ebml: 0x1a45dfa3,
  ebmlMaxIdLength: 0x42f2,
  ebmlMaxSizeLength: 0x42f3,
  docType: 0x4282,
  docTypeVersion: 0x4287,
  docTypeReadVersion: 0x4285,
  segment: 0x18538067,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  duration: 0x4489,
  muxingApp: 0x4d80,
  writingApp: 0x5741,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackUid: 0x73c5,
  trackType: 0x83,
  codecId: 0x86,
  defaultDuration: 0x23e383,
  video: 0xe0,
  pixelWidth: 0xb0,
  pixelHeight: 0xba,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
  cues: 0x1c53bb6b,
  cuePoint: 0xbb,
  cueTime: 0xb3,
  cueTrackPositions: 0xb7,
  cueTrack: 0xf7,
  cueClusterPosition: 0xf1,
} as const;

/** An element of EBML (RFC 8794): id, length in eight bytes, content. */
function element(id: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const name = Buffer.from(id.toString(16), 'hex');
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE((1n << 56n) | BigInt(body.length));
  return Buffer.concat([name, length, body]);
}

function unsigned(id: number, value: number): Buffer {
  const content = Buffer.alloc(4);
  content.writeUInt32BE(value);
  return element(id, content);
}

function float(id: number, value: number): Buffer {
  const content = Buffer.alloc(8);
  content.writeDoubleBE(value);
  return element(id, content);
}

function text(id: number, value: string): Buffer {
  return element(id, Buffer.from(value, 'ascii'));
}

/** One frame of track 1 that needs no other, at milliseconds after its cluster. */
function simpleBlock(at: number, frame: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt8(0x81, 0);
  head.writeInt16BE(at, 1);
  head.writeUInt8(0x80, 3);
  return element(ids.simpleBlock, head, frame);
}
