import { AppError } from '../../platform/errors.ts';
import { keptWords } from '../../stories/index.ts';
import { htmlToBlocks } from './html-to-blocks.ts';
import { contentFromEntry, feedSource, type FeedEntry } from './import-entry.ts';
import type { IncomingItem, ReadOptions } from './import-item.ts';
import { fingerprint, Notes, sourceIdOf, type LooseFile } from './loose-blocks.ts';
import { textToBlocks } from './text-to-blocks.ts';
import { wordsToLine } from './words-to-blocks.ts';

type Fields = Readonly<Record<string, unknown>>;
const longest = 64 * 1024 * 1024;

/** Items of a JSON Feed, https://www.jsonfeed.org/version/1.1/. @throws AppError `import.json`, `import.feed` */
export async function* jsonFeedItems(
  text: AsyncIterable<string>,
  options: ReadOptions,
): AsyncGenerator<IncomingItem> {
  let whole = '';
  for await (const chunk of text) {
    whole += chunk;
    if (whole.length > longest) throw new AppError('import.json', 'The feed is longer than 64 MiB.');
  }
  let feed: Fields;
  try {
    feed = JSON.parse(whole) as Fields;
  } catch (cause) {
    throw new AppError('import.json', `The file is not JSON: ${(cause as Error).message}`, { cause });
  }
  if (!Array.isArray(feed.items))
    throw new AppError('import.feed', 'The file is no JSON feed: it has no items.');
  let position = 0;
  for (const item of feed.items as Fields[]) {
    if (item === null || typeof item !== 'object') continue;
    position += 1;
    const print = fingerprint(item);
    yield {
      position,
      source: feedSource([textIn(feed, 'home_page_url'), textIn(feed, 'feed_url'), textIn(item, 'url')]),
      sourceId: sourceIdOf(textIn(item, 'id') ?? textIn(item, 'url') ?? print),
      fingerprint: print,
      story: () => {
        const notes = new Notes();
        return contentFromEntry(entryOf(item, feed, notes), options, notes);
      },
    };
  }
}

function textIn(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  if (typeof value === 'number') return String(value);
  return (typeof value === 'string' && keptWords(value).trim()) || undefined;
}

function listIn(fields: Fields, name: string): Fields[] {
  const value = fields[name];
  return Array.isArray(value) ? value.filter((entry) => entry !== null && typeof entry === 'object') : [];
}

const usedFields = new Set(
  'id url title content_html content_text summary image banner_image date_published date_modified author authors tags language attachments'.split(
    ' ',
  ),
);

function entryOf(item: Fields, feed: Fields, notes: Notes): FeedEntry {
  const url = textIn(item, 'url');
  const html = textIn(item, 'content_html');
  const converted = html
    ? htmlToBlocks(html, url && URL.canParse(url) ? { base: url } : {})
    : { blocks: textToBlocks(textIn(item, 'content_text') ?? ''), notes: [] };
  for (const note of converted.notes) notes.add(note.code, note.detail);
  for (const [field, value] of Object.entries(item))
    if (!usedFields.has(field) && value !== null && value !== '') notes.add('field.unused', field);
  const [published, updated] = [textIn(item, 'date_published'), textIn(item, 'date_modified')];
  if (!published && updated) notes.add('date.from-updated', updated);
  const image = textIn(item, 'image') ?? textIn(item, 'banner_image');
  const authors = [
    listIn(item, 'authors'),
    objectIn(item, 'author'),
    listIn(feed, 'authors'),
    objectIn(feed, 'author'),
  ];
  const tags = Array.isArray(item.tags)
    ? item.tags.filter((tag): tag is string => typeof tag === 'string')
    : [];
  return {
    title: wordsToLine(textIn(item, 'title') ?? '', notes),
    url,
    blocks: converted.blocks,
    summary: textIn(item, 'summary'),
    authors: (authors.find((list) => list.length > 0) ?? []).flatMap(
      (author) => textIn(author, 'name') ?? [],
    ),
    topics: tags,
    date: published ?? updated,
    updated,
    language: textIn(item, 'language') ?? textIn(feed, 'language'),
    ...(image ? { lead: { type: 'loose-picture', src: image, alt: '' } } : {}),
    files: listIn(item, 'attachments').flatMap((attachment): LooseFile[] => {
      const [src, type] = [textIn(attachment, 'url'), textIn(attachment, 'mime_type') ?? ''];
      if (!src || !/^(audio|video)\//.test(type)) {
        notes.add('enclosure.left-out', src ?? type);
        return [];
      }
      return [
        {
          type: type.startsWith('audio/') ? 'loose-audio' : 'loose-video',
          src,
          title: textIn(attachment, 'title') ?? '',
        },
      ];
    }),
  };
}

function objectIn(fields: Fields, name: string): Fields[] {
  const value = fields[name];
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? [value as Fields] : [];
}
