/** What a media file is for. A picture has renditions; the others are served as they are. */
export type MediaKind = 'picture' | 'audio' | 'video' | 'captions';

export type RenditionFormat = 'avif' | 'webp' | 'jpeg';

/** A ready-made size of a picture, in pixels and bytes. */
export interface Rendition {
  readonly format: RenditionFormat;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** A file that the site can show, and what is known about it. */
export interface MediaItem {
  /** Made from the content: the same file has the same id. */
  readonly id: string;
  readonly kind: MediaKind;
  /** Media type of the kept file, such as image/jpeg. */
  readonly type: string;
  /** Pixels as shown, after the camera's orientation is applied. */
  readonly width?: number;
  readonly height?: number;
  /** Size of the kept file. */
  readonly bytes: number;
  /** Playing time, where the file tells it simply. */
  readonly seconds?: number;
  readonly renditions: readonly Rendition[];
  /** What the file itself says, from its IPTC, XMP or EXIF data. */
  readonly title?: string;
  readonly caption?: string;
  readonly credit?: string;
  readonly rights?: string;
}

/** Media of a page, fetched in one query before it is rendered. */
export type MediaLookup = ReadonlyMap<string, MediaItem>;

/** Something was changed in a file for the reader's sake, or read with doubt; for the desk and import reports. */
export type MediaNote = 'first-frame-only' | 'location-removed';

/** A file that is checked and durable on disk, but not yet known to the database. */
export interface PreparedMedia {
  readonly item: MediaItem;
  readonly fileName: string;
  readonly notes: readonly MediaNote[];
}

const extensions: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/ogg': 'ogg',
  'audio/wav': 'wav',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'text/vtt': 'vtt',
};

/** File name extension of a media type, without the dot. */
export function extensionOf(type: string): string {
  const extension = extensions[type];
  if (!extension) throw new Error(`No extension is known for ${type}.`);
  return extension;
}

/** Media type of an extension that this site serves, or undefined. */
export function typeOfExtension(extension: string): string | undefined {
  return Object.keys(extensions).find((type) => extensions[type] === extension);
}
