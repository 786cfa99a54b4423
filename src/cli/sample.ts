import { availableParallelism } from 'node:os';
import { AppError } from '../platform/errors.ts';
import { createLog } from '../platform/log.ts';
import { MediaStore } from '../platform/media/media-store.ts';
import type { CliCommand, CliIo } from './command.ts';
import { inNewsroom } from './newsroom.ts';
import { ProgressLine } from './progress.ts';
import { loadForum } from './sample/load-forum.ts';
import { loadSample, removeSample } from './sample/load-sample.ts';
import { nameSample, unnameSample } from './sample/name-sample.ts';
import { sampleText as text } from './sample-text.ts';

export const command: CliCommand = {
  name: 'sample',
  summary: text.summary,
  usage: text.usage,
  async run([verb, ...names], io) {
    if (verb === 'draw') return draw(names, io);
    if ((verb === 'load' || verb === 'remove') && names.length === 0)
      return verb === 'load' ? load(io) : remove(io);
    io.err(text.usage);
    return 2;
  },
};

async function load(io: CliIo): Promise<number> {
  return inNewsroom(io.config(), async ({ config, database, clock }) => {
    io.err(text.preparing);
    const line = new ProgressLine(io, text.files);
    try {
      const result = await loadSample({
        database,
        media: mediaOf(io),
        clock,
        config,
        progress: (done, total) => line.show(done, done, total),
      });
      line.clear();
      io.out(text.loaded(result));
      const forum = await loadForum({ database, clock, config });
      if (forum.readers > 0) io.out(text.forum(forum));
      if (await nameSample(config.dataDir)) io.err(text.named);
    } finally {
      line.clear();
    }
    return 0;
  });
}

async function remove(io: CliIo): Promise<number> {
  return inNewsroom(io.config(), async ({ config, database }) => {
    io.out(text.removed(await removeSample({ database, media: mediaOf(io) })));
    if (await unnameSample(config.dataDir)) io.err(text.unnamed);
    return 0;
  });
}

/** The drawing is loaded only here: nobody else needs it. */
async function draw(names: readonly string[], io: CliIo): Promise<number> {
  const { drawPictures, pictures } = await import('./sample/draw.ts');
  const { drawFilm, filmName } = await import('./sample/film.ts');
  const known = [...Object.keys(pictures), filmName];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new AppError('sample.no-picture', text.noPicture(unknown, known));
  for (const name of names.length > 0 ? names : known) {
    const made = name === filmName ? await drawFilm() : await drawPictures([name]);
    for (const [file, bytes] of made) io.out(text.drawn(file, bytes));
  }
  return 0;
}

function mediaOf(io: CliIo): MediaStore {
  const { dataDir, LOG_LEVEL, AVIF } = io.config();
  return new MediaStore({
    dataDir,
    log: createLog(LOG_LEVEL),
    avif: AVIF,
    atOnce: availableParallelism(),
  });
}
