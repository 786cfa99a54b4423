import type { Kysely } from 'kysely';
import type { SearchQuery } from '../search/query.ts';
import { dialectOf } from './dialect.ts';
import { postgresSearch } from './search-postgres.ts';
import { sqliteSearch } from './search-sqlite.ts';
import type { Tables } from './tables.ts';

declare module './tables.ts' {
  interface Tables {
    search_document: {
      key: import('kysely').Generated<number>;
      id: string;
      at: number;
      section: string | null;
      authors: string;
      title: string;
      summary: string;
      text: string;
    };
  }
}

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

/** Counting stops here: 'ten thousand or more' says enough. */
export const mostCounted = 10_000;

/** How much a word weighs in title, summary and text. */
export const weights = [10, 4, 1] as const;

// oxlint-disable-next-line typescript/no-explicit-any
export function searchDialect(db: Kysely<any>): SearchDialect {
  return dialectOf(db) === 'postgres' ? postgresSearch : sqliteSearch;
}
