import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { root } from '../../src/cli/root.ts';
import { pictureFiles } from '../../src/cli/sample/load-sample.ts';
import { sounds } from '../../src/cli/sample/sound.ts';
import { silentLog } from '../../src/platform/log.ts';
import { MediaStore } from '../../src/platform/media/media-store.ts';

const pictures = 'src/cli/sample/pictures';

/**
 * Put the renditions of the sample's pictures where a load looks for them. Making them takes half a minute of
 * computing, so they are made once and copied from then on, until a picture or what makes them changes.
 */
export async function copySampleMedia(dataDir: string): Promise<void> {
  const folder = join(root, '.cache', 'sample-media');
  const current = hashOf(`${pictures}/*`, 'src/platform/media/*.ts');
  const made = join(folder, current);
  await mkdir(made, { recursive: true });
  // Several test files come here at once: one makes, the others wait. A lock of SQLite ends with its process.
  const lock = new DatabaseSync(join(folder, 'lock'), { timeout: 300_000 });
  try {
    lock.exec('begin immediate');
    const media = new MediaStore({ dataDir: made, log: silentLog, avif: false });
    await Promise.all([
      ...(await pictureFiles()).map((name) => media.prepare({ path: join(root, pictures, name) }, name)),
      ...Object.entries(sounds).map(([name, make]) => media.prepare(make(), name)),
    ]);
    await cp(join(made, 'media'), join(dataDir, 'media'), { recursive: true });
    for (const name of await readdir(folder)) {
      if (name !== current && !name.startsWith('lock'))
        await rm(join(folder, name), { recursive: true, force: true });
    }
  } finally {
    lock.close();
  }
}

function hashOf(...patterns: string[]): string {
  const hash = createHash('sha256');
  for (const file of globSync(patterns, { cwd: root }).sort()) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)));
  }
  return hash.digest('hex').slice(0, 16);
}
