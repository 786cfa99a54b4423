import { readSettingsFile, type Config } from '../../platform/config.ts';
import { writeSettings } from '../settings-file.ts';

/** What the sample's paper is called, as long as nobody has named one. */
export const sampleSettings: Readonly<Partial<Record<keyof Config, string>>> = {
  NAME: 'The Lantern',
  TAGLINE: 'The daily paper of Halmouth and the Marram coast',
};

/**
 * Give the paper the sample's name, unless it has settings of its own.
 * @returns whether the settings changed
 */
export async function nameSample(dataDir: string): Promise<boolean> {
  const settings = readSettingsFile(dataDir);
  const isNamed = Object.keys(sampleSettings).some(
    (name) => settings[name] !== undefined || process.env[name],
  );
  if (isNamed) return false;
  await writeSettings(dataDir, { ...settings, ...sampleSettings });
  return true;
}

/** Take the sample's name back, where it still stands. @returns whether the settings changed */
export async function unnameSample(dataDir: string): Promise<boolean> {
  const settings = readSettingsFile(dataDir);
  const kept = Object.entries(settings).filter(
    ([name, value]) => (sampleSettings as Record<string, unknown>)[name] !== value,
  );
  if (kept.length === Object.keys(settings).length) return false;
  await writeSettings(dataDir, Object.fromEntries(kept));
  return true;
}
