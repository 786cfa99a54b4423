import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Config } from '../../platform/config.ts';
import { appliedSteps } from '../../platform/database/migrate.ts';
import type { JobRunner } from '../../platform/jobs/job-runner.ts';
import { exists } from '../../platform/media/files.ts';
import { toLocal } from '../../stories/index.ts';
import { version } from '../version.ts';
import { backupFolder, backupNames, backupPath, leftParts, removeBackup } from './backup-folder.ts';
import { readBackup } from './read-backup.ts';
import { backupText as text } from './text.ts';
import { writeBackup, type BackupParts } from './write-backup.ts';

export const nightlyJob = 'backup.nightly';

/** Nights that are kept, and upgrades. */
const nights = 7;
const upgrades = 3;
/** Days after which what was saved before an upgrade or a restore goes too: it may hold readers who have left since. */
const daysBefore = 30;
const partsAreLeftAfter = 86_400_000;

export interface OwnBackupParts extends Omit<BackupParts, 'dataDir'> {
  readonly config: Pick<Config, 'dataDir' | 'ZONE' | 'BACKUP_NIGHTLY'>;
}

/**
 * Have the paper backed up every night at half past three in its zone, backups older than a week removed, and those before
 * an upgrade or a restore after a month.
 */
export function defineBackupJobs(
  runner: Pick<JobRunner, 'define' | 'schedule'>,
  parts: OwnBackupParts,
): void {
  const { config } = parts;
  if (!config.BACKUP_NIGHTLY) return;
  runner.define(nightlyJob, {
    // The next night comes anyway; a full disk is not mended by trying for hours.
    attempts: 3,
    async handle(_payload, { signal, log }) {
      const { file, bytes, manifest } = await backupNightly(parts, signal);
      log.info({ file, bytes, rows: manifest.rows, missing: manifest.missing }, 'backed up');
    },
  });
  runner.schedule(nightlyJob, '30 3 * * *', config.ZONE);
}

/** Back up into DATA_DIR/backups/{day}.tar.gz; once that is whole, older ones go. */
export async function backupNightly(parts: OwnBackupParts, signal?: AbortSignal) {
  const { dataDir, ZONE } = parts.config;
  const today = toLocal(parts.clock.now(), ZONE);
  const dayBefore = (days: number) =>
    new Date(Date.UTC(today.year, today.month - 1, today.day - days)).toISOString().slice(0, 10);
  const result = await writeBackup({ ...parts, dataDir }, backupPath(dataDir, dayBefore(0)), { signal });
  const oldest = dayBefore(nights - 1);
  for (const name of await backupNames(dataDir))
    if (/^\d{4}-\d{2}-\d{2}$/.test(name) ? name < oldest : dayOf(name) < dayBefore(daysBefore))
      await removeBackup(dataDir, name);
  for (const name of await leftParts(dataDir)) {
    const path = join(backupFolder(dataDir), name);
    const age = parts.clock.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Infinity);
    if (age > partsAreLeftAfter) await rm(path, { force: true });
  }
  return result;
}

/** The day on which one before an upgrade or a restore was made; after all others for what we did not name. */
function dayOf(name: string): string {
  const [, year, month, day] = /^before-.*?(\d{4})-?(\d{2})-?(\d{2})(?:T\d{6})?$/.exec(name) ?? [];
  return year === undefined ? '9' : `${year}-${month}-${day}`;
}

/**
 * Back up into DATA_DIR/backups/before-{version}-{day}.tar.gz, for `beforeUpgrade` of `migrate`. One that stands there
 * stays when the upgrade has begun since: it is the way back. Those before the last three upgrades go.
 * @param say is told what happens
 * @throws AppError `backup.unwritable`: then there is no upgrade
 */
export async function backupBeforeUpgrade(
  parts: OwnBackupParts,
  say: (line: string) => void = () => {},
): Promise<void> {
  const { dataDir, ZONE } = parts.config;
  const { year, month, day } = toLocal(parts.clock.now(), ZONE);
  const name = `before-${version}-${[year, month, day].map((part) => String(part).padStart(2, '0')).join('-')}`;
  const file = backupPath(dataDir, name);
  if ((await exists(file)) && !(await isOfThisForm(parts, file))) return say(text.upgradeSaved(file));
  say(text.beforeUpgrade(file));
  await writeBackup({ ...parts, dataDir }, file);
  await pruneUpgrades(dataDir);
}

async function isOfThisForm(parts: OwnBackupParts, file: string): Promise<boolean> {
  try {
    const { migrations } = await readBackup(file);
    const { ids } = await appliedSteps(parts.database);
    return isDeepStrictEqual(migrations, [...ids].sort());
  } catch {
    // What cannot be read back is no way back.
    return true;
  }
}

async function pruneUpgrades(dataDir: string): Promise<void> {
  const kept: { name: string; at: number }[] = [];
  for (const name of await backupNames(dataDir))
    if (/^before-\d/.test(name)) kept.push({ name, at: (await stat(backupPath(dataDir, name))).mtimeMs });
  for (const { name } of kept.sort((a, b) => b.at - a.at).slice(upgrades)) await removeBackup(dataDir, name);
}
