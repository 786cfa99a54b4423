import { circle, cuts, glow, group, line, mix, moved, path, poly, rect, within } from './ink.ts';
import type { Random } from './random.ts';

/** A lighthouse whose foot stands at x, y; `tall` in pixels. The lamp's middle is at (x, y - tall * 0.93). */
export function lighthouse(
  x: number,
  y: number,
  tall: number,
  colours: { light: string; shade: string; band: string; bandShade: string; lamp: string; dark: string },
): string {
  const at = (share: number) => y - tall * share;
  const half = (share: number) => tall * (0.115 - share * 0.055);
  const tower = (from: number, to: number) => [
    x - half(from),
    at(from),
    x - half(to),
    at(to),
    x + half(to),
    at(to),
    x + half(from),
    at(from),
  ];
  const shade = (from: number, to: number) => [
    x + half(from) * 0.1,
    at(from),
    x + half(to) * 0.1,
    at(to),
    x + half(to),
    at(to),
    x + half(from),
    at(from),
  ];
  const parts = [poly(tower(0, 0.82), colours.light), poly(shade(0, 0.82), colours.shade)];
  for (const from of [0.14, 0.42, 0.7]) {
    const to = Math.min(0.82, from + 0.14);
    parts.push(poly(tower(from, to), colours.band), poly(shade(from, to), colours.bandShade));
  }
  for (const share of [0.33, 0.61])
    parts.push(rect(x - tall * 0.016, at(share), tall * 0.026, tall * 0.045, colours.dark));
  parts.push(
    rect(x - half(0.82) * 1.5, at(0.845), half(0.82) * 3, tall * 0.026, colours.dark),
    rect(x - half(0.82) * 0.75, at(0.945), half(0.82) * 1.5, tall * 0.1, colours.lamp),
    rect(x - half(0.82) * 0.06, at(0.945), half(0.82) * 0.12, tall * 0.1, colours.dark),
    path(`M${x - half(0.82)} ${at(0.942)}Q${x} ${at(1.03)} ${x + half(0.82)} ${at(0.942)}Z`, colours.dark),
    rect(x - 2, at(1.03), 4, tall * 0.05, colours.dark),
  );
  return group(parts);
}

/** Two beams of a lighthouse's lamp. */
export function beams(x: number, y: number, colour: string, turns: readonly number[], long = 1500): string {
  return turns
    .map((turn) =>
      moved(
        [
          poly([0, 0, long, -90, long, 90], colour, 'opacity="0.16"'),
          poly([0, 0, long, -46, long, 46], colour, 'opacity="0.2"'),
        ],
        x,
        y,
        1,
        turn,
      ),
    )
    .join('');
}

export interface HouseColours {
  readonly walls: readonly string[];
  readonly roofs: readonly string[];
  readonly window: string;
  readonly lit: string;
}

/** A row of gabled town houses from x0 to x1 on a common foot, light from the left. */
export function houses(
  r: Random,
  at: { x0: number; x1: number; foot: number; low: number; high: number; litShare?: number },
  colours: HouseColours,
): string {
  const parts: string[] = [];
  for (let x = at.x0; x < at.x1;) {
    const wide = r.num(0.42, 0.72) * at.high * r.num(0.7, 1.1);
    const tall = r.num(at.low, at.high);
    const wall = r.pick(colours.walls);
    const roof = r.pick(colours.roofs);
    const top = at.foot - tall;
    const eave = wide * r.num(0.34, 0.6);
    parts.push(rect(x, top, wide, tall + 4, wall));
    if (r.chance(0.55)) parts.push(poly([x - 3, top, x + wide / 2, top - eave, x + wide + 3, top], roof));
    else
      parts.push(
        poly(
          [
            x - 3,
            top,
            x + wide * 0.12,
            top - eave * 0.62,
            x + wide * 0.88,
            top - eave * 0.62,
            x + wide + 3,
            top,
          ],
          roof,
        ),
      );
    parts.push(rect(x + wide * 0.82, top, wide * 0.18, tall + 4, mix(wall, colours.window, 0.35)));
    const chimney = x + wide * r.pick([0.16, 0.7]);
    parts.push(rect(chimney, top - eave * 0.78, wide * 0.11, eave * 0.72, mix(roof, colours.window, 0.3)));
    const columns = Math.max(2, Math.round(wide / (at.high * 0.17)));
    const rows = Math.max(1, Math.floor(tall / (at.high * 0.24)));
    const [w, h] = [(wide * 0.74) / columns, at.high * 0.12];
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        const isLit = r.chance(at.litShare ?? 0.2);
        parts.push(
          rect(
            x + wide * 0.07 + column * w + w * 0.18,
            top + at.high * (0.07 + row * 0.23),
            w * 0.58,
            h,
            isLit ? colours.lit : colours.window,
          ),
        );
      }
    }
    x += wide + r.num(-1, 3);
  }
  return group(parts);
}

/** A wooden fishing boat, bow to the right; about 300 wide at scale 1, its waterline at 0. */
export function boat(colours: {
  hull: string;
  shade: string;
  trim: string;
  cabin: string;
  cabinShade: string;
  dark: string;
}): string {
  const hull = 'M-150 -46Q-20 -18 96 -52L158 -84Q150 -20 116 8L-132 8Q-150 -16 -150 -46Z';
  return group([
    line(-40, -110, -40, -232, colours.dark, 5),
    line(-40, -222, 66, -120, colours.dark, 2.5),
    line(-40, -226, -140, -56, colours.dark, 2),
    line(-40, -226, 150, -84, colours.dark, 2),
    rect(-112, -104, 88, 66, colours.cabin),
    rect(-50, -104, 26, 66, colours.cabinShade),
    rect(-104, -94, 22, 20, colours.dark),
    rect(-76, -94, 20, 20, colours.dark),
    poly([-120, -104, -112, -116, -22, -116, -14, -104], colours.trim),
    path(hull, colours.hull),
    within(`hull${colours.hull.slice(1)}`, `<path d="${hull}"/>`, [
      path('M-160 -14Q-20 10 170 -46L170 20L-160 20Z', colours.shade),
      path('M-160 -52Q-20 -22 96 -58L170 -92L170 -80L98 -44Q-20 -8 -160 -38Z', colours.trim),
    ]),
    ...[-8, 26, 60].map((x) => circle(x, -22, 7, colours.dark)),
  ]);
}

/** A wind turbine on a tower; `turn` of the blades in degrees. */
export function turbine(
  x: number,
  y: number,
  tall: number,
  turn: number,
  light: string,
  shade: string,
): string {
  const hub = y - tall;
  const blade = `M0 0L${tall * 0.028} ${-tall * 0.1}Q${tall * 0.02} ${-tall * 0.4} 0 ${-tall * 0.6}Q${-tall * 0.012} ${-tall * 0.3} ${-tall * 0.008} ${-tall * 0.06}Z`;
  return group([
    poly([x - tall * 0.02, y, x - tall * 0.009, hub, x + tall * 0.009, hub, x + tall * 0.02, y], light),
    poly([x + tall * 0.003, y, x + tall * 0.002, hub, x + tall * 0.009, hub, x + tall * 0.02, y], shade),
    ...[0, 120, 240].map((add) => moved(path(blade, add === 120 ? shade : light), x, hub, 1, turn + add)),
    circle(x, hub, tall * 0.022, light),
  ]);
}

/** A street lamp with its light, foot at x, y. */
export function lamp(x: number, y: number, tall: number, dark: string, light: string): string {
  return group([
    glow(x, y - tall, tall * 0.55, light, 4, 0.14),
    rect(x - tall * 0.014, y - tall, tall * 0.028, tall, dark),
    rect(x - tall * 0.03, y - tall * 0.05, tall * 0.06, tall * 0.05, dark),
    circle(x, y - tall, tall * 0.05, light),
  ]);
}

/** A round-headed tree; light from the left. */
export function tree(
  r: Random,
  x: number,
  y: number,
  tall: number,
  colours: { leaf: string; light: string; trunk: string },
): string {
  const id = `tree${Math.round(x)}${Math.round(y)}`;
  const blobs = Array.from({ length: 9 }, () =>
    circle(
      x + r.near() * tall * 0.24,
      y - tall * 0.66 + r.near() * tall * 0.2,
      tall * r.num(0.13, 0.22),
      colours.leaf,
    ),
  );
  return group([
    poly(
      [
        x - tall * 0.03,
        y,
        x - tall * 0.015,
        y - tall * 0.6,
        x + tall * 0.015,
        y - tall * 0.6,
        x + tall * 0.035,
        y,
      ],
      colours.trunk,
    ),
    ...blobs,
    within(id, blobs.join(''), [
      cuts(r, colours.light, {
        count: 34,
        x: [x - tall * 0.45, x + tall * 0.05],
        y: [y - tall, y - tall * 0.45],
        long: [tall * 0.05, tall * 0.13],
        thick: [2, 5],
        angle: -38,
        spread: 14,
      }),
    ]),
  ]);
}
