import type { StoryTime } from '../../stories/index.ts';
import type { ImportNote, LooseBlock, LoosePicture } from './loose-blocks.ts';

/** One record of a file, as its reader found it. What costs time is done only when `story` is called. */
export interface IncomingItem {
  /** Number of the record in its file, from 1. */
  readonly position: number;
  /** Who names it, where the file itself says so; else the run's own source. */
  readonly source?: string;
  /** Its name there: the same story has the same one in every file. */
  readonly sourceId: string;
  /** Changes when anything in the record changes. */
  readonly fingerprint: string;
  /** Rises with each version of the story, where the source counts them. */
  readonly version?: number;
  /** @throws AppError when the record cannot be made into a story */
  story(): IncomingContent;
}

/** A story as others tell it, in our words but not yet by our rules. */
export interface IncomingContent {
  readonly headline: string;
  readonly kicker?: string;
  readonly standfirst?: string;
  readonly blocks: readonly LooseBlock[];
  readonly lead?: LoosePicture;
  readonly byline: readonly { readonly name: string; readonly role?: string }[];
  readonly place?: string;
  readonly agency?: string;
  readonly credit?: string;
  /** Names, not slugs. */
  readonly section?: string;
  readonly topics: readonly string[];
  readonly series?: { readonly title: string; readonly part?: number };
  /** BCP 47 tag. */
  readonly language?: string;
  readonly slug?: string;
  /** Address of the story where it came from. */
  readonly url?: string;
  /** Other addresses, paths or whole, that are to lead to it. */
  readonly oldUrls?: readonly string[];
  readonly published?: StoryTime;
  readonly updated?: StoryTime;
  readonly sensitive?: boolean;
  readonly state: 'published' | 'draft' | 'unpublished';
  /** Why an editor must look at it before it is shown. */
  readonly held?: string;
  /** It only says that the story is taken back; what is here of it keeps its words. */
  readonly isNotice?: boolean;
  /** Milliseconds UTC. */
  readonly embargoUntil?: number;
  readonly notes: readonly ImportNote[];
}

export interface ReadOptions {
  /** IANA zone that times without one are in. */
  readonly zone: string;
  /** BCP 47 tag for texts that do not say theirs. */
  readonly language: string;
  /** Which comes first in 03/04/2009; without it such a date is not read. */
  readonly order?: 'dmy' | 'mdy';
  /** Now, in milliseconds UTC: what is dated later, or embargoed until later, is held. */
  readonly now: number;
  /** Column or field of the file -> field of ours, or '-' for none; overrides what is guessed. */
  readonly map?: ReadonlyMap<string, string>;
  /** Is told how the columns were understood, once, before the first item. */
  readonly onColumns?: (columns: readonly ColumnUse[]) => void;
}

export interface ColumnUse {
  readonly column: string;
  /** Undefined for a column that is not used. */
  readonly field: string | undefined;
  readonly isGuess: boolean;
}

/** Reads one format. Keeps nothing but the record at hand in memory. */
export type Reader = (text: AsyncIterable<string>, options: ReadOptions) => AsyncIterable<IncomingItem>;
