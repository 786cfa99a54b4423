import { tokensOf } from './tokens.ts';

/** Tokens that must stand one after the other; the last may be the beginning of a longer one. */
export interface Term {
  readonly tokens: readonly string[];
  readonly isPrefix: boolean;
}

/** What a reader asked for, understood: whatever is typed means something, nothing is an error. */
export interface SearchQuery {
  readonly must: readonly Term[];
  readonly mustNot: readonly Term[];
}

const mostTerms = 16;

/**
 * Read a reader's words: all of them must occur, the last may be unfinished, "words in quotes" stand together,
 * and -word must not occur.
 */
export function parseQuery(words: string): SearchQuery {
  const must: Term[] = [];
  const mustNot: Term[] = [];
  const parts = [...words.slice(0, 400).matchAll(/(-?)"([^"]*)"?|(\S+)/gu)];
  for (const [index, part] of parts.entries()) {
    const bare = part[3];
    const isExcluded = part[1] === '-' || (bare !== undefined && /^-[\p{L}\p{N}]/u.test(bare));
    const tokens = tokensOf(bare ?? part[2] ?? '');
    if (tokens.length === 0) continue;
    const isLast = index === parts.length - 1;
    const term = {
      tokens,
      isPrefix: bare !== undefined && isLast && !isExcluded && /[\p{L}\p{N}\p{M}]$/u.test(bare),
    };
    (isExcluded ? mustNot : must).push(term);
  }
  return { must: must.slice(0, mostTerms), mustNot: mustNot.slice(0, mostTerms) };
}
