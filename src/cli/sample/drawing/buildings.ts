import { cuts, group, line, mix, path, poly, rect, within } from './ink.ts';
import type { Random } from './random.ts';
import { flat, vanishing, type Point } from './shapes.ts';

export interface Stone {
  readonly face: string;
  readonly light: string;
  readonly dark: string;
  /** The under side of the arches. */
  readonly under: string;
}

export interface ArchRow {
  readonly x0: number;
  readonly x1: number;
  readonly top: number;
  readonly foot: number;
  readonly arches: number;
  /** Width of a pier. */
  readonly pier: number;
  /** Height of the crown of an arch below the top. */
  readonly crown: number;
  /** Height of the rounded part. */
  readonly rise: number;
}

/** Middles and half widths of the openings of a row of arches. */
export function openings(at: ArchRow): { x: number; half: number; spring: number }[] {
  const step = (at.x1 - at.x0) / at.arches;
  return Array.from({ length: at.arches }, (_, index) => ({
    x: at.x0 + step * (index + 0.5),
    half: (step - at.pier) / 2,
    spring: at.top + at.crown + at.rise,
  }));
}

const opening = (x: number, half: number, spring: number, foot: number, rise: number) =>
  `M${x - half} ${foot}L${x - half} ${spring}A${half} ${rise} 0 0 1 ${x + half} ${spring}L${x + half} ${foot}Z`;

/** A wall of arches as bridges and viaducts have; what is behind is seen through it. Light from the left. */
export function archRow(r: Random, id: string, at: ArchRow, stone: Stone): string {
  const holes = openings(at);
  const outline = `M${at.x0} ${at.top}L${at.x1} ${at.top}L${at.x1} ${at.foot}L${at.x0} ${at.foot}Z`;
  const wall =
    outline + holes.map(({ x, half, spring }) => opening(x, half, spring, at.foot, at.rise)).join('');
  const thick = Math.min(46, holes[0]!.half * 0.22);
  const courses: string[] = [];
  for (let y = at.top + 26, odd = 0; y < at.foot; y += 30, odd += 1) {
    for (let x = at.x0 - (odd % 2) * 40; x < at.x1; x += 80 + r.near() * 10) {
      if (r.chance(0.5))
        courses.push(
          line(
            x,
            y + r.near() * 2,
            x + r.num(30, 66),
            y + r.near() * 2,
            r.chance(0.6) ? stone.dark : stone.light,
            r.num(1.6, 3.4),
          ),
        );
    }
  }
  const rings = holes.flatMap(({ x, half, spring }) =>
    Array.from({ length: 17 }, (_, index) => {
      const turn = Math.PI * (index / 16);
      const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
      return line(
        x - cos * (half + 4),
        spring - sin * (at.rise + 4),
        x - cos * (half + 30),
        spring - sin * (at.rise + 30),
        stone.dark,
        3,
      );
    }),
  );
  return group([
    ...holes.map(({ x, half, spring }, index) =>
      within(
        `${id}under${index}`,
        path(opening(x, half, spring, at.foot, at.rise), '#000'),
        path(
          `${opening(x, half + 2, spring, at.foot + 2, at.rise + 2)}${opening(x + thick, half, spring + thick * 0.18, at.foot + 4, at.rise)}`,
          stone.under,
          'fill-rule="evenodd"',
        ),
      ),
    ),
    path(wall, stone.face, 'fill-rule="evenodd"'),
    within(`${id}wall`, path(wall, '#000', 'clip-rule="evenodd"'), [
      ...courses,
      ...rings,
      ...holes.map(({ x, half, spring }) =>
        path(
          `M${x - half - 34} ${spring}A${half + 34} ${at.rise + 34} 0 0 1 ${x + half + 34} ${spring}`,
          'none',
          `stroke="${stone.dark}" stroke-width="3"`,
        ),
      ),
    ]),
  ]);
}

/** A cutwater: what parts the stream before the pier of a bridge. */
export function cutwater(x: number, top: number, foot: number, wide: number, stone: Stone): string {
  return group([
    poly([x - wide / 2, top + wide * 0.3, x, top, x, foot, x - wide / 2, foot], stone.light),
    poly([x + wide / 2, top + wide * 0.3, x, top, x, foot, x + wide / 2, foot], stone.dark),
  ]);
}

export interface Front {
  readonly wall: string;
  readonly roof: string;
  readonly window: string;
  readonly frame: string;
  readonly door: string;
}

/**
 * A house front along a street with one vanishing point.
 * @param near top and foot of its near edge at the front of the picture (depth 0)
 * @param depths of its near and far edge
 */
export function receding(
  r: Random,
  to: Point,
  near: { x: number; top: number; foot: number },
  depths: readonly [number, number],
  floors: number,
  columns: number,
  front: Front,
): string {
  const place = vanishing(...to);
  // Equal steps along the street look shorter the farther off they are.
  const depthAt = (share: number) => {
    const [a, b] = depths.map((depth) => 1 / (1 - depth)) as [number, number];
    return 1 - 1 / (a + (b - a) * share);
  };
  const on = (share: number, up: number): Point =>
    place([near.x, near.foot + (near.top - near.foot) * up], depthAt(share));
  const pane = (from: number, till: number, low: number, high: number, fill: string) =>
    poly(flat(on(from, low), on(from, high), on(till, high), on(till, low)), fill);
  const parts = [pane(0, 1, 0, 1, front.wall)];
  const side = Math.sign(to[0] - near.x);
  const [a, b, c, d] = [on(0, 1), on(1, 1), on(0, 1.16), on(1, 1.16)];
  parts.push(
    poly(
      flat(a, b, [d[0] - side * 18 * (1 - depths[1]), d[1]], [c[0] - side * 46 * (1 - depths[0]), c[1]]),
      front.roof,
    ),
  );
  for (let floor = 0; floor < floors; floor += 1) {
    const low = (floor + 0.28) / floors;
    const high = (floor + 0.84) / floors;
    for (let column = 0; column < columns; column += 1) {
      const from = (column + 0.22) / columns;
      const till = (column + 0.76) / columns;
      if (floor === 0 && column === columns >> 1) {
        parts.push(
          pane(from - 0.02, till + 0.02, 0, high / 1.02, front.frame),
          pane(from + 0.02, till - 0.02, 0, high * 0.95, front.door),
        );
        continue;
      }
      parts.push(
        pane(from - 0.03 / columns, till + 0.03 / columns, low - 0.015, high + 0.015, front.frame),
        pane(
          from + 0.02 / columns,
          till - 0.02 / columns,
          low,
          high,
          r.chance(0.5) ? front.window : mix(front.window, front.wall, 0.22),
        ),
        pane((from + till) / 2 - 0.02 / columns, (from + till) / 2 + 0.02 / columns, low, high, front.frame),
      );
    }
  }
  parts.push(pane(0, 1, 0.985, 1.02, mix(front.roof, front.wall, 0.4)));
  return group(parts);
}

/** Stripes across a band of cloth that hangs from a rail: the awning of a stall, its lower edge scalloped. */
export function awning(
  x: number,
  y: number,
  wide: number,
  deep: number,
  colours: readonly [string, string],
  flare = 26,
): string {
  const stripes = Math.round(wide / 34);
  const step = wide / stripes;
  const wideStep = (wide + flare * 2) / stripes;
  return group(
    Array.from({ length: stripes }, (_, index) => {
      const [l, rr] = [x + step * index, x + step * (index + 1)];
      const [bl, br] = [x - flare + wideStep * index, x - flare + wideStep * (index + 1)];
      return path(
        `M${l} ${y}L${rr} ${y}L${br} ${y + deep}Q${(bl + br) / 2} ${y + deep + wideStep * 0.62} ${bl} ${y + deep}Z`,
        colours[index % 2]!,
      );
    }),
  );
}

/** A town seen far off: gables and towers on a slope, flat. */
export function roofscape(
  r: Random,
  at: { x0: number; x1: number; foot: number; rise: (x: number) => number; size: number },
  colours: { walls: readonly string[]; roofs: readonly string[]; window: string },
): string {
  const parts: string[] = [];
  for (const row of [1, 0.66, 0.33, 0]) {
    for (let x = at.x0 + r.num(-at.size, 0); x < at.x1; x += at.size * r.num(0.7, 1.25)) {
      const lift = at.rise(x) * row;
      if (row > 0 && lift < at.size * 0.5) continue;
      const [wide, tall] = [at.size * r.num(0.9, 1.5), at.size * r.num(0.7, 1.15)];
      const y = at.foot - lift;
      const wall = r.pick(colours.walls);
      parts.push(rect(x, y - tall, wide, tall + lift * 0.4 + 10, wall));
      parts.push(
        rect(x + wide * 0.72, y - tall, wide * 0.28, tall + lift * 0.4 + 10, mix(wall, colours.window, 0.22)),
      );
      parts.push(
        poly(
          [
            x - 2,
            y - tall,
            x + wide * 0.22,
            y - tall * 1.55,
            x + wide * 0.78,
            y - tall * 1.55,
            x + wide + 2,
            y - tall,
          ],
          r.pick(colours.roofs),
        ),
      );
      if (r.chance(0.5))
        parts.push(rect(x + wide * 0.2, y - tall * 1.75, wide * 0.09, tall * 0.4, r.pick(colours.roofs)));
      for (let column = 0; column < 3; column += 1)
        if (r.chance(0.75))
          parts.push(
            rect(x + wide * (0.1 + column * 0.21), y - tall * 0.78, wide * 0.1, tall * 0.26, colours.window),
          );
    }
  }
  return group(parts);
}

/** A church with a tower and a spire, its door side to the reader. */
export function church(
  x: number,
  y: number,
  tall: number,
  wall: string,
  shade: string,
  roof: string,
): string {
  const w = tall * 0.17;
  return group([
    rect(x, y - tall * 0.34, tall * 0.5, tall * 0.36, wall),
    poly(
      [
        x - 4,
        y - tall * 0.34,
        x + tall * 0.03,
        y - tall * 0.48,
        x + tall * 0.47,
        y - tall * 0.48,
        x + tall * 0.51,
        y - tall * 0.34,
      ],
      roof,
    ),
    rect(x - w * 0.5, y - tall * 0.6, w, tall * 0.62, wall),
    rect(x + w * 0.1, y - tall * 0.6, w * 0.4, tall * 0.62, shade),
    poly([x - w * 0.62, y - tall * 0.6, x, y - tall * 1.02, x + w * 0.62, y - tall * 0.6], roof),
    rect(x - w * 0.1, y - tall * 0.54, w * 0.2, tall * 0.1, shade),
    ...[0.2, 0.3, 0.4].map((share) =>
      rect(x + tall * share, y - tall * 0.26, tall * 0.03, tall * 0.14, shade),
    ),
  ]);
}

/** Setts or cobbles in rows that grow towards the reader. */
export function cobbles(r: Random, top: number, foot: number, colour: string, more = ''): string {
  let out = '';
  for (let y = top + 6, step = 9; y < foot; y += step, step *= 1.14)
    out += cuts(
      r,
      colour,
      {
        count: Math.round(44 - ((y - top) / (foot - top)) * 22),
        x: [-60, 1620],
        y: [y - step * 0.25, y + step * 0.25],
        long: [step * 1.6, step * 4],
        thick: [step * 0.12, step * 0.3],
        spread: 1,
      },
      more,
    );
  return out;
}
