import { plainLetters } from '../letters.ts';

/** Marks fall away where a reader may leave them out; elsewhere, as in Hindi, they are part of the word. */
const droppedMarks =
  /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}]\p{M}*)\p{M}/gu;
const wordPattern = /[\p{L}\p{N}\p{M}]+(?:['’ʼ][\p{L}\p{N}\p{M}]+)*/gu;
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu;

/** Words as the index knows them: small letters without accents, compatibility forms made plain (Unicode NFKD). */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(droppedMarks, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßæœøđðþłħıς]/g, (letter) => plainLetters[letter]!);
}

/** A word of a text with where it stands in it, in UTF-16 units. */
export interface Word {
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly string[];
}

const longestToken = 64;

/**
 * The words of a text. A possessive counts as its owner; scripts written without spaces are cut into pairs of
 * letters, so that any stretch of them can be found without a dictionary.
 */
export function* wordsOf(text: string): Generator<Word> {
  for (const match of text.matchAll(wordPattern)) {
    const tokens = tokensOfWord(match[0]);
    if (tokens.length > 0) yield { start: match.index, end: match.index + match[0].length, tokens };
  }
}

/** All tokens of a text in their order. */
export function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  for (const word of wordsOf(text)) tokens.push(...word.tokens);
  return tokens;
}

const plainWord = /^[a-z0-9]+$/i;

function tokensOfWord(word: string): string[] {
  // Most words of most papers: what follows would leave them as they are.
  if (plainWord.test(word)) return [word.slice(0, longestToken).toLowerCase()];
  const folded = fold(word.replace(/['’ʼ]s$/iu, '')).replace(/['’ʼ]/g, '');
  const tokens: string[] = [];
  // Folding may open a word: ¼ becomes 1⁄4.
  for (const [part] of folded.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    let at = 0;
    for (const run of part.matchAll(unspaced)) {
      if (run.index > at) tokens.push(part.slice(at, run.index));
      tokens.push(...pairsOf([...run[0]]));
      at = run.index + run[0].length;
    }
    if (at < part.length) tokens.push(part.slice(at));
  }
  return tokens.map((token) => token.slice(0, longestToken)).filter((token) => /[\p{L}\p{N}]/u.test(token));
}

function pairsOf(characters: string[]): string[] {
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, index) => characters[index]! + character);
}
