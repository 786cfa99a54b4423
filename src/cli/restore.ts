import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../platform/clock.ts';
import { settingsFileName } from '../platform/config.ts';
import { openDatabase } from '../platform/database/open.ts';
import { allMigrations } from '../migrations.ts';
import { mediaStoreOf, StageProgress, stoppable } from './backup/command-parts.ts';
import { restoreBackup, type RestoreResult } from './backup/restore-backup.ts';
import { backupText as text } from './backup/text.ts';
import type { CliCommand, CliIo } from './command.ts';

const options = { replace: { type: 'boolean' }, 'no-backup': { type: 'boolean' } } as const;

export const command: CliCommand = {
  name: 'restore',
  summary: text.restoreSummary,
  usage: text.restoreUsage,
  async run(args, io) {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [file] = positionals;
    if (file === undefined || positionals.length > 1) {
      io.err(text.restoreUsage);
      return 2;
    }
    const config = io.config();
    // Opened as it is: what is here may be half a restore, or of a newer Freesheet.
    const database = await openDatabase(config, systemClock);
    const progress = new StageProgress(io, text.units);
    try {
      io.err(text.checking(file));
      const result = await stoppable((signal) =>
        restoreBackup(
          { database, clock: systemClock, dataDir: config.dataDir, media: mediaStoreOf(config) },
          file,
          {
            migrations: allMigrations,
            isReplacing: values.replace ?? false,
            isUnsaved: values['no-backup'] ?? false,
            signal,
            onProgress: progress.show,
          },
        ),
      );
      progress.clear();
      tell(result, join(config.dataDir, settingsFileName), io);
      return 0;
    } finally {
      progress.clear();
      await database.close();
    }
  },
};

function tell({ manifest, saved, settings }: RestoreResult, settingsFile: string, io: CliIo): void {
  io.out(text.restored(manifest.rows, manifest.parts.media.files, manifest.createdAt));
  if (settings === 'back') io.out(text.settingsBack(settingsFile));
  if (settings === 'kept') io.err(text.settingsKept(settingsFile));
  if (settings === 'unread') io.err(text.settingsUnread);
  if (manifest.missing > 0) io.err(text.missingThen(manifest.missing));
  if (saved !== undefined) io.out(text.savedFirst(saved));
}
