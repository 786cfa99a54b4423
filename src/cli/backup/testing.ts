import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openTestDatabase, testNow, type TestDatabase } from '../../platform/database/testing.ts';
import type { Database } from '../../platform/database/database.ts';
import { silentLog } from '../../platform/log.ts';
import { MediaStore } from '../../platform/media/media-store.ts';
import { quarters } from '../../platform/media/testing.ts';
import { findDocuments } from '../../platform/search/search.ts';
import { allMigrations } from '../../migrations.ts';
import {
  correctStory,
  createStory,
  killStory,
  publishStory,
  saveSection,
  saveTopic,
  scheduleStory,
  setFront,
  type StoryContentInput,
} from '../../stories/index.ts';
import { backupTables, writeDumpFile } from '../../wire/index.ts';
import { dumpName, mediaFolder } from './manifest.ts';
import { readBackup } from './read-backup.ts';
import type { BackupParts } from './write-backup.ts';

const zone = 'Europe/London';
const actor = 'Ann Lee';

/** The databases that are here to test on. */
export const dialects = (['sqlite', 'postgres'] as const).filter(
  (dialect) => dialect === 'sqlite' || process.env.TEST_DATABASE_URL,
);

export function partsOf({ database, clock, dataDir }: TestDatabase): BackupParts & { media: MediaStore } {
  return { database, clock, dataDir, media: new MediaStore({ dataDir, log: silentLog, avif: false }) };
}

/** Run a test with newsrooms of its own and a folder, all gone after it. */
export async function withNewsrooms(
  kinds: readonly Database['dialect'][],
  work: (folder: string, ...targets: TestDatabase[]) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'freesheet-backup-'));
  const opened: Awaited<ReturnType<typeof openTestDatabase>>[] = [];
  try {
    for (const kind of kinds) opened.push(await openTestDatabase(kind, allMigrations));
    await work(folder, ...opened);
  } finally {
    for (const each of opened) await each.close();
    await rm(folder, { recursive: true, force: true });
  }
}

export const contentOf = (headline: string, more: Partial<StoryContentInput> = {}): StoryContentInput => ({
  headline,
  section: 'news',
  body: [{ type: 'paragraph', text: [{ text: `The words of ${headline}.` }] }],
  ...more,
});

/** Create and publish a story in one transaction. */
export function publish(database: Database, headline: string, more: Partial<StoryContentInput> = {}) {
  return database.write(async (tx) => {
    const { id } = await createStory(tx, { content: contentOf(headline, more), actor });
    return publishStory(tx, { id, actor, zone });
  });
}

/** A paper with a picture, a front, a correction, a kill, a schedule and a draft. */
export async function fillPaper(target: TestDatabase): Promise<void> {
  const { database } = target;
  const media = new MediaStore({ dataDir: target.dataDir, log: silentLog, avif: false });
  const pictures = [
    await media.prepare(await quarters(400, 300), 'one.png'),
    await media.prepare(await quarters(330, 300), 'two.png'),
  ];
  await database.write(async (tx) => {
    await saveSection(tx, { slug: 'news', name: 'News' });
    await saveTopic(tx, { slug: 'harbour', name: 'The harbour' });
    for (const picture of pictures) await media.record(tx, picture);
  });
  const lead = await publish(database, 'Zażółć gęślą jaźń', {
    topics: ['harbour'],
    byline: [{ author: 'bo-ek', name: 'Bo Ek' }],
    lead: { media: pictures[0]!.item.id, alt: 'Four colours' },
  });
  const gone = await publish(database, 'Killed');
  await database.write(async (tx) => {
    await correctStory(tx, { id: lead.id, text: 'It was Friday.', actor, zone });
    await killStory(tx, { id: gone.id, reason: 'Untrue', actor });
    await setFront(tx, { slots: [lead.id], actor });
    const later = await createStory(tx, { content: contentOf('Tomorrow'), actor });
    await scheduleStory(tx, { id: later.id, at: testNow + 86_400_000, actor });
    await createStory(tx, { content: contentOf('Draft'), actor });
  });
}

export async function hashOfFile(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

/** Hash of everything in a newsroom's database that is not made from other things. */
export async function hashOfPaper({ database }: Pick<TestDatabase, 'database'>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'freesheet-hash-'));
  try {
    const file = join(folder, dumpName);
    await writeDumpFile(file, { database, mediaFolder, createdAt: '', tables: backupTables });
    return await hashOfFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What is made from other things: lists, numbers, what is found, and the hours at which jobs will publish. */
export async function madeAnew({ read, dialect }: Database): Promise<unknown> {
  const rows = async (query: string) =>
    (await sql.raw<object>(query).execute(read)).rows.map((row) => ({ ...row }));
  const byC = dialect === 'postgres' ? ' collate "C"' : '';
  const found = await findDocuments(read, { words: 'words', limit: 50 });
  return {
    listing: await rows(`select * from story_listing order by list${byC}, published_at, story_id${byC}`),
    media: await rows(`select * from story_media order by media_id${byC}, story_id${byC}`),
    days: await rows(`select day, stories from archive_day where stories > 0 order by day${byC}`),
    found: found.items.map(({ id }) => id).sort(),
    jobs: await rows(`select payload, key, run_at from job where name = 'stories.publish-scheduled'`),
  };
}

/** Each media file that is in place, with its hash; what a kill left half-made is swept away a day later. */
export async function mediaHashes({
  dataDir,
}: Pick<TestDatabase, 'dataDir'>): Promise<Record<string, string>> {
  const root = join(dataDir, 'media');
  const names = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  const hashes: Record<string, string> = {};
  for (const each of names) {
    const path = join(each.parentPath, each.name);
    if (each.isFile() && !path.includes('.incoming'))
      hashes[path.slice(root.length)] = await hashOfFile(path);
  }
  return hashes;
}

/** The lines of the dump in a backup, without the first, which has the time. */
export async function dumpOf(file: string): Promise<string[]> {
  let text = '';
  await readBackup(file, {
    async onFile(name, content) {
      if (name === dumpName) text = Buffer.concat(await Array.fromAsync(content)).toString('utf8');
    },
  });
  return text.trimEnd().split('\n').slice(1);
}
