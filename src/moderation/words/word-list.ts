import { fold, isUnspaced, type Folded } from './fold.ts';

interface Entry {
  /** As the list has it. */
  readonly word: string;
  /** How often each of its letters stands, from the last to the first. */
  readonly counts: readonly number[];
  /** Whether letters may go on before it, and after it. */
  readonly isOpen: readonly [boolean, boolean];
}

interface Node {
  readonly next: Map<string, number>;
  /** Longest other beginning that the letters so far end with. */
  fail: number;
  /** Nearest node on that way at which an entry ends; 0 for none. */
  output: number;
  readonly entries: Entry[];
}

const longestEntry = 120;

/**
 * Words and phrases to find in texts, however they are disguised. All are looked for at once (Aho and Corasick, 1975),
 * so that time grows with the text and not with the list.
 */
export class WordList {
  readonly #nodes: Node[] = [newNode()];
  readonly #words: readonly string[];

  /** @param words each a word or a phrase; * at an end stands for any letters that go on */
  constructor(words: readonly string[]) {
    this.#words = words;
    for (const word of words) this.#add(word);
    this.#link();
  }

  get size(): number {
    return this.#words.length;
  }

  /**
   * @param most where it stops looking for more
   * @param folded the text, where it is folded already
   * @returns entries of the list, as it has them, in the order in which they end in the text; and units of work, for tests
   */
  find(text: string, most = 20, folded?: Folded): { readonly found: string[]; readonly steps: number } {
    const found = new Set<string>();
    if (this.#words.length === 0) return { found: [], steps: 0 };
    const first = folded ?? fold(text);
    let steps = first.steps + this.#scan(first, found, most);
    if (first.hasStrokes) {
      const other = fold(text, 'l');
      steps += other.steps + this.#scan(other, found, most);
    }
    return { found: [...found], steps };
  }

  #add(word: string): void {
    const folded = fold(word.replace(/^\*|\*$/g, '').slice(0, longestEntry));
    let [letters, counts] = [[...folded.letters], [...folded.counts]];
    if (letters.length < 2) return;
    // Letters that stand alone are folded into more than one word; of an entry the whole is meant.
    const isOpen = [
      word.startsWith('*') || isUnspaced(letters[1]!),
      word.endsWith('*') || isUnspaced(letters.at(-2)!),
    ] as const;
    if (isOpen[0]) {
      letters = letters.slice(1);
      counts = counts.slice(1);
    }
    if (isOpen[1]) {
      letters.pop();
      counts.pop();
    }
    let at = 0;
    for (const letter of letters) {
      const { next } = this.#nodes[at]!;
      let to = next.get(letter);
      if (to === undefined) {
        to = this.#nodes.push(newNode()) - 1;
        next.set(letter, to);
      }
      at = to;
    }
    this.#nodes[at]!.entries.push({ word, counts: counts.reverse(), isOpen });
  }

  #link(): void {
    const waiting = [...this.#nodes[0]!.next.values()];
    for (let index = 0; index < waiting.length; index += 1) {
      const node = this.#nodes[waiting[index]!]!;
      for (const [letter, to] of node.next) {
        const child = this.#nodes[to]!;
        let { fail } = node;
        while (fail !== 0 && !this.#nodes[fail]!.next.has(letter)) fail = this.#nodes[fail]!.fail;
        child.fail = this.#nodes[fail]!.next.get(letter) ?? 0;
        const before = this.#nodes[child.fail]!;
        child.output = before.entries.length > 0 ? child.fail : before.output;
        waiting.push(to);
      }
    }
  }

  #scan({ letters, counts }: Folded, found: Set<string>, most: number): number {
    let steps = 0;
    let at = 0;
    for (let end = 0; end < letters.length && found.size < most; end += 1) {
      const letter = letters[end]!;
      steps += 1;
      while (at !== 0 && !this.#nodes[at]!.next.has(letter)) {
        at = this.#nodes[at]!.fail;
        steps += 1;
      }
      at = this.#nodes[at]!.next.get(letter) ?? 0;
      const here = this.#nodes[at]!;
      for (
        let node = here.entries.length > 0 ? at : here.output;
        node !== 0;
        node = this.#nodes[node]!.output
      ) {
        for (const entry of this.#nodes[node]!.entries) {
          steps += entry.counts.length;
          if (!found.has(entry.word) && isSame(entry, counts, end)) found.add(entry.word);
        }
      }
    }
    return steps;
  }
}

/** Three of a letter are a drawl and stand for one or two; two are two: ass is not as, and assss is. */
function isSame(entry: Entry, counts: readonly number[], end: number): boolean {
  const [isOpenBefore, isOpenAfter] = entry.isOpen;
  return entry.counts.every((wanted, back) => {
    const there = counts[end - back]!;
    if (there === wanted || (there > wanted && there >= 3)) return true;
    const mayGoOn = (back === 0 && isOpenAfter) || (back === entry.counts.length - 1 && isOpenBefore);
    return mayGoOn && there > wanted;
  });
}

function newNode(): Node {
  return { next: new Map(), fail: 0, output: 0, entries: [] };
}
