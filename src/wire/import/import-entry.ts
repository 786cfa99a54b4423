import type { IncomingContent, ReadOptions } from './import-item.ts';
import {
  fitted,
  headlineOf,
  heldForDate,
  laterThan,
  readByline,
  readDate,
  readLanguage,
  repeatsOpening,
} from './import-words.ts';
import type { LooseBlock, LooseFile, LoosePicture, Notes } from './loose-blocks.ts';

/** What the formats of feeds have in common, once read. */
export interface FeedEntry {
  readonly title: string;
  readonly url?: string;
  readonly blocks: LooseBlock[];
  readonly summary?: string;
  readonly authors: readonly string[];
  readonly topics: readonly string[];
  readonly date?: string;
  readonly updated?: string;
  readonly language?: string;
  readonly lead?: LoosePicture;
  readonly files: readonly LooseFile[];
  readonly credit?: string;
}

/** @param addresses of the feed's site or its stories, the best first */
export function feedSource(addresses: readonly (string | undefined)[]): string | undefined {
  for (const address of addresses) {
    if (address && /^https?:/.test(address) && URL.canParse(address))
      return `feed:${new URL(address).hostname.replace(/^www\./, '')}`;
  }
  return undefined;
}

/** A feed's entry as a story. */
export function contentFromEntry(entry: FeedEntry, options: ReadOptions, notes: Notes): IncomingContent {
  const published = readDate(entry.date, 'date', options, notes);
  const changed =
    entry.updated === entry.date ? undefined : readDate(entry.updated, 'updated', options, notes);
  if (entry.blocks.length === 0) notes.add('body.empty', '');
  let standfirst = entry.summary;
  if (standfirst && repeatsOpening(standfirst, entry.blocks)) {
    notes.add('standfirst.repeats-body', standfirst);
    standfirst = undefined;
  }
  const { headline } = headlineOf(entry.title, entry.blocks, notes);
  const bylines = entry.authors.map(readByline);
  const agency = bylines.find((byline) => byline.agency)?.agency;
  return {
    headline,
    standfirst: standfirst && fitted(standfirst, 1000, 'standfirst', notes),
    blocks: [...entry.files, ...entry.blocks],
    lead: entry.lead,
    byline: bylines.flatMap((byline) => byline.people),
    agency,
    credit: entry.credit ?? agency,
    topics: entry.topics,
    language: readLanguage(entry.language, notes),
    url: entry.url,
    published,
    updated: laterThan(published, changed),
    state: 'published',
    held: heldForDate(published, entry.date, options),
    notes: notes.list(),
  };
}
