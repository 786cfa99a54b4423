import { createHash } from 'node:crypto';
import { keptWords, type Block, type Text } from '../../stories/index.ts';

/** A picture as a foreign text names it: an address or a path beside the file, not yet a file of ours. */
export interface LoosePicture {
  readonly type: 'loose-picture';
  readonly src: string;
  /** The same picture in other sizes or places. */
  readonly others?: readonly string[];
  readonly alt: string;
  readonly caption?: Text;
  readonly credit?: string;
}

export interface LooseGallery {
  readonly type: 'loose-gallery';
  readonly title?: string;
  readonly pictures: readonly LoosePicture[];
}

interface LooseFileOf<Type extends string> {
  readonly type: Type;
  readonly src: string;
  readonly title: string;
  readonly poster?: string;
  readonly captions?: string;
}

/** Sound or film that a foreign text names. */
export type LooseFile = LooseFileOf<'loose-audio'> | LooseFileOf<'loose-video'>;

/** A block whose files, if it has any, are still to be found. */
export type LooseBlock =
  | Exclude<Block, { type: 'picture' | 'gallery' | 'audio' | 'video' }>
  | LoosePicture
  | LooseGallery
  | LooseFile;

/** Something that was lost or guessed on the way in, for the report. */
export interface ImportNote {
  /** `{what}.{how}`, such as `picture.missing`; docs/importing.md lists them. */
  readonly code: string;
  /** What exactly: an address, an element, the words. */
  readonly detail: string;
}

/** Gathers notes, each code and detail once, and the rest of a long list as a number. */
export class Notes {
  readonly #notes = new Map<string, ImportNote>();
  #more = 0;
  static readonly most = 200;

  add(code: string, detail: string): void {
    const short = detail.length > 300 ? `${detail.slice(0, 299)}…` : detail;
    const key = `${code} ${short}`;
    if (this.#notes.has(key)) return;
    if (this.#notes.size >= Notes.most) this.#more += 1;
    else this.#notes.set(key, { code, detail: short });
  }

  list(): ImportNote[] {
    const notes = [...this.#notes.values()];
    if (this.#more > 0) notes.push({ code: 'notes.more', detail: String(this.#more) });
    return notes;
  }
}

const longestId = 400;

/** A source's name for a story in a form that both databases can keep and index; different ones stay different. */
export function sourceIdOf(words: string): string {
  const kept = keptWords(words).trim();
  if (kept === words && kept.length <= longestId && kept !== '') return kept;
  return `${kept.slice(0, longestId - 40).toWellFormed()} ${fingerprint(words)}`.trim();
}

/** Short, stable fingerprint of anything that JSON can hold; object keys in any order. */
export function fingerprint(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('base64url').slice(0, 27);
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}
