import { extname } from 'node:path';
import { AppError } from '../../platform/errors.ts';
import { readCsv } from './import-csv.ts';
import { readFeed } from './import-feed.ts';
import type { Reader } from './import-item.ts';
import { readNinjs } from './import-ninjs.ts';
import { openText } from './text-stream.ts';

/** Formats that stories are read from. `freesheet` is our own dump, which is restored rather than read. */
export const importKinds = ['csv', 'ninjs', 'rss', 'freesheet'] as const;
export type ImportKind = (typeof importKinds)[number];

export const readers: Readonly<Record<Exclude<ImportKind, 'freesheet'>, Reader>> = {
  csv: readCsv,
  ninjs: readNinjs,
  rss: readFeed,
};

/**
 * The format of a file, by what is in it rather than what it is called.
 * @throws AppError `import.unknown-format`, and those of `openText`
 */
export async function detectKind(path: string): Promise<ImportKind> {
  const text = await openText(path);
  let head = '';
  for await (const chunk of text.read()) {
    head += chunk;
    if (head.length > 65_536) break;
  }
  const start = head.trimStart();
  if (start === '') throw new AppError('import.empty', `${path} is empty.`);
  if (start.startsWith('{') || start.startsWith('[')) {
    if (start.startsWith('{"freesheet":')) return 'freesheet';
    if (/"version"\s*:\s*"https?:\/\/jsonfeed\.org\/version/.test(start)) return 'rss';
    if (/"(uri|headlines?|bodies|body_\w+|versioncreated)"\s*:/i.test(start)) return 'ninjs';
  } else if (start.startsWith('<')) {
    if (/<(?:\w+:)?(rss|feed|rdf|channel)[\s>]/i.test(start)) return 'rss';
  } else {
    const [first = '', second] = start.split(/\r\n?|\n/);
    if (/[,;\t|]/.test(first) && (second !== undefined || /\.(csv|tsv)$/i.test(extname(path)))) return 'csv';
  }
  throw new AppError(
    'import.unknown-format',
    `${path} is none of the formats that are read: ${importKinds.join(', ')}. If it is one, say which: --from NAME.`,
  );
}
