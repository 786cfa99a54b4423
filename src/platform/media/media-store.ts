import type { Kysely, Selectable } from 'kysely';
import type { Transaction } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';
import { enqueue } from '../jobs/jobs.ts';
import type { Log } from '../log.ts';
import { exists, MediaFiles } from './files.ts';
import type { MediaItem, MediaKind, PreparedMedia, Rendition } from './item.ts';
import type { MediaTable } from './migrations.ts';
import { Turns } from '../turns.ts';
import { Withheld } from './withhold.ts';

export interface MediaStoreOptions {
  readonly dataDir: string;
  readonly log: Log;
  /** Have AVIF renditions made in the background; true when left out. */
  readonly avif?: boolean;
  /** Files made ready at the same time; 2 when left out, so that a server goes on answering meanwhile. */
  readonly atOnce?: number;
}

/** Job that makes the AVIF renditions of a picture. */
export const avifJob = 'media.avif';
/** Ids in one query: below the parameter limits of both databases. */
const idsAtOnce = 500;

/**
 * Pictures, sound, video and captions. What decodes pictures is loaded when one is first taken in: it is large, and a
 * server that only shows them does without. Files lie under DATA_DIR/media, named by what is in them, and a row for each.
 * The order is always files first, durable, then the row, so that a crash leaves at most a file that nobody names.
 */
export class MediaStore {
  readonly files: MediaFiles;
  readonly withheld = new Withheld();
  readonly #log: Log;
  readonly #avif: boolean;
  readonly #ingests: Turns;
  readonly #socials = new Turns(1, 50);

  constructor(options: MediaStoreOptions) {
    this.files = new MediaFiles(options.dataDir);
    this.#log = options.log;
    this.#avif = options.avif ?? true;
    this.#ingests = new Turns(options.atOnce ?? 2);
  }

  /**
   * Check a file, make its renditions and put all of it on disk, durably. Touches no database.
   * @param source bytes, or a file that is read and left alone
   * @param fileName as the sender named it; kept for people, never trusted
   * @throws AppError `media.*` in words for the sender
   */
  prepare(source: Buffer | { readonly path: string }, fileName: string): Promise<PreparedMedia> {
    return this.#ingests.take(async () => (await import('./ingest.ts')).ingest(this.files, source, fileName));
  }

  /** Make a prepared file known. Recording the same file again changes nothing and returns what is there. */
  async record(tx: Transaction, prepared: PreparedMedia): Promise<MediaItem> {
    const { item } = prepared;
    const inserted = await tx.db
      .insertInto('media')
      .values({
        id: item.id,
        kind: item.kind,
        type: item.type,
        width: item.width ?? null,
        height: item.height ?? null,
        bytes: item.bytes,
        seconds: item.seconds ?? null,
        renditions: JSON.stringify(item.renditions),
        file_name: prepared.fileName,
        title: item.title ?? null,
        caption: item.caption ?? null,
        credit: item.credit ?? null,
        rights: item.rights ?? null,
        created_at: tx.now,
        withheld_at: null,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!inserted) return (await this.find(tx.db, item.id)) ?? item;
    await this.takeUp(tx, item);
    return item;
  }

  /** Have done what is still to be done for an item that is new, or was brought back from a dump. */
  async takeUp(tx: Transaction, item: MediaItem): Promise<void> {
    const isWhole = item.kind !== 'picture' || item.renditions.some(({ format }) => format === 'avif');
    if (this.#avif && !isWhole) await enqueue(tx, avifJob, { id: item.id }, { key: item.id });
  }

  async find(db: Kysely<Tables>, id: string): Promise<MediaItem | undefined> {
    return (await this.byIds(db, [id])).get(id);
  }

  /** Items by id; an unknown id is simply not in the map. */
  async byIds(db: Kysely<Tables>, ids: readonly string[]): Promise<Map<string, MediaItem>> {
    const items = new Map<string, MediaItem>();
    const unique = [...new Set(ids)];
    for (let start = 0; start < unique.length; start += idsAtOnce) {
      const rows = await db
        .selectFrom('media')
        .selectAll()
        .where('id', 'in', unique.slice(start, start + idsAtOnce))
        .execute();
      for (const row of rows) items.set(row.id, itemOf(row));
    }
    return items;
  }

  /** All items in a stable order, a page at a time, for export and backup. `after` is the last id of the page before. */
  async list(
    db: Kysely<Tables>,
    options: { readonly after?: string; readonly limit: number },
  ): Promise<{ item: MediaItem; fileName: string }[]> {
    const rows = await db
      .selectFrom('media')
      .selectAll()
      .$if(options.after !== undefined, (query) => query.where('id', '>', options.after!))
      .orderBy('id')
      .limit(options.limit)
      .execute();
    return rows.map((row) => ({ item: itemOf(row), fileName: row.file_name }));
  }

  /** Make the AVIF renditions of a picture; takes seconds, is safe to repeat. Note them with `addRenditions`. */
  async makeAvif(item: MediaItem, signal?: AbortSignal): Promise<Rendition[]> {
    const { makeAvif } = await import('./pictures.ts');
    const made = await makeAvif(this.files, item, signal);
    this.#log.debug({ id: item.id, renditions: made.length }, 'AVIF made');
    return made;
  }

  /** Note renditions that were made later. Pages tagged `media:{id}` are rendered anew. */
  async addRenditions(tx: Transaction, id: string, renditions: readonly Rendition[]): Promise<void> {
    const item = await this.find(tx.db, id);
    if (!item) return;
    const kept = item.renditions.filter(
      (old) => !renditions.some((added) => added.format === old.format && added.width === old.width),
    );
    await tx.db
      .updateTable('media')
      .set({ renditions: JSON.stringify([...kept, ...renditions]) })
      .where('id', '=', id)
      .execute();
    tx.emit({ type: 'media.renditions-added', payload: { id }, tags: [`media:${id}`] });
  }

  /**
   * Path of the 1200 x 630 JPEG around a focal point in whole tenths; made on first use, then kept.
   * @param name as `socialHref` has it, such as `social-3-7.jpg`
   * @returns undefined where there is no such picture
   */
  async social(id: string, name: string): Promise<string | undefined> {
    const [, x, y] = /^social-(\d|10)-(\d|10)\.jpg$/.exec(name) ?? [];
    const path = this.files.pathOf(id, name);
    if (await exists(path)) return path;
    if (x === undefined || y === undefined) return undefined;
    const focal = { x: Number(x) / 10, y: Number(y) / 10 };
    const { makeSocial } = await import('./pictures.ts');
    return this.#socials.take(() => makeSocial(this.files, id, name, focal));
  }
}

function itemOf(row: Selectable<MediaTable>): MediaItem {
  return {
    id: row.id,
    kind: row.kind as MediaKind,
    type: row.type,
    bytes: row.bytes,
    renditions: JSON.parse(row.renditions) as Rendition[],
    ...(row.width !== null && { width: row.width }),
    ...(row.height !== null && { height: row.height }),
    ...(row.seconds !== null && { seconds: row.seconds }),
    ...(row.title !== null && { title: row.title }),
    ...(row.caption !== null && { caption: row.caption }),
    ...(row.credit !== null && { credit: row.credit }),
    ...(row.rights !== null && { rights: row.rights }),
  };
}
