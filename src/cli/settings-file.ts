import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { settingsFileName } from '../platform/config.ts';
import { syncFolder, writeDurably } from '../platform/media/files.ts';

/**
 * Write all settings of a paper, whole or not at all.
 * @returns path of the file
 * @throws an error of the file system; what was there stays
 */
export async function writeSettings(
  dataDir: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<string> {
  const file = join(dataDir, settingsFileName);
  const part = join(dataDir, `.${settingsFileName}.${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(dataDir, { recursive: true });
    // For its owner alone: the mail server's password is in it.
    await writeDurably(part, `${JSON.stringify(settings, undefined, 2)}\n`, 0o600);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true }).catch(() => {});
    throw error;
  }
  await syncFolder(dataDir);
  return file;
}
