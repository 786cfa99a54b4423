import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { AppError, messageOf } from '../../platform/errors.ts';
import type { PreparedMedia } from '../../platform/media/item.ts';
import type { MediaStore } from '../../platform/media/media-store.ts';
import { plainText, type Block, type Picture } from '../../stories/index.ts';
import type { LooseBlock, LoosePicture, Notes } from './loose-blocks.ts';

const remembered = 500;
const folders = ['', 'media', 'images', 'pictures', 'files', 'uploads'];

interface Looked {
  /** The file, why it was refused, or undefined where there is none. */
  readonly file: PreparedMedia | string | undefined;
  /** Found elsewhere than its address says. */
  readonly isByName: boolean;
}

/**
 * Finds the files that a foreign text names in the folder of the imported file and below it, and puts them into the
 * media store. Nothing is fetched from elsewhere, and nothing outside that folder is read.
 */
export class ImportFiles {
  readonly #folder: string;
  readonly #store: MediaStore | undefined;
  readonly #known = new Map<string, Looked>();

  /** @param store left out on a dry run: files are found, not stored */
  constructor(file: string, store: MediaStore | undefined) {
    this.#folder = dirname(resolve(file));
    this.#store = store;
  }

  /** Blocks as a story has them. What was found is added to `found`, what was not is noted. */
  async settle(blocks: readonly LooseBlock[], found: PreparedMedia[], notes: Notes): Promise<Block[]> {
    const settled: Block[] = [];
    for (const block of blocks) {
      if (block.type === 'loose-picture') {
        const picture = await this.picture(block, found, notes);
        if (picture) settled.push({ type: 'picture', ...picture, width: 'column' });
      } else if (block.type === 'loose-gallery') {
        const pictures: Picture[] = [];
        for (const each of block.pictures) {
          const picture = await this.picture(each, found, notes);
          if (picture) pictures.push(picture);
        }
        const { title } = block;
        if (pictures.length > 1)
          settled.push({ type: 'gallery', ...(title === undefined ? {} : { title }), pictures });
        else if (pictures.length === 1) {
          const caption = pictures[0]!.caption ?? (title === undefined ? undefined : [{ text: title }]);
          const picture = { ...pictures[0]!, ...(caption ? { caption } : {}) };
          settled.push({ type: 'picture', ...picture, width: 'column' });
        } else if (title !== undefined) notes.add('picture.words', title);
      } else if (block.type === 'loose-audio' || block.type === 'loose-video') {
        const player = await this.#player(block, found, notes);
        if (player) settled.push(player);
      } else settled.push(block);
    }
    return settled;
  }

  async picture(loose: LoosePicture, found: PreparedMedia[], notes: Notes): Promise<Picture | undefined> {
    for (const src of [loose.src, ...(loose.others ?? [])]) {
      const prepared = await this.#prepare(src, 'picture', notes);
      if (!prepared) continue;
      found.push(prepared);
      if (loose.alt === '') notes.add('picture.without-alt', src);
      return {
        media: prepared.item.id,
        alt: loose.alt,
        ...(loose.caption ? { caption: loose.caption } : {}),
        ...(loose.credit ? { credit: loose.credit } : {}),
      };
    }
    notes.add('picture.missing', loose.src);
    const words = [loose.alt, loose.caption ? plainText(loose.caption) : '', loose.credit ?? ''];
    const lost = [...new Set(words.filter(Boolean))].join(' | ');
    if (lost !== '') notes.add('picture.words', lost);
    return undefined;
  }

  async #player(
    loose: Extract<LooseBlock, { type: 'loose-audio' | 'loose-video' }>,
    found: PreparedMedia[],
    notes: Notes,
  ): Promise<Block | undefined> {
    const kind = loose.type === 'loose-audio' ? 'audio' : 'video';
    const prepared = await this.#prepare(loose.src, kind, notes);
    if (prepared) {
      found.push(prepared);
      const title = loose.title || prepared.fileName;
      if (kind === 'audio') return { type: 'audio', media: prepared.item.id, title };
      const poster = loose.poster && (await this.#beside(loose.poster, 'picture', found, notes));
      const captions = loose.captions && (await this.#beside(loose.captions, 'captions', found, notes));
      return {
        type: 'video',
        media: prepared.item.id,
        title,
        ...(poster ? { poster: poster.item.id } : {}),
        ...(captions ? { captions: captions.item.id } : {}),
      };
    }
    if (!/^https:\/\//i.test(loose.src) || loose.src.length > 2048 || !URL.canParse(loose.src)) {
      notes.add(`${kind}.missing`, loose.src);
      return undefined;
    }
    // It stays where it is: a link that plays on the reader's click.
    notes.add(`${kind}.elsewhere`, loose.src);
    const provider = new URL(loose.src).hostname.replace(/^www\./, '');
    return { type: 'embed', url: loose.src, provider, title: loose.title || provider };
  }

  /** A file that belongs to another, or a note that it is missing. */
  async #beside(
    src: string,
    kind: 'picture' | 'captions',
    found: PreparedMedia[],
    notes: Notes,
  ): Promise<PreparedMedia | undefined> {
    const prepared = await this.#prepare(src, kind, notes);
    if (prepared) found.push(prepared);
    else notes.add(`${kind}.missing`, src);
    return prepared;
  }

  async #prepare(
    src: string,
    kind: PreparedMedia['item']['kind'],
    notes: Notes,
  ): Promise<PreparedMedia | undefined> {
    const known = this.#known.get(src) ?? (await this.#look(src, kind));
    if (this.#known.size >= remembered) this.#known.clear();
    this.#known.set(src, known);
    const { file, isByName } = known;
    if (typeof file === 'string') {
      notes.add('file.refused', `${src.slice(0, 200)}: ${file}`);
      return undefined;
    }
    if (file && file.item.kind !== kind) {
      notes.add('file.refused', `${src.slice(0, 200)}: it is ${file.item.kind}, not ${kind}`);
      return undefined;
    }
    if (isByName) notes.add(`${kind}.by-name`, src);
    for (const note of file?.notes ?? []) notes.add(`file.${note}`, src);
    return file;
  }

  async #look(src: string, kind: PreparedMedia['item']['kind']): Promise<Looked> {
    const inline = /^data:[\w.+-]+\/[\w.+-]+(?:;[\w=-]+)*;base64,/i.exec(src);
    const found = inline ? undefined : await this.#find(src);
    const isByName = found?.isByName ?? false;
    if (!inline && !found) return { file: undefined, isByName };
    // A dry run finds files and leaves them where they are.
    if (!this.#store) return { file: placeholder(kind), isByName };
    try {
      const file = inline
        ? await this.#store.prepare(Buffer.from(src.slice(inline[0].length), 'base64'), 'inline')
        : await this.#store.prepare({ path: found!.path }, basename(found!.path));
      return { file, isByName };
    } catch (error) {
      if (error instanceof AppError) return { file: messageOf(error), isByName };
      throw error;
    }
  }

  async #find(src: string): Promise<{ path: string; isByName: boolean } | undefined> {
    const isWhole = /^[a-z][a-z\d+.-]*:/i.test(src) || src.startsWith('//');
    if (isWhole && !/^(https?|file):|^\/\//i.test(src)) return undefined;
    const address = isWhole
      ? (URL.parse(src, 'https://x.invalid')?.pathname ?? '')
      : src.replace(/[?#].*$/, '');
    const name = decoded(address).replaceAll('\\', '/').replace(/^\/+/, '');
    if (name === '' || name.includes('\0')) return undefined;
    const exact = await this.#within(name);
    if (exact) return { path: exact, isByName: false };
    for (const folder of folders) {
      const path = await this.#within(join(folder, basename(name)));
      if (path) return { path, isByName: true };
    }
    return undefined;
  }

  /** The real path of a file below the folder, or undefined. */
  async #within(name: string): Promise<string | undefined> {
    try {
      const root = await realpath(this.#folder);
      const path = await realpath(resolve(root, name));
      return path.startsWith(root + sep) && (await stat(path)).isFile() ? path : undefined;
    } catch {
      return undefined;
    }
  }
}

function placeholder(kind: PreparedMedia['item']['kind']): PreparedMedia {
  return {
    item: { id: 'dry-run', kind, type: '', bytes: 0, renditions: [] },
    fileName: 'dry-run',
    notes: [],
  };
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
