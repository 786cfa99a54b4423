import { parseArgs } from 'node:util';
import { AppError } from '../platform/errors.ts';
import { createLog } from '../platform/log.ts';
import { MediaStore } from '../platform/media/media-store.ts';
import { isZone } from '../stories/index.ts';
import {
  defaultFields,
  detectKind,
  importFile,
  importKinds,
  readers,
  removeSource,
  SeenStories,
  type ColumnUse,
  type DefaultField,
  type ImportKind,
  type ImportOptions,
} from '../wire/import/index.ts';
import { restoreDump } from '../wire/index.ts';
import type { CliCommand, CliIo } from './command.ts';
import { importText as text } from './import-text.ts';
import { Misuse, understood } from './misuse.ts';
import { inNewsroom, type Newsroom } from './newsroom.ts';
import { ProgressLine } from './progress.ts';

const options = {
  from: { type: 'string' },
  map: { type: 'string', multiple: true },
  set: { type: 'string', multiple: true },
  zone: { type: 'string' },
  dates: { type: 'string' },
  source: { type: 'string' },
  own: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  remove: { type: 'string' },
} as const;

export const command: CliCommand = {
  name: 'import',
  summary: text.summary,
  usage: text.usage,
  run: (args, io) =>
    understood('import', io, async () => {
      const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
      if (values.remove !== undefined) return remove(values, positionals, io);
      if (positionals.length === 0) throw wrong(text.noFile);
      const plan = planOf(values, io);
      return inNewsroom(io.config(), (newsroom) => readAll(positionals, plan, newsroom, io));
    }),
};

/** Read files one after the other. One that cannot be read is told, and does not keep the others out. */
async function readAll(files: readonly string[], plan: Plan, newsroom: Newsroom, io: CliIo): Promise<number> {
  const seen = new SeenStories();
  let isWhole = true;
  for (const file of files) {
    try {
      const kind = plan.from ?? (await detectKind(file));
      if (kind === 'freesheet') isWhole = (await restore(file, plan, newsroom, io)) && isWhole;
      else await read(file, kind, plan, seen, newsroom, io);
    } catch (error) {
      const isTheirs = error instanceof AppError && error.status < 500 && error.code !== 'import.stopped';
      if (!isTheirs || files.length === 1) throw error;
      isWhole = false;
      io.err(text.failed(file, error.message, error.code));
    }
  }
  return isWhole ? 0 : 1;
}

interface Plan {
  readonly from: ImportKind | undefined;
  readonly zone: string;
  readonly order: 'dmy' | 'mdy' | undefined;
  readonly map: ReadonlyMap<string, string>;
  readonly defaults: NonNullable<ImportOptions['defaults']>;
  readonly source: string | undefined;
  readonly isOwn: boolean;
  readonly isDryRun: boolean;
}

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

/** @throws Misuse `import.option` naming what is wrong */
function planOf(values: Values, io: CliIo): Plan {
  const { from, dates } = values;
  const zone = values.zone ?? io.config().ZONE;
  if (from !== undefined && !importKinds.includes(from as ImportKind))
    throw wrong(text.wrongKind(from, importKinds));
  if (dates !== undefined && dates !== 'dmy' && dates !== 'mdy') throw wrong(text.wrongOrder(dates));
  if (!isZone(zone)) throw wrong(text.wrongZone(zone));
  const defaults = pairs(values.set ?? [], 'set');
  for (const field of defaults.keys())
    if (!defaultFields.includes(field as DefaultField)) throw wrong(text.wrongField(field, defaultFields));
  return {
    from: from as ImportKind | undefined,
    zone,
    order: dates,
    map: pairs(values.map ?? [], 'map'),
    defaults: Object.fromEntries(defaults),
    source: values.source,
    isOwn: values.own ?? false,
    isDryRun: values['dry-run'] ?? false,
  };
}

function pairs(given: readonly string[], option: string): Map<string, string> {
  return new Map(
    given.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw wrong(text.wrongPair(option, pair));
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

function wrong(message: string): Misuse {
  return new Misuse('import.option', message);
}

async function read(
  file: string,
  kind: Exclude<ImportKind, 'freesheet'>,
  plan: Plan,
  seen: SeenStories,
  { config, database, clock }: Newsroom,
  io: CliIo,
): Promise<void> {
  io.err(text.reading(file, kind, plan.isDryRun));
  const progress = new ProgressLine(io);
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  try {
    const result = await importFile({
      database,
      clock,
      media: new MediaStore({ dataDir: config.dataDir, log: createLog(config.LOG_LEVEL) }),
      dataDir: config.dataDir,
      file,
      kind,
      reader: readers[kind],
      source: plan.source,
      zone: plan.zone,
      language: config.LANGUAGE,
      origin: config.origin,
      order: plan.order,
      map: plan.map,
      defaults: plan.defaults,
      isOwn: plan.isOwn,
      isDryRun: plan.isDryRun,
      seen,
      signal: stop.signal,
      onColumns: (columns: readonly ColumnUse[]) => {
        progress.clear();
        for (const line of text.columns(columns)) io.err(line);
      },
      onProgress: ({ records, bytes, totalBytes }) => progress.show(records, bytes, totalBytes),
    });
    progress.clear();
    for (const line of text.result(result, plan.isDryRun)) io.out(line);
  } finally {
    progress.clear();
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

/** @returns false when something could not be brought back */
async function restore(file: string, plan: Plan, newsroom: Newsroom, io: CliIo): Promise<boolean> {
  const { config, database } = newsroom;
  io.err(text.reading(file, 'freesheet', plan.isDryRun));
  const progress = new ProgressLine(io);
  const result = await restoreDump({
    database,
    media: new MediaStore({ dataDir: config.dataDir, log: createLog(config.LOG_LEVEL) }),
    file,
    isDryRun: plan.isDryRun,
    onProgress: (rows) => progress.show(rows),
  });
  progress.clear();
  for (const line of text.restored(result, plan.isDryRun)) io.out(line);
  return result.conflicts.length === 0 && result.missing.length === 0;
}

async function remove(values: Values, files: readonly string[], io: CliIo): Promise<number> {
  const { remove: source, ...others } = values;
  const [stray] = [...Object.keys(others).map((option) => `--${option}`), ...files];
  if (!source || stray) throw wrong(text.removeAlone(stray));
  return inNewsroom(io.config(), async ({ database }) => {
    const count = await database.write((tx) => removeSource(tx, source));
    io.out(text.removed(source, count));
    return count > 0 ? 0 : 1;
  });
}
