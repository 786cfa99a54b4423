import type { Tables } from '../../platform/database/tables.ts';

/** A table of a dump. What can be made from others (lists, numbers, search) is made anew, not kept. */
export interface DumpTable {
  readonly name: keyof Tables & string;
  readonly key: readonly string[];
  readonly columns: readonly string[];
  /** Column that names the story a row belongs to. */
  readonly story?: string;
}

export const words = (list: string): string[] => list.split(' ');

/** In the order in which rows need each other. */
export const dumpTables: readonly DumpTable[] = [
  { name: 'section', key: ['slug'], columns: words('slug name description position source') },
  { name: 'topic', key: ['slug'], columns: words('slug name description source') },
  { name: 'author', key: ['slug'], columns: words('slug name role bio picture source') },
  { name: 'series', key: ['slug'], columns: words('slug title description source') },
  {
    name: 'media',
    key: ['id'],
    columns: words(
      'id kind type width height bytes seconds renditions file_name title caption credit rights created_at withheld_at',
    ),
  },
  {
    name: 'story',
    key: ['id'],
    columns: words(
      'id code state path kicker headline standfirst body byline dateline credit section topics series series_part lead language direction slug canonical sensitive published_at published published_day updated_at updated scheduled_at embargo_until version words held kill_reason source source_id source_hash source_version created_at changed_at',
    ),
  },
  {
    name: 'story_revision',
    key: ['story_id', 'version'],
    columns: words('story_id version at actor action note content'),
    story: 'story_id',
  },
  {
    name: 'story_correction',
    key: ['id'],
    columns: words('id story_id at time text public'),
    story: 'story_id',
  },
  { name: 'redirect', key: ['path'], columns: words('path story_id target'), story: 'story_id' },
  { name: 'front_slot', key: ['position'], columns: words('position story_id'), story: 'story_id' },
  { name: 'import_version', key: ['source', 'source_id'], columns: words('source source_id version') },
];

export type DumpRow = Readonly<Record<string, string | number | null>>;

/** First line of a dump. */
export interface DumpHeader {
  readonly freesheet: 'dump';
  readonly format: 1;
  readonly createdAt: string;
  /** Folder beside the dump that holds the media files, in a folder for each id. */
  readonly media: string;
}

/** Last line of a dump: without it, the dump was cut off. */
export interface DumpEnd {
  readonly freesheet: 'end';
  readonly rows: number;
}
