import type { Kysely } from 'kysely';
import type { SearchQuery } from '../search/query.ts';
import { dialectOf } from './dialect.ts';
import { postgresSearch } from './search-postgres.ts';
import { sqliteSearch } from './search-sqlite.ts';
import type { Tables } from './tables.ts';

export { mostCounted } from './search-limits.ts';

declare module './tables.ts' {
  interface Tables {
    search_document: SearchDocumentTable;
    comment_document: SearchDocumentTable;
  }
}

interface SearchDocumentTable {
  key: import('kysely').Generated<number>;
  id: string;
  at: number;
  section: string | null;
  authors: string;
  title: string;
  summary: string;
  text: string;
}

/** What is searched apart from all else: stories, or what readers write. */
export type Collection = 'stories' | 'comments';

/** Tables of a collection. */
export interface CollectionNames {
  readonly document: 'search_document' | 'comment_document';
  /** Of the index, where that is a table of its own. */
  readonly index: 'search_index' | 'comment_index';
}

const names: Readonly<Record<Collection, CollectionNames>> = {
  stories: { document: 'search_document', index: 'search_index' },
  comments: { document: 'comment_document', index: 'comment_index' },
};

export interface IndexedDocument {
  readonly id: string;
  readonly at: number;
  readonly section: string | null;
  /** Slugs with a space around each. */
  readonly authors: string;
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  /** Of title, summary and text. */
  readonly tokens: readonly [string[], string[], string[]];
}

export interface IndexRequest {
  readonly query: SearchQuery;
  readonly section?: string;
  readonly author?: string;
  readonly from?: number;
  readonly to?: number;
  readonly limit: number;
  readonly offset: number;
}

export interface IndexAnswer {
  readonly rows: readonly { id: string; title: string; summary: string; text: string }[];
  readonly total: number;
}

/** What each dialect does in its own way behind `platform/search`. */
export interface SearchDialect {
  // oxlint-disable-next-line typescript/no-explicit-any
  createTables(db: Kysely<any>): Promise<void>;
  put(db: Kysely<Tables>, document: IndexedDocument): Promise<void>;
  remove(db: Kysely<Tables>, id: string): Promise<void>;
  clear(db: Kysely<Tables>): Promise<void>;
  find(db: Kysely<Tables>, request: IndexRequest): Promise<IndexAnswer>;
}

const dialects = {
  sqlite: { stories: sqliteSearch(names.stories), comments: sqliteSearch(names.comments) },
  postgres: { stories: postgresSearch(names.stories), comments: postgresSearch(names.comments) },
};

// oxlint-disable-next-line typescript/no-explicit-any
export function searchDialect(db: Kysely<any>, collection: Collection = 'stories'): SearchDialect {
  return dialects[dialectOf(db)][collection];
}
