import type { Kysely } from 'kysely';
import type { Database, Transaction } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { MediaStore } from '../../platform/media/media-store.ts';
import {
  findImported,
  findSection,
  findSeries,
  importStory,
  keptWords,
  removeImported,
  saveSection,
  saveSeries,
  saveTopic,
  topicsBySlugs,
} from '../../stories/index.ts';
import { otherSectionSlug, type ReadyStory } from './import-content.ts';
import type { IncomingContent } from './import-item.ts';
import {
  count,
  emptyCounts,
  reportText,
  type ImportCounts,
  type ImportReport,
  type ReportLine,
} from './import-report.ts';

/** How far a reading is; committed with the stories that it counts. */
export interface Checkpoint {
  readonly id: string;
  position: number;
  reportBytes: number;
  reportTail: string;
  counts: ImportCounts;
}

/** A story to be written. */
export interface ReadyItem {
  readonly record: number;
  readonly source: string;
  readonly sourceId: string;
  readonly hash: string;
  readonly version: number | undefined;
  /** True where an earlier version is here. */
  readonly isKnown: boolean;
  readonly incoming: IncomingContent;
  readonly ready: ReadyStory;
}

/** What is here of the stories that a chunk of records names. */
export class Known {
  readonly #rows = new Map<string, KnownStory>();

  add(source: string, sourceId: string, story: KnownStory): void {
    this.#rows.set(`${source}\n${sourceId}`, story);
  }

  find(source: string, sourceId: string): KnownStory | undefined {
    return this.#rows.get(`${source}\n${sourceId}`);
  }
}

export interface KnownStory {
  readonly state: string;
  readonly hash: string | null;
  readonly version: number | undefined;
  /** Somebody changed it here since it came. */
  readonly isEdited: boolean;
}

/** Look up stories by the names that their sources give them. */
export async function knownStories(
  db: Kysely<Tables>,
  names: readonly { source: string; sourceId: string }[],
): Promise<Known> {
  const known = new Known();
  const bySource = Map.groupBy(names, (name) => name.source);
  for (const [source, group] of bySource) {
    const ids = [...new Set(group.map((name) => name.sourceId))];
    const rows = await db
      .selectFrom('story')
      .leftJoin('import_version', (join) =>
        join
          .onRef('import_version.source', '=', 'story.source')
          .onRef('import_version.source_id', '=', 'story.source_id'),
      )
      .select(['story.source_id', 'story.state', 'story.source_hash', 'import_version.version'])
      .select(['story.version as story_version', 'story.source_version'])
      .where('story.source', '=', source)
      .where('story.source_id', 'in', ids)
      .execute();
    for (const row of rows)
      known.add(source, row.source_id!, {
        state: row.state,
        hash: row.source_hash,
        version: row.version ?? undefined,
        isEdited: row.story_version !== row.source_version,
      });
  }
  return known;
}

/**
 * Where a reading of this file in this manner was interrupted, else a new one.
 * @returns its checkpoint
 */
export function beginRun(
  database: Database,
  run: { source: string; file: string; fingerprint: string },
): Promise<Checkpoint> {
  return database.write(async ({ db, now }) => {
    const last = await db
      .selectFrom('import_run')
      .selectAll()
      .where('source', '=', run.source)
      .where('file', '=', run.file)
      .orderBy('started_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (last && last.finished_at === null && last.fingerprint === run.fingerprint) {
      return {
        id: last.id,
        position: last.position,
        reportBytes: last.report_bytes,
        reportTail: last.report_tail,
        counts: JSON.parse(last.counts) as ImportCounts,
      };
    }
    const id = runName(run.source, now);
    const counts = emptyCounts();
    await db
      .insertInto('import_run')
      .values({
        id,
        ...run,
        position: 0,
        report_bytes: 0,
        report_tail: '',
        counts: JSON.stringify(counts),
        started_at: now,
        finished_at: null,
      })
      .execute();
    return { id, position: 0, reportBytes: 0, reportTail: '', counts };
  });
}

/**
 * Remove all that came from a source, as if it had never come; the next import begins anew.
 * @returns how many stories went
 */
export async function removeSource(tx: Transaction, source: string): Promise<number> {
  await tx.db.deleteFrom('import_version').where('source', '=', source).execute();
  // A reading that was interrupted must not go on behind what is gone; its file may name other sources.
  await tx.db
    .deleteFrom('import_run')
    .where((is) => is.or([is('source', '=', source), is('finished_at', 'is', null)]))
    .execute();
  return removeImported(tx, source);
}

/** A name that sorts by time and says what it is: it is also the name of the report's folder. */
function runName(source: string, now: number): string {
  const time = new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  const words = source.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 40);
  return `${time}-${words}-${newId(now).slice(-6)}`;
}

interface Batch {
  readonly database: Database;
  readonly media: MediaStore;
  readonly batch: readonly (ReportLine | ReadyItem)[];
  /** Changed to what stands after the batch. */
  readonly checkpoint: Checkpoint;
  readonly report: ImportReport;
  /** Names of sections, topics and series that are surely there; added to once they are committed. */
  readonly made: Set<string>;
}

/** Write stories and the checkpoint in one transaction; if one of them fails, each in its own, and that one is refused. */
export async function writeBatch(work: Batch): Promise<void> {
  try {
    await writeTogether(work, work.batch);
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    for (const entry of work.batch) {
      try {
        await writeTogether(work, [entry]);
      } catch (failure) {
        if (!(failure instanceof AppError) || failure.status >= 500) throw failure;
        const notes = [{ code: failure.code, detail: failure.message }];
        await writeTogether(work, [
          { record: entry.record, sourceId: entry.sourceId, outcome: 'refused', notes },
        ]);
      }
    }
  }
}

async function writeTogether(work: Batch, batch: readonly (ReportLine | ReadyItem)[]): Promise<void> {
  const { database, checkpoint, report } = work;
  const made = new Set<string>();
  const position = batch.at(-1)!.record;
  const before = report.bytes;
  const { counts, tail } = await database.write(async (tx) => {
    made.clear();
    const lines: ReportLine[] = [];
    for (const entry of batch) lines.push('ready' in entry ? await writeStory(tx, work, entry, made) : entry);
    const counts = structuredClone(checkpoint.counts);
    for (const line of lines) count(counts, line);
    const tail = reportText(lines);
    await tx.db
      .updateTable('import_run')
      .set({ position, counts: JSON.stringify(counts), report_bytes: before, report_tail: tail })
      .where('id', '=', checkpoint.id)
      .execute();
    return { counts, tail };
  });
  await report.append(tail);
  for (const name of made) work.made.add(name);
  checkpoint.position = position;
  checkpoint.counts = counts;
}

async function writeStory(
  tx: Transaction,
  work: Batch,
  item: ReadyItem,
  made: Set<string>,
): Promise<ReportLine> {
  const { ready, incoming } = item;
  const notes = [...ready.notes];
  for (const prepared of ready.media) await work.media.record(tx, prepared);
  const isMade = (name: string) => work.made.has(name) || made.has(name);
  let { section } = ready.content;
  if (ready.section && !isMade(`section ${ready.section.slug}`)) {
    section = await makeSection(tx, item.source, ready.section);
    if (section === ready.section.slug) made.add(`section ${section}`);
    else notes.push({ code: 'section.renamed', detail: section });
  }
  const missing = ready.topics.filter((topic) => !isMade(`topic ${topic.slug}`));
  if (missing.length > 0) {
    const there = new Set(
      (
        await topicsBySlugs(
          tx.db,
          missing.map((topic) => topic.slug),
        )
      ).map((topic) => topic.slug),
    );
    for (const topic of missing) {
      if (!there.has(topic.slug)) await saveTopic(tx, { ...topic, source: item.source });
      made.add(`topic ${topic.slug}`);
    }
  }
  if (ready.series && !isMade(`series ${ready.series.slug}`)) {
    if (!(await findSeries(tx.db, ready.series.slug)))
      await saveSeries(tx, { ...ready.series, source: item.source });
    made.add(`series ${ready.series.slug}`);
  }
  const before = incoming.isNotice ? await findImported(tx.db, item.source, item.sourceId) : undefined;
  const { outcome } = await importStory(tx, {
    source: item.source,
    sourceId: item.sourceId,
    hash: item.hash,
    content: before ? { headline: before.headline } : { ...ready.content, section },
    state: incoming.state,
    held: incoming.held && keptWords(incoming.held),
    embargoUntil: incoming.embargoUntil,
    published: incoming.published,
    updated: incoming.updated,
    oldPaths: [...ready.oldPaths],
  });
  const isWritten = outcome === 'created' || outcome === 'updated';
  if (isWritten && item.version !== undefined) {
    const values = { source: item.source, source_id: item.sourceId, version: item.version };
    await tx.db
      .insertInto('import_version')
      .values(values)
      .onConflict((conflict) =>
        conflict.columns(['source', 'source_id']).doUpdateSet({ version: item.version! }),
      )
      .execute();
  }
  return {
    record: item.record,
    sourceId: item.sourceId,
    outcome,
    held: isWritten ? incoming.held : undefined,
    notes: isWritten ? notes : [],
  };
}

/** @returns the slug under which the section is; another one where its own is an address of the site itself */
async function makeSection(
  tx: Transaction,
  source: string,
  section: { slug: string; name: string },
): Promise<string> {
  if (await findSection(tx.db, section.slug)) return section.slug;
  try {
    await saveSection(tx, { ...section, source });
    return section.slug;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'section.invalid') throw error;
    const slug = otherSectionSlug(section.slug);
    if (!(await findSection(tx.db, slug))) await saveSection(tx, { ...section, slug, source });
    return slug;
  }
}
