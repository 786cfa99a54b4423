import type { Term } from './query.ts';
import { wordsOf, type Word } from './tokens.ts';

/** A stretch of text, and whether it is what was looked for. */
export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

const excerptWords = 34;
const wordsBefore = 7;

/** The whole text in pieces. */
export function highlight(text: string, terms: readonly Term[]): Piece[] {
  return piecesOf(text, [...wordsOf(text)], terms, 0, text.length);
}

/** The stretch of a text with most of what was looked for, in pieces; its beginning when nothing is in it. */
export function excerpt(text: string, terms: readonly Term[]): Piece[] {
  const words = [...wordsOf(text)];
  if (words.length === 0) return [];
  const hits = words.map((word) => terms.findIndex((term) => isHit(word, term)));
  let best = 0;
  let bestScore = 0;
  for (const [index, hit] of hits.entries()) {
    if (hit < 0) continue;
    const window = hits.slice(index, index + excerptWords - wordsBefore).filter((other) => other >= 0);
    const score = new Set(window).size * 100 + window.length;
    if (score > bestScore) {
      bestScore = score;
      best = index;
    }
  }
  const first = Math.max(0, Math.min(best - wordsBefore, words.length - excerptWords));
  const last = Math.min(words.length, first + excerptWords) - 1;
  const start = first === 0 ? 0 : words[first]!.start;
  const end = last === words.length - 1 ? text.length : words[last]!.end;
  const pieces = piecesOf(text, words.slice(first, last + 1), terms, start, end);
  if (start > 0) pieces.unshift({ text: '… ', hit: false });
  if (end < text.length) pieces.push({ text: ' …', hit: false });
  return pieces;
}

function piecesOf(
  text: string,
  words: readonly Word[],
  terms: readonly Term[],
  start: number,
  end: number,
): Piece[] {
  const pieces: Piece[] = [];
  let at = start;
  for (const word of words) {
    if (!terms.some((term) => isHit(word, term))) continue;
    if (word.start > at) pieces.push({ text: text.slice(at, word.start), hit: false });
    pieces.push({ text: text.slice(word.start, word.end), hit: true });
    at = word.end;
  }
  if (at < end) pieces.push({ text: text.slice(at, end), hit: false });
  return pieces;
}

function isHit(word: Word, term: Term): boolean {
  return word.tokens.some((token) =>
    term.tokens.some((wanted, index) =>
      term.isPrefix && index === term.tokens.length - 1 ? token.startsWith(wanted) : token === wanted,
    ),
  );
}
