import type { Database } from '../../src/platform/database/database.ts';
import type { MediaStore } from '../../src/platform/media/media-store.ts';
import { photograph } from '../../src/platform/media/testing.ts';
import { fromInstant, importStory, saveSection } from '../../src/stories/index.ts';
import type { Bench } from './bench.ts';
import { makeStory, sections } from './paper.ts';
import { openSite, type OpenSite } from './site.ts';

const zone = 'Europe/London';
/** Stories in one transaction. */
const together = 100;
const sayEvery = 5000;

/** Fill a database with made-up stories by the command that imports use. @returns stories a second */
export async function fill(
  database: Database,
  count: number,
  options: { readonly pictures?: readonly string[]; readonly say?: (line: string) => void } = {},
): Promise<number> {
  const newest = Date.now();
  const started = performance.now();
  let said = started;
  await database.write(async (tx) => {
    for (const slug of sections) await saveSection(tx, { slug, name: slug, description: `All of ${slug}.` });
  });
  for (let from = 0; from < count; from += together) {
    await database.write(async (tx) => {
      for (let index = from; index < Math.min(from + together, count); index += 1) {
        const { content, at } = makeStory(index, count, newest, options.pictures);
        await importStory(tx, {
          source: 'bench',
          sourceId: String(index),
          hash: '1',
          content,
          state: 'published',
          published: fromInstant(at, zone),
        });
      }
    });
    if (performance.now() - said < sayEvery) continue;
    said = performance.now();
    options.say?.(
      `${from + together} of ${count} stories, ${Math.round(((from + together) / (said - started)) * 1000)} a second`,
    );
  }
  return (count / (performance.now() - started)) * 1000;
}

/** Take in some pictures, as a story's page shows them. @returns their ids */
export async function takePictures({
  database,
  media,
}: {
  database: Database;
  media: MediaStore;
}): Promise<string[]> {
  const ids: string[] = [];
  for (const [width, height] of [
    [1600, 1067],
    [1500, 1000],
    [1200, 1500],
  ] as const) {
    const prepared = await media.prepare(await photograph(width, height), `picture-${width}.jpg`);
    await database.write((tx) => media.record(tx, prepared));
    ids.push(prepared.item.id);
  }
  return ids;
}

/** Open a new newsroom with so many stories. @returns it with the rate at which they were written */
export async function openNewsroom(
  bench: Bench,
  name: string,
  count: number,
): Promise<OpenSite & { readonly dataDir: string; readonly rate: number }> {
  const dataDir = bench.folder(name);
  bench.say(`Writing ${count.toLocaleString('en-GB')} stories ...`);
  const open = await openSite(dataDir);
  const pictures = await takePictures(open.site);
  const rate = await fill(open.site.database, count, { pictures, say: bench.say });
  return { ...open, dataDir, rate };
}

/** Paths of public stories, the newest first. */
export async function pathsOf({ site }: OpenSite, count: number): Promise<string[]> {
  const rows = await site.database.read
    .selectFrom('story')
    .select('path')
    .where('state', '=', 'published')
    .orderBy('published_at', 'desc')
    .limit(count)
    .execute();
  return rows.map(({ path }) => path!);
}
