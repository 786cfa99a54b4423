import { once } from 'node:events';
import { parse } from 'csv-parse';
import { AppError, messageOf } from '../../platform/errors.ts';
import { isoOf, keptWords, plainText } from '../../stories/index.ts';
import { columnUses, type CsvField } from './csv-columns.ts';
import { parseDate } from '../dates.ts';
import type { IncomingContent, IncomingItem, ReadOptions } from './import-item.ts';
import {
  fitted,
  headlineOf,
  heldForDate,
  laterThan,
  readByline,
  readDate,
  readEmbargo,
  readLanguage,
  readStatus,
} from './import-words.ts';
import { fingerprint, Notes, sourceIdOf, type LooseBlock, type LoosePicture } from './loose-blocks.ts';
import { wordsToBlocks, wordsToLine } from './words-to-blocks.ts';

const sampleLength = 64 * 1024;
const longestRecord = 16 * 1024 * 1024;
type Row = Readonly<Partial<Record<CsvField, string>>>;

interface Columns {
  readonly used: readonly { readonly index: number; readonly field: CsvField }[];
  /** Not used, and nobody said that they should not be. */
  readonly unused: readonly { readonly index: number; readonly name: string }[];
  readonly count: number;
}

/**
 * Stories from a table: comma, semicolon, tab or bar between the columns, names in the first row.
 * @throws AppError `import.columns` when no column holds the headlines, `import.csv` when the quotes do not match
 */
export async function* readCsv(
  text: AsyncIterable<string>,
  options: ReadOptions,
): AsyncGenerator<IncomingItem> {
  const { head, rest } = await withHead(text, sampleLength);
  const parser = parse({
    delimiter: guessDelimiter(head),
    // All of them: tables that were put together have several.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: longestRecord,
  });
  const fed = feed(parser, rest);
  let columns: Columns | undefined;
  let position = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      if (!columns) {
        columns = columnsOf(record, options);
        continue;
      }
      position += 1;
      if (record.some((cell) => cell.trim() !== '')) yield itemOf(record, columns, position, options);
    }
    await fed;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError(
      'import.csv',
      `The table could not be read after row ${position}: ${messageOf(cause)}`,
      {
        cause,
      },
    );
  } finally {
    parser.destroy();
  }
}

function columnsOf(header: readonly string[], options: ReadOptions): Columns {
  const uses = columnUses(header, options.map);
  options.onColumns?.(uses);
  return {
    used: uses.flatMap((use, index) => (use.field ? [{ index, field: use.field as CsvField }] : [])),
    unused: uses.flatMap((use, index) =>
      use.field === undefined && use.isGuess ? [{ index, name: use.column }] : [],
    ),
    count: header.length,
  };
}

/** Hand the text on as fast as it is taken. */
async function feed(parser: ReturnType<typeof parse>, text: AsyncIterable<string>): Promise<void> {
  const closed = new AbortController();
  parser.once('close', () => closed.abort());
  try {
    for await (const chunk of text) {
      if (parser.destroyed) return;
      if (!parser.write(chunk)) await once(parser, 'drain', { signal: closed.signal });
    }
    parser.end();
  } catch (error) {
    if (!closed.signal.aborted) parser.destroy(error as Error);
  }
}

/** A spreadsheet's own first line, which names the character between the columns. */
const marker = /^sep=(.)\r?\n/;

/** Read enough of a text to look at, and give it back without what is no part of the table. */
async function withHead(
  text: AsyncIterable<string>,
  length: number,
): Promise<{ head: string; rest: AsyncIterable<string> }> {
  const iterator = text[Symbol.asyncIterator]();
  let head = '';
  let isDone = false;
  while (head.length < length && !isDone) {
    const next = await iterator.next();
    if (next.done) isDone = true;
    else head += next.value;
  }
  async function* all() {
    yield head.replace(marker, '');
    if (isDone) return;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  return { head, rest: all() };
}

/** The character that parts most columns in the first row, outside quotes. */
export function guessDelimiter(head: string): string {
  const told = marker.exec(head)?.[1];
  if (told !== undefined) return told;
  let isQuoted = false;
  const counts: Record<string, number> = { ',': 0, ';': 0, '\t': 0, '|': 0 };
  for (const character of head) {
    if (character === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (character === '\n' || character === '\r') {
      if (Object.values(counts).some((count) => count > 0)) break;
    } else if (character in counts) counts[character]! += 1;
  }
  return Object.entries(counts).reduce((best, entry) => (entry[1] > best[1] ? entry : best), [',', 0] as [
    string,
    number,
  ])[0];
}

function itemOf(
  record: readonly string[],
  columns: Columns,
  position: number,
  options: ReadOptions,
): IncomingItem {
  const row: Partial<Record<CsvField, string>> = {};
  for (const { index, field } of columns.used) {
    const value = keptWords(record[index] ?? '').trim();
    if (value === '') continue;
    // Several columns may name topics or authors.
    row[field] = row[field] === undefined ? value : `${row[field]}; ${value}`;
  }
  const print = fingerprint(record);
  const id = row.id ?? row.url ?? fingerprint([row.date, row.headline, row.body]);
  return {
    position,
    sourceId: sourceIdOf(id),
    fingerprint: print,
    story: () => {
      const notes = new Notes();
      noteLost(record, columns, notes);
      return contentOf(row, notes, options);
    },
  };
}

/** Cells that no field takes. */
function noteLost(record: readonly string[], columns: Columns, notes: Notes): void {
  if (record.length !== columns.count) {
    const more = record.slice(columns.count).filter((cell) => cell.trim() !== '');
    notes.add('row.columns', [`${record.length} instead of ${columns.count}`, ...more].join(': '));
  }
  for (const { index, name } of columns.unused) {
    const value = record[index]?.trim();
    if (value) notes.add('field.unused', `${name}: ${value}`);
  }
}

function contentOf(row: Row, notes: Notes, options: ReadOptions): IncomingContent {
  const published = readDate(row.date, 'date', options, notes);
  const changed = readDate(row.updated, 'updated', options, notes);
  const status = readStatus(row.status);
  const body = wordsToBlocks(row.body ?? '', row.url, notes);
  const blocks = published ? withoutDateLine(body, isoOf(published), options, notes) : body;
  if (blocks.length === 0) notes.add('body.empty', '');
  const line = (words: string | undefined) => (words === undefined ? undefined : wordsToLine(words, notes));
  const { headline, isMade } = headlineOf(line(row.headline) ?? '', blocks, notes);
  const embargo = readEmbargo(row.embargo, options, notes);
  const held =
    embargo.held ??
    status.held ??
    (status.state === 'published' ? heldForDate(published, row.date, options) : undefined) ??
    (isMade ? 'It has no headline of its own.' : undefined);
  const byline = readByline(listOf(row.byline ?? '', /\s*;\s*/).join('; '));
  const [section, ...more] = listOf(row.section ?? '', /\s*[;|>]\s*/);
  if (more.length > 0) notes.add('section.first-of-several', row.section!);
  return {
    headline,
    kicker: line(row.kicker),
    standfirst: line(row.standfirst),
    blocks,
    lead: leadOf(row, notes),
    byline: byline.people,
    place: row.place,
    agency: byline.agency,
    credit: row.credit ?? byline.agency,
    section,
    topics: [...more, ...listOf(row.topics ?? '', /\s*[;,|]\s*/)],
    series: row.series ? { title: row.series } : undefined,
    language: readLanguage(row.language, notes),
    slug: row.slug,
    url: row.url,
    oldUrls: row.oldUrl?.split(/\s*[;|]\s+|\s+/).filter(Boolean),
    published,
    updated: laterThan(published, changed),
    sensitive: /^(1|true|yes)$/i.test(row.sensitive ?? ''),
    state: status.state,
    held,
    embargoUntil: embargo.until,
    notes: notes.list(),
  };
}

/** Names in one cell: parted by some character, or as programs print their lists: ["a", "b"] or ['a', 'b']. */
function listOf(cell: string, between: RegExp): string[] {
  const printed = /^\[(.*)\]$/s.exec(cell)?.[1];
  const names = printed === undefined ? cell.split(between) : printed.split(/,\s*(?=["'])|\s*;\s*/);
  return names
    .map((name) => (printed === undefined ? name : name.replaceAll(/^\s*["']|["']\s*$/g, '')).trim())
    .filter(Boolean);
}

/** Some tables repeat the date as the first paragraph; the page shows it anyway. */
function withoutDateLine(
  blocks: LooseBlock[],
  date: string,
  options: ReadOptions,
  notes: Notes,
): LooseBlock[] {
  const first = blocks[0];
  if (first?.type !== 'paragraph') return blocks;
  const [line, ...others] = plainText(first.text).split('\n');
  if (line!.length > 60 || (others.length === 0 && blocks.length === 1)) return blocks;
  const { time } = parseDate(line!, options);
  if (!time || !date.startsWith(isoOf(time).slice(0, 10))) return blocks;
  const rest = others.join('\n').trim();
  // Text that is set in some way begins with its date by chance.
  if (rest !== '' && first.text.length > 1) return blocks;
  notes.add('body.date-line', line!);
  return rest === '' ? blocks.slice(1) : [{ type: 'paragraph', text: [{ text: rest }] }, ...blocks.slice(1)];
}

function leadOf(row: Row, notes: Notes): LoosePicture | undefined {
  if (!row.image) return undefined;
  const line = (words: string | undefined, field: string) =>
    words === undefined ? '' : fitted(wordsToLine(words, notes), 2000, field, notes);
  const caption = line(row.imageCaption, 'caption');
  const credit = line(row.imageCredit, 'credit');
  return {
    type: 'loose-picture',
    src: row.image,
    alt: line(row.imageAlt, 'picture.alt'),
    ...(caption === '' ? {} : { caption: [{ text: caption }] }),
    ...(credit === '' ? {} : { credit }),
  };
}
