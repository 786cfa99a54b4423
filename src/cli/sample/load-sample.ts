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
  type StoryTime,
} from '../../stories/index.ts';
import { authors, frontOrder, sections, series, topics } from './newsroom.ts';
import { contentOf } from './resolve.ts';
import { sounds } from './sound.ts';
import { stories } from './stories/index.ts';
import type { SampleStory } from './writing.ts';

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

/**
 * Load the sample newsroom, dated back from now. Loading it again changes nothing: what was edited here since is left
 * alone, and stories keep the dates they were given at first.
 * @returns how many stories are new, and how many there are
 */
export async function loadSample(options: SampleOptions): Promise<{ created: number; total: number }> {
  const { database, media, clock, config } = options;
  const prepared = await prepareMedia(media, options.progress);
  const now = clock.now();
  return database.write(async (tx) => {
    const ids = new Map<string, string>();
    for (const [name, file] of prepared) ids.set(name, (await media.record(tx, file)).id);
    await saveDirectory(tx, ids);
    const times = new Map<string, StoryTime>();
    for (const story of stories) {
      const known = await findImported(tx.db, sampleSource, story.slug);
      times.set(story.slug, known?.published ?? timeOf(story, now, config.ZONE));
    }
    const paths = new Map(
      [...times].map(([slug, time]) => [slug, `/${localDateOf(time).replaceAll('-', '/')}/${slug}`]),
    );
    const created = new Map<string, string>();
    for (const story of stories) {
      const minute = (ago: string) => fromInstant(minuteOf(now - spanOf(ago)), config.ZONE);
      const { outcome, story: saved } = await importStory(tx, {
        source: sampleSource,
        sourceId: story.slug,
        hash: createHash('sha256').update(JSON.stringify(story)).digest('hex'),
        content: contentOf(story, { ids, paths, names: authorNames }),
        state: 'published',
        published: times.get(story.slug)!,
        ...(story.updated && { updated: minute(story.updated) }),
        ...(story.corrections && {
          corrections: story.corrections.map(({ ago, text }) => ({ at: minute(ago), text })),
        }),
      });
      if (outcome === 'created') created.set(story.slug, saved.id);
    }
    // Only with the first load: afterwards the front belongs to the editors.
    if (created.size === stories.length) {
      await setFront(tx, { slots: frontOrder.map((slug) => created.get(slug)!), actor: sampleSource });
    }
    return { created: created.size, total: stories.length };
  });
}

/**
 * Take the sample newsroom out again: stories, sections, topics, authors and series that nothing else uses, and its
 * pictures, sounds and videos unless another story shows them.
 * @returns how many stories went
 */
export async function removeSample({
  database,
  media,
}: Pick<SampleOptions, 'database' | 'media'>): Promise<number> {
  const { removed, orphans } = await database.write(async (tx) => {
    const mine = await mediaOfSample(tx);
    const removed = await removeImported(tx, sampleSource);
    const orphans = [];
    for (const id of mine) if (!(await isShown(tx, id))) orphans.push(id);
    if (orphans.length > 0) await tx.db.deleteFrom('media').where('id', 'in', orphans).execute();
    return { removed, orphans };
  });
  // The rows are gone for good before the files go.
  for (const id of orphans) await rm(media.files.pathOf(id), { recursive: true, force: true });
  return removed;
}

const authorNames = new Map(authors.map(({ slug, name }) => [slug, name]));

async function prepareMedia(
  media: MediaStore,
  progress: SampleOptions['progress'],
): Promise<Map<string, PreparedMedia>> {
  const files = (await readdir(pictureFolder)).filter((name) => !name.startsWith('.')).sort();
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

async function mediaOfSample(tx: Transaction): Promise<Set<string>> {
  const ids = new Set<string>();
  for (const { slug } of stories) {
    const story = await findImported(tx.db, sampleSource, slug);
    for (const id of story ? storyMediaIds(story) : []) ids.add(id);
  }
  for (const { slug } of authors) {
    const { picture } = (await findAuthor(tx.db, slug)) ?? {};
    if (picture) ids.add(picture);
  }
  return ids;
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
