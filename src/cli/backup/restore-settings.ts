import { randomBytes } from 'node:crypto';
import { readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { settingsFileName } from '../../platform/config.ts';
import { syncFolder, writeDurably } from '../../platform/media/files.ts';

/** What became of the settings of a backup. */
export type SettingsOutcome =
  /** It has none. */
  | 'none'
  | 'back'
  /** Those that were here stay. */
  | 'kept'
  /** They are no JSON. */
  | 'unread';

/**
 * Bring settings.json of a backup back. Which database it is stays as it is here: the backup may come from another
 * machine, or from the other dialect.
 * @param json as it stands in the backup
 * @param isReplacing whether settings that are here make way
 */
export async function restoreSettings(
  json: string | undefined,
  dataDir: string,
  isReplacing: boolean,
): Promise<SettingsOutcome> {
  if (json === undefined) return 'none';
  const file = join(dataDir, settingsFileName);
  const here = await readFile(file, 'utf8').catch(() => undefined);
  if (here !== undefined && !isReplacing) return 'kept';
  const settings = objectOf(json);
  if (!settings) return 'unread';
  delete settings.DATABASE_URL;
  const url = objectOf(here ?? '')?.DATABASE_URL;
  if (url !== undefined) settings.DATABASE_URL = url;
  const part = join(dataDir, `.${settingsFileName}.${randomBytes(6).toString('hex')}`);
  try {
    await writeDurably(part, `${JSON.stringify(settings, undefined, 2)}\n`, 0o600);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  await syncFolder(dirname(file));
  return 'back';
}

function objectOf(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
