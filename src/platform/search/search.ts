import type { Kysely } from 'kysely';
import { searchDialect, type Collection } from '../database/search-dialect.ts';
import type { Tables } from '../database/tables.ts';
import { excerpt, highlight, type Piece } from './highlight.ts';
import { parseQuery } from './query.ts';
import { tokensOf } from './tokens.ts';

export { mostCounted } from '../database/search-dialect.ts';
export type { Piece } from './highlight.ts';

/** What can be found of one story. */
export interface SearchDocument {
  readonly id: string;
  readonly path: string;
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly section?: string;
  readonly authors: readonly string[];
  readonly topics: readonly string[];
  readonly language: string;
  /** Milliseconds UTC. */
  readonly at: number;
}

export interface SearchRequest {
  /** As typed; '' lists by the filters alone, newest first. */
  readonly words: string;
  readonly section?: string;
  readonly author?: string;
  /** Milliseconds UTC, included. */
  readonly from?: number;
  /** Milliseconds UTC, not included. */
  readonly to?: number;
  /** At most 50. */
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string;
}

export interface SearchResult {
  readonly items: readonly { id: string; title: Piece[]; excerpt: Piece[] }[];
  /** Exact up to 10,000, which means 'that many or more'. */
  readonly total: number;
  readonly next?: string;
}

const deepest = 1000;

/** Make a story findable, in the transaction that publishes or changes it; or what a reader wrote. */
export async function putDocument(
  db: Kysely<Tables>,
  document: SearchDocument,
  collection?: Collection,
): Promise<void> {
  await searchDialect(db, collection).put(db, {
    id: document.id,
    at: document.at,
    section: document.section ?? null,
    authors: document.authors.length > 0 ? ` ${document.authors.join(' ')} ` : '',
    title: document.title,
    summary: document.summary,
    text: document.text,
    tokens: [tokensOf(document.title), tokensOf(document.summary), tokensOf(document.text)],
  });
}

/** Make a story unfindable, in the transaction that withdraws it. */
export async function removeDocument(db: Kysely<Tables>, id: string, collection?: Collection): Promise<void> {
  await searchDialect(db, collection).remove(db, id);
}

/** Find stories or comments, the most fitting first; of equals, the newer. Never fails on what was typed. */
export async function findDocuments(
  db: Kysely<Tables>,
  request: SearchRequest,
  collection?: Collection,
): Promise<SearchResult> {
  const query = parseQuery(request.words);
  const isBare = query.must.length === 0;
  const hasFilter = [request.section, request.author, request.from, request.to].some(
    (filter) => filter !== undefined,
  );
  if (isBare && (request.words.trim() !== '' || !hasFilter)) return { items: [], total: 0 };
  const limit = Math.max(1, Math.min(request.limit, 50));
  const offset = Math.min(deepest, /^\d{1,4}$/.test(request.after ?? '') ? Number(request.after) : 0);
  const { rows, total } = await searchDialect(db, collection).find(db, {
    query,
    section: request.section,
    author: request.author,
    from: request.from,
    to: request.to,
    limit,
    offset,
  });
  const items = rows.map(({ id, title, summary, text }) => {
    const inText = excerpt(text, query.must);
    const inSummary = inText.some(({ hit }) => hit) ? inText : excerpt(summary, query.must);
    return {
      id,
      title: highlight(title, query.must),
      excerpt: inSummary.some(({ hit }) => hit) ? inSummary : inText,
    };
  });
  const end = offset + items.length;
  return end < total && end < deepest ? { items, total, next: String(end) } : { items, total };
}

/** Build the index anew, after a restore. @returns how many documents it holds */
export async function rebuildSearch(
  db: Kysely<Tables>,
  documents: AsyncIterable<SearchDocument> | Iterable<SearchDocument>,
): Promise<number> {
  await searchDialect(db).clear(db);
  let count = 0;
  for await (const document of documents) {
    await putDocument(db, document);
    count += 1;
  }
  return count;
}
