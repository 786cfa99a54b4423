import { parseArgs } from 'node:util';
import { mediaStoreOf, StageProgress, stoppable } from './backup/command-parts.ts';
import { backupText as text } from './backup/text.ts';
import { writeBackup } from './backup/write-backup.ts';
import type { CliCommand } from './command.ts';
import { inNewsroom } from './newsroom.ts';

export const command: CliCommand = {
  name: 'backup',
  summary: text.backupSummary,
  usage: text.backupUsage,
  async run(args, io) {
    const { positionals } = parseArgs({ args, options: {}, allowPositionals: true });
    const [file] = positionals;
    if (file === undefined || positionals.length > 1) {
      io.err(text.backupUsage);
      return 2;
    }
    return inNewsroom(io.config(), async ({ config, database, clock }) => {
      const { dataDir } = config;
      const progress = new StageProgress(io, text.units);
      try {
        io.err(text.writing(file));
        const { bytes, manifest, missing } = await stoppable((signal) =>
          writeBackup({ database, clock, dataDir, media: mediaStoreOf(config) }, file, {
            signal,
            onProgress: progress.show,
          }),
        );
        progress.clear();
        const { rows, parts } = manifest;
        io.out(text.written(file, bytes, rows, parts.media.files + parts.settings.files));
        if (manifest.missing > 0) io.err(text.missing(missing, manifest.missing));
        return manifest.missing === 0 ? 0 : 1;
      } finally {
        progress.clear();
      }
    });
  },
};
