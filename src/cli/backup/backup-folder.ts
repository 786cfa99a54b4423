import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const ending = '.tar.gz';

/** Where Freesheet keeps the backups that it makes by itself. */
export function backupFolder(dataDir: string): string {
  return join(dataDir, 'backups');
}

export function backupPath(dataDir: string, name: string): string {
  return join(backupFolder(dataDir), `${name}${ending}`);
}

/** Names of the backups that are kept, without their ending, in the order of their letters. */
export async function backupNames(dataDir: string): Promise<string[]> {
  const names = await readdir(backupFolder(dataDir)).catch(() => []);
  return names.flatMap((name) => (name.endsWith(ending) ? [name.slice(0, -ending.length)] : [])).sort();
}

/** Files that were being written; a crash leaves them. */
export async function leftParts(dataDir: string): Promise<string[]> {
  const names = await readdir(backupFolder(dataDir)).catch(() => []);
  return names.filter((name) => name.endsWith('.part'));
}

export function removeBackup(dataDir: string, name: string): Promise<void> {
  return rm(backupPath(dataDir, name), { force: true });
}
