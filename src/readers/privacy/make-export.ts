import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DomainContext } from '../../site/context.ts';
import { syncFolder, writeDurably } from '../../platform/media/files.ts';
import { enqueueMail } from '../../platform/mail/mail-jobs.ts';
import { mailPage } from '../mail-page.ts';
import { findReader } from '../readers.ts';
import { exportLife } from './exports.ts';
import { exportPage } from './export-page.ts';
import type { ReaderData } from './reader-data.ts';
import { privacyText } from './text.ts';

type Parts = Pick<DomainContext, 'database' | 'clock' | 'config' | 'site'>;

const words = privacyText.data.mail;

/** Folder of the files of one download; readable by the site alone. */
export function exportFolder(dataDir: string, id = ''): string {
  return join(dataDir, 'exports', id);
}

/**
 * Gather all that is kept of a reader as it stands at one moment, write it to files and tell the reader. Doing it again
 * writes the files anew. Nothing happens for one who has left meanwhile.
 */
export async function makeExport(parts: Parts, data: readonly ReaderData[], id: string): Promise<void> {
  const { database, clock, config, site } = parts;
  const asked = await database.read
    .selectFrom('reader_export')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (!asked || asked.ready_at !== null) return;
  const now = clock.now();
  const gathered = await database.snapshot(async (db) => {
    const reader = await findReader(db, asked.reader_id);
    if (!reader || reader.state === 'former') return undefined;
    const found: Record<string, unknown> = {};
    for (const part of data) {
      const value = await part.collect(db, reader);
      if (value !== undefined) found[part.name] = value;
    }
    return { paper: site.name, address: site.origin, madeAt: now, ...found };
  });
  if (!gathered) return;
  const folder = exportFolder(config.dataDir, id);
  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
  await mkdir(part, { recursive: true, mode: 0o700 });
  await writeDurably(join(part, 'data.json'), `${JSON.stringify(gathered, undefined, 2)}\n`, 0o600);
  await writeDurably(join(part, 'data.html'), exportPage(site, gathered), 0o600);
  await syncFolder(part);
  await rename(part, folder);
  await syncFolder(exportFolder(config.dataDir));
  const isWanted = await database.write(async (tx) => {
    const row = await tx.db
      .updateTable('reader_export')
      .set({ ready_at: tx.now, ends_at: tx.now + exportLife })
      .where('id', '=', id)
      .returning('reader_id')
      .executeTakeFirst();
    const reader = row && (await findReader(tx.db, row.reader_id));
    if (reader?.email === undefined) return false;
    const link = { link: `${site.origin}/account/data`, words: words.link };
    const lines = [words.ready(site.name), link, words.week, words.notYou];
    await enqueueMail(
      tx,
      mailPage({ to: reader.email, subject: words.subject(site.name), lines, paper: site }),
    );
    return true;
  });
  if (!isWanted) await removeExports(config.dataDir, [id]);
}

/** Remove the files of downloads. */
export async function removeExports(dataDir: string, ids: readonly string[]): Promise<void> {
  for (const id of ids)
    for (const path of [exportFolder(dataDir, id), `${exportFolder(dataDir, id)}.part`])
      await rm(path, { recursive: true, force: true });
}

/** Remove downloads that can be fetched no longer, and files whose download is not known (a crash leaves them). */
export async function pruneExports({ database, config, clock }: Parts): Promise<void> {
  const now = clock.now();
  await database.write(({ db }) => db.deleteFrom('reader_export').where('ends_at', '<=', now).execute());
  const names = await readdir(exportFolder(config.dataDir)).catch(() => []);
  const known = await database.read.selectFrom('reader_export').select('id').execute();
  const ids = new Set(known.map(({ id }) => id));
  const left = names.map((name) => name.replace(/\.part$/, '')).filter((id) => !ids.has(id));
  await removeExports(config.dataDir, left);
}
