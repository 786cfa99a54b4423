import { plainLetters } from '../../platform/letters.ts';

/** Letters of other alphabets that pass for Latin ones, in words that mix both (Unicode TR39, confusables). */
const lookAlikes: Readonly<Record<string, string>> = {
  а: 'a', в: 'b', с: 'c', ԁ: 'd', е: 'e', һ: 'h', і: 'i', ј: 'j', к: 'k', ӏ: 'l', м: 'm', н: 'h', о: 'o',
  р: 'p', ԛ: 'q', ѕ: 's', т: 't', у: 'y', ѵ: 'v', ԝ: 'w', х: 'x', α: 'a', β: 'b', ε: 'e', η: 'n', ι: 'i',
  κ: 'k', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x', ω: 'w', ɡ: 'g', ɑ: 'a', ʟ: 'l', ᴜ: 'u', ƒ: 'f',
}; // prettier-ignore

/** Figures and signs that stand for letters, in words that hold a letter. `1` and `|` are read twice. */
const signs: Readonly<Record<string, string>> = {
  '0': 'o',
  '2': 'z',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '6': 'g',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '€': 'e',
  '!': 'i',
};
const twofold = new Set(['1', '|']);

/** What `1` and `|` are read as. */
export type Stroke = 'i' | 'l';

const boundary = ' ';

/**
 * A text as runs of letters: `sooo` is s, then o three times. Words stand between boundaries, which are a blank.
 * Both lists are equally long.
 */
export interface Folded {
  readonly letters: readonly string[];
  readonly counts: readonly number[];
  /** Whether another reading of its strokes may say something else. */
  readonly hasStrokes: boolean;
  /** Units of work, for tests: in proportion to the text. */
  readonly steps: number;
}

/** Small letters by the code of either case. */
const asciiLetters: (string | undefined)[] = Array.from({ length: 128 }, (_, code) =>
  /[a-z]/i.test(String.fromCharCode(code)) ? String.fromCharCode(code | 32) : undefined,
);

const markPattern = /^\p{M}$/u;
const keepsMarks = /^[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]$/u;
const letterPattern = /^[\p{L}\p{N}\p{Extended_Pictographic}]$/u;
const unspacedPattern =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Extended_Pictographic}]$/u;
/** Drawn as nothing: soft hyphen, joiners, fillers, marks of direction. */
const invisible = /^[\p{Cf}\u034f\u115f\u1160\u3164\uffa0]$/u;
const space = /^\s$/u;

/** Whether a letter belongs to a script that is written without spaces, or is a picture: a word may begin anywhere. */
export function isUnspaced(letter: string): boolean {
  return letter > '\u0dff' && unspacedPattern.test(letter);
}

/**
 * Fold what hides a word: case, accents, look-alikes, figures for letters, invisible characters, punctuation between
 * letters, and letters that stand alone. Each step looks at a bounded stretch, so the whole is linear.
 */
export function fold(text: string, stroke: Stroke = 'i'): Folded {
  const writer = new Writer(stroke);
  for (const point of text) {
    const ascii = asciiLetters[point.charCodeAt(0)];
    if (ascii !== undefined) writer.letter(ascii);
    else if (point < '\u0080') writer.take(point);
    // One by one: marks in their thousands on one letter are then no more work than letters.
    else for (const part of point.normalize('NFKD')) for (const each of part.toLowerCase()) writer.take(each);
  }
  return writer.end();
}

/** Puts characters into parts (letters without punctuation), chunks (without blanks between), and words. */
class Writer {
  readonly #stroke: Stroke;
  readonly #letters: string[] = [boundary];
  readonly #counts: number[] = [1];
  #part: string[] = [];
  /** Nothing but a to z. */
  #isPlain = true;
  #chunk: string[][] = [];
  /** Letters that stand alone, one after the other. */
  #spelled: string[] = [];
  #keepsMark = false;
  #hasStrokes = false;
  #steps = 0;

  constructor(stroke: Stroke) {
    this.#stroke = stroke;
  }

  letter(each: string): void {
    this.#steps += 1;
    this.#part.push(each);
    this.#keepsMark = false;
  }

  take(each: string): void {
    if (each >= 'a' && each <= 'z' && each.length === 1) {
      this.letter(each);
      return;
    }
    this.#steps += 1;
    if (each === ' ' || space.test(each)) this.#endChunk();
    else if (each === "'" || each === '’' || each === 'ʼ' || invisible.test(each)) return;
    else if (each < '\u0080' && !(each in signs) && !twofold.has(each)) this.#endPart();
    else if (markPattern.test(each)) {
      if (!this.#keepsMark) return;
      this.#part.push(each);
      this.#isPlain = false;
    } else if (each in plainLetters) this.#part.push(...plainLetters[each]!);
    else if (twofold.has(each)) {
      this.#hasStrokes = true;
      this.#part.push(each);
      this.#isPlain = false;
    } else if (each in signs || letterPattern.test(each)) {
      this.#part.push(each);
      this.#isPlain = false;
      this.#keepsMark = !(each in signs) && keepsMarks.test(each);
    } else this.#endPart();
  }

  end(): Folded {
    this.#endChunk();
    this.#endSpelled();
    return { letters: this.#letters, counts: this.#counts, hasStrokes: this.#hasStrokes, steps: this.#steps };
  }

  #endPart(): void {
    if (this.#part.length === 0) return;
    const read = this.#isPlain ? this.#part : this.#read(this.#part);
    if (read.length > 0) this.#chunk.push(read);
    this.#part = [];
    this.#isPlain = true;
    this.#keepsMark = false;
  }

  #endChunk(): void {
    this.#endPart();
    const parts = this.#chunk;
    this.#chunk = [];
    if (parts.length === 0) return;
    if (parts.length === 1 && parts[0]!.length === 1) {
      this.#spelled.push(parts[0]![0]!);
      return;
    }
    this.#endSpelled();
    if (parts.length > 1 && parts.every(({ length }) => length === 1)) {
      this.#spelled = parts.flat();
      this.#endSpelled();
      return;
    }
    for (const part of parts) this.#word(part);
    // fu.ck is one word, pass-hit is two.
    const isTorn = parts.every(({ length }) => length <= 3) && parts.some(({ length }) => length <= 2);
    if (parts.length > 1 && isTorn) this.#word(parts.flat());
  }

  /** Letters that stand alone make a word; the first and the last may be words of their own, such as a and I. */
  #endSpelled(): void {
    const letters = this.#spelled;
    this.#spelled = [];
    for (const letter of letters) this.#word([letter]);
    if (letters.length < 3) return;
    for (const [from, to] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const)
      this.#word(letters.slice(from, letters.length - to));
  }

  #word(letters: readonly string[]): void {
    for (const letter of letters) {
      this.#steps += 1;
      if (letter === this.#letters.at(-1)) this.#counts[this.#counts.length - 1]! += 1;
      else {
        this.#letters.push(letter);
        this.#counts.push(1);
      }
    }
    if (letters.length === 0) return;
    this.#letters.push(boundary);
    this.#counts.push(1);
  }

  /** Figures are letters only beside letters, and look-alikes only beside what they look like: сор is no cop. */
  #read(part: readonly string[]): string[] {
    const hasLetter = part.some((each) => !(each in signs) && !twofold.has(each) && !/^\p{N}$/u.test(each));
    if (!hasLetter) return part.filter((each) => /^\p{N}$/u.test(each));
    const isMixed = part.some((each) => each >= 'a' && each <= 'z');
    // A sign of exclamation ends more words than it hides letters.
    let end = part.length;
    while (part[end - 1] === '!') end -= 1;
    return part.slice(0, end).map((each) => {
      this.#steps += 1;
      if (twofold.has(each)) return this.#stroke;
      return signs[each] ?? (isMixed ? (lookAlikes[each] ?? each) : each);
    });
  }
}
