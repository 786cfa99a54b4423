/** Numbers that look random and are the same each time, so that a picture can be drawn again. */
export interface Random {
  /** From `a` up to `b`. */
  num(a: number, b: number): number;
  int(a: number, b: number): number;
  pick<T>(from: readonly T[]): T;
  chance(share: number): boolean;
  /** Around 0, mostly within -1 to 1, more often near the middle. */
  near(): number;
}

/** Mulberry32 over a hash of the seed's letters. */
export function random(seed: string): Random {
  let state = 2166136261;
  for (const letter of seed) state = Math.imul(state ^ letter.codePointAt(0)!, 16777619);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    num: (a, b) => a + (b - a) * next(),
    int: (a, b) => Math.floor(a + (b - a + 1) * next()),
    pick: (from) => from[Math.floor(next() * from.length)]!,
    chance: (share) => next() < share,
    near: () => next() + next() + next() - 1.5,
  };
}

/** A smooth line of hills between -1 and 1, of three octaves. */
export function hills(seed: string): (x: number) => number {
  const r = random(seed);
  const heights = Array.from({ length: 512 }, () => r.num(-1, 1));
  const at = (x: number) => {
    const left = Math.floor(x);
    const part = x - left;
    const smooth = part * part * (3 - 2 * part);
    const a = heights[((left % 512) + 512) % 512]!;
    const b = heights[(((left + 1) % 512) + 512) % 512]!;
    return a + (b - a) * smooth;
  };
  return (x) => (at(x) + at(x * 2.1 + 40) * 0.5 + at(x * 4.3 + 90) * 0.25) / 1.75;
}
