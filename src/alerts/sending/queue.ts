/** How many places before the first are let be, until they are given up. */
const slack = 1024;

/** First come, first served, for many thousands. */
export class Queue<T> {
  #items: (T | undefined)[] = [];
  #first = 0;

  get length(): number {
    return this.#items.length - this.#first;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  /** The one whose turn it is, which stays. */
  peek(): T | undefined {
    return this.#items[this.#first];
  }

  shift(): T | undefined {
    const item = this.#items[this.#first];
    if (this.#first === this.#items.length) return undefined;
    this.#items[this.#first] = undefined;
    this.#first += 1;
    if (this.#first > slack && this.#first * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    }
    return item;
  }

  /** Take out the newest. */
  pop(): T | undefined {
    return this.length === 0 ? undefined : this.#items.pop();
  }

  /** Take out all of a kind. */
  takeAll(which: (item: T) => boolean): T[] {
    const all = this.#items.slice(this.#first) as T[];
    this.#items = all.filter((item) => !which(item));
    this.#first = 0;
    return all.filter(which);
  }
}
