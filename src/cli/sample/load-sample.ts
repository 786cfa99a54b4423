import { createHash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import type { Database, Transaction } from '../../platform/database/database.ts';
import type { MediaStore } from '../../platform/media/media-store.ts';
import type { PreparedMedia } from '../../platform/media/item.ts';
import {
  findAuthor,
  findImported,
  findSection,
  findSeries,
  findStories,
  findTopic,
  fromInstant,
  fromLocal,
  importStory,
  localDateOf,
  removeImported,
  saveAuthor,
  saveSection,
  saveSeries,
  saveTopic,
  setFront,
  storyMediaIds,
  type ImportOutcome,
  type IncomingStory,
  type StoryTime,
} from '../../stories/index.ts';
import { authors, frontOrder, sections, series, topics } from './newsroom.ts';
import { removeReaders, removeTraces } from './remove-forum.ts';
import { contentOf } from './resolve.ts';
import { sounds } from './sound.ts';
import { stories } from './stories/index.ts';
import { typeset, type SampleStory } from './writing.ts';

/** Names all that the sample brought, so that it can be taken out again. */
export const sampleSource = 'sample';

export interface SampleOptions {
  readonly database: Database;
  readonly media: MediaStore;
  readonly clock: Clock;
  readonly config: Pick<Config, 'ZONE'>;
  /** Called after each picture, sound or video. */
  readonly progress?: (done: number, total: number) => void;
}

const pictureFolder = fileURLToPath(new URL('pictures/', import.meta.url));

export interface SampleResult {
  readonly created: number;
  /** Brought by an earlier version and written anew since. */
  readonly updated: number;
  readonly total: number;
}

/**
 * Load the sample newsroom, dated back from now. Loading it again changes nothing; a newer version of it changes what
 * it wrote anew. What was edited here is left alone, and stories keep the dates they were given at first.
 */
export async function loadSample(options: SampleOptions): Promise<SampleResult> {
  const { database, media, clock, config } = options;
  const prepared = await prepareMedia(media, options.progress);
  const ids = new Map([...prepared].map(([name, { item }]) => [name, item.id]));
  const now = clock.now();
  const own = await ownFileNames();
  const { outcomes, orphans } = await database.write(async (tx) => {
    const shownBefore = await mediaOfSample(tx);
    await saveDirectory(tx, ids);
    const times = new Map<string, StoryTime>();
    for (const story of stories) {
      const known = await findImported(tx.db, sampleSource, story.slug);
      times.set(story.slug, known?.published ?? timeOf(story, now, config.ZONE));
    }
    const paths = new Map(
      [...times].map(([slug, time]) => [slug, `/${localDateOf(time).replaceAll('-', '/')}/${slug}`]),
    );
    const outcomes = new Map<string, ImportOutcome>();
    const createdIds = new Map<string, string>();
    for (const story of stories) {
      const published = times.get(story.slug)!;
      const content = contentOf(story, { ids, paths, names: authorNames });
      const { outcome, story: saved } = await importStory(tx, {
        source: sampleSource,
        sourceId: story.slug,
        // Of what the story comes to, so that a picture drawn anew is a change.
        hash: createHash('sha256')
          .update(JSON.stringify([content, story.updated, story.corrections]))
          .digest('hex'),
        content,
        state: 'published',
        published,
        ...changesOf(story, published, config.ZONE),
      });
      outcomes.set(story.slug, outcome);
      if (outcome === 'created') createdIds.set(story.slug, saved.id);
    }
    await recordShown(tx, media, prepared);
    const orphans = await dropUnshown(tx, shownBefore, own);
    if (createdIds.size === stories.length && !(await hasFront(tx))) {
      await setFront(tx, { slots: frontOrder.map((slug) => createdIds.get(slug)!), actor: sampleSource });
    }
    return { outcomes: [...outcomes.values()], orphans };
  });
  await removeFiles(media, orphans);
  return {
    created: outcomes.filter((outcome) => outcome === 'created').length,
    updated: outcomes.filter((outcome) => outcome === 'updated').length,
    total: stories.length,
  };
}

/**
 * Take the sample newsroom out again, with what was edited in it since: stories with what anybody said under them, its
 * readers, sections, topics, authors and series that nothing else uses, and its pictures, sounds and films unless
 * another story shows them.
 * @returns how many stories went
 */
export async function removeSample({
  database,
  media,
}: Pick<SampleOptions, 'database' | 'media'>): Promise<number> {
  const own = await ownFileNames();
  const { removed, orphans } = await database.write(async (tx) => {
    const shown = await mediaOfSample(tx);
    const rows = await tx.db.selectFrom('story').select('id').where('source', '=', sampleSource).execute();
    await removeTraces(
      tx,
      rows.map(({ id }) => id),
    );
    const removed = await removeImported(tx, sampleSource);
    await removeReaders(tx);
    return { removed, orphans: await dropUnshown(tx, shown, own) };
  });
  await removeFiles(media, orphans);
  return removed;
}

const authorNames = new Map(authors.map(({ slug, name }) => [slug, name]));

async function prepareMedia(
  media: MediaStore,
  progress: SampleOptions['progress'],
): Promise<Map<string, PreparedMedia>> {
  const files = await pictureFiles();
  const total = files.length + Object.keys(sounds).length;
  const prepared = new Map<string, PreparedMedia>();
  const done = (name: string, file: PreparedMedia) => {
    prepared.set(name, file);
    progress?.(prepared.size, total);
  };
  await Promise.all([
    ...files.map(async (name) =>
      done(name.replace(/\.webp$/, ''), await media.prepare({ path: join(pictureFolder, name) }, name)),
    ),
    ...Object.entries(sounds).map(async ([name, make]) => done(name, await media.prepare(make(), name))),
  ]);
  return prepared;
}

/** Names of the files in `pictures/`, in order. */
export async function pictureFiles(): Promise<string[]> {
  return (await readdir(pictureFolder)).filter((name) => !name.startsWith('.')).sort();
}

async function ownFileNames(): Promise<Set<string>> {
  return new Set([...(await pictureFiles()), ...Object.keys(sounds)]);
}

/** What an editor has named already keeps its name. */
async function saveDirectory(tx: Transaction, ids: ReadonlyMap<string, string>): Promise<void> {
  const source = sampleSource;
  for (const one of sections) {
    if (!(await findSection(tx.db, one.slug))) await saveSection(tx, { ...one, source });
  }
  for (const one of topics) if (!(await findTopic(tx.db, one.slug))) await saveTopic(tx, { ...one, source });
  for (const one of series)
    if (!(await findSeries(tx.db, one.slug))) await saveSeries(tx, { ...one, source });
  for (const { portrait, ...one } of authors) {
    if (!(await findAuthor(tx.db, one.slug))) {
      await saveAuthor(tx, { ...one, source, ...(portrait && { picture: ids.get(portrait) }) });
    }
  }
}

/** Ids of all that the sample's stories and authors show. */
async function mediaOfSample({ db }: Transaction): Promise<Set<string>> {
  const ids = new Set<string>();
  const rows = await db.selectFrom('story').select('id').where('source', '=', sampleSource).execute();
  const shown = await findStories(
    db,
    rows.map(({ id }) => id),
  );
  for (const story of shown) for (const id of storyMediaIds(story)) ids.add(id);
  const portraits = await db
    .selectFrom('author')
    .select('picture')
    .where('source', '=', sampleSource)
    .where('picture', 'is not', null)
    .execute();
  for (const { picture } of portraits) ids.add(picture!);
  return ids;
}

/** Only what is shown: a story that was edited here keeps the pictures it has, and new ones would lie about. */
async function recordShown(
  tx: Transaction,
  media: MediaStore,
  prepared: ReadonlyMap<string, PreparedMedia>,
): Promise<void> {
  const shown = await mediaOfSample(tx);
  for (const file of prepared.values()) if (shown.has(file.item.id)) await media.record(tx, file);
}

/**
 * Drop the rows of the sample's files that nothing shows any more. A file that an editor put into one of its stories
 * is the editor's, and stays.
 * @returns their ids, for `removeFiles` once the transaction is through
 */
async function dropUnshown(
  tx: Transaction,
  ids: ReadonlySet<string>,
  own: ReadonlySet<string>,
): Promise<string[]> {
  const orphans: string[] = [];
  for (const id of ids) {
    const row = await tx.db.selectFrom('media').select('file_name').where('id', '=', id).executeTakeFirst();
    if (row && own.has(row.file_name) && !(await isShown(tx, id))) orphans.push(id);
  }
  if (orphans.length > 0) await tx.db.deleteFrom('media').where('id', 'in', orphans).execute();
  return orphans;
}

async function removeFiles(media: MediaStore, ids: readonly string[]): Promise<void> {
  for (const id of ids) await rm(media.files.pathOf(id), { recursive: true, force: true });
}

async function hasFront({ db }: Transaction): Promise<boolean> {
  return (await db.selectFrom('front_slot').select('position').limit(1).executeTakeFirst()) !== undefined;
}

/** True where a story or an author that stays shows the file. */
async function isShown(tx: Transaction, id: string): Promise<boolean> {
  const story = await tx.db
    .selectFrom('story')
    .select('id')
    .where((where) => where.or([where('lead', 'like', `%"${id}"%`), where('body', 'like', `%"${id}"%`)]))
    .limit(1)
    .executeTakeFirst();
  if (story) return true;
  const author = await tx.db.selectFrom('author').select('slug').where('picture', '=', id).executeTakeFirst();
  return author !== undefined;
}

function timeOf({ published }: SampleStory, now: number, zone: string): StoryTime {
  if (typeof published === 'object') return fromLocal(published, zone);
  return fromInstant(minuteOf(now - spanOf(published)), zone);
}

/** The update and the corrections of a story, as long ago from its publication as they are written down. */
function changesOf(
  { published, updated, corrections }: SampleStory,
  at: StoryTime,
  zone: string,
): Pick<IncomingStory, 'updated' | 'corrections'> {
  const start = at.at + (typeof published === 'string' ? spanOf(published) : 0);
  const minute = (ago: string) => fromInstant(minuteOf(start - spanOf(ago)), zone);
  return {
    ...(updated && { updated: minute(updated) }),
    ...(corrections && {
      corrections: corrections.map(({ ago, text }) => ({ at: minute(ago), text: typeset(text) })),
    }),
  };
}

function minuteOf(at: number): number {
  return Math.floor(at / 60_000) * 60_000;
}

const units: Readonly<Record<string, number>> = { min: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of '40 min', '5 h' or '3 d 2 h'. */
function spanOf(words: string): number {
  let span = 0;
  for (const [, number, unit] of words.matchAll(/(\d+) (min|h|d)\b/g)) span += Number(number) * units[unit!]!;
  if (span === 0) throw new Error(`'${words}' is no span of time.`);
  return span;
}
