import { cuts, group, path, within, type Cuts } from './ink.ts';
import type { Random } from './random.ts';

export type Point = readonly [number, number];

const n = (value: number) => Math.round(value * 10) / 10;

/** Points along a smooth line through those given (Catmull-Rom), `steps` to each part. */
export function along(points: readonly Point[], steps = 8): Point[] {
  const at = (index: number) => points[Math.max(0, Math.min(points.length - 1, index))]!;
  const out: Point[] = [];
  for (let index = 0; index < points.length - 1; index += 1) {
    const [a, b, c, d] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
    for (let step = 0; step < steps; step += 1) {
      const t = step / steps;
      const blend = (axis: 0 | 1) =>
        0.5 *
        (2 * b[axis] +
          (c[axis] - a[axis]) * t +
          (2 * a[axis] - 5 * b[axis] + 4 * c[axis] - d[axis]) * t * t +
          (3 * b[axis] - a[axis] - 3 * c[axis] + d[axis]) * t ** 3);
      out.push([blend(0), blend(1)]);
    }
  }
  out.push(at(points.length - 1));
  return out;
}

/** The path of a smooth line through points, open at its ends. */
export function curve(points: readonly Point[]): string {
  const at = (index: number) => points[Math.max(0, Math.min(points.length - 1, index))]!;
  let d = `M${n(points[0]![0])} ${n(points[0]![1])}`;
  for (let index = 0; index < points.length - 1; index += 1) {
    const [a, b, c, e] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
    d += `C${n(b[0] + (c[0] - a[0]) / 6)} ${n(b[1] + (c[1] - a[1]) / 6)} ${n(c[0] - (e[0] - b[0]) / 6)} ${n(c[1] - (e[1] - b[1]) / 6)} ${n(c[0])} ${n(c[1])}`;
  }
  return d;
}

/** The path of a closed, smooth shape through points. */
export function blob(points: readonly Point[]): string {
  const count = points.length;
  const at = (index: number) => points[(index + count) % count]!;
  let d = `M${n(points[0]![0])} ${n(points[0]![1])}`;
  for (let index = 0; index < count; index += 1) {
    const [a, b, c, e] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
    d += `C${n(b[0] + (c[0] - a[0]) / 6)} ${n(b[1] + (c[1] - a[1]) / 6)} ${n(c[0] - (e[0] - b[0]) / 6)} ${n(c[1] - (e[1] - b[1]) / 6)} ${n(c[0])} ${n(c[1])}`;
  }
  return `${d}Z`;
}

/**
 * The path of a band along a smooth line: eels, boughs, sleeves.
 * @param widths at even distances from its start to its end
 */
export function ribbon(points: readonly Point[], widths: readonly number[], steps = 8): string {
  const spine = along(points, steps);
  const last = spine.length - 1;
  const sides: [Point[], Point[]] = [[], []];
  for (const [index, [x, y]] of spine.entries()) {
    const [before, after] = [spine[Math.max(0, index - 1)]!, spine[Math.min(last, index + 1)]!];
    const [dx, dy] = [after[0] - before[0], after[1] - before[1]];
    const long = Math.hypot(dx, dy) || 1;
    const place = (index / last) * (widths.length - 1);
    const from = Math.min(widths.length - 2, Math.floor(place));
    const half = (widths[from]! + (widths[from + 1]! - widths[from]!) * (place - from)) / 2;
    sides[0].push([x - (dy / long) * half, y + (dx / long) * half]);
    sides[1].unshift([x + (dy / long) * half, y - (dx / long) * half]);
  }
  return `M${[...sides[0], ...sides[1]].map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}Z`;
}

/** A line of one thickness along a path. */
export function stroke(d: string, colour: string, thick: number, more = ''): string {
  return path(
    d,
    'none',
    `stroke="${colour}" stroke-width="${n(thick)}" stroke-linecap="round" stroke-linejoin="round" ${more}`,
  );
}

/** Colours from one side to the other, to fill with by `url(#id)`; `to` is the far end in shares of the shape. */
export function fade(id: string, colours: readonly string[], to: Point = [0, 1]): string {
  const stops = colours
    .map((colour, at) => `<stop offset="${at / (colours.length - 1)}" stop-color="${colour}"/>`)
    .join('');
  return `<linearGradient id="${id}" x1="0" y1="0" x2="${to[0]}" y2="${to[1]}">${stops}</linearGradient>`;
}

/** A shape in one colour with cuts of others inside it. */
export function carved(
  r: Random,
  id: string,
  d: string,
  fill: string,
  inside: readonly (readonly [string, Cuts])[],
  more: readonly string[] = [],
): string {
  return group([
    path(d, fill),
    within(id, `<path d="${d}"/>`, [...inside.map(([colour, what]) => cuts(r, colour, what)), ...more]),
  ]);
}

/** Places in a picture with one vanishing point: `depth` 0 is the front, 1 the vanishing point itself. */
export function vanishing(x: number, y: number): (front: Point, depth: number) => Point {
  return ([fx, fy], depth) => [fx + (x - fx) * depth, fy + (y - fy) * depth];
}

/** A shape through points as `poly` of ink has them. */
export const flat = (...points: readonly Point[]): number[] => points.flatMap(([x, y]) => [x, y]);
