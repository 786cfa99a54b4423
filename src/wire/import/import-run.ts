import { stat } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { MediaStore } from '../../platform/media/media-store.ts';
import { readyStory, type ContentOptions } from './import-content.ts';
import { ImportFiles } from './import-files.ts';
import type { ColumnUse, IncomingContent, IncomingItem, Reader, ReadOptions } from './import-item.ts';
import { count, emptyCounts, ImportReport, type ImportCounts, type ReportLine } from './import-report.ts';
import {
  beginRun,
  knownStories,
  writeBatch,
  type Checkpoint,
  type Known,
  type ReadyItem,
} from './import-rows.ts';
import { fingerprint } from './loose-blocks.ts';
import { openText } from './text-stream.ts';

/** Raised when the readers come to read differently: then everything is looked at again. */
const readerVersion = 2;
/** Records looked up at once, and stories written in one transaction. */
const lookedUp = 200;
const written = 50;

export interface ImportOptions {
  readonly database: Database;
  readonly media: MediaStore;
  readonly clock: Clock;
  readonly dataDir: string;
  readonly file: string;
  /** Name of the format, for the source's name. */
  readonly kind: string;
  readonly reader: Reader;
  /** Who names the stories; made from the format and the file where it is left out. */
  readonly source?: string;
  /** IANA zone of times that name none. */
  readonly zone: string;
  readonly language: string;
  /** Public address of this site. */
  readonly origin: string;
  readonly order?: 'dmy' | 'mdy';
  readonly map?: ReadonlyMap<string, string>;
  /** Values for fields that a record leaves empty, such as credit or section. */
  readonly defaults?: Partial<Pick<IncomingContent, DefaultField>>;
  /** The stories were this paper's own elsewhere: their old addresses do not stay the ones to cite. */
  readonly isOwn?: boolean;
  readonly isDryRun?: boolean;
  /** Stories that this call has met, shared between its files. */
  readonly seen?: SeenStories;
  readonly onColumns?: (columns: readonly ColumnUse[]) => void;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Stop after the batch at hand. */
  readonly signal?: AbortSignal;
}

export const defaultFields = ['section', 'credit', 'language', 'kicker', 'place', 'agency'] as const;
export type DefaultField = (typeof defaultFields)[number];

export interface ImportProgress {
  readonly records: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

export interface ImportResult {
  readonly source: string;
  readonly records: number;
  /** Records that an earlier, interrupted reading had done. */
  readonly resumedAt: number;
  readonly counts: ImportCounts;
  readonly encoding: string;
  readonly isEncodingGuess: boolean;
  /** Folder of the report; undefined after a dry run. */
  readonly report: string | undefined;
  readonly milliseconds: number;
}

/** Names met in one call, so that a story that stands twice is written once. Compact: 53 bits of each name count. */
export class SeenStories {
  readonly #versions = new Map<number, number>();

  /** @returns true for the first meeting, or for a newer version than the last one met */
  add(source: string, item: Pick<IncomingItem, 'sourceId' | 'version'>): boolean {
    const print = Buffer.from(fingerprint([source, item.sourceId]), 'base64url');
    const key = Number(print.readBigUInt64BE() >> 11n);
    const before = this.#versions.get(key);
    const version = item.version ?? 0;
    if (before !== undefined && version <= before) return false;
    this.#versions.set(key, version);
    return true;
  }
}

/**
 * Read a file of stories into the database. Streams; commits in batches together with a checkpoint, so that a kill
 * loses nothing that is counted and the next call goes on from there. The same file again changes nothing. Nobody is
 * alerted, no date changes.
 * @throws AppError `import.*` in words for the operator
 */
export async function importFile(options: ImportOptions): Promise<ImportResult> {
  const started = performance.now();
  const file = resolve(options.file);
  const text = await openText(file);
  const { size, mtimeMs } = await stat(file);
  // ninjs items have names that are theirs everywhere; rows of a table only within it.
  const source =
    options.source ??
    (options.kind === 'ninjs' ? 'ninjs' : `${options.kind}:${basename(file, extname(file))}`);
  const fingerprintOfRun = fingerprint([readerVersion, size, mtimeMs, options.kind, manner(options)]);
  const run = options.isDryRun
    ? undefined
    : await beginRun(options.database, { source, file, fingerprint: fingerprintOfRun });
  const checkpoint: Checkpoint = run
    ? { ...run, counts: structuredClone(run.counts) }
    : { id: '', position: 0, reportBytes: 0, reportTail: '', counts: emptyCounts() };
  const resumedAt = checkpoint.position;
  const report = run && (await ImportReport.open(options.dataDir, run.id, run.reportBytes, run.reportTail));
  let bytes = 0;
  const readOptions: ReadOptions = {
    zone: options.zone,
    language: options.language,
    order: options.order,
    now: options.clock.now(),
    map: options.map,
    onColumns: options.onColumns,
  };
  const work = new Work(options, source, checkpoint, report);
  try {
    const items = options.reader(
      text.read((at) => (bytes = at)),
      readOptions,
    );
    let chunk: IncomingItem[] = [];
    const takeChunk = async () => {
      const items = chunk;
      chunk = [];
      if (items.length > 0) await work.take(items);
      options.onProgress?.({ records: checkpoint.position, bytes, totalBytes: size });
    };
    try {
      for await (const item of items) {
        if (item.position <= resumedAt) {
          work.seen.add(work.sourceOf(item), item);
          continue;
        }
        chunk.push(item);
        if (chunk.length < lookedUp) continue;
        await takeChunk();
        if (options.signal?.aborted)
          throw new AppError('import.stopped', 'Stopped. The same command goes on from here.');
      }
    } finally {
      // Where the file breaks off, what stood before the break comes in all the same.
      await takeChunk();
    }
    options.onProgress?.({ records: checkpoint.position, bytes: size, totalBytes: size });
    const result: ImportResult = {
      source,
      records: checkpoint.position,
      resumedAt,
      counts: checkpoint.counts,
      encoding: text.encoding,
      isEncodingGuess: text.isGuess,
      report: report?.folder,
      milliseconds: performance.now() - started,
    };
    if (report) {
      await report.finish({ file, kind: options.kind, ...result, report: undefined });
      await work.finish();
    }
    return result;
  } catch (error) {
    await report?.close().catch(() => undefined);
    throw error;
  }
}

/** Options that change what becomes of a record. */
function manner(options: ImportOptions): unknown {
  return [
    options.zone,
    options.order ?? null,
    options.language,
    [...(options.map ?? [])],
    options.defaults ?? {},
    options.isOwn ?? false,
  ];
}

class Work {
  readonly seen: SeenStories;
  readonly #options: ImportOptions;
  readonly #source: string;
  readonly #checkpoint: Checkpoint;
  readonly #report: ImportReport | undefined;
  readonly #content: ContentOptions;
  readonly #manner: string;
  /** Sections and topics that are surely there. */
  readonly #made = new Set<string>();

  constructor(
    options: ImportOptions,
    source: string,
    checkpoint: Checkpoint,
    report: ImportReport | undefined,
  ) {
    this.seen = options.seen ?? new SeenStories();
    this.#options = options;
    this.#source = source;
    this.#checkpoint = checkpoint;
    this.#report = report;
    this.#manner = fingerprint([readerVersion, manner(options)]);
    this.#content = {
      language: options.language,
      origin: options.origin,
      isOwn: options.isOwn ?? false,
      files: new ImportFiles(options.file, options.isDryRun ? undefined : options.media),
    };
  }

  sourceOf(item: IncomingItem): string {
    return this.#options.source ?? item.source ?? this.#source;
  }

  /** Look a chunk of records up, make stories of those that are new or changed, and write them in batches. */
  async take(items: readonly IncomingItem[]): Promise<void> {
    const known = await knownStories(
      this.#options.database.read,
      items.map((item) => ({ source: this.sourceOf(item), sourceId: item.sourceId })),
    );
    let batch: (ReportLine | ReadyItem)[] = [];
    for (const item of items) {
      batch.push(await this.#look(item, known));
      if (batch.length < written) continue;
      await this.#flush(batch);
      batch = [];
    }
    if (batch.length > 0) await this.#flush(batch);
  }

  async finish(): Promise<void> {
    const { database } = this.#options;
    await database.write(({ db, now }) =>
      db.updateTable('import_run').set({ finished_at: now }).where('id', '=', this.#checkpoint.id).execute(),
    );
  }

  async #look(item: IncomingItem, known: Known): Promise<ReportLine | ReadyItem> {
    const source = this.sourceOf(item);
    const before = known.find(source, item.sourceId);
    const line = { record: item.position, sourceId: item.sourceId, notes: [] };
    if (!this.seen.add(source, item)) return { ...line, outcome: 'repeated' };
    const hash = fingerprint([this.#manner, item.fingerprint]);
    if (before?.state === 'killed') return { ...line, outcome: 'killed' };
    if (before?.hash === hash) return { ...line, outcome: 'unchanged' };
    if (before?.version !== undefined && item.version !== undefined && item.version < before.version)
      return { ...line, outcome: 'older' };
    if (before?.isEdited) return { ...line, outcome: 'edited-here' };
    try {
      const incoming = withDefaults(item.story(), this.#options.defaults ?? {});
      if (incoming.isNotice && !before)
        throw new AppError('import.notice', 'It takes back a story that is not here.');
      const ready = await readyStory(incoming, this.#content);
      // A picture that was missing is looked for again as long as it is.
      const full = ready.isIncomplete ? `${hash}?` : hash;
      if (before?.hash === full) return { ...line, outcome: 'unchanged' };
      return {
        record: item.position,
        source,
        sourceId: item.sourceId,
        hash: full,
        version: item.version,
        isKnown: before !== undefined,
        incoming,
        ready,
      };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { ...line, outcome: 'refused', notes: [{ code: error.code, detail: error.message }] };
    }
  }

  async #flush(batch: readonly (ReportLine | ReadyItem)[]): Promise<void> {
    const { database, media, isDryRun } = this.#options;
    const next: Checkpoint = { ...this.#checkpoint, counts: structuredClone(this.#checkpoint.counts) };
    if (isDryRun) {
      for (const entry of batch) count(next.counts, 'ready' in entry ? dryLine(entry) : entry);
    } else {
      await writeBatch({ database, media, batch, checkpoint: next, report: this.#report!, made: this.#made });
    }
    next.position = batch.at(-1)!.record;
    Object.assign(this.#checkpoint, next);
  }
}

function withDefaults(
  content: IncomingContent,
  defaults: NonNullable<ImportOptions['defaults']>,
): IncomingContent {
  const filled: Partial<Record<DefaultField, string>> = {};
  for (const field of defaultFields)
    if (!content[field] && defaults[field] !== undefined) filled[field] = defaults[field];
  return { ...content, ...filled };
}

function dryLine(item: ReadyItem): ReportLine {
  const { record, sourceId, incoming, ready } = item;
  return {
    record,
    sourceId,
    outcome: item.isKnown ? 'updated' : 'created',
    held: incoming.held,
    notes: ready.notes,
  };
}
