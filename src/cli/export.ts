import { createWriteStream } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createLog } from '../platform/log.ts';
import { MediaStore } from '../platform/media/media-store.ts';
import { ninjsItems, writeDump } from '../wire/index.ts';
import type { CliCommand, CliIo } from './command.ts';
import { exportText as text } from './export-text.ts';
import { Misuse, understood } from './misuse.ts';
import { inNewsroom, type Newsroom } from './newsroom.ts';
import { ProgressLine } from './progress.ts';

export const command: CliCommand = {
  name: 'export',
  summary: text.summary,
  usage: text.usage,
  run: (args, io) =>
    understood('export', io, async () => {
      const { values, positionals } = parseArgs({
        args,
        options: { to: { type: 'string' } },
        allowPositionals: true,
      });
      const [to, second] = positionals;
      const format = values.to ?? 'freesheet';
      if (second !== undefined) throw new Misuse('export.option', text.oneTarget(second));
      if (format !== 'freesheet' && format !== 'ninjs')
        throw new Misuse('export.option', text.wrongFormat(format));
      return inNewsroom(io.config(), (newsroom) =>
        format === 'ninjs' ? ninjs(to, newsroom, io) : dump(to, newsroom, io),
      );
    }),
};

async function dump(to: string | undefined, newsroom: Newsroom, io: CliIo): Promise<number> {
  const { database, clock } = newsroom;
  const createdAt = new Date(clock.now()).toISOString();
  const progress = new ProgressLine(io);
  const result = await writeDump({
    database,
    media: mediaOf(newsroom),
    to: to ?? `freesheet-${createdAt.slice(0, 10)}`,
    createdAt,
    onProgress: (rows) => progress.show(rows),
  });
  progress.clear();
  io.out(text.dumped(result.rows, result.files, result.file));
  for (const id of result.missing) io.err(text.missing(id));
  return result.missing.length === 0 ? 0 : 1;
}

/** To standard output and .jsonl one item a line, to .json one array, to a folder a file for each story. */
async function ninjs(to: string | undefined, newsroom: Newsroom, io: CliIo): Promise<number> {
  const { config, database } = newsroom;
  const items = ninjsItems(database, mediaOf(newsroom), {
    origin: config.origin,
    copyrightHolder: config.PUBLISHER ?? config.NAME,
  });
  const progress = new ProgressLine(io);
  let count = 0;
  if (to === undefined) {
    for await (const item of items) io.out(JSON.stringify(item));
    return 0;
  }
  const target = resolve(to);
  const extension = extname(target);
  if (extension !== '.json' && extension !== '.jsonl') {
    await mkdir(target, { recursive: true });
    for await (const item of items) {
      await writeFile(
        join(target, `${item.uri.split('/').at(-1)}.json`),
        `${JSON.stringify(item, undefined, 2)}\n`,
      );
      progress.show((count += 1));
    }
  } else {
    await mkdir(dirname(target), { recursive: true });
    const isArray = extension === '.json';
    const part = `${target}.part`;
    const out = createWriteStream(part, { flush: true });
    if (isArray) out.write('[');
    for await (const item of items) {
      const line = `${isArray && count > 0 ? ',' : ''}${isArray ? '\n' : ''}${JSON.stringify(item)}${isArray ? '' : '\n'}`;
      if (!out.write(line)) await once(out, 'drain');
      progress.show((count += 1));
    }
    out.end(isArray ? '\n]\n' : '');
    await finished(out);
    await rename(part, target);
  }
  progress.clear();
  io.out(text.exported(count, target));
  return 0;
}

function mediaOf({ config }: Newsroom): MediaStore {
  return new MediaStore({ dataDir: config.dataDir, log: createLog(config.LOG_LEVEL) });
}
