import { once } from 'node:events';
import { parse } from 'csv-parse';
import { AppError, messageOf } from '../platform/errors.ts';
import { isoOf } from '../stories/index.ts';
import { columnUses, type CsvField } from './csv-columns.ts';
import { parseDate } from './dates.ts';
import { htmlToPlain } from './html-nodes.ts';
import { htmlToBlocks } from './html-to-blocks.ts';
import type { IncomingContent, IncomingItem, ReadOptions } from './import-item.ts';
import {
  fitted,
  headlineFrom,
  heldForDate,
  openingOf,
  readByline,
  readDate,
  readEmbargo,
  readLanguage,
  readStatus,
} from './import-words.ts';
import { fingerprint, Notes, type LooseBlock, type LoosePicture } from './loose-blocks.ts';
import { looksLikeHtml, textToBlocks } from './text-to-blocks.ts';

const sampleLength = 64 * 1024;
const longestRecord = 16 * 1024 * 1024;
type Row = Readonly<Partial<Record<CsvField, string>>>;

/**
 * Stories from a table: comma, semicolon, tab or bar between the columns, names in the first row.
 * @throws AppError `import.columns` when no column holds the headlines, `import.csv` when the quotes do not match
 */
export async function* readCsv(
  text: AsyncIterable<string>,
  options: ReadOptions,
): AsyncGenerator<IncomingItem> {
  const { head, rest } = await withHead(text, sampleLength);
  const delimiter = guessDelimiter(head);
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: longestRecord,
  });
  const fed = feed(parser, rest);
  let columns: { index: number; field: CsvField }[] | undefined;
  let width = 0;
  let position = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      if (!columns) {
        const uses = columnUses(record, options.map);
        options.onColumns?.(uses);
        columns = uses.flatMap((use, index) => (use.field ? [{ index, field: use.field as CsvField }] : []));
        width = record.length;
        continue;
      }
      position += 1;
      yield itemOf(record, columns, width, position, options);
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

/** Read enough of a text to look at, and give it back whole. */
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
    yield head;
    if (isDone) return;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  return { head, rest: all() };
}

/** The character that parts most columns in the first row, outside quotes. */
export function guessDelimiter(head: string): string {
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
  columns: readonly { index: number; field: CsvField }[],
  width: number,
  position: number,
  options: ReadOptions,
): IncomingItem {
  const row: Partial<Record<CsvField, string>> = {};
  for (const { index, field } of columns) {
    const value = record[index]?.trim();
    if (!value) continue;
    // Several columns may name topics or authors.
    row[field] = row[field] === undefined ? value : `${row[field]}; ${value}`;
  }
  const isRagged = record.length !== width;
  return {
    position,
    sourceId: (row.id ?? row.url ?? fingerprint([row.date, row.headline, row.body])).slice(0, 1000),
    fingerprint: fingerprint(record),
    story: () => contentOf(row, isRagged ? `${record.length} instead of ${width}` : undefined, options),
  };
}

function contentOf(row: Row, ragged: string | undefined, options: ReadOptions): IncomingContent {
  const notes = new Notes();
  if (ragged) notes.add('row.columns', ragged);
  const published = readDate(row.date, 'date', options, notes);
  const status = readStatus(row.status);
  const body = bodyOf(row, notes);
  const blocks = published ? withoutDateLine(body, isoOf(published), options, notes) : body;
  const byline = readByline(row.byline ?? '');
  const standfirst = row.standfirst && htmlToPlain(row.standfirst);
  const headline = row.headline ? htmlToPlain(row.headline) : '';
  if (headline === '') notes.add('headline.made', openingOf(blocks, 120));
  const embargo = readEmbargo(row.embargo, options, notes);
  const held =
    embargo.held ??
    status.held ??
    (status.state === 'published' ? heldForDate(published, row.date, options) : undefined) ??
    (headline === '' ? 'It has no headline of its own.' : undefined);
  const [section, ...more] = (row.section ?? '').split(/\s*[;|>]\s*/).filter(Boolean);
  if (more.length > 0) notes.add('section.first-of-several', row.section!);
  const credit = row.credit ?? byline.agency;
  return {
    headline: headline || headlineFrom(openingOf(blocks, 200)) || 'Untitled',
    kicker: row.kicker && fitted(htmlToPlain(row.kicker), 120, 'kicker', notes),
    standfirst: standfirst && fitted(standfirst, 1000, 'standfirst', notes),
    blocks,
    lead: leadOf(row),
    byline: byline.people,
    place: row.place,
    agency: byline.agency,
    credit,
    section,
    topics: [...more, ...(row.topics ?? '').split(/\s*[;,|]\s*/)].filter(Boolean),
    series: row.series ? { title: row.series } : undefined,
    language: readLanguage(row.language, notes),
    slug: row.slug,
    url: row.url,
    oldUrls: row.oldUrl?.split(/\s*[;|]\s+|\s+/).filter(Boolean),
    published,
    updated: readDate(row.updated, 'updated', options, notes),
    sensitive: /^(1|true|yes)$/i.test(row.sensitive ?? ''),
    state: status.state,
    held,
    embargoUntil: embargo.until,
    notes: notes.list(),
  };
}

function bodyOf(row: Row, notes: Notes): LooseBlock[] {
  const words = row.body ?? '';
  if (words === '') {
    notes.add('body.empty', '');
    return [];
  }
  if (!looksLikeHtml(words)) return textToBlocks(words);
  const converted = htmlToBlocks(words, row.url && URL.canParse(row.url) ? { base: row.url } : {});
  for (const note of converted.notes) notes.add(note.code, note.detail);
  return converted.blocks;
}

/** Some tables repeat the date as the first paragraph; the page shows it anyway. */
function withoutDateLine(
  blocks: LooseBlock[],
  date: string,
  options: ReadOptions,
  notes: Notes,
): LooseBlock[] {
  const first = openingOf(blocks.slice(0, 1), 100);
  if (first === '' || first.length > 60) return blocks;
  const { time } = parseDate(first, options);
  if (!time || !date.startsWith(isoOf(time).slice(0, 10))) return blocks;
  notes.add('body.date-line', first);
  return blocks.slice(1);
}

function leadOf(row: Row): LoosePicture | undefined {
  if (!row.image) return undefined;
  return {
    type: 'loose-picture',
    src: row.image,
    alt: (row.imageAlt ?? '').slice(0, 2000),
    ...(row.imageCaption ? { caption: [{ text: htmlToPlain(row.imageCaption) }] } : {}),
    ...(row.imageCredit ? { credit: row.imageCredit.slice(0, 2000) } : {}),
  };
}
