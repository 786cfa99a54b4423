import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { settingsFileName } from '../../platform/config.ts';
import { writeSettings } from '../settings-file.ts';

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
  await writeSettings(dataDir, settings);
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
