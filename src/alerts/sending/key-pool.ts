import { makeSeal, sealBytes } from './encryption.ts';

const authBytes = 16;
/** Of the public key: enough to tell it from all others. */
const pointBytes = 16;
const nameBytes = pointBytes + authBytes;
const slotBytes = nameBytes + sealBytes;
const empty = -1;
/** A place in the index that was used: what was put behind it is still found. */
const left = -2;

/**
 * What the next message to each of many browsers is sealed with, made ahead. Each is given out once and then wiped; the
 * whole is memory alone, and gone with the process. Nothing personal is sealed with it.
 */
export class KeyPool {
  readonly #slots: Buffer;
  readonly #index: Int32Array;
  readonly #free: Uint32Array;
  #freeCount: number;
  #leftCount = 0;
  /** Of each slot: the pass in which its browser was last seen. */
  readonly #pass: Uint8Array;
  #now = 1;

  /** @param size most browsers */
  constructor(size: number) {
    this.#slots = Buffer.alloc(size * slotBytes);
    this.#index = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(2, size * 2)))).fill(empty);
    this.#free = Uint32Array.from({ length: size }, (_, slot) => size - 1 - slot);
    this.#freeCount = size;
    this.#pass = new Uint8Array(size);
  }

  /** For how many browsers there is a seal. */
  get count(): number {
    return this.#pass.length - this.#freeCount;
  }

  /**
   * The seal that was made for a subscription, where there is one. It is taken out.
   * @param into `sealBytes` are written
   */
  take(p256dh: Uint8Array, auth: Uint8Array, into: Buffer): boolean {
    const place = this.#find(p256dh, auth);
    if (place < 0) return false;
    const slot = this.#index[place]!;
    const start = slot * slotBytes;
    this.#slots.copy(into, 0, start + nameBytes, start + slotBytes);
    this.#drop(place);
    return true;
  }

  /** Begin a pass over all browsers; with `sweep` at its end, those that it did not meet are forgotten. */
  begin(): void {
    this.#now = (this.#now % 255) + 1;
  }

  /**
   * Make a seal for a subscription, unless there is one.
   * @returns false where there is no room
   * @throws Error for a key that is not on the curve
   */
  fill(p256dh: Uint8Array, auth: Uint8Array): boolean {
    const found = this.#find(p256dh, auth);
    if (found >= 0) {
      this.#pass[this.#index[found]!] = this.#now;
      return true;
    }
    if (this.#freeCount === 0) return false;
    const slot = this.#free[this.#freeCount - 1]!;
    const start = slot * slotBytes;
    makeSeal(p256dh, auth, this.#slots, start + nameBytes);
    this.#freeCount -= 1;
    this.#slots.set(p256dh.subarray(1, 1 + pointBytes), start);
    this.#slots.set(auth, start + pointBytes);
    this.#pass[slot] = this.#now;
    this.#place(slot);
    return true;
  }

  /** Forget whom the last pass did not meet. */
  sweep(): void {
    for (let place = 0; place < this.#index.length; place += 1) {
      const slot = this.#index[place]!;
      if (slot >= 0 && this.#pass[slot] !== this.#now) this.#drop(place);
    }
  }

  /** Wipe all. */
  clear(): void {
    for (let place = 0; place < this.#index.length; place += 1)
      if (this.#index[place]! >= 0) this.#drop(place);
  }

  #drop(place: number): void {
    const slot = this.#index[place]!;
    this.#slots.fill(0, slot * slotBytes, (slot + 1) * slotBytes);
    this.#index[place] = left;
    this.#leftCount += 1;
    this.#free[this.#freeCount] = slot;
    this.#freeCount += 1;
    if (this.#leftCount > this.#index.length / 4) this.#tidy();
  }

  /** Builds the index anew: places that were used make every search longer. */
  #tidy(): void {
    const slots = this.#index.filter((slot) => slot >= 0);
    this.#index.fill(empty);
    this.#leftCount = 0;
    for (const slot of slots) this.#place(slot);
  }

  #place(slot: number): void {
    const mask = this.#index.length - 1;
    let place = this.#slots.readUInt32LE(slot * slotBytes) & mask;
    while (this.#index[place]! >= 0) place = (place + 1) & mask;
    if (this.#index[place] === left) this.#leftCount -= 1;
    this.#index[place] = slot;
  }

  #find(p256dh: Uint8Array, auth: Uint8Array): number {
    const mask = this.#index.length - 1;
    const hash = (p256dh[1]! | (p256dh[2]! << 8) | (p256dh[3]! << 16) | (p256dh[4]! << 24)) & mask;
    for (let place = hash; ; place = (place + 1) & mask) {
      const slot = this.#index[place]!;
      if (slot === empty) return -1;
      if (slot !== left && this.#isOf(slot, p256dh, auth)) return place;
    }
  }

  #isOf(slot: number, p256dh: Uint8Array, auth: Uint8Array): boolean {
    const start = slot * slotBytes;
    const slots = this.#slots;
    for (let at = 0; at < pointBytes; at += 1) if (slots[start + at] !== p256dh[1 + at]) return false;
    for (let at = 0; at < authBytes; at += 1) if (slots[start + pointBytes + at] !== auth[at]) return false;
    return true;
  }
}
